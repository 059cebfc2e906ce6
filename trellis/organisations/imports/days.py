"""In what order a list writes its dates: told from those that can be read in one way only. Pure."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import NamedTuple

from trellis.organisations.imports.reading import DAY_FIRST, MONTH_FIRST
from trellis.organisations.imports.sheets import Sheet

DATES = ("year_end", "registered_on", "removed_on")
LOOKED_AT = 2_000  # rows
PARTS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b")
LAST_MONTH = 12


class DayOrder(NamedTuple):
    """The order, whether the list itself shows it, and one of its dates with the day that is read from it."""

    order: str
    is_sure: bool
    example: str
    day: date | None


def order_of(sheet: Sheet, meanings: Mapping[str, str]) -> DayOrder | None:
    """The order in which a list's dates are read; None when it has none that is written in figures."""
    day_first = month_first = 0
    example: tuple[str, int, int, int] | None = None
    for text, first, second, year in _dates(sheet, meanings):
        day_first += first > LAST_MONTH
        month_first += second > LAST_MONTH
        if example is None or max(first, second) <= LAST_MONTH:
            example = text, first, second, year
    if example is None:
        return None
    order = sheet.reading.day_order or (MONTH_FIRST if month_first > day_first else DAY_FIRST)
    return DayOrder(order, bool(day_first or month_first), example[0], _day(order, *example[1:]))


def _day(order: str, first: int, second: int, year: int) -> date | None:
    day, month = (first, second) if order == DAY_FIRST else (second, first)
    try:
        return date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        return None


def _dates(sheet: Sheet, meanings: Mapping[str, str]) -> Iterator[tuple[str, int, int, int]]:
    places = [place for place, column in enumerate(sheet.heading) if meanings.get(column) in DATES]
    for row in islice(sheet.raw_rows(), LOOKED_AT):
        for place in places:
            if place < len(row.values) and (found := PARTS.match(row.values[place])):
                first, second, year = (int(part) for part in found.groups())
                yield row.values[place], first, second, year
