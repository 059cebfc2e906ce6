"""What the alliance agreement says of shares. Pure."""

from collections.abc import Mapping
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
