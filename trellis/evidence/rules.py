"""What may be recorded as a fact, and what may be corrected."""

from datetime import date
from decimal import Decimal

from trellis.core.errors import RuleBroken


def in_hundredths(quantity: Decimal | int | None) -> Decimal | None:
    """A quantity as it is kept: two decimals. A finer one is a mistake of ours: ValueError, and not rounded.

    (The databases would round a half differently, and the same fact would have two digests.)
    """
    if quantity is None:
        return None
    kept = Decimal(quantity).quantize(Decimal("0.01")) + 0  # + 0: no minus nought
    if kept != quantity:
        raise ValueError(f"{quantity} has more than two decimals")
    return kept


def check_can_correct(
    *, reason: str, corrected: bool, retraction: bool, retract: bool, quantity, occurred_on: date | None
) -> None:
    """Refuse a correction without a reason, of a fact that does not stand, or that changes nothing."""
    if not reason.strip():
        raise RuleBroken("Say why the fact is corrected.", field="reason")
    if corrected:
        raise RuleBroken("This fact is already corrected. Correct the newest one instead.")
    if retraction:
        raise RuleBroken("This fact is already withdrawn.")
    if retract and (quantity is not None or occurred_on is not None):
        raise RuleBroken("A fact that did not happen has no new figure or date.")
    if not retract and quantity is None and occurred_on is None:
        raise RuleBroken("Say what is different: the figure, the date, or that it did not happen.")
