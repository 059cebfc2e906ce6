"""Working days in England and Wales, and deadlines that show their working.

A working day is any day but a Saturday, a Sunday or a bank holiday (Banking and Financial Dealings Act 1971,
schedule 1, with the days that Royal proclamation adds). How many of them a rule asks for is in the rulebook.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class Step:
    """One day of the working: whether it was counted, and why (or why not)."""

    on: date
    counted: bool
    why: str


@dataclass(frozen=True)
class Deadline:
    """A date and how it was reached, day by day."""

    on: date
    working: tuple[Step, ...]


@cache
def bank_holidays(year: int) -> dict[date, str]:
    """The bank holidays of one year in England and Wales, by date."""
    import holidays  # a tenth of a second, which the many commands that count no days need not wait

    return dict(holidays.country_holidays("GB", subdiv="ENG", years=year))


def day_off(day: date) -> str:
    """Why nobody is expected to work on a day: `Saturday`, `Good Friday`; empty for a working day."""
    if day.weekday() >= SATURDAY:
        return f"{day:%A}"
    return bank_holidays(day.year).get(day, "")


def is_working_day(day: date) -> bool:
    """Whether it is neither at a weekend nor a bank holiday."""
    return not day_off(day)


def add(start: date, days: int) -> Deadline:
    """The day that is so many working days after another; the day after `start` is the first that can count.

    `days` is 1 or more (ValueError otherwise). The result is itself a working day.
    """
    steps = _counted(start, days, working=True)
    return Deadline(steps[-1].on, (Step(start, False, "the day it starts"), *steps))


def clear_days(start: date, days: int, *, calendar: bool = False) -> Deadline:
    """The first day on which something may happen when so many clear days must pass after `start`.

    Neither the day of the notice nor the day of the event counts. Clear days are working days (R v Swansea City
    Council, ex p Elitestone [1993]) unless a rule counts calendar days and says so. `days` is 1 or more (ValueError
    otherwise).
    """
    steps = _counted(start, days, working=not calendar)
    on = steps[-1].on + ONE_DAY
    return Deadline(on, (Step(start, False, "the day of the notice"), *steps, Step(on, False, "the first day after")))


def between(start: date, end: date) -> int:
    """How many working days there are after `start`, up to and including `end`.

    Nought on the same day: what is asked and answered on one day took no working day. ValueError when `end` is earlier.
    """
    if end < start:
        raise ValueError(f"{end} is before {start}")
    return sum(is_working_day(start + timedelta(days=past)) for past in range(1, (end - start).days + 1))


def _counted(start: date, days: int, *, working: bool) -> list[Step]:
    """The days after `start` until so many have counted, the last of them included."""
    if days < 1:
        raise ValueError(f"{days} days is no time to count")
    return list(_steps(start, days, "working" if working else "clear"))


def _steps(start: date, days: int, kind: str) -> Iterator[Step]:
    day, number = start, 0
    while number < days:
        day += ONE_DAY
        off = day_off(day) if kind == "working" else ""
        number += 0 if off else 1
        yield Step(day, not off, off or f"{kind} day {number} of {days}")
