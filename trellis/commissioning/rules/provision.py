"""When a grant may stop, by when notice is due, and what both cost together. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from trellis.core import money
from trellis.core.errors import RuleBroken
from trellis.core.periods import FinancialYear, Period, add_months, financial_years

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class PartOfOverlap:
    """The days of an overlap within one financial year (1 April to 31 March) of `year_days` days."""

    year: FinancialYear
    days: int
    year_days: int


@dataclass(frozen=True)
class Overlap:
    """The days on which both the grant and the contract are paid: pounds, and how they come about.

    `gap` counts the days on which neither is; one of the two is always nought.
    """

    days: int
    gap: int
    cost: Decimal
    parts: tuple[PartOfOverlap, ...]


def overlap(*, yearly: Decimal, stops_on: date, starts_on: date) -> Overlap:
    """What a grant of `yearly` pounds still costs once the contract runs.

    `stops_on` is the first day without the grant, `starts_on` the contract's first day. A day costs the yearly grant
    over the days of its financial year; the sum is rounded once, to the penny.
    """
    if stops_on <= starts_on:
        return Overlap(0, (starts_on - stops_on).days, Decimal("0.00"), ())
    both = Period(starts_on, stops_on - ONE_DAY)
    parts = tuple(PartOfOverlap(year, days, year.period.days) for year, days in financial_years(both))
    exact = sum((Fraction(yearly) * part.days / part.year_days for part in parts), Fraction(0))
    return Overlap(both.days, 0, money.rounded(exact), parts)


def notice_by(*, stops_on: date, months: int) -> date:
    """The last day for notice of a grant that stops on a day: the latest whose notice has run out by the day before.

    Notice of some months given on a day runs out on the same date of the month in which it ends, or on that month's
    last day (Dodds v Walker [1981] UKHL 3: the corresponding date rule).
    """
    day = add_months(stops_on - ONE_DAY, -months)
    while runs_out(served_on=day + ONE_DAY, months=months) < stops_on:
        day += ONE_DAY
    return day


def runs_out(*, served_on: date, months: int) -> date:
    """The last day of the notice."""
    return add_months(served_on, months)


def earliest_stop(*, served_on: date, months: int) -> date:
    """The first day without the grant that notice served on a day allows."""
    return runs_out(served_on=served_on, months=months) + ONE_DAY


def stops_on(
    *,
    planned: date,
    contract_starts_on: date,
    served_on: date,
    notice_months: int | None,
    conditions_allow_from: date | None = None,
) -> date:
    """The first day without the grant: as planned, unless the contract starts later or the award's own notice runs.

    A grant ends no earlier than the contract that takes its place starts, and moves with it; nor before the conditions
    of the decision that ends it are met, where it has some. `notice_months` None: the award asks for no notice itself.
    Guidance that asks for some is shown, but moves nothing.
    """
    stops = max(planned, contract_starts_on, conditions_allow_from or date.min)
    return stops if notice_months is None else max(stops, earliest_stop(served_on=served_on, months=notice_months))


def check_can_plan(*, stops_on: date, award_starts_on: date, notice_served_on: date | None) -> None:
    """Refuse to plan what has been carried out, or an ending before the award begins."""
    if notice_served_on is not None:
        raise RuleBroken("Notice has been served: the ending is the contract’s now. Withdraw the notice there first.")
    if stops_on <= award_starts_on:
        raise RuleBroken("The award would stop before it has paid for a day. Check the date.", field="stops_on")


def check_body(*, award_starts_on: date, award_ends_on: date, notice_months: int | None, terms: str) -> None:
    """Refuse an award that ends before it starts, and a notice period that nobody can look up."""
    if award_ends_on <= award_starts_on:
        raise RuleBroken("The last day is not after the first day. Check both dates.", field="award_ends_on")
    if notice_months is not None and not terms.strip():
        raise RuleBroken("Say where the award asks for this notice: its clause or letter.", field="terms")


def check_grants(yearly: Mapping[str, Decimal | None]) -> None:
    """Refuse a body that nobody pays."""
    if not any(yearly.values()):
        raise RuleBroken("Give the yearly grant from at least one source of money.")
    if any(amount is not None and amount < 0 for amount in yearly.values()):
        raise RuleBroken("A grant cannot be less than nothing.")
