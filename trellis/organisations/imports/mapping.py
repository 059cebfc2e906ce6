"""Which column of a list means which field: proposed from names and values, confirmed by a person. Pure."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from trellis.core.errors import RuleBroken
from trellis.organisations import identifiers
from trellis.organisations.imports import listed
from trellis.places import postcodes


@dataclass(frozen=True)
class Field:
    """A field that a column can be. `called`: the names, folded, that such columns go by, the surest first.

    `many`: several columns may be it.

    `personal`: it may lead to a person, and is only kept where there is a legal basis for that.
    """

    code: str
    label: str
    called: tuple[str, ...]
    many: bool = False
    personal: bool = False


def _read(file: Path) -> dict[str, Field]:
    rows = tomllib.loads(file.read_text(encoding="utf-8"))["field"]
    return {
        row["code"]: Field(
            row["code"], row["label"], tuple(row["called"]), row.get("many", False), row.get("personal", False)
        )
        for row in rows
    }


FIELDS = _read(Path(__file__).with_name("columns.toml"))
BY_NAME = {called: field.code for field in reversed(FIELDS.values()) for called in field.called}
PERSONAL = frozenset(field.code for field in FIELDS.values() if field.personal)
IGNORED = ""
LETTERS = re.compile(r"[^a-z0-9]+")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def folded_column(column: str) -> str:
    """The name of a column without spaces, stops and capitals."""
    return LETTERS.sub("", column.lower())


def field_called(column: str) -> str:
    """The field that a column of that name is; empty when the name says nothing."""
    return BY_NAME.get(folded_column(column), IGNORED)


def proposed(heading: Sequence[str], samples: Sequence[Sequence[str]], before: Mapping[str, str]) -> dict[str, str]:
    """A field, or nothing, for each column: as confirmed for this source before, else by its name, else its values."""
    found = {
        column: before[column] if column in before else _by_name(column, values) or _field_of(values)
        for column, values in zip(heading, samples, strict=True)
    }
    for field in FIELDS.values():
        rivals = [column for column, code in found.items() if code == field.code]
        if not field.many:
            found |= dict.fromkeys(sorted(rivals, key=lambda column: _rank(column, before))[1:], IGNORED)
    if "org_id" in found.values():  # the same number again, and without its register
        found = {column: IGNORED if field == "charity_number" else field for column, field in found.items()}
    return found


def check(mapping: Mapping[str, str], heading: Sequence[str]) -> None:
    """Raise RuleBroken unless a mapping makes sense: known columns and fields, one name, no field twice."""
    for column, field in mapping.items():
        if column not in heading:
            raise RuleBroken(f"The list has no column “{column}”.")
        if field and field not in FIELDS:
            raise RuleBroken(f"There is no field “{field}”: use one of {', '.join(FIELDS)}.")
    used = [field for field in mapping.values() if field]
    if "name" not in used:
        raise RuleBroken("Say which column is the name of the organisation.")
    for field in used:
        if used.count(field) > 1 and not FIELDS[field].many:
            raise RuleBroken(f"Two columns are “{FIELDS[field].label}”: choose one.")


def _rank(column: str, before: Mapping[str, str]) -> tuple[bool, int]:
    """Which of several columns that could be one field is it: one that was confirmed, then the surest of names."""
    folded, names = folded_column(column), FIELDS["name"].called
    return column not in before, names.index(folded) if folded in names else 0


def _by_name(column: str, values: Sequence[str]) -> str:
    """The field that a column's name says, unless its values cannot be that: an “ID” is most often the list's own."""
    field = field_called(column)
    if field == "row_id" and len(set(values)) < len(values):
        return IGNORED  # a number that rows share names none of them
    if any(map(NUMBER.fullmatch, values)) and folded_column(column) in NUMBERED:
        return NUMBERED[folded_column(column)]
    fits = TESTS.get(field) if field in DOUBTFUL else None
    if not fits or not values or all(map(fits, values)):
        return field
    return DOUBTFUL[field]


def _field_of(values: Sequence[str]) -> str:
    """The field that values can only be: told where each of them looks like it."""
    told = ("org_id", "postcode", "email", "website")
    return next((field for field in told if values and all(map(TESTS[field], values))), IGNORED)


def _is_org_id(value: str) -> bool:
    try:
        identifiers.parsed(value)
    except ValueError:
        return False
    return True


NUMBER = re.compile(r"[A-Z]{0,3}\s?\d{5,8}", re.I)
NUMBERED = {"charity": "charity_number", "company": "company_number"}  # what such a column is where it has numbers
TESTS: dict[str, Callable[[str], bool]] = {
    "org_id": lambda value: _is_org_id(value) or listed.is_foreign(value),
    "postcode": lambda value: bool(postcodes.normalised(value)),
    "email": lambda value: bool(EMAIL.fullmatch(value)),
    "website": lambda value: value.lower().startswith(("http://", "https://", "www.")),
    "active": lambda value: bool(listed.status_of(value)),
}
DOUBTFUL = {"org_id": "row_id", "active": IGNORED}  # what a column of such a name is when its values do not fit
