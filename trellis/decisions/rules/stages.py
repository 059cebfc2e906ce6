"""Which stages of a commission rest on its decision. Pure."""

from trellis.commissioning.rules.commissions import STAGES
from trellis.core.errors import RuleBroken

LAST_WITHOUT = STAGES.index("decide")


def needs_decision(stage: str, to: str) -> bool:
    """Whether a commission goes on to what only a decision allows. Going back asks nobody."""
    here, there = STAGES.index(stage), STAGES.index(to)
    return there > here and there > LAST_WITHOUT


def check_is_there(decision: object | None) -> None:
    """Refuse to go past Decide where nothing was decided."""
    if decision is None:
        raise RuleBroken(
            "No decision allows it yet. Open one, or enter the one that was taken elsewhere.", field="stage"
        )
