"""What needs somebody today: one list, made of what each of their permissions makes them answer for."""

from collections.abc import Callable, Iterator

from django.urls import reverse

from trellis.accounts.models import User
from trellis.commissioning.queries import appraisal, commissions, equality
from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract
from trellis.core import clock, rulebook, working_days
from trellis.core.periods import Quarter
from trellis.core.permissions import Permission
from trellis.home.book_needs import questions_to_answer, returns_due, returns_to_accept
from trellis.home.decision_needs import decisions_to_record
from trellis.home.kept_needs import (
    cases_of_the_removed,
    claims_on_mine,
    errors_on_mine,
    groups_to_know,
    my_claims,
    my_profiles,
    register_to_keep,
)
from trellis.home.member_needs import checks_to_verify, memberships_to_move, promises_to_settle, seats_to_name
from trellis.home.proposal_needs import proposals_at_my_table
from trellis.home.renewal_needs import extensions_ahead, handovers_open
from trellis.home.table_needs import table_needs
from trellis.home.thread import missing_up_to_now, next_step
from trellis.organisations.queries import links
from trellis.payments.models import Statement
from trellis.payments.queries import batches, disputes
from trellis.payments.queries import statements as payments
from trellis.performance import queries as performance
from trellis.performance.models import QuarterReport
from trellis.performance.rules import FINAL
from trellis.support import queries as support
from trellis.support.models import Case
from trellis.support.presenters import status_tag
from trellis.web.pieces import Task
from trellis.web.words import counted, day

FEW = 5  # of a kind; the rest are a link away
Needs = Iterator[Task]


def needs_of(user: User) -> list[Task]:
    """Everything that waits for a person, the most pressing kinds first."""
    asked_by_role = (task for permission, find in ANSWERS_FOR if user.can(permission) for task in find(user))
    return [*_scorings(user), *my_claims(user), *asked_by_role]


def _scorings(user: User) -> Needs:
    """The appraisals that somebody was asked to score, whatever their role."""
    for scorer in appraisal.scorings_waiting_for(user):
        scored = scorer.appraisal
        url = reverse("scoring", args=[scored.commission.reference, scored.version])
        hint = "Declare your interests, or that you have none, before you begin."
        yield Task(f"Score the options of {scored.commission.title}", "Your scores", url, hint, "orange")


def _cases_to_contact(user: User) -> Needs:
    """An adviser's cases that nobody has been in touch about, the oldest first."""
    mine = support.cases_to_work_on(user).filter(
        adviser=user, status=Case.Status.IN_PROGRESS, first_contact_on__isnull=True
    )
    for case in mine.order_by("requested_on")[:FEW]:
        waited = working_days.between(case.requested_on, clock.today())
        yield Task(
            f"Get in touch with {case.organisation.standing.name}",
            "Waiting",
            reverse("case", args=[case.reference]),
            f"They asked {counted(waited, 'working day')} ago about {case.topic.name.lower()}.",
            "orange",
        )


def _cases_of_my_team(user: User) -> Needs:
    """What an adviser's team can take or triage."""
    open_to_team = support.cases_to_work_on(user)
    for status, words, colour in (
        (Case.Status.ALLOCATED, "offered to your team", "blue"),
        (Case.Status.TRIAGED, "ready for an adviser", "yellow"),
        (Case.Status.REQUESTED, "to triage", "yellow"),
    ):
        number = open_to_team.filter(status=status).count()
        if number:
            yield Task(
                f"{counted(number, 'case')} {words}", "New", f"{reverse('cases')}?status={status}", colour=colour
            )


def _cases_in_progress(user: User) -> Needs:
    mine = support.cases_to_work_on(user).filter(
        adviser=user, status=Case.Status.IN_PROGRESS, first_contact_on__isnull=False
    )
    number = mine.count()
    if number:
        yield Task(
            f"{counted(number, 'case')} of yours in progress",
            "In progress",
            f"{reverse('cases')}?status=in-progress&mine=yes",
            "Record what you do, and complete each when it is done.",
            "blue",
        )


def _my_groups_cases(user: User) -> Needs:
    """A group's own cases that are not finished."""
    mine = user.organisation_ids(Permission.CASE_REQUEST)
    unfinished = support.cases_visible_to(user).filter(
        organisation_id__in=mine, status__in=[*support.POOL, *support.OPEN]
    )
    for case in unfinished[:FEW]:
        text, colour = status_tag(case)
        hint = f"{case.reference}, asked for on {day(case.requested_on)}"
        yield Task(f"Your request: {case.topic.name}", text, reverse("case", args=[case.reference]), hint, colour)


def _reports_to_sign(user: User) -> Needs:
    waiting = performance.reports_visible_to(user).filter(status=QuarterReport.Status.PREPARED)
    for report in waiting:
        for partner in performance.unsigned_partners_led_by(user, report):
            yield Task(
                f"Sign {_words(report)} for {partner.organisation.name}",
                "Your signature",
                reverse("quarterly_report", args=[report.contract.reference, report.quarter]),
                "Read the quarter’s report, then sign it.",
                "orange",
            )


def _quarters_to_prepare(user: User) -> Needs:
    """For the contract manager: the quarter that has just ended, at the step where it stands."""
    contract = _their_contract(user)
    if contract is None:
        return
    quarter = Quarter.of(clock.today()).previous()
    if quarter.end < contract.starts_on:
        return
    here = [contract.reference, str(quarter)]
    url = reverse("quarterly_report", args=here)
    report = performance.report_row(contract, quarter)
    if report is None or report.status == QuarterReport.Status.WITHDRAWN:
        yield Task(f"Prepare the report for {quarter.words}", "To do", url, "The quarter is over.", "orange")
    elif report.status == QuarterReport.Status.PREPARED and performance.last_day_to_sign(report).on < clock.today():
        hint = f"{counted(len(performance.unsigned(report)), 'partner has', 'partners have')} not signed in time."
        yield Task(f"Close {quarter.words} without every signature", "To do", url, hint, "orange")
    elif report.status == QuarterReport.Status.PREPARED:
        hint = f"{report.signatures.count()} of {counted(len(report.content['shares']), 'partner')} have signed."
        yield Task(f"The report for {quarter.words}", "Waiting for signatures", url, hint, "blue")
    elif report.status in FINAL and not payments.is_drawn_up(report):
        ready = reverse("statement", args=here)
        hint = f"{report.get_status_display()}."
        yield Task(f"Draw up the statement for {quarter.words}", "To do", ready, hint, "orange")


def _statements_to_certify(user: User) -> Needs:
    yield from _statements(user, Statement.Status.DRAFT, "Certify")


def _statements_to_authorise(user: User) -> Needs:
    yield from _statements(user, Statement.Status.CERTIFIED, "Authorise")


def _statements(user: User, status: str, verb: str) -> Needs:
    for row in payments.statements_visible_to(user).filter(status=status):
        url = reverse("statement", args=[row.report.contract.reference, row.report.quarter])
        due = f"Pay by {day(row.due_on)}." if row.due_on else ""
        yield Task(f"{verb} the statement for {_words(row.report)}", "To do", url, due, "orange")


def _money_to_move(user: User) -> Needs:
    """For finance: who can be paid now, and which payments nobody has matched."""
    contract = _contract_where(user, Permission.PAYMENT_EXPORT)
    if contract is None:
        return
    url = reverse("batches", args=[contract.reference])
    payees = batches.payable_lines(contract).values("partner").distinct().count()
    if payees:
        yield Task(f"{counted(payees, 'partner')} can be paid", "To do", url, "Export the payments.", "orange")
    waiting = batches.waiting_payments(contract).count()
    if waiting:
        yield Task(f"{counted(waiting, 'payment')} to match", "On the way", url, "Match what the bank paid.", "blue")


def _money_of_contract(user: User) -> Needs:
    """Where each quarter's money is, for whoever sees it: also on a day on which nothing waits."""
    contract = contracts.current_contract(clock.today())
    if contract and payments.may_see(user, contract):
        url = reverse("money", args=[contract.reference])
        yield Task(f"The money of {contract.title}", "Look", url, "Schedule, statements, payments and the ledger.")


def _lines_in_dispute(user: User) -> Needs:
    """For the contract manager: what is not paid until it is settled."""
    contract = _contract_where(user, Permission.STATEMENT_CERTIFY)
    number = disputes.open_disputes(contract).count() if contract else 0
    if contract and number:
        url = reverse("disputes", args=[contract.reference])
        yield Task(f"{counted(number, 'line')} in dispute", "To settle", url, "Not paid until it is settled.", "orange")


def _late_equality_actions(user: User) -> Needs:
    """What an attested equality assessment promised, and nobody has done by its day."""
    for late in equality.late_actions(user)[:FEW]:
        assessment = late.assessment
        url = reverse("follow_up_action", args=[assessment.commission.reference, assessment.version, late.pk])
        yield Task(f"Equality: {late.action}", "Late", url, f"{late.owner}, by {day(late.due_on)}.", "red")


def _my_commissions(user: User) -> Needs:
    """Each commission that somebody owns, with the first thing that it still lacks, or that it can move on."""
    for commission in commissions.commissions_editable_by(user).filter(owner=user):
        if step := next_step(commission):
            lacking = len(missing_up_to_now(commission))
            status = f"{counted(lacking, 'thing')} to do" if lacking else step.words
            url = reverse("commission", args=[commission.reference])
            yield Task(commission.title, status, url, step.why, "blue")


def _rules_to_check(user: User) -> Needs:
    today = clock.today()
    number = sum(not parameter.verified for parameter in rulebook.parameters() if parameter.holds(today))
    if number:
        hint = "Nobody has checked them at their source yet."
        yield Task(f"{counted(number, 'figure')} in the rulebook", "Unchecked", reverse("rulebook"), hint, "yellow")


def _record_to_verify(user: User) -> Needs:
    hint = "Who did what, sealed so that a change would show."
    yield Task("The record of what was done", "Look", reverse("audit_log"), hint)


def _lists_to_import(user: User) -> Needs:
    hint = "Any lists, as their owners keep them: you see what each would do, then they come in."
    yield Task("Bring a list into the register", "When you have one", reverse("import_lists"), hint)


def _links_to_answer(user: User) -> Needs:
    """Pairs of organisations that may be the same, while any wait."""
    waiting = links.waiting().count()
    if waiting:
        hint = "The one that matters most comes first. You can undo each answer."
        words = f"{counted(waiting, 'pair')} of organisations: the same, or not?"
        yield Task(words, "To answer", reverse("link_questions"), hint, "yellow")


def _interests_to_keep(user: User) -> Needs:
    hint = "Where you run the same service as a group, in the same district, its case is closed to you."
    yield Task("What your organisation also delivers", "Look", reverse("interests"), hint)


def _people_to_invite(user: User) -> Needs:
    for organisation in user.organisations_for(Permission.PEOPLE_INVITE):
        url = reverse("people", args=[organisation.reference])
        yield Task(f"The people of {organisation.name}", "Look", url, "Invite somebody, or end a role.")


def _words(report: QuarterReport) -> str:
    return Quarter.parse(report.quarter).words


def _their_contract(user: User) -> Contract | None:
    return _contract_where(user, Permission.PERFORMANCE_PREPARE)


def _contract_where(user: User, permission: Permission) -> Contract | None:
    """The contract of today, if they hold a permission for its authority."""
    contract = contracts.current_contract(clock.today())
    return contract if contract and contract.authority_id in user.organisation_ids(permission) else None


ANSWERS_FOR: tuple[tuple[Permission, Callable[[User], Needs]], ...] = (
    (Permission.CASE_WORK, _cases_to_contact),
    (Permission.CASE_WORK, _cases_of_my_team),
    (Permission.CASE_WORK, _cases_in_progress),
    (Permission.CASE_WORK, cases_of_the_removed),
    (Permission.ORGANISATION_VOUCH, groups_to_know),
    (Permission.ORGANISATION_EDIT, claims_on_mine),
    (Permission.ORGANISATION_EDIT, errors_on_mine),
    (Permission.CASE_REQUEST, _my_groups_cases),
    (Permission.ALLIANCE_POSITION, proposals_at_my_table),
    (Permission.PERFORMANCE_SIGN, _reports_to_sign),
    (Permission.BOOKS_KEEP, questions_to_answer),
    (Permission.BOOKS_KEEP, returns_due),
    (Permission.PERFORMANCE_PREPARE, _quarters_to_prepare),
    (Permission.ALLIANCE_POSITION, seats_to_name),
    (Permission.ALLIANCE_POSITION, checks_to_verify),
    (Permission.CONTRACT_MANAGE, promises_to_settle),
    (Permission.CONTRACT_MANAGE, memberships_to_move),
    (Permission.CONTRACT_MANAGE, returns_to_accept),
    (Permission.STATEMENT_CERTIFY, _statements_to_certify),
    (Permission.CONTRACT_MANAGE, handovers_open),
    (Permission.CONTRACT_MANAGE, extensions_ahead),
    (Permission.STATEMENT_CERTIFY, _lines_in_dispute),
    (Permission.STATEMENT_AUTHORISE, _statements_to_authorise),
    (Permission.PAYMENT_EXPORT, _money_to_move),
    (Permission.ALLIANCE_WORK, table_needs),
    (Permission.COMMISSION_EDIT, _late_equality_actions),
    (Permission.COMMISSION_EDIT, _my_commissions),
    (Permission.DECISION_RECORD, decisions_to_record),
    (Permission.REGISTER_KEEP, register_to_keep),
    (Permission.ORGANISATION_EDIT, my_profiles),
    (Permission.STATEMENT_VIEW, _money_of_contract),
    (Permission.AUDIT_VIEW, _record_to_verify),
    (Permission.RULEBOOK_VIEW, _rules_to_check),
    (Permission.INTEREST_DECLARE, _interests_to_keep),
    (Permission.REGISTER_LINK, _links_to_answer),
    (Permission.REGISTER_IMPORT, _lists_to_import),
    (Permission.PEOPLE_INVITE, _people_to_invite),
)
