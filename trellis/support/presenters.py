"""The words and rows of the pages about cases."""

from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse

from trellis.accounts.models import User
from trellis.accounts.requests import Request
from trellis.audit import queries as audit
from trellis.contracts import queries as contracts
from trellis.contracts.models import Interest
from trellis.core import clock, working_days
from trellis.core.permissions import Permission
from trellis.organisations.presenters.endings import removed_words
from trellis.support import asking, queries, rules
from trellis.support.forms import CaseFilters
from trellis.support.models import Case
from trellis.web.forms import Form
from trellis.web.pieces import Event
from trellis.web.table import Column, Table, address
from trellis.web.words import counted, day

COLOURS = {
    rules.REQUESTED: "yellow",
    rules.TRIAGED: "yellow",
    rules.ALLOCATED: "blue",
    rules.IN_PROGRESS: "blue",
    rules.COMPLETED: "green",
    rules.WITHDRAWN: "grey",
}
FIRST_CONTACT = "days-to-first-contact"
# What an adviser can do next, in the order of the buttons: (action, permission, words, view).
NEXT = (
    ("triage", Permission.CASE_TRIAGE, "Triage this request", "triage_case"),
    ("take", Permission.CASE_WORK, "Take this case", "take_case"),
    ("record_activity", Permission.CASE_WORK, "Record what you did", "record_activity"),
    ("complete", Permission.CASE_COMPLETE, "Complete this case", "complete_case"),
    ("allocate", Permission.CASE_TRIAGE, "Offer it to a partner", "allocate_case"),
    ("hand_back", Permission.CASE_WORK, "Hand it back", "hand_back_case"),
)


def status_tag(case: Case) -> tuple[str, str]:
    """A case's status in words, and its colour."""
    return case.get_status_display(), COLOURS[case.status]


def case_table(request: Request, cases: QuerySet[Case]) -> Table:
    """The cases as the address of the page asks: ?q=words&status=in-progress&mine=yes."""
    asked = filters(request)
    asked.full_clean()
    text, status, mine = (asked.cleaned_data.get(name, "") for name in ("q", "status", "mine"))
    tags = []
    cases = cases.annotate(named=Coalesce("organisation__merged_into__name", "organisation__name"))
    if text:
        cases = cases.filter(Q(reference__iexact=text) | Q(named__icontains=text))
        tags.append((f"Search: {text}", address(request, q=None, page=None)))
    if status:
        cases = cases.filter(status=status)
        tags.append((Case.Status(status).label, address(request, status=None, page=None)))
    if mine == "yes":
        cases = cases.filter(adviser=request.user)
        tags.append(("My cases", address(request, mine=None, page=None)))
    return Table(
        request,
        cases,
        columns=[
            Column("reference", "Case", sort="reference", link=lambda case: reverse("case", args=[case.reference])),
            Column("named", "Organisation", sort="named"),
            Column("topic__name", "Help with", sort="topic__order"),
            Column("requested_on", "Asked for", sort="requested_on"),
            Column("status", "Status", sort="status", tag=status_tag),
            Column("held_by", "With", value=lambda case: case.held_by, sort="held_by__name", absent="Nobody yet"),
        ],
        caption="Cases",
        name="cases",
        order="-requested_on",
        filters=tags,
        empty="No cases here. Cases show as soon as an organisation asks for support, or when you clear a filter.",
    )


def filters(request: Request) -> CaseFilters:
    """The filters as the address has them."""
    return CaseFilters(request.GET, is_adviser=request.user.can(Permission.CASE_WORK))


def case_list(request: Request, table: Table) -> dict[str, Any]:
    """The list's page: its filters, and whether one can ask for support here."""
    return {
        "table": table,
        "filters": filters(request),
        "can_ask": request.user.can(Permission.CASE_REQUEST),
    }


def case_page(case: Case, user: User) -> dict[str, Any]:
    """One case for one person: only what their part in it lets them do and read."""
    is_theirs = case.organisation_id in user.organisation_ids(Permission.CASE_REQUEST)
    works_on_it = queries.cases_to_work_on(user).filter(pk=case.pk).exists()
    return {
        "case": case,
        "status": status_tag(case),
        "caption": case.reference,
        "breadcrumbs": [("Cases", reverse("cases"))],
        "facts": _facts(case),
        "actions": _actions(case, user) if works_on_it else [],
        "can_withdraw": rules.can(case.status, "withdraw") and (is_theirs or case.adviser_id == user.pk),
        "can_choose_partners": is_theirs and rules.is_open(case.status),
        "shows_work": is_theirs or works_on_it,
        "activities": list(case.activities.select_related("recorded_by")),
        "events": _history(case, with_notes=is_theirs or works_on_it),
        "contact": _first_contact(case),
    }


def _history(case: Case, *, with_notes: bool) -> list[Event]:
    """What it became, the latest first; what no person did, Trellis did. Notes are for those whose work it is."""
    rows = list(case.history.order_by("-id"))
    names = audit.names_of(row.by for row in rows)
    return [
        Event(row.get_status_display(), row.at, names.get(row.by, "Trellis"), row.note if with_notes else "")
        for row in rows
    ]


def _facts(case: Case) -> list[tuple[str, str]]:
    facts = [
        ("Organisation", case.organisation.standing.name),
        ("Help with", case.topic.name),
        ("Asked for", day(case.requested_on)),
        ("How soon it matters", "Not triaged yet" if case.status == rules.REQUESTED else case.get_urgency_display()),
        ("With", case.held_by.name if case.held_by else "Nobody yet"),
        ("Adviser", str(case.adviser) if case.adviser else "Nobody yet"),
    ]
    if removed := removed_words(case.organisation):
        facts.insert(1, ("Know this", removed))
    if case.completed_on:
        facts += [("What came of it", case.get_outcome_display()), ("Completed", day(case.completed_on))]
    return facts


def _actions(case: Case, user: User) -> list[dict[str, str]]:
    """The buttons; the first is the main one. The commands refuse by the same table."""
    holds = case.held_by_id in user.organisation_ids(Permission.CASE_WORK)
    needs_holding = {"record_activity", "complete", "hand_back"}
    return [
        {"text": words, "href": reverse(view, args=[case.reference])}
        for action, permission, words, view in NEXT
        if rules.can(case.status, action)
        and user.can(permission)
        and (holds or action not in needs_holding)
        and not (action == "complete" and case.first_contact_on is None)
    ]


def _first_contact(case: Case) -> str:
    """How the wait for the first contact stands, with the date by which it is due."""
    if case.first_contact_on:
        waited = working_days.between(case.requested_on, case.first_contact_on)
        return f"First contact was on {day(case.first_contact_on)}, after {counted(waited, 'working day')}."
    if not rules.is_open(case.status):
        return ""
    promise = contracts.targets(case.contract, case.requested_on).get(FIRST_CONTACT)
    if promise is None:
        return ""
    allowed = int(promise.target)
    due = working_days.add(case.requested_on, allowed).on
    late = " It is late." if clock.today() > due else ""
    return f"First contact is due by {day(due)}: {counted(allowed, 'working day')} after the request.{late}"


def step(case: Case, *, title: str, button: str) -> dict[str, Any]:
    """A page on which an adviser does one thing with a case."""
    here = reverse("case", args=[case.reference])
    return {
        "title": title,
        "button": button,
        "cancel": here,
        "caption": f"{case.reference}, {case.organisation.standing.name}",
        "breadcrumbs": [("Cases", reverse("cases")), (case.reference, here)],
    }


def question(step_name: str, form: Form, so_far: asking.Asking) -> dict[str, Any]:
    """One question of asking for support."""
    number = asking.STEPS.index(step_name)
    skipped = 1 if len(so_far.organisations) == 1 else 0
    shown = asking.STEPS[skipped:]
    before = shown[shown.index(step_name) - 1] if step_name in shown and shown.index(step_name) else None
    return {
        "form": form,
        "step": step_name,
        "page_title": "Ask for support",
        "caption": f"Question {number + 1 - skipped}",
        "button": "Continue",
        "so_far": so_far,
        "back": reverse("request_support_step", args=[before]) if before else reverse("cases"),
    }


def check_answers(so_far: asking.Asking) -> dict[str, Any]:
    """All answers with where each is changed, before they are sent."""
    assert so_far.organisation and so_far.contract and so_far.topic, "next_step() lets nobody here without them"
    chosen = so_far.chosen_partner.organisation.name if so_far.chosen_partner else "Any adviser without a conflict"
    shut_out = ", ".join(partner.organisation.name for partner in so_far.shut_out) or "Nobody"
    rows = [
        ("Organisation", so_far.organisation.name, "organisation" if len(so_far.organisations) > 1 else ""),
        ("Help with", so_far.topic.name, "topic"),
        ("What you told us", so_far.need, "need"),
        ("Help from", chosen, "who"),
        ("Must not see it", shut_out, "who"),
    ]
    return {
        "rows": [
            (key, value, reverse("request_support_step", args=[step]) if step else "") for key, value, step in rows
        ],
        "eligible": queries.free_partners(
            contract=so_far.contract,
            organisation=so_far.organisation,
            shut_out={partner.pk for partner in so_far.shut_out},
            chosen_partner=so_far.chosen_partner,
        ),
        "route": so_far.contract.independent_route,
    }


def case_partners(case: Case, form: Form) -> dict[str, Any]:
    """Each partner, and whether it may see the case: why not, and what the organisation can change."""
    today = clock.today()
    conflicted = contracts.conflicted_partner_organisation_ids(case.organisation, today)
    shut_out = queries.shut_out_partner_ids(case)
    rows = []
    for partner in contracts.partners(case.contract, today):
        told = case.chosen_partner_id == partner.pk and case.conflict_accepted_at is not None
        if partner.pk in shut_out:
            words = "You shut it out"
        elif partner.organisation_id in conflicted and not told:
            words = "It runs services like yours, so it cannot see your case"
        else:
            words = "It may see your case"
        rows.append({"partner": partner, "words": words, "is_shut_out": partner.pk in shut_out})
    return {
        "case": case,
        "form": form,
        "rows": rows,
        "can_change": rules.is_open(case.status),
        "breadcrumbs": [("Cases", reverse("cases")), (case.reference, reverse("case", args=[case.reference]))],
    }


def interest_table(request: HttpRequest, interests: QuerySet[Interest]) -> Table:
    """What one partner has declared."""
    return Table(
        request,
        interests,
        columns=[
            Column("service_type__name", "Kind of service", sort="service_type__name"),
            Column("kind", "You", value=lambda row: row.get_kind_display(), sort="kind"),
            Column("district__name", "District", sort="district__name"),
            Column("starts_on", "From", sort="starts_on"),
            Column("ends_on", "Until", sort="ends_on", absent="Goes on"),
            Column(
                "change",
                "Change",
                value=lambda row: "Ended" if row.ends_on else "End this interest",
                link=lambda row: "" if row.ends_on else reverse("end_interest", args=[row.pk]),
            ),
        ],
        caption="What you also deliver",
        name="interests",
        order="service_type__name",
        empty="You have declared nothing. If you run services like those of the groups you support, declare them here.",
    )
