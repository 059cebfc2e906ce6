"""What the alliance agreement says of shares, interests and targets. Pure."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from trellis.core.errors import RuleBroken

WHOLE = Decimal(1)


def check_shares(shares: Mapping[str, Decimal]) -> None:
    """Refuse shares that do not sum to 1: money that belongs to nobody, or twice to somebody.

    `shares` maps a partner's name to its fraction of the contract's value.
    """
    if any(share < 0 for share in shares.values()):
        raise RuleBroken("A share cannot be less than nothing.")
    total = sum(shares.values(), Decimal(0))
    if total != WHOLE:
        raise RuleBroken(f"The partners’ shares add up to {total.normalize():f}. They must add up to 1 exactly.")


def check_interest_dates(*, starts_on: date, ends_on: date | None) -> None:
    """Refuse an interest that ends before it starts. It may have started before the partner joined."""
    if ends_on is not None and ends_on < starts_on:
        raise RuleBroken("The last day is before the first day. Check both dates.", field="ends_on")


def check_can_end_interest(*, starts_on: date, ends_on: date | None, ending_on: date) -> None:
    """Refuse to end what has ended, or before it began."""
    if ends_on is not None:
        raise RuleBroken("This interest has already ended.")
    if ending_on < starts_on:
        raise RuleBroken("An interest cannot end before it starts. Check the date.", field="ends_on")


def check_target(*, target: Decimal, floor: Decimal, higher_is_better: bool) -> None:
    """Refuse a floor that is better than its target (the floor is the least that is acceptable)."""
    if higher_is_better and floor > target:
        raise RuleBroken("The floor is above the target. It is the least that is acceptable.", field="floor")
    if not higher_is_better and floor < target:
        raise RuleBroken("The floor is below the target, and lower is better here. Swap them.", field="floor")
