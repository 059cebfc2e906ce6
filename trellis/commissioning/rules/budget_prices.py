"""Budgets in real terms: what pounds of several years are worth at the prices of one. Pure.

Real value = nominal value × index of the base year ÷ index of its own year (HM Treasury, The Green Book). An index is
by financial year, as the GDP deflator is published, so a contract year is converted in the parts that fall in each.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from trellis.commissioning.budget import Budget, FinancialYearValue, YearValue, by_financial_year
from trellis.core import money
from trellis.core.errors import RuleBroken
from trellis.core.periods import FinancialYear


@dataclass(frozen=True)
class Prices:
    """At which prices real terms are, and by which index: {financial year: its level}; where the index is from."""

    base: str
    index: Mapping[str, Decimal]
    source: str
    verified: bool

    @property
    def words(self) -> str:
        """`2016-17 prices`"""
        return f"{self.base} prices"


@dataclass(frozen=True)
class RealValue:
    """Pounds of a year, and what they are worth at the base year's prices; None where the index has no such year."""

    year: FinancialYear | int
    nominal: Decimal
    real: Decimal | None


def prices_of(base: str, index: Mapping[str, Decimal], *, source: str, verified: bool) -> Prices:
    """The prices of a base year such as 2016-17. RuleBroken for a year that the index does not have."""
    if base not in index:
        raise RuleBroken(f"There is no price index for {base}: choose from {first_and_last(index)}.", field="base")
    return Prices(base, index, source, verified)


def first_and_last(index: Mapping[str, Decimal]) -> str:
    """`2013-14 to 2020-21`"""
    return f"{min(index)} to {max(index)}"


def real_financial_years(budget: Budget, prices: Prices) -> tuple[RealValue, ...]:
    """Each financial year of a budget at the base year's prices, rounded once."""
    return tuple(RealValue(part.year, part.value, real_value([part], prices)) for part in budget.financial_years)


def real_contract_years(budget: Budget, prices: Prices) -> tuple[RealValue, ...]:
    """Each contract year of a budget at the base year's prices, rounded once."""
    return tuple(RealValue(year.year, year.value, real_years([year], prices)) for year in budget.years)


def real_years(years: Iterable[YearValue], prices: Prices) -> Decimal | None:
    """Contract years together at the base year's prices, rounded once; None where the index does not reach."""
    return real_value(by_financial_year(years), prices)


def real_value(parts: Iterable[FinancialYearValue], prices: Prices) -> Decimal | None:
    """Pounds of financial years together at the base year's prices, in pounds, rounded once."""
    total = Fraction(0)
    for part in parts:
        level = prices.index.get(str(part.year))
        if level is None:
            return None
        total += Fraction(part.value) * Fraction(prices.index[prices.base]) / Fraction(level)
    return money.rounded(total)
