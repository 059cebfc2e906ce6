"""The figures of the payments compliance notice, half a year at a time. Pure.

Procurement Regulations 2024 (SI 2024/692), regulation 38: the mean days to pay; the parts paid in days 1 to 30, 31 to
60, and 61 and over, day 1 being the day after the invoice was received; and the part of what fell due that was not
paid in the period.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from trellis.core.periods import Period

BANDS = ((0, 30), (31, 60), (61, None))


@dataclass(frozen=True)
class Part:
    """What one payee is due from one statement, and when it was paid; None where it is not known to be."""

    payment: str
    statement: str
    partner: str
    amount: Decimal
    received_on: date
    due_on: date
    paid_on: date | None

    @property
    def days(self) -> int | None:
        """From the day after it was received, counted as 1, to the day on which it was paid."""
        return None if self.paid_on is None else (self.paid_on - self.received_on).days


@dataclass(frozen=True)
class Compliance:
    """The notice's figures for a half-year. Fractions are None where there is nothing to divide by.

    `bands` are the fractions of the payments made in days 1 to 30, 31 to 60, and 61 and over; `not_paid` that of the
    sums that fell due in the period and were not paid in it.
    """

    period: Period
    number: int
    mean_days: Fraction | None
    bands: tuple[Fraction | None, Fraction | None, Fraction | None]
    fell_due: Decimal
    due_not_paid: Decimal

    @property
    def not_paid(self) -> Fraction | None:
        """The fraction of what fell due that was not paid."""
        return Fraction(self.due_not_paid) / Fraction(self.fell_due) if self.fell_due else None


def half_year(on: date) -> Period:
    """The half-year that a day is in: April to September, or October to March."""
    if 4 <= on.month <= 9:
        return Period(date(on.year, 4, 1), date(on.year, 9, 30))
    begins = on.year if on.month >= 10 else on.year - 1
    return Period(date(begins, 10, 1), date(begins + 1, 3, 31))


def half_years(first: date, last: date) -> list[Period]:
    """The half-years from the one that a day is in to the one that another is in."""
    found = [half_year(first)]
    while found[-1].end < last:
        found.append(half_year(found[-1].end + timedelta(days=1)))
    return found


def compliance(parts: Iterable[Part], period: Period) -> Compliance:
    """The figures of a period, from everything that was due or paid."""
    known = list(parts)
    days = [part.days for part in known if part.paid_on and part.paid_on in period and part.days is not None]
    due = [part for part in known if part.due_on in period]
    unpaid = [part for part in due if part.paid_on is None or part.paid_on > period.end]
    return Compliance(
        period=period,
        number=len(days),
        mean_days=Fraction(sum(days), len(days)) if days else None,
        bands=(_band(days, *BANDS[0]), _band(days, *BANDS[1]), _band(days, *BANDS[2])),
        fell_due=sum((part.amount for part in due), Decimal("0.00")),
        due_not_paid=sum((part.amount for part in unpaid), Decimal("0.00")),
    )


def _band(days: list[int], first: int, last: int | None) -> Fraction | None:
    if not days:
        return None
    return Fraction(sum(first <= one and (last is None or one <= last) for one in days), len(days))
