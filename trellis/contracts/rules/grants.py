"""When the award may be signed, the support begin, and the grants before it end. Pure."""

from datetime import date
from decimal import Decimal

from trellis.core.errors import RuleBroken
from trellis.web.words import day

WHOLE = Decimal(1)


def check_can_sign_award(*, award_signed_on: date | None, signed_on: date, today: date) -> None:
    """Refuse to sign an award twice, or on a day to come."""
    if award_signed_on is not None:
        raise RuleBroken(f"The award was signed on {day(award_signed_on)}.")
    _check_has_come(signed_on, today, field="signed_on")


def check_can_begin(*, starts_on: date, began_on: date, today: date) -> None:
    """Refuse a start before the one that was agreed, or on a day to come."""
    if began_on < starts_on:
        raise RuleBroken(f"The contract is from {day(starts_on)}: it cannot begin before that.", field="began_on")
    _check_has_come(began_on, today, field="began_on")


def check_can_serve_notice(*, award_signed_on: date | None, served_on: date, today: date) -> None:
    """Refuse to end a grant while nothing stands ready to take its place.

    Notice may be served once an award is signed, from that day on.
    """
    if award_signed_on is None:
        raise RuleBroken("The award is not signed. Until it is, nothing stands ready to take the grant’s place.")
    if served_on < award_signed_on:
        raise RuleBroken(
            f"The award was signed on {day(award_signed_on)}: notice can be served from that day.", field="served_on"
        )
    _check_has_come(served_on, today, field="served_on")


def check_can_withdraw_notice(*, stops_on: date, today: date) -> None:
    """Refuse to take back what has taken effect."""
    if stops_on <= today:
        raise RuleBroken(f"The grant stopped on {day(stops_on)}: the notice cannot be taken back.")


def _check_has_come(on: date, today: date, *, field: str) -> None:
    if on > today:
        raise RuleBroken("That day has not come yet.", field=field)
