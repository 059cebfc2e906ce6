"""When an interest may be declared and ended. Pure."""

from datetime import date
from decimal import Decimal

from trellis.core.errors import RuleBroken

WHOLE = Decimal(1)


def check_interest_dates(*, starts_on: date, ends_on: date | None) -> None:
    """Refuse an interest that ends before it starts. It may have started before the partner joined."""
    if ends_on is not None and ends_on < starts_on:
        raise RuleBroken("The last day is before the first day. Check both dates.", field="ends_on")


def check_is_another(*, is_itself: bool) -> None:
    """Refuse to name oneself: one's own cases are closed to one without that."""
    if is_itself:
        raise RuleBroken("This is your own organisation. Its cases are closed to you already.", field="organisation")


def check_can_end_interest(*, starts_on: date, ends_on: date | None, ending_on: date) -> None:
    """Refuse to end what has ended, or before it began."""
    if ends_on is not None:
        raise RuleBroken("This interest has already ended.")
    if ending_on < starts_on:
        raise RuleBroken("An interest cannot end before it starts. Check the date.", field="ends_on")
