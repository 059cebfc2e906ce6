"""Stretches of time: calendar quarters, contract years with their quarters, the council's financial year."""

import re
from calendar import month_name, monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS_IN_A_QUARTER = 3
FINANCIAL_YEAR_BEGINS = (4, 1)  # 1 April: Local Government Act 2003, section 116 (“financial year”)
ONE_DAY = timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or the last day of a month too short for it: 31 January + 3 is 30 April."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, order=True)
class Period:
    """From the start of one day to the end of another: both are part of it."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days it has, both ends counted."""
        return (self.end - self.start).days + 1

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def overlap(self, other: "Period") -> int:
        """How many days two periods share."""
        return max(0, (min(self.end, other.end) - max(self.start, other.start)).days + 1)


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of the calendar year, by which performance is reported: 2018-Q2 is April to June 2018."""

    year: int
    number: int

    def __post_init__(self):
        if not 1 <= self.number <= 4:
            raise ValueError(f"a year has no quarter {self.number}")

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """The quarter that a day is in."""
        return cls(day.year, (day.month - 1) // MONTHS_IN_A_QUARTER + 1)

    @classmethod
    def parse(cls, text: str) -> "Quarter":
        """The quarter that a text like 2018-Q2 names; ValueError for any other text."""
        match = re.fullmatch(r"([1-9][0-9]{3})-Q([1-4])", text)
        if not match:
            raise ValueError(f"{text!r} is not a quarter like 2018-Q2")
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def start(self) -> date:
        """Its first day."""
        return date(self.year, MONTHS_IN_A_QUARTER * (self.number - 1) + 1, 1)

    @property
    def end(self) -> date:
        """Its last day."""
        month = MONTHS_IN_A_QUARTER * self.number
        return date(self.year, month, monthrange(self.year, month)[1])

    @property
    def period(self) -> Period:
        """Its days."""
        return Period(self.start, self.end)

    @property
    def words(self) -> str:
        """April to June 2018"""
        return f"{month_name[self.start.month]} to {month_name[self.end.month]} {self.year}"

    def next(self) -> "Quarter":
        """The one after."""
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    def previous(self) -> "Quarter":
        """The one before."""
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)


@dataclass(frozen=True, order=True)
class FinancialYear:
    """The council's year, 1 April to 31 March, known by the year it begins in: FinancialYear(2016) is 2016-17."""

    begins: int

    @classmethod
    def of(cls, day: date) -> "FinancialYear":
        """The financial year that a day is in."""
        return cls(day.year if (day.month, day.day) >= FINANCIAL_YEAR_BEGINS else day.year - 1)

    def __str__(self) -> str:
        return f"{self.begins}-{(self.begins + 1) % 100:02}"

    @property
    def start(self) -> date:
        """1 April."""
        return date(self.begins, *FINANCIAL_YEAR_BEGINS)

    @property
    def end(self) -> date:
        """31 March of the next calendar year."""
        return self.next().start - ONE_DAY

    @property
    def period(self) -> Period:
        """Its days."""
        return Period(self.start, self.end)

    def next(self) -> "FinancialYear":
        """The one after."""
        return FinancialYear(self.begins + 1)


@dataclass(frozen=True)
class ContractYear:
    """One year of a contract, counted from 1, with its four quarters."""

    number: int
    period: Period
    quarters: tuple[Period, ...]


def contract_years(start: date, years: int) -> tuple[ContractYear, ...]:
    """The years of a contract that starts on a day, each in four quarters of three months.

    Every start is counted from the contract's own first day, so a contract of 31 January has quarters from 31 January,
    30 April, 31 July and 31 October, whatever the month before was cut short to; together they leave no day out.
    """
    return tuple(_contract_year(start, number) for number in range(1, years + 1))


def _contract_year(start: date, number: int) -> ContractYear:
    first = 12 * (number - 1)
    starts = [add_months(start, first + months) for months in range(0, 13, MONTHS_IN_A_QUARTER)]
    quarters = tuple(Period(begins, after - ONE_DAY) for begins, after in zip(starts, starts[1:], strict=False))
    return ContractYear(number, Period(quarters[0].start, quarters[-1].end), quarters)


def financial_years(period: Period) -> Iterator[tuple[FinancialYear, int]]:
    """Each financial year that a period touches, with how many of the period's days are in it."""
    year = FinancialYear.of(period.start)
    while year.start <= period.end:
        yield year, period.overlap(year.period)
        year = year.next()
