"""Face to face: what may be promised and recorded, and how the two compare. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from trellis.core.errors import RuleBroken
from trellis.core.periods import add_months

NOUGHT = Decimal(0)


@dataclass(frozen=True)
class Presence:
    """Hours, and days on which somebody was there, in one place over some time."""

    hours: Decimal = NOUGHT
    days: int = 0

    def __add__(self, other: "Presence") -> "Presence":
        return Presence(self.hours + other.hours, self.days + other.days)


@dataclass(frozen=True)
class Kept:
    """What was promised for the months that are recorded, and what happened; `missing` counts the other months."""

    promised: Presence
    happened: Presence
    missing: int = 0

    @property
    def short(self) -> Presence:
        """What is wanting; never less than nothing."""
        return Presence(
            max(self.promised.hours - self.happened.hours, NOUGHT), max(self.promised.days - self.happened.days, 0)
        )

    @property
    def is_kept(self) -> bool:
        """Whether every month is recorded, and hours and days are both there."""
        return self.short == Presence() and not self.missing

    @property
    def fraction(self) -> Decimal | None:
        """The part of the promised hours that happened, 1 at the most; None where nothing was promised."""
        if not self.promised.hours:
            return None
        return min(self.happened.hours / self.promised.hours, Decimal(1))


def first_of_month(day: date) -> date:
    """The first day of a day's month."""
    return day.replace(day=1)


def months(first: date, last: date) -> list[date]:
    """The first day of each month from one to another, both counted."""
    found, month = [], first_of_month(first)
    while month <= last:
        found.append(month)
        month = add_months(month, 1)
    return found


def check_promise(*, starts_on: date, term: tuple[date, date]) -> None:
    """Refuse a promise that starts within a month, or outside the contract."""
    if starts_on.day != 1:
        raise RuleBroken("A promise starts on the first day of a month.", field="starts_on")
    if not term[0] <= starts_on <= term[1]:
        raise RuleBroken("This day is outside the contract.", field="starts_on")


def check_month(*, month: date, term: tuple[date, date], today: date) -> None:
    """Refuse to record a month outside the contract, or one that is not over."""
    if month < first_of_month(term[0]) or month > term[1]:
        raise RuleBroken("This month is outside the contract.", field="month")
    if add_months(month, 1) > today:
        raise RuleBroken("This month is not over yet.", field="month")


def check_presence(*, place: str, presence: Presence) -> None:
    """Refuse hours without a day, and more hours than its days have."""
    if presence.hours and not presence.days:
        raise RuleBroken(f"{place}: hours without a day. Say on how many days.")
    if presence.hours > presence.days * 24:
        raise RuleBroken(f"{place}: more hours than {presence.days} days have.")


def check_plan(fractions: Sequence[Decimal]) -> None:
    """Refuse a plan by which the sector comes to depend on the contract more, year by year."""
    for number, (before, after) in enumerate(zip(fractions, fractions[1:], strict=False), start=2):
        if after > before:
            raise RuleBroken(f"Year {number} is above the year before: dependence is to fall.", field=f"year-{number}")


@dataclass(frozen=True)
class Dependence:
    """The part of all income that came from the contract, against the plan; `actual` None where nothing came in."""

    planned: Decimal
    actual: Decimal | None

    @property
    def is_as_planned(self) -> bool | None:
        """Whether no more came from the contract than was planned; None where it is not known."""
        return None if self.actual is None else self.actual <= self.planned


def dependence(*, planned: Decimal, from_contract: Decimal, other: Decimal) -> Dependence:
    """How far the service lives on the contract: both incomes are pounds of the same year, as the open books have them.

    `other` is what charges and other funds brought in.
    """
    if from_contract < 0 or other < 0:
        raise RuleBroken("Income is not less than nothing.")
    total = from_contract + other
    return Dependence(planned, from_contract / total if total else None)
