"""Reads of decisions: who may see which, and what the guards ask of one."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from trellis.accounts.models import User
from trellis.core.permissions import Permission
from trellis.decisions.models import (
    Decision,
    Document,
    Notice,
    Pathway,
    PathwayStep,
    ReportPublication,
    ReportVersion,
)
from trellis.decisions.rules import guards
from trellis.decisions.rules.deadlines import deadline
from trellis.decisions.rules.pathway import Step
from trellis.organisations.models import Organisation

RECORDED = (Decision.Status.PUBLISHED, Decision.Status.CALLED_IN, Decision.Status.REFERRED, Decision.Status.COUNCIL)
ALL_DIVISIONS = "all"


def decisions_visible_to(user: User | AnonymousUser) -> QuerySet[Decision]:
    """Those that were announced or recorded, for anybody; the rest for people of their authority."""
    announced = Notice.objects.filter(decision=OuterRef("pk"))
    public = Q(Exists(announced)) | Q(records__isnull=False)
    if isinstance(user, User):
        public |= Q(authority_id__in=user.organisation_ids(Permission.DECISION_VIEW))
    return Decision.objects.filter(pk__in=Decision.objects.filter(public).values("pk")).select_related("authority")


def decisions_of(user: User) -> QuerySet[Decision]:
    """Those of their own authority, published or not."""
    mine = user.organisation_ids(Permission.DECISION_VIEW)
    return Decision.objects.filter(authority_id__in=mine).select_related("authority", "commission")


def decisions_drafted_by(user: User) -> QuerySet[Decision]:
    """Those that they may prepare."""
    mine = user.organisation_ids(Permission.DECISION_DRAFT)
    return Decision.objects.filter(authority_id__in=mine).select_related("authority")


def decisions_recorded_by(user: User) -> QuerySet[Decision]:
    """Those for which they keep notices, record and call-in."""
    mine = user.organisation_ids(Permission.DECISION_RECORD)
    return Decision.objects.filter(authority_id__in=mine).select_related("authority")


def is_inside(user: User | AnonymousUser, decision: Decision) -> bool:
    """Whether somebody sees what is not published of a decision."""
    return isinstance(user, User) and decision.authority_id in user.organisation_ids(Permission.DECISION_VIEW)


def authority_of(user: User, permission: Permission = Permission.DECISION_DRAFT) -> Organisation:
    """The authority whose decisions they prepare, or may what `permission` says; the first, should there be more."""
    mine = user.organisation_ids(permission)
    return Organisation.objects.filter(pk__in=mine).order_by("pk")[0]


def next_reference(authority: Organisation, year: int) -> str:
    """The reference after the highest of a year: 18/00052 after 18/00051."""
    start = f"{year % 100:02}/"
    last = Decision.objects.filter(authority=authority, reference__startswith=start).order_by("-reference").first()
    return f"{start}{int(last.reference[3:]) + 1 if last else 1:05}"


def last_described(authority: Organisation) -> Decision | None:
    """The decision of an authority that was opened last and says who takes it: the next is often taken by the same."""
    return Decision.objects.filter(authority=authority).exclude(maker_name="").order_by("-opened_at", "-pk").first()


def pathways(authority: Organisation) -> QuerySet[Pathway]:
    """The authority's usual ways to a decision."""
    return Pathway.objects.filter(authority=authority).prefetch_related("bodies")


def pathways_visible_to(user: User) -> QuerySet[Pathway]:
    """Those of their own authority."""
    return _pathways(user, Permission.DECISION_VIEW)


def pathways_kept_by(user: User) -> QuerySet[Pathway]:
    """Those that they may change."""
    return _pathways(user, Permission.DECISION_RECORD)


def _pathways(user: User, permission: Permission) -> QuerySet[Pathway]:
    mine = Pathway.objects.filter(authority_id__in=user.organisation_ids(permission))
    return mine.select_related("authority").prefetch_related("bodies")


def decision(reference: str) -> Decision | None:
    """The decision of a reference such as 16/00051."""
    return Decision.objects.filter(reference=reference).select_related("authority").first()


def has_report(decision: Decision) -> bool:
    """Whether there is a report to decide on: written and published here, or brought in as a document."""
    published = ReportVersion.objects.filter(report__decision=decision, publication__isnull=False)
    return published.exists() or decision.documents.filter(kind=Document.Kind.REPORT).exists()


def report_on(decision: Decision) -> date | None:
    """Since when there is a report to decide on: a decision of a day before cannot have rested on it.

    None where it was brought in as a document without a day: it was written elsewhere, and nobody said when.
    """
    brought = list(decision.documents.filter(kind=Document.Kind.REPORT).values_list("published_on", flat=True))
    published = ReportPublication.objects.filter(version__report__decision=decision)
    days = [one for one in brought if one] + list(published.values_list("published_on", flat=True))
    return None if None in brought else min(days, default=None)


def step_called(decision: Decision, body: str) -> PathwayStep:
    """The step of a body that is still to be heard."""
    return decision.steps.get(body=body, outcome="")


def steps(decision: Decision) -> tuple[Step, ...]:
    """The pathway as rules see it. A deferred step that was heard again counts by its later row."""
    agendas = _agendas(decision.notices.filter(kind=Notice.Kind.AGENDA, step__isnull=False))
    return tuple(step_facts(row, agendas.get(row.pk)) for row in decision.steps.all())


def step_facts(row: PathwayStep, agenda_allows_from: date | None) -> Step:
    """One step as rules see it."""
    return Step(row.body, row.outcome, row.held_on, row.needs_agenda, agenda_allows_from)


def agenda_allows_from(step: PathwayStep) -> date | None:
    """From which day a body may consider it, its agenda being published; None while it is not."""
    return _agendas(step.notices.filter(kind=Notice.Kind.AGENDA)).get(step.pk)


def _agendas(notices: Iterable[Notice]) -> dict[int, date]:
    """By step, from which day its meeting may be held: the soonest that a notice allows."""
    found: dict[int, date] = {}
    for notice in notices:
        on = notice.published_on if notice.reasons else deadline("agenda", notice.published_on).on
        assert notice.step_id is not None, "asked for the agendas of steps"
        found[notice.step_id] = min(on, found.get(notice.step_id, on))
    return found


def guard_facts(decision: Decision) -> guards.Facts:
    """Everything that the guards ask, as it stands."""
    notices = list(decision.notices.all())
    own_agenda = [one for one in notices if one.kind == Notice.Kind.AGENDA and one.step_id is None]
    asked = {one.division.casefold() for one in decision.consultations.all()}
    divisions = [line.strip() for line in decision.divisions.splitlines() if line.strip()]
    not_asked = () if _are_all(divisions) else tuple(one for one in divisions if one.casefold() not in asked)
    agreed = [one.published_on for one in notices if one.kind == Notice.Kind.PRIVATE and one.agreed]
    return guards.Facts(
        is_key=decision.is_key,
        is_body=decision.maker_kind == Decision.Maker.BODY,
        meets_in_private=decision.meets_in_private,
        has_report=has_report(decision),
        report_on=report_on(decision),
        is_described=decision.is_described,
        restriction=decision.restriction,
        exemption=decision.exemption,
        public_interest=decision.public_interest,
        forward_plan_on=_first(notices, Notice.Kind.FORWARD_PLAN),
        general_exception_on=_first(notices, Notice.Kind.GENERAL_EXCEPTION),
        special_urgency_on=_first(notices, Notice.Kind.SPECIAL_URGENCY),
        agenda_on=own_agenda[0].published_on if own_agenda else None,
        agenda_at_short_notice=bool(own_agenda and own_agenda[0].reasons),
        private_on=_first(notices, Notice.Kind.PRIVATE),
        private_again_on=_first(notices, Notice.Kind.PRIVATE_AGAIN),
        private_agreed_on=min(agreed, default=None),
        steps=_heard(steps(decision)),
        divisions_not_consulted=not_asked,
    )


def _heard(found: tuple[Step, ...]) -> tuple[Step, ...]:
    return tuple(step for step in found if step.outcome != PathwayStep.Outcome.DEFERRED)


def _are_all(divisions: list[str]) -> bool:
    return len(divisions) == 1 and divisions[0].casefold().startswith(ALL_DIVISIONS)


def _first(notices: Iterable[Notice], kind: str) -> date | None:
    return min((one.published_on for one in notices if one.kind == kind), default=None)
