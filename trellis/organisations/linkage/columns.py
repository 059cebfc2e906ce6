"""Which column of a list is which field, by its name or as its user says."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

from trellis.core.errors import RuleBroken

KNOWN: dict[str, dict[str, list[str]]] = tomllib.loads(
    Path(__file__).with_name("columns.toml").read_text(encoding="utf-8")
)
MANY = {"address", "other_names"}  # fields that several columns may make up


def letters(name: str) -> str:
    """A column's name in small letters and figures only."""
    return "".join(letter for letter in name.casefold() if letter.isascii() and letter.isalnum())


def recognised(heading: Sequence[str]) -> dict[str, list[int]]:
    """For each field the places of its columns, by their names."""
    folded = [letters(name) for name in heading]
    taken: set[int] = set()
    found: dict[str, list[int]] = {}
    for step in (_called, _holding):
        for field, known in KNOWN.items():
            places = [place for place in step(folded, known) if place not in taken]
            if places and field not in found:
                found[field] = places if field in MANY else places[:1]
                taken.update(found[field])
    return found


def mapped(heading: Sequence[str], said: Sequence[str]) -> dict[str, list[int]]:
    """The same, with what a user says about columns: `col=field`, each. An empty field leaves the column out.

    Raises RuleBroken for what is not written so, and for a field that there is not.
    """
    told = [one.rpartition("=") for one in said]
    for column, equals, field in told:
        if not equals or not column or field and field not in KNOWN:
            raise RuleBroken(f"Write --map as column=field, where the field is one of {', '.join(KNOWN)}.")
    names = {column: field for column, _, field in told}
    places = {column: [place for place, name in enumerate(heading) if name.strip() == column] for column in names}
    own = {place for some in places.values() for place in some}
    by_name = recognised([("" if place in own else name) for place, name in enumerate(heading)])
    for column, field in names.items():
        if field and places[column]:
            by_name[field] = [*(by_name.get(field, []) if field in MANY else []), *places[column]]
    return by_name


def _called(folded: Sequence[str], known: dict[str, list[str]]) -> list[int]:
    rank = {name: place for place, name in enumerate(known["called"])}
    return sorted((place for place, name in enumerate(folded) if name in rank), key=lambda place: rank[folded[place]])


def _holding(folded: Sequence[str], known: dict[str, list[str]]) -> list[int]:
    return [
        place
        for place, name in enumerate(folded)
        if any(part in name for part in known["holds"]) and not any(part in name for part in known["never"])
    ]
