"""What may be set down of outcomes and measures. Pure."""

from decimal import Decimal

from trellis.core.errors import RuleBroken

DRAFTING_STAGES = ("analyse", "plan", "decide")


def check_target(*, target: Decimal, floor: Decimal, higher_is_better: bool) -> None:
    """Refuse a floor that is better than its target (the floor is the least that is acceptable)."""
    if higher_is_better and floor > target:
        raise RuleBroken("The floor is above the target. It is the least that is acceptable.", field="floor")
    if not higher_is_better and floor < target:
        raise RuleBroken("The floor is below the target, and lower is better here. Swap them.", field="floor")


def check_measure(
    *, name: str, before: Decimal | None, target: Decimal | None, floor: Decimal | None, higher_is_better: bool
) -> None:
    """Refuse a measure without a name, a floor without a target, and bounds that run the wrong way."""
    if not name.strip():
        raise RuleBroken("Say what is counted, or empty the whole line to take the measure out.", field="name")
    if floor is not None and target is None:
        raise RuleBroken("A floor needs a target. It is the least that is acceptable of it.", field="target")
    if target is not None and floor is not None:
        check_target(target=target, floor=floor, higher_is_better=higher_is_better)
    if before is not None and target is not None and (target < before if higher_is_better else target > before):
        raise RuleBroken("The target is worse than the baseline. Check both figures.", field="target")
