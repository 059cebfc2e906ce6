"""Which of several merged organisations' values is shown, field by field, and why. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trellis.organisations import provenance

# What is decided as one: the columns that belong together, the first of them giving it its name and its source.
GROUPS: dict[str, tuple[str, ...]] = {
    "name": ("name",),
    "legal_form": ("legal_form",),
    "status": ("status", "removed_on"),
    "postcode": ("postcode", "address", "district_id", "district_is_guess", "address_is_private"),
    "website": ("website",),
    "email": ("email",),
    "phone": ("phone",),
    "activities": ("activities",),
    "latest_income": ("latest_income", "latest_year_end"),
    "registered_on": ("registered_on",),
}
PRIVATE = "address_is_private"  # says nothing where there is no address
PLACED = ("district_id", "district_is_guess", PRIVATE)  # these go with the postcode
COLUMNS = tuple(column for columns in GROUPS.values() for column in columns)
NOTHING = (None, "", "other", False)  # "other" is the legal form that nobody knows
CHOSEN, ONLY, ALIKE, FIRST, TRUSTED, LATEST_YEAR, LATER, STANDING = (
    "somebody chose it",
    "only this one has it",
    "they agree",
    "it is the first in a charity register",
    "its source is trusted most",
    "it is of the latest year",
    "it is the latest",
    "nothing else tells them apart, so it is that of the organisation that stands",
)


@dataclass(frozen=True)
class Own:
    """What one organisation of a family says for itself: COLUMNS as the database holds them, and their sources."""

    pk: int
    values: Mapping[str, Any]
    provenance: provenance.Provenance

    def has(self, group: str) -> bool:
        """Whether it says anything there."""
        return any(self.values[column] not in NOTHING for column in GROUPS[group] if column != PRIVATE)

    def said(self, group: str) -> tuple[Any, ...]:
        """What it says there."""
        return tuple(self.values[column] for column in GROUPS[group])

    def source(self, group: str) -> tuple[str, str]:
        """The source of what it says there, and the day; empty where nobody noted it."""
        return provenance.source_of(self.provenance, group) or ("", "")


@dataclass(frozen=True)
class Pick:
    """Whose value is shown for a group, and why: one of the reasons above."""

    own: Own
    why: str


def picks(
    family: Sequence[Own], ranks: Mapping[str, int], choices: Mapping[str, int], registered: Collection[int] = ()
) -> dict[str, Pick]:
    """The value shown for each group. The first of the family is the one that stands.

    A person's choice (`choices`: group → organisation) comes first; else what is empty gives way, then the less trusted
    source (`ranks`: the lower the more trusted; what people said themselves beats every list), then the earlier day;
    of incomes, the latest year comes before all that, and of days of registration the first of those that are in a
    charity register (`registered`). At last the one that stands, then the order given.
    """
    by_register = {"registered_on": registered}
    return {group: _pick(group, family, ranks, choices.get(group), by_register.get(group, ())) for group in GROUPS}


def shown(found: Mapping[str, Pick], own: provenance.Provenance) -> tuple[dict[str, Any], provenance.Provenance]:
    """The columns to show, and the source of each. `own`: the sources of the one that stands, for all other fields."""
    values: dict[str, Any] = {}
    noted = dict(own)
    for group, pick in found.items():
        values |= {column: pick.own.values[column] for column in GROUPS[group]}
        noted |= {column: list(pick.own.source(group)) for column in GROUPS[group] if column not in PLACED}
    return values, noted


def _pick(
    group: str, family: Sequence[Own], ranks: Mapping[str, int], chosen: int | None, registered: Collection[int]
) -> Pick:
    for own in family:
        if own.pk == chosen:
            return Pick(own, CHOSEN)
    having = [own for own in family if own.has(group)] or list(family)[:1]
    orders = {own.pk: _order(group, own, ranks, registered) for own in having}
    best = min(having, key=lambda own: orders[own.pk])
    return Pick(best, _why(group, best, having, orders))


def _order(group: str, own: Own, ranks: Mapping[str, int], registered: Collection[int]) -> tuple:
    """The lower, the better; where all is equal, `min` keeps the first."""
    code, on = own.source(group)
    since = (0, own.values["registered_on"]) if own.pk in registered else (1, "")
    return _descending(_year(group, own)), since, ranks.get(code, provenance.UNKNOWN_RANK), _descending(on)


def _year(group: str, own: Own) -> str:
    return str(own.values["latest_year_end"] or "") if group == "latest_income" else ""


def _descending(text: str) -> tuple[int, ...]:
    """Something that sorts the later text first: days are written YYYY-MM-DD, and none is the earliest."""
    return tuple(-ord(letter) for letter in text) or (0,)


def _why(group: str, best: Own, having: Sequence[Own], orders: Mapping[int, tuple]) -> str:
    others = [own for own in having if own.pk != best.pk]
    if not others:
        return ONLY
    if all(own.said(group) == best.said(group) for own in others):
        return ALIKE
    mine = orders[best.pk]
    for place, why in enumerate((LATEST_YEAR, FIRST, TRUSTED, LATER)):
        if all(orders[own.pk][: place + 1] > mine[: place + 1] for own in others):
            return why
    return STANDING
