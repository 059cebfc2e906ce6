"""The days that people put into their calendars: when decisions may be made, when bodies meet, when call-in ends."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from trellis.accounts.models import User
from trellis.core import clock
from trellis.core.errors import RuleBroken
from trellis.decisions.models import Decision, Notice
from trellis.decisions.queries import pathway, records
from trellis.decisions.rules.deadlines import deadline, latest_start

A_YEAR = timedelta(days=366)
WAITS: dict[str, str] = {
    Notice.Kind.FORWARD_PLAN: "forward-plan",
    Notice.Kind.GENERAL_EXCEPTION: "general-exception",
}


@dataclass(frozen=True)
class Day:
    """One day of a decision. `code` tells its days apart for ever, so that a calendar updates and does not double."""

    decision: Decision
    code: str
    on: date
    words: str
    why: str = ""


def days(user: User | AnonymousUser) -> list[Day]:
    """The days of the decisions that somebody may see, in order: those on their way, and those of the last year."""
    a_year_ago = clock.today() - A_YEAR
    recent = Q(status=Decision.Status.DRAFT) | Q(records__published_on__gte=a_year_ago) | Q(decided_on__gte=a_year_ago)
    seen = pathway.decisions_visible_to(user).filter(recent).distinct()
    visible = seen.prefetch_related("notices", "steps")
    found = [day for decision in visible for day in days_of(decision, is_inside=pathway.is_inside(user, decision))]
    return sorted(found, key=lambda day: (day.on, day.decision.reference, day.code))


def days_of(decision: Decision, *, is_inside: bool) -> Iterator[Day]:
    """The days of one decision. Meetings that are only planned are for those inside."""
    yield from _first_lawful(decision)
    if is_inside:
        yield from _agendas_due(decision)
    for step in decision.steps.all():
        on = step.held_on or step.planned_on
        if on and (is_inside or step.needs_agenda):
            yield Day(decision, f"step-{step.pk}", on, f"{step.body} considers it")
    if decision.decided_on and (is_inside or decision.status in pathway.RECORDED):
        yield Day(decision, "decided", decision.decided_on, "Decided")
    yield from _after_publication(decision)


def _first_lawful(decision: Decision) -> Iterator[Day]:
    """Under the notices that are out: the forward plan, or the general exception where that is sooner."""
    if decision.status != Decision.Status.DRAFT:
        return
    found = [deadline(WAITS[one.kind], one.published_on) for one in decision.notices.all() if one.kind in WAITS]
    if found:
        soonest = min(found, key=lambda one: one.on)
        figure = f"{soonest.figure.value} {soonest.figure.unit}"
        why = f"{figure} after the notice of {soonest.start:%-d %B %Y}."
        yield Day(decision, "may-be-made", soonest.on, "First day on which it may be decided", why)


def _agendas_due(decision: Decision) -> Iterator[Day]:
    """By when the agenda of each meeting that is planned must be out."""
    if decision.status != Decision.Status.DRAFT:
        return
    published = {one.step_id for one in decision.notices.all() if one.kind == Notice.Kind.AGENDA}
    for step in decision.steps.all():
        if step.needs_agenda and step.planned_on and not step.outcome and step.pk not in published:
            try:
                by = latest_start("agenda", step.planned_on)
            except RuleBroken:
                continue  # planned for a year whose bank holidays are not known yet
            words = f"Last day to publish the agenda of {step.body}"
            yield Day(decision, f"agenda-{step.pk}", by, words, f"It meets on {step.planned_on:%-d %B %Y}.")


def _after_publication(decision: Decision) -> Iterator[Day]:
    record = records.current_record(decision)
    if record is None:
        return
    if record.call_in_ends_on:
        yield Day(decision, "call-in-ends", record.call_in_ends_on, "Last day to call it in")
    on = records.effective_on(decision)
    if on and not records.is_irregular(decision, clock.today()):
        yield Day(decision, "takes-effect", on, "Takes effect")
    for power in records.delegations(decision):
        if power.until:
            yield Day(decision, f"power-{power.number}", power.until, f"Last day of power {power.number}", power.what)
