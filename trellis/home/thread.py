"""The thread of a commission, stage by stage: what there is, what is missing. Each topic speaks for itself."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from trellis.audit import queries as audit
from trellis.commissioning.models import Commission
from trellis.commissioning.queries import appraisal, budgets, equality, findings, market, outcomes, policies, provision
from trellis.commissioning.queries.commissions import Progress
from trellis.commissioning.rules.commissions import STAGES
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
    return Task(one.name, status, reverse(one.topic, args=[commission.reference]), hint, colour)


def history(commission: Commission) -> list[Event]:
    """The stages that it came to, the newest first."""
    rows = list(commission.history.order_by("-id"))
    names = audit.names_of({row.by for row in rows})
    return [Event(f"Came to {row.get_stage_display()}", row.at, names.get(row.by, ""), row.note) for row in rows]
