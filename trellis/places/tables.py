"""CSV files as publishers make them: the columns are known by their headings, whatever the edition calls them."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from trellis.core.errors import RuleBroken

GSS = re.compile(r"[EWSN]\d{8}")


@dataclass(frozen=True)
class Refusal:
    """A line that could not be taken, and why. Lines count from 1, the heading included."""

    line: int
    reason: str


def rows(
    path: Path, columns: Mapping[str, str], perhaps: Mapping[str, str] | None = None
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line of a file with its number, by our names of the columns.

    `columns` gives each of our names a pattern of the heading, in small letters; `perhaps` those of columns that a file
    need not have: they are empty then. Raises RuleBroken when the file cannot be read or lacks one that it needs.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig", errors="replace") as file:
            reader = csv.reader(line.replace("\0", "\ufffd") for line in file)
            places = _places(next(reader, []), columns, perhaps or {})
            for cells in reader:
                if any(cells):
                    yield reader.line_num, {name: _cell(cells, place) for name, place in places.items()}
    except (OSError, csv.Error) as error:
        raise RuleBroken(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}.") from error


def number(text: str) -> int:
    """A whole number of a file, also where it is written 131.0 or 1,310. Raises ValueError with a sentence."""
    plain = text.replace(",", "")
    try:
        value = float(plain)
    except ValueError:
        raise ValueError(f"“{text}” is not a number.") from None
    if value != value or not 0 <= value < 1e9 or value != int(value):
        raise ValueError(f"“{text}” is not a whole number.")
    return int(value)


def check_date(on: date, today: date) -> None:
    """Raise RuleBroken when figures would be of a day to come."""
    if on > today:
        raise RuleBroken("That day is still to come. Give the day on which the figures were taken.")


def _places(heading: list[str], columns: Mapping[str, str], perhaps: Mapping[str, str]) -> dict[str, int]:
    words = [cell.strip().casefold() for cell in heading]
    found = {
        name: next((place for place, word in enumerate(words) if re.fullmatch(pattern, word)), -1)
        for name, pattern in {**columns, **perhaps}.items()
    }
    if missing := [name for name in columns if found[name] < 0]:
        raise RuleBroken(f"This file has no column for: {', '.join(missing)}. Look at its first line.")
    return found


def _cell(cells: list[str], place: int) -> str:
    return cells[place].strip() if 0 <= place < len(cells) else ""
