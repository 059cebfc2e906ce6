"""The tapered budget: a yearly grant that becomes a contract whose value falls by the same part each year. Pure.

Worked from decision 16/00051: 615,291 a year, 10% off each year and the first 10% before year 1, is 1,500,694.75 over
three years. Every value is rounded once, from exact fractions; parts always sum to the whole.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

from trellis.core import money
from trellis.core.errors import RuleBroken
from trellis.core.periods import ContractYear, FinancialYear, Period, contract_years, financial_years

MOST_YEARS = 100
MOST_POUNDS = Decimal(10) ** 12
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True)
class QuarterValue:
    """What one contract quarter is worth, in pounds; the end is its last day."""

    start: date
    end: date
    value: Decimal


@dataclass(frozen=True)
class YearValue:
    """What one contract year is worth, in pounds, and what it saves against the baseline.

    `annual_saving` is this year's alone; `cumulative_saving` adds the years before it.
    """

    year: int
    start: date
    end: date
    value: Decimal
    annual_saving: Decimal
    cumulative_saving: Decimal
    quarters: tuple[QuarterValue, ...]


@dataclass(frozen=True)
class FinancialYearValue:
    """What falls in one financial year of the council, in pounds."""

    year: FinancialYear
    value: Decimal


@dataclass(frozen=True)
class DiscountedYear:
    """The working of one year's present value: its exact value × the factor, none of the three rounded."""

    year: int
    value: Fraction
    factor: Fraction
    present_value: Fraction


@dataclass(frozen=True)
class Budget:
    """A contract's money: `term` years that are certain, and in `years` the extensions after them."""

    baseline: Decimal
    step_down: Decimal
    term: int
    years: tuple[YearValue, ...]
    financial_years: tuple[FinancialYearValue, ...]

    @property
    def term_total(self) -> Decimal:
        """Pounds over the certain years: the sum of the rounded years."""
        return sum((year.value for year in self.years[: self.term]), Decimal(0))

    @property
    def total_with_extensions(self) -> Decimal:
        """Pounds over all years, extensions counted."""
        return sum((year.value for year in self.years), Decimal(0))


def tapered_budget(
    *, baseline: Decimal, step_down: Decimal | int, years: int, extensions: int = 0, start: date
) -> Budget:
    """What a contract is worth when its yearly value falls by the same part each year.

    `baseline` is what was spent in a year before it, in pounds; `step_down` the percent that comes off each year, the
    first before year 1; `years` how many are certain; `extensions` how many years may follow; `start` its first day.
    Year k is baseline × (1 − step_down/100)^k, rounded half up to the penny. Its four quarters are equal, odd pence to
    the earliest. Raises RuleBroken for figures of which no contract can be made.
    """
    check_terms(baseline=baseline, step_down=step_down, years=years, extensions=extensions, start=start)
    periods = contract_years(start, years + extensions)
    values = [money.rounded(exact_value(baseline, step_down, period.number)) for period in periods]
    savings = [baseline - value for value in values]
    found = tuple(
        YearValue(period.number, period.period.start, period.period.end, value, saving, saved, _quarters(period, value))
        for period, value, saving, saved in zip(periods, values, savings, accumulate(savings), strict=True)
    )
    return Budget(Decimal(baseline), Decimal(step_down), years, found, by_financial_year(found))


def exact_value(baseline: Decimal, step_down: Decimal | int, year: int) -> Fraction:
    """The unrounded value of a contract year, in pounds; year 0 is the baseline itself."""
    return Fraction(baseline) * (1 - Fraction(step_down) / 100) ** year


def discount_factor(rate: Decimal, year: int) -> Fraction:
    """What a pound of a contract year is worth in year 1, which is not discounted. `rate` is percent a year."""
    return 1 / (1 + Fraction(rate) / 100) ** (year - 1)


def discounted_years(budget: Budget, *, discount_rate: Decimal) -> tuple[DiscountedYear, ...]:
    """Each year in the money of year 1, extensions counted. `discount_rate` is percent a year."""
    found = []
    for year in range(1, len(budget.years) + 1):
        value, factor = exact_value(budget.baseline, budget.step_down, year), discount_factor(discount_rate, year)
        found.append(DiscountedYear(year, value, factor, value * factor))
    return tuple(found)


def present_value(budget: Budget, *, years: int, discount_rate: Decimal) -> Decimal:
    """What the first `years` years are worth in the money of year 1, in pounds.

    The unrounded years are discounted at `discount_rate` percent a year (HM Treasury, The Green Book) and the sum is
    rounded once.
    """
    discounted = discounted_years(budget, discount_rate=discount_rate)[:years]
    return money.rounded(sum((year.present_value for year in discounted), Fraction(0)))


def check_terms(*, baseline: Decimal, step_down: Decimal | int, years: int, extensions: int, start: date) -> None:
    """Refuse figures of which no contract can be made, in a sentence that says which one and why."""
    if not Decimal(baseline).is_finite() or baseline <= 0:
        raise RuleBroken("The baseline must be more than £0.", field="baseline")
    if baseline >= MOST_POUNDS:
        raise RuleBroken("The baseline must be under a million million pounds.", field="baseline")
    if int(Decimal(baseline).as_tuple().exponent) < -2:
        raise RuleBroken("The baseline must be in pounds and pence, with at most two decimals.", field="baseline")
    if not Decimal(step_down).is_finite() or not 0 <= step_down < 100:
        raise RuleBroken("The step down must be a percentage from 0 to under 100.", field="step_down")
    if years < 1:
        raise RuleBroken("The contract must last at least 1 year.", field="years")
    if extensions < 0:
        raise RuleBroken("The number of extension years must be 0 or more.", field="extensions")
    if years + extensions > MOST_YEARS:
        raise RuleBroken(f"The contract must last at most {MOST_YEARS} years, extensions counted.", field="years")
    if not EARLIEST <= start <= LATEST:
        raise RuleBroken(f"The start must be from {EARLIEST:%-d %B %Y} to {LATEST:%-d %B %Y}.", field="start")


def _quarters(year: ContractYear, value: Decimal) -> tuple[QuarterValue, ...]:
    parts = money.split(value, [1] * len(year.quarters))
    return tuple(
        QuarterValue(period.start, period.end, part) for period, part in zip(year.quarters, parts, strict=True)
    )


def by_financial_year(years: Iterable[YearValue]) -> tuple[FinancialYearValue, ...]:
    """The pounds of contract years by the council's financial year; a quarter across 1 April is split by its days."""
    totals: defaultdict[FinancialYear, Decimal] = defaultdict(Decimal)
    for quarter in (quarter for year in years for quarter in year.quarters):
        touched = list(financial_years(Period(quarter.start, quarter.end)))
        parts = money.split(quarter.value, [days for _, days in touched])
        for (year, _), part in zip(touched, parts, strict=True):
            totals[year] += part
    return tuple(FinancialYearValue(year, totals[year]) for year in sorted(totals))
