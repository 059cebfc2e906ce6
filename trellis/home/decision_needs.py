"""What decisions want of whoever keeps their record: to be published, to be heard by scrutiny, to be taken in time."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from django.urls import reverse

from trellis.accounts.models import User
from trellis.core import clock
from trellis.core.permissions import Permission
from trellis.decisions.models import Decision
from trellis.decisions.queries import pathway, records
from trellis.decisions.queries.next_step import next_step
from trellis.decisions.rules import guards
from trellis.web.pieces import Task
from trellis.web.words import day

FEW = 5  # of a kind; the rest are on the register
Status = Decision.Status
AGAIN = "It was referred after call-in."


def decisions_to_record(user: User) -> Iterator[Task]:
    """The decisions of their authority at which something waits, the most pressing kinds first."""
    theirs = pathway.decisions_recorded_by(user).order_by("reference")
    for decision in theirs.filter(status=Status.TAKEN)[:FEW]:
        yield _task(decision, "Publish the record of", "To do", "publish_record", "Call-in counts from then.", "orange")
    for decision in theirs.filter(status=Status.CALLED_IN)[:FEW]:
        yield _task(
            decision, "What did scrutiny resolve on", "Waiting", "conclude_call_in", "It is called in.", "orange"
        )
    for decision in theirs.filter(status__in=[Status.REFERRED, Status.COUNCIL])[:FEW]:
        yield _task(decision, "Have a new decision on", "Waiting", "decision", AGAIN, "yellow")
    prepared = theirs.filter(status=Status.DRAFT).select_related("draft")
    yield from islice((task for decision in prepared for task in _to_prepare(decision, clock.today())), FEW)
    for decision in theirs.filter(status=Status.PUBLISHED, records__call_in_ends_on__gte=clock.today()).distinct()[
        :FEW
    ]:
        record = records.current_record(decision)
        if record and record.call_in_ends_on:
            hint = f"Until {day(record.call_in_ends_on)}."
            yield _task(decision, "Open to call-in:", "Look", "decision", hint)


def _to_prepare(decision: Decision, today: date) -> Iterator[Task]:
    """What they do next for one in preparation; once it is announced, from when it may be taken."""
    step = next_step(decision, today)
    is_ready = step is not None and step.url == reverse("take_decision", args=[decision.slug])
    if step and step.permission is Permission.DECISION_RECORD and not is_ready:
        yield Task(f"{decision.reference}: {step.words}", "To do", step.url, decision.title, "orange")
    elif decision.notices.exists():
        yield _to_take(decision, today)


def _to_take(decision: Decision, today: date) -> Task:
    """One on the forward plan: whether it may be taken, or from when."""
    facts = pathway.guard_facts(decision)
    against, first = guards.unmet(facts, today), guards.first_lawful_day(facts)
    if not against:
        return _task(decision, "May be taken:", "Ready", "take_decision", "Every rule is kept.", "green")
    hint = f"It may be taken from {day(first)} on." if first else against[0].words
    return _task(decision, "On the forward plan:", "Not yet", "decision", hint, "blue")


def _task(decision: Decision, words: str, status: str, view: str, hint: str, colour: str = "") -> Task:
    return Task(f"{words} {decision.reference}", status, reverse(view, args=[decision.slug]), hint, colour)
