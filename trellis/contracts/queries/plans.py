"""A contract's plans, with each task's day and what it waits for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from trellis.contracts.models import Contract, ContractPlan, PlanTask
from trellis.contracts.queries.grants import start_of
from trellis.contracts.rules import plans as rules
from trellis.core import clock


@dataclass(frozen=True)
class Due:
    """A task with its day (None: not known yet), the unfinished tasks that it waits for, and whether it is late."""

    task: PlanTask
    on: date | None
    waits_for: tuple[PlanTask, ...]
    is_late: bool


def plans(contract: Contract) -> QuerySet[ContractPlan]:
    """The plans that a contract has."""
    return ContractPlan.objects.filter(contract=contract).select_related("contract")


def tasks(plan: ContractPlan) -> list[Due]:
    """What a plan holds, in the order of the work."""
    days, found = anchors(plan), plan.tasks.select_related("owner", "plan__contract").prefetch_related("after")
    return [_due(task, days) for task in found]


def all_tasks(contract: Contract) -> QuerySet[PlanTask]:
    """The tasks of all of a contract's plans."""
    return PlanTask.objects.filter(plan__contract=contract).select_related("plan__contract__authority", "owner")


def due(task: PlanTask) -> Due:
    """One task, with its day."""
    return _due(task, anchors(task.plan))


def _due(task: PlanTask, days: Mapping[str, date | None]) -> Due:
    on = rules.due_on(counts_from=task.counts_from, days=task.days, anchors=days)
    waits_for = tuple(one for one in task.after.all() if one.status not in rules.FINISHED)
    return Due(task, on, waits_for, rules.is_late(due=on, status=task.status, today=clock.today()))


def anchors(plan: ContractPlan) -> dict[str, date | None]:
    """The days that a plan counts from. The start is the actual one, once it is known."""
    contract = plan.contract
    return {
        "award": contract.award_signed_on,
        "start": start_of(contract),
        "end": plan.ends_on or contract.ends_on,
    }


def late_tasks(contract: Contract) -> list[Due]:
    """What is late in any of a contract's plans."""
    return [one for plan in plans(contract) for one in tasks(plan) if one.is_late]
