"""A contract's schedule, quarter by quarter and by the council's financial year. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import Decimal

from trellis.core.money import split
from trellis.core.periods import FinancialYear, Period, financial_years

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Money:
    """Where the money for a stretch of time is, in pounds. `value` is what the contract is worth then.

    `paid` has arrived, `sent` is on its way, `certified` waits to be sent, `disputed` is held; `adjusted` is what
    credits, shares, adjustments and interest add to the value. What is left is outstanding.
    """

    value: Decimal = NOTHING
    adjusted: Decimal = NOTHING
    paid: Decimal = NOTHING
    sent: Decimal = NOTHING
    certified: Decimal = NOTHING
    disputed: Decimal = NOTHING

    @property
    def outstanding(self) -> Decimal:
        """What is neither paid, sent, certified nor in dispute."""
        return self.value + self.adjusted - self.paid - self.sent - self.certified - self.disputed

    def __add__(self, other: "Money") -> "Money":
        return Money(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


@dataclass(frozen=True)
class YearMoney:
    """A financial year of the council, and the money of the contract that falls in it."""

    year: FinancialYear
    money: Money


@dataclass(frozen=True)
class Planned:
    """A financial year of the council: what is in the term, and what optional years would add if they are decided."""

    year: FinancialYear
    in_term: Decimal
    optional: Decimal

    @property
    def together(self) -> Decimal:
        """With every optional year."""
        return self.in_term + self.optional


def planned(term: Iterable[tuple[Period, Decimal]], optional: Iterable[tuple[Period, Decimal]]) -> list[Planned]:
    """The value of quarters by financial year, those of the term and those of optional years apart; pounds."""
    found = [
        {one.year: one.money.value for one in by_financial_year((period, Money(value=value)) for period, value in rows)}
        for rows in (term, optional)
    ]
    in_term, more = found
    return [Planned(year, in_term.get(year, NOTHING), more.get(year, NOTHING)) for year in sorted({*in_term, *more})]


def by_financial_year(quarters: Iterable[tuple[Period, Money]]) -> list[YearMoney]:
    """The money of each financial year; a quarter across 1 April is split by its days, to the penny."""
    found: dict[FinancialYear, Money] = {}
    for period, money in quarters:
        touched = list(financial_years(period))
        for (year, _days), part in zip(touched, _split(money, [days for _year, days in touched]), strict=True):
            found[year] = found.get(year, Money()) + part
    return [YearMoney(year, found[year]) for year in sorted(found)]


def _split(money: Money, days: list[int]) -> list[Money]:
    columns = [split(getattr(money, one.name), days) for one in fields(money)]
    return [Money(*part) for part in zip(*columns, strict=True)]
