"""Writes to a commission itself: opening it, its stages, its timetable."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from trellis.accounts.models import User
from trellis.audit import commands as audit
from trellis.commissioning.models import Commission, CommissionStage, Milestone
from trellis.commissioning.rules import commissions as rules
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.core.references import create_with_reference
from trellis.organisations.models import Organisation


@transaction.atomic
def open_commission(*, title: str, purpose: str, authority: Organisation, owner: User, by: Actor) -> Commission:
    """Begin a commission at its first stage. `purpose` says what is to change, for whom."""
    commission = create_with_reference(
        Commission,
        "COM",
        title=title,
        purpose=purpose,
        authority=authority,
        owner=owner,
        opened_on=clock.today(),
    )
    CommissionStage.objects.create(commission=commission, stage=commission.stage, by=by.actor_name)
    _record(by, "open_commission", commission, title=title)
    return commission


@transaction.atomic
def describe_commission(*, commission: Commission, title: str, purpose: str, by: Actor) -> None:
    """Change what it is called and what it is for."""
    commission.title, commission.purpose = title, purpose
    commission.save(update_fields=["title", "purpose"])
    _record(by, "describe_commission", commission, title=title)


@transaction.atomic
def move_to_stage(*, commission: Commission, stage: str, note: str = "", by: Actor) -> None:
    """Go on to the next stage, or back to one before it with a reason in `note`. RuleBroken when it moved meanwhile.

    Past Decide it goes by decisions.commands.stages, which asks the decision first.
    """
    rules.check_can_move(commission.stage, stage, note)
    moved = Commission.objects.filter(pk=commission.pk, stage=commission.stage).update(stage=stage)
    if not moved:
        raise RuleBroken("Somebody moved the commission just now. Look at where it stands.")
    was, commission.stage = commission.stage, stage
    CommissionStage.objects.create(commission=commission, stage=stage, by=by.actor_name, note=note)
    _record(by, "move_to_stage", commission, was=was, stage=stage)


@transaction.atomic
def plan_milestone(*, commission: Commission, kind: str, name: str, planned_on: date, by: Actor) -> Milestone:
    """Put a date into the timetable, or move it: those of a kind, and those of a name, are there once."""
    known: dict[str, Any] = {"kind": kind} if kind != Milestone.Kind.OTHER else {"kind": kind, "name": name}
    try:
        with transaction.atomic():
            milestone, _ = Milestone.objects.update_or_create(
                commission=commission, **known, defaults={"name": name, "planned_on": planned_on}
            )
    except IntegrityError as error:
        raise RuleBroken(f"The timetable has “{name}” already: give this one another name.", field="name") from error
    _record(by, "plan_milestone", commission, name=name, planned_on=planned_on.isoformat())
    return milestone


@transaction.atomic
def reach_milestone(*, milestone: Milestone, happened_on: date, by: Actor) -> None:
    """Say when it did happen. RuleBroken for a day that has not come."""
    if happened_on > clock.today():
        raise RuleBroken("That day has not come yet.", field="happened_on")
    milestone.happened_on = happened_on
    milestone.save(update_fields=["happened_on"])
    _record(by, "reach_milestone", milestone.commission, name=milestone.name, happened_on=happened_on.isoformat())


@transaction.atomic
def drop_milestone(*, milestone: Milestone, by: Actor) -> None:
    """Take a date out of the timetable that has not happened."""
    dropped, _ = Milestone.objects.filter(pk=milestone.pk, happened_on__isnull=True).delete()
    if not dropped:
        raise RuleBroken("It has happened: it stays in the timetable.")
    _record(by, "drop_milestone", milestone.commission, name=milestone.name)


def _record(by: Actor, verb: str, commission: Commission, **facts: str) -> None:
    audit.record(by=by, action=f"commissioning.{verb}", subject=f"commission {commission.reference}", facts=facts)
