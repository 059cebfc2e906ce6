"""Making a plan from its template, and moving its tasks on."""

from datetime import date

from django.db import IntegrityError, transaction

from trellis.audit import commands as audit
from trellis.contracts.models import Contract, ContractPlan, PlanTask
from trellis.contracts.plan_templates import template
from trellis.contracts.queries import plans as queries
from trellis.contracts.queries import rooms
from trellis.contracts.rules import plans as rules
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.organisations.models import Organisation


@transaction.atomic
def make_plan(*, contract: Contract, kind: str, ends_on: date | None = None, by: Actor) -> ContractPlan:
    """Make a plan of a kind from its template. `ends_on` is the last day of a contract that is terminated.

    RuleBroken when there is one already, or the day is not one on which it can be terminated.
    """
    if kind == ContractPlan.Kind.TERMINATION:
        if ends_on is None:
            raise RuleBroken("Say on which day the contract ends.", field="ends_on")
        term = (contract.starts_on, contract.ends_on)
        rules.check_can_begin_ending(ends_on=ends_on, term=term, today=clock.today())
    try:
        with transaction.atomic():
            plan = ContractPlan.objects.create(contract=contract, kind=kind, ends_on=ends_on, made_by=by.actor_name)
    except IntegrityError as error:
        raise RuleBroken("There is such a plan already.") from error
    _lay_out(plan, by)
    _record(contract, "make_plan", by, kind=kind)
    return plan


def _lay_out(plan: ContractPlan, by: Actor) -> None:
    made: dict[str, PlanTask] = {}
    for order, one in enumerate(template(plan.kind), start=1):
        owner = plan.contract.authority if one.owner == "authority" else None
        made[one.code] = PlanTask.objects.create(
            plan=plan, code=one.code, order=order, title=one.title, means=one.means, owner=owner,
            counts_from=one.counts_from, days=one.days, page=one.page, changed_by=by.actor_name,
        )  # fmt: skip
        made[one.code].after.set(made[before] for before in one.after)


@transaction.atomic
def set_task(*, task: PlanTask, status: str, note: str = "", owner: Organisation | None = None, by: Actor) -> None:
    """Say where a task is, and who sees to it (None: every partner its part).

    RuleBroken for one that is done before those that it waits for, one left out without a reason, and an owner who is
    no member.
    """
    waits_for = [one.title for one in queries.due(task).waits_for]
    rules.check_can_set(status=status, waits_for=waits_for, note=note)
    if owner and owner not in rooms.members(task.plan.contract):
        raise RuleBroken("Only a member of the alliance can see to this.", field="owner")
    changed = PlanTask.objects.filter(pk=task.pk, status=task.status).update(
        status=status, note=note, owner=owner, changed_at=clock.now(), changed_by=by.actor_name
    )
    if not changed:
        raise RuleBroken("Somebody changed this just now. Look at it again.")
    task.refresh_from_db()
    _record(task.plan.contract, "set_task", by, plan=task.plan.kind, task=task.code, status=status)


def _record(contract: Contract, verb: str, by: Actor, **facts: str) -> None:
    audit.record(by=by, action=f"contracts.{verb}", subject=f"contract {contract.reference}", facts=facts)
