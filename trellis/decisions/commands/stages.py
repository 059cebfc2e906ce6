"""Taking a commission on to its next stage: past Decide, only under a decision that allows it."""

from django.db import transaction

from trellis.commissioning.commands import commissions
from trellis.commissioning.models import Commission
from trellis.commissioning.rules.commissions import check_can_move
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.decisions.models import Condition
from trellis.decisions.queries.progress import decision_of
from trellis.decisions.queries.records import check_can_act
from trellis.decisions.rules import stages as rules


@transaction.atomic
def move_to_stage(*, commission: Commission, stage: str, note: str = "", by: Actor) -> None:
    """Go on to the next stage, or back to one before it with a reason in `note`.

    Raises RuleBroken where the stage cannot follow, and on the way past Decide while no decision is in effect, it was
    taken irregularly, or a condition on procuring is open.
    """
    check_can_move(commission.stage, stage, note)
    if rules.needs_decision(commission.stage, stage):
        decision = decision_of(commission)
        rules.check_is_there(decision)
        if decision:
            check_can_act(decision, on=clock.today(), gates=Condition.Gates.PROCURE)
    commissions.move_to_stage(commission=commission, stage=stage, note=note, by=by)
