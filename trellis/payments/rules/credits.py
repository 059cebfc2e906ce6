"""Service credits: what the alliance gives back for a quarter below a floor, and what it earns back. Pure.

They are the alliance's as a whole and never one partner's: success is judged together. All the sums are in pounds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from trellis.core.money import rounded

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Rate:
    """What a quarter below the floor costs: an amount in pounds or, else, a fraction of the quarter's value."""

    amount: Decimal | None = None
    fraction: Decimal | None = None

    def of(self, value: Decimal) -> Decimal:
        """Pounds for a quarter that is worth `value`."""
        return self.amount if self.amount is not None else rounded((self.fraction or Decimal(0)) * value)


@dataclass(frozen=True)
class Conditions:
    """What is agreed: a rate by indicator code, the caps as fractions of value, when a credit may return."""

    rates: Mapping[str, Rate]
    cap_quarter: Decimal
    cap_year: Decimal
    earn_back_quarters: int


@dataclass(frozen=True)
class Result:
    """How an indicator did in a quarter: below its floor, at its target, or neither, as when nothing was measured."""

    code: str
    below_floor: bool
    target_met: bool


@dataclass(frozen=True)
class QuarterResult:
    """A closed quarter: its contract year, what it is worth in pounds, what its year is worth, and how it went."""

    quarter: str
    year: int
    value: Decimal
    year_value: Decimal
    results: Sequence[Result]
    conditions: Conditions


@dataclass(frozen=True)
class CreditLine:
    """A credit (negative) of a quarter, or what is earned back (positive) of one of `of_quarter`. In pounds."""

    quarter: str
    code: str
    amount: Decimal
    of_quarter: str

    @property
    def is_earned_back(self) -> bool:
        """Whether it gives back an earlier credit."""
        return self.amount > 0


def credit_lines(quarters: Sequence[QuarterResult]) -> list[CreditLine]:
    """Every credit and what was earned back, quarter by quarter from the contract's first.

    In each quarter the credits come in the order of the results until the quarter's cap is reached, and the year's.
    What is earned back leaves the year's cap as it was: a credit that returns does not make room for another.
    """
    lines: list[CreditLine] = []
    for place, quarter in enumerate(quarters):
        earlier = [one.quarter for one in quarters[:place]]
        lines += _earned_back(quarter, lines, earlier)
        lines += _credits(quarter, quarters[:place], lines)
    return lines


def _credits(quarter: QuarterResult, before: Sequence[QuarterResult], lines: Sequence[CreditLine]) -> list[CreditLine]:
    terms = quarter.conditions
    this_year = {one.quarter for one in before if one.year == quarter.year}
    used = -sum((line.amount for line in lines if line.amount < 0 and line.quarter in this_year), NOTHING)
    room = min(rounded(terms.cap_quarter * quarter.value), rounded(terms.cap_year * quarter.year_value) - used)
    found = []
    for result in quarter.results:
        if not result.below_floor or result.code not in terms.rates:
            continue
        amount = min(terms.rates[result.code].of(quarter.value), max(room, NOTHING))
        room -= amount
        if amount:
            found.append(CreditLine(quarter.quarter, result.code, -amount, quarter.quarter))
    return found


def _earned_back(quarter: QuarterResult, lines: Sequence[CreditLine], earlier: Sequence[str]) -> list[CreditLine]:
    """The credits of the quarters before, within the window, whose indicator is at its target again."""
    kept = quarter.conditions.earn_back_quarters
    window = earlier[-kept:] if kept else []
    met = {result.code for result in quarter.results if result.target_met}
    returned = {(line.of_quarter, line.code) for line in lines if line.is_earned_back}
    return [
        CreditLine(quarter.quarter, line.code, -line.amount, line.quarter)
        for line in lines
        if line.amount < 0 and line.code in met and line.quarter in window
        if (line.quarter, line.code) not in returned
    ]
