"""What terms of payment may say. Pure."""

from datetime import date
from decimal import Decimal

from trellis.core.errors import RuleBroken
from trellis.core.money import rounded
from trellis.core.periods import Quarter
from trellis.payments.models import StatementLine, VatTreatment
from trellis.web.words import day

Treatment = VatTreatment.Treatment
# Interest makes up for late money: it is no price of a service, so there is no VAT on it.
OUTSIDE_VAT = (StatementLine.Kind.INTEREST,)
WHOLE = Decimal(1)


def check_can_set_limit(*, is_service: bool, authorises: bool, limit: Decimal) -> None:
    """Refuse a limit that somebody sets for themselves or a colleague, or for whoever authorises nothing."""
    if not is_service:
        raise RuleBroken("Limits are entered by whoever runs the service, from the scheme of delegation.")
    if not authorises:
        raise RuleBroken("This person authorises nothing for this authority, so no limit can be theirs.")
    if limit < 0:
        raise RuleBroken("A limit cannot be less than nothing.")


def check_not_closed(*, starts_on: date, closed: Quarter | None) -> None:
    """Refuse terms that would change a quarter which a statement has closed; `closed` is the last of them."""
    if closed and starts_on <= closed.end:
        raise RuleBroken(
            f"{closed.words} is closed, and what is closed is not changed. Choose a day after {day(closed.end)}.",
            field="starts_on",
        )


def check_treatment(treatment: str) -> None:
    """Refuse a way of being taxed that is not known."""
    if treatment not in Treatment.values:
        raise RuleBroken(f"“{treatment}” is not a treatment for VAT.", field="treatment")


def vat(amount: Decimal, treatment: str, standard_rate: Decimal) -> Decimal:
    """The VAT on top of pounds without it, to the penny; `standard_rate` is a fraction (Value Added Tax Act 1994).

    `amount` leaves out lines of a kind that is OUTSIDE_VAT; none where more is taken off than is left.
    """
    return rounded(max(amount, Decimal(0)) * standard_rate) if treatment == Treatment.STANDARD else Decimal("0.00")
