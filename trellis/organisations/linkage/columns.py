"""Which column of a list is which field, by its name or as its user says."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from trellis.core.errors import RuleBroken
from trellis.organisations.linkage import folding

KNOWN: dict[str, dict[str, list[str]]] = tomllib.loads(
    Path(__file__).with_name("columns.toml").read_text(encoding="utf-8")
)
WORDS = {
    "other_names": "other names", "charity_no": "charity number", "company_no": "company number",
    "org_id": "identifier of the organisation",
}  # fmt: skip
MANY = {"address", "other_names"}  # fields that several columns make up; of any other the first that is filled counts
ONE = {"name"}  # what else is called so is a person or a title more often than another name of the organisation
LOOSELY = {"phone", "email", "website"}  # of these, whatever holds such a word is another


def record(fields: Mapping[str, Sequence[int]], row: Sequence[str]) -> dict[str, str | None]:
    """The fields of one row, given the places of their columns."""
    found: dict[str, str | None] = {}
    for field, places in fields.items():
        cells = [row[place] for place in places if place < len(row) and row[place].strip()]
        some = cells if field in MANY else [*filter(folding.given, cells), *cells][:1]
        found[field] = ("; " if field == "other_names" else ", ").join(some) or None
    org_id = (found.pop("org_id", None) or "").strip().upper()
    for beginning, field in (("GB-CHC-", "charity_no"), ("GB-SC-", "charity_no"), ("GB-COH-", "company_no")):
        if org_id.startswith(beginning) and not found.get(field):
            found[field] = org_id.removeprefix(beginning)
    return found


def letters(name: str) -> str:
    """A column's name in small letters and figures only."""
    return "".join(letter for letter in name.casefold() if letter.isascii() and letter.isalnum())


def recognised(heading: Sequence[str]) -> dict[str, list[int]]:
    """For each field the places of its columns, by their names."""
    folded = [letters(name) for name in heading]
    taken: set[int] = set()
    found: dict[str, list[int]] = {field: [] for field in KNOWN}
    for step, several in ((_called, KNOWN.keys() - ONE), (_holding, MANY | LOOSELY)):
        for field, known in KNOWN.items():
            if found[field] and (step is _holding and field not in LOOSELY):
                continue
            places = [place for place in step(folded, known) if place not in taken]
            places = places if field in several else places[:1]
            found[field] += places
            taken.update(places)
    return {field: places for field, places in found.items() if places}


def mapped(heading: Sequence[str], said: Sequence[str]) -> dict[str, list[int]]:
    """The same, with what a user says about columns: `col=field`, each. An empty field leaves the column out.

    Raises RuleBroken for what is not written so, and for a field that there is not.
    """
    told = [one.rpartition("=") for one in said]
    for column, equals, field in told:
        if not equals or not column or field and field not in KNOWN:
            raise RuleBroken(f"Write --map as column=field, where the field is one of {', '.join(KNOWN)}.")
    _check_once(told)
    places = {column: [place for place, name in enumerate(heading) if name.strip() == column] for column, _, _ in told}
    own = {place for some in places.values() for place in some}
    by_name = recognised([("" if place in own else name) for place, name in enumerate(heading)])
    by_hand: dict[str, list[int]] = {}
    for column, _, field in dict.fromkeys(told):
        if field and places[column]:
            by_hand.setdefault(field, by_name.get(field, []) if field in MANY else [])
            by_hand[field] += places[column]
    return by_name | by_hand


def _check_once(told: Sequence[tuple[str, str, str]]) -> None:
    fields: dict[str, str] = {}
    for column, _, field in told:
        if fields.setdefault(column, field) != field:
            raise RuleBroken(f"“{column}” cannot be both {fields[column] or 'left out'} and {field or 'left out'}.")


def _called(folded: Sequence[str], known: dict[str, list[str]]) -> list[int]:
    rank = {name: place for place, name in enumerate(known["called"])}
    return sorted((place for place, name in enumerate(folded) if name in rank), key=lambda place: rank[folded[place]])


def _holding(folded: Sequence[str], known: dict[str, list[str]]) -> list[int]:
    return [
        place
        for place, name in enumerate(folded)
        if any(part in name for part in known["holds"]) and not any(part in name for part in known["never"])
    ]
