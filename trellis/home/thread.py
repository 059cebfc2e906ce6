"""The thread of a commission, stage by stage: what there is, what is missing. Each topic speaks for itself."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from trellis.audit import queries as audit
from trellis.commissioning.models import Commission
from trellis.commissioning.queries import appraisal, budgets, equality, findings, market, outcomes, policies, provision
from trellis.commissioning.queries.commissions import Progress
from trellis.commissioning.rules.commissions import STAGES, next_stage
from trellis.decisions.queries import progress as decisions
from trellis.web.pieces import Event, Task

Topic = Callable[[Commission], Progress]
# In the order of the work. Each is asked how it stands.
TOPICS: tuple[Topic, ...] = (
    findings.progress,
    policies.progress,
    provision.progress,
    outcomes.progress,
    market.progress,
    appraisal.progress,
    budgets.progress,
    equality.progress,
    decisions.progress,
)


@dataclass(frozen=True)
class StageOfThread:
    """One stage of the line: `state` is "done", "now" or "next"."""

    code: str
    name: str
    state: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class NextStep:
    """What an owner does next: the words of its button, where it leads, and why."""

    words: str
    url: str
    why: str


def next_step(commission: Commission) -> NextStep | None:
    """Go on with what is missing first; once nothing is, move on. None where the work has no topics of its own."""
    for first in missing_up_to_now(commission):
        why = f"{first.name}: {first.missing or first.words}"
        return NextStep(f"Go on with {first.name.lower()}", _address(commission, first), why)
    here, there = commission.stage, next_stage(commission.stage)
    if there is None or all(topic(commission).stage != here for topic in TOPICS):
        return None
    why = f"Nothing is missing from the stage “{commission.get_stage_display()}”."
    move = reverse("move_to_stage", args=[commission.reference])
    return NextStep(f"Move on to {Commission.Stage(there).label.lower()}", move, why)


def missing_up_to_now(commission: Commission) -> list[Progress]:
    """What the stages up to the present one still lack."""
    reached = STAGES[: STAGES.index(commission.stage) + 1]
    return [one for topic in TOPICS if not (one := topic(commission)).done and one.stage in reached]


def stages(commission: Commission) -> list[StageOfThread]:
    """The line of stages, each with its topics."""
    here = STAGES.index(commission.stage)
    progress = [topic(commission) for topic in TOPICS]
    return [
        StageOfThread(
            code,
            str(Commission.Stage(code).label),
            "done" if number < here else "now" if number == here else "next",
            tuple(_task(commission, one) for one in progress if one.stage == code),
        )
        for number, code in enumerate(STAGES)
    ]


def _task(commission: Commission, one: Progress) -> Task:
    status, colour = ("Done", "") if one.done else ("Under way", "blue") if one.words else ("Not begun", "grey")
    hint = " ".join(part for part in (one.words, one.missing) if part)
    return Task(one.name, status, _address(commission, one), hint, colour)


def _address(commission: Commission, one: Progress) -> str:
    return reverse(one.topic, args=[commission.reference])


def history(commission: Commission) -> list[Event]:
    """The stages that it came to, the newest first."""
    rows = list(commission.history.order_by("-id"))
    names = audit.names_of({row.by for row in rows})
    return [Event(f"Came to {row.get_stage_display()}", row.at, names.get(row.by, ""), row.note) for row in rows]
