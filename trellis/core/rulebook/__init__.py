"""Figures of law and policy: dated, sourced, in the TOML files beside this one; never a literal in code.

    rulebook.value("payments.days_to_pay", on=certified_on)

Each `[[parameter]]` of a file has a name, what it `means`, its value and unit, the dates between which it holds (both
included; no `effective_to` means that it still does), its source, and whether somebody has verified it at the source.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

FOLDER = Path(__file__).parent


class RulebookError(Exception):
    """The rulebook cannot be read, or cannot answer: a sentence for whoever runs the service."""


@dataclass(frozen=True)
class Parameter:
    """One value of one figure, and the days on which it holds.

    `value` is an int or, written with a point, a Decimal; some are text, and bands map a name to where it begins.
    """

    name: str
    means: str
    value: Any
    unit: str
    effective_from: date
    effective_to: date | None
    source: str
    verified: bool

    def holds(self, on: date) -> bool:
        """Whether this is the value on a day."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)


Book = Mapping[str, tuple[Parameter, ...]]


def value(name: str, on: date) -> Any:
    """The value of a figure on a day, in its unit: whole numbers as int, others as Decimal, bands as a mapping.

    Which of them it is stands in the file, so whoever asks by name knows.

    Raises RulebookError for a name that the rulebook does not have, or a day that none of its values covers.
    """
    return parameter(name, on).value


def parameter(name: str, on: date) -> Parameter:
    """The value of a figure on a day, with its unit, dates and source. Raises RulebookError as `value` does."""
    values = book().get(name)
    if values is None:
        raise RulebookError(f"The rulebook has nothing called {name}.")
    for one in values:
        if one.holds(on):
            return one
    known = f"{values[0].effective_from} to {values[-1].effective_to or 'today and after'}"
    raise RulebookError(f"The rulebook has no {name} for {on}; it knows {known}.")


def parameters() -> tuple[Parameter, ...]:
    """Everything in the rulebook, by name and then by date."""
    return tuple(one for values in book().values() for one in values)


@cache
def book() -> Book:
    """The rulebook of this installation, read once."""
    return read(sorted(FOLDER.glob("*.toml")))


def read(files: Iterable[Path]) -> Book:
    """Read rulebook files, each name's values in the order of their dates.

    Raises RulebookError, in a sentence that names the figure, for a part missing or unknown, and for dates that
    overlap, leave days out, or run backwards: on no day may the law be two things, or nothing.
    """
    found = sorted((one for file in files for one in _parameters(file)), key=lambda one: (one.name, one.effective_from))
    names = {name: tuple(values) for name, values in groupby(found, key=lambda one: one.name)}
    for values in names.values():
        _check_dates(values)
    return MappingProxyType(names)


def _parameters(file: Path) -> Iterable[Parameter]:
    try:
        rows = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal).get("parameter", [])
    except tomllib.TOMLDecodeError as error:
        raise RulebookError(f"{file.name} of the rulebook is not TOML: {error}.") from error
    return [_parameter(row, file.name) for row in rows]


def _parameter(row: dict, file: str) -> Parameter:
    known = {field.name for field in fields(Parameter)}
    name = row.get("name", f"a figure of {file}")
    if missing := known - {"effective_to"} - row.keys():
        raise RulebookError(f"The rulebook leaves out {', '.join(sorted(missing))} of {name}.")
    if unknown := row.keys() - known:
        raise RulebookError(f"The rulebook says {', '.join(sorted(unknown))} of {name}, which has no meaning.")
    for key in ("effective_from", "effective_to"):
        if key in row and type(row[key]) is not date:
            raise RulebookError(f"The rulebook gives {name} an {key} that is not a date like 2017-01-01.")
    if isinstance(row["value"], dict):
        row["value"] = MappingProxyType(row["value"])
    return Parameter(**{"effective_to": None} | row)


def _check_dates(values: tuple[Parameter, ...]) -> None:
    name = values[0].name
    for one in values:
        if one.effective_to is not None and one.effective_to < one.effective_from:
            raise RulebookError(f"The rulebook ends {name} on {one.effective_to}, before it starts.")
    for one, following in pairwise(values):
        if one.effective_to is None or one.effective_to >= following.effective_from:
            raise RulebookError(f"The rulebook has two values of {name} on {following.effective_from}.")
        if one.effective_to + timedelta(days=1) < following.effective_from:
            raise RulebookError(
                f"The rulebook has no value of {name} between {one.effective_to} and {following.effective_from}."
            )
