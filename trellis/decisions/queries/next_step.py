"""What a decision that is being prepared needs next, and of whom: what its page leads to, and two homes show."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from trellis.core.permissions import Permission
from trellis.decisions.models import Decision, Notice, PathwayStep
from trellis.decisions.queries import pathway, reports
from trellis.decisions.rules import guards
from trellis.decisions.rules.pathway import can
from trellis.decisions.rules.records import REQUIRED

DRAFT, RECORD = Permission.DECISION_DRAFT, Permission.DECISION_RECORD
EXCEPTIONS = (Notice.Kind.GENERAL_EXCEPTION, Notice.Kind.SPECIAL_URGENCY)


@dataclass(frozen=True)
class NextStep:
    """One thing to do: its words, its page, and the permission of whoever does it."""

    words: str
    url: str
    permission: Permission

    @property
    def whose(self) -> str:
        """Who does it, for those who may not."""
        return "Democratic services" if self.permission is RECORD else "A commissioning officer"


def next_step(decision: Decision, today: date) -> NextStep | None:
    """The first thing that a decision lacks before it can be taken and published. None: it only waits, or is over."""
    return next(next_steps(decision, today), None)


def next_steps(decision: Decision, today: date) -> Iterator[NextStep]:
    """All that it lacks and that can be done now, the first first: one who may not do that may do another."""
    if decision.status == Decision.Status.TAKEN:
        yield from _to_publish(decision)
    elif can(decision.status, "take"):
        yield from _to_take(decision, today)


def _to_take(decision: Decision, today: date) -> Iterator[NextStep]:
    """What is missing, in the order of the work: what takes longest to pass is begun first."""
    if not decision.is_described:
        yield _step(decision, "Say who takes it, and whom it affects", "name_decision_maker", DRAFT)
        return
    if decision.is_key and not _is_announced(decision):
        yield _step(decision, "Publish it on the forward plan", "publish_notice", RECORD, Notice.Kind.FORWARD_PLAN)
    yield from _to_report(decision)
    yield from _to_hear(decision)
    if decision.maker_kind == Decision.Maker.BODY and not decision.meets_in_private and not _has_own_agenda(decision):
        yield _step(decision, "Publish the agenda of the meeting that decides", "publish_agenda", RECORD)
    if not _is_written(decision):
        yield _step(decision, "Write the record", "draft_record", DRAFT)
    if not guards.unmet(pathway.guard_facts(decision), today):
        yield _step(decision, "Record that it was taken", "take_decision", RECORD)


def _to_report(decision: Decision) -> Iterator[NextStep]:
    if pathway.has_report(decision):
        return
    if decision.commission_id is None:
        yield _step(decision, "Add the report", "add_document", DRAFT)
        return
    report = reports.report_on(decision)
    if report is None:
        yield _step(decision, "Begin the committee report", "draft_report", DRAFT)
    elif not report.versions.exists():
        yield _step(decision, "Go on with the committee report", "draft_report", DRAFT)
    else:
        yield _step(decision, "Publish the committee report", "draft_report", RECORD)


def _to_hear(decision: Decision) -> Iterator[NextStep]:
    """The first body that has not said what it thinks."""
    step = decision.steps.filter(outcome="").order_by("order", "pk").first()
    if step is None:
        return
    if step.needs_agenda and pathway.agenda_allows_from(step) is None:
        yield _of_step(step, f"Publish the agenda of {step.body}", "publish_step_agenda", RECORD)
    yield _of_step(step, f"Record what {step.body} said", "record_outcome", DRAFT)


def _to_publish(decision: Decision) -> Iterator[NextStep]:
    if not _is_written(decision):
        yield _step(decision, "Write the record", "draft_record", DRAFT)
    yield _step(decision, "Publish the record", "publish_record", RECORD)


def _is_written(decision: Decision) -> bool:
    """Whether the record says all that it must say before it is published."""
    return all(getattr(decision.draft, field).strip() for field, _ in REQUIRED)


def _is_announced(decision: Decision) -> bool:
    return decision.notices.filter(kind__in=(Notice.Kind.FORWARD_PLAN, *EXCEPTIONS)).exists()


def _has_own_agenda(decision: Decision) -> bool:
    return decision.notices.filter(kind=Notice.Kind.AGENDA, step__isnull=True).exists()


def _step(decision: Decision, words: str, view: str, permission: Permission, *parts: str) -> NextStep:
    return NextStep(words, reverse(view, args=[decision.slug, *parts]), permission)


def _of_step(step: PathwayStep, words: str, view: str, permission: Permission) -> NextStep:
    return NextStep(words, reverse(view, args=[step.decision.slug, step.pk]), permission)
