"""Organisations written in bulk: new ones, and what a source changes of those there are."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from trellis.core import clock
from trellis.core.actors import IMPORT
from trellis.core.references import ALPHABET
from trellis.organisations import families, provenance
from trellis.organisations.commands.merges import part_by_numbers
from trellis.organisations.imports import bulk
from trellis.organisations.imports.registrations import Registration
from trellis.organisations.models import Identifier, Organisation, YearEnd
from trellis.places import queries as places

# The columns that sources fill; the names of fields, but for the district's.
FIELDS = (
    "name", "legal_form", "status", "address", "postcode", "website", "email", "phone", "activities", "latest_income",
    "latest_year_end", "registered_on", "removed_on",
)  # fmt: skip
PLACED = ("district_id", "district_is_guess")
REFERENCE_LENGTH = 6
SPACE = len(ALPHABET) ** REFERENCE_LENGTH
STRIDE = 70_128_127  # shares no factor with SPACE, so that no two ids below it meet; about its golden section, so that
# neighbours look nothing alike
Place = tuple[str | None, bool]
NOWHERE: Place = (None, False)
NOWHERE_ELSE: Mapping[int, Registration] = {}


def reference_of(number: int) -> str:
    """A reference for the organisation with an id: the same each time, and no two alike.

    Two characters longer than those drawn by chance (core.references), so the two kinds do not meet.
    """
    rest = number * STRIDE % SPACE
    text = ""
    for _ in range(REFERENCE_LENGTH):
        rest, place = divmod(rest, len(ALPHABET))
        text += ALPHABET[place]
    return f"ORG-{text}"


def districts_of(postcodes: Iterable[str]) -> dict[str, Place]:
    """The district of each postcode, and whether it is a guess; nowhere for those that cannot be placed."""
    return {
        postcode: (place.district.pk if place.district else None, not place.exact)
        for postcode, place in places.places_for(postcode for postcode in postcodes if postcode).items()
    }


def add(rows: Sequence[Mapping[str, Any]], source: str, days: Sequence[str]) -> list[int]:
    """Add organisations, each given as its FIELDS (pence, ISO dates); their ids. `days` are the source's, one each."""
    ids = bulk.reserve(Organisation, len(rows))
    placed = districts_of(row["postcode"] for row in rows)
    noted = {day: _json(provenance.of(source, day)) for day in set(days)}
    now = stored_time(clock.now())
    bulk.insert(
        Organisation, ("id", "reference", *FIELDS, *PLACED, "provenance", "created_at", "changed_at"),
        (
            (pk, reference_of(pk), *(row[field] for field in FIELDS), *placed.get(row["postcode"], NOWHERE),
             noted[day], now, now)
            for pk, row, day in zip(ids, rows, days, strict=True)
        ),
    )  # fmt: skip
    return ids


def change(
    offers: Mapping[int, Mapping[str, Any]],
    source: str,
    days: Mapping[int, str],
    ranks: Mapping[str, int],
    registered: Mapping[int, Registration] = NOWHERE_ELSE,
) -> dict[int, dict[str, Any]]:
    """Bring organisations up to date with what a source offers of each; what changed of each, by id.

    Compared with what each says for itself: what others say that were merged with it is theirs. `registered`: the first
    registration of those that are in other registers too, which counts where it is before the one that is offered.
    """
    changed: dict[int, dict[str, Any]] = {}
    after: dict[int, provenance.Provenance] = {}
    families.locked(offers.keys())
    now_held = families.own_values(offers.keys())
    for pk, offered in offers.items():
        held = now_held[pk]
        if pk in registered and offered.get("registered_on"):
            first = min(registered[pk], Registration(offered["registered_on"], source, days[pk]))
            offered = {field: value for field, value in offered.items() if field != "registered_on"}
        else:
            first = None
        changed[pk], after[pk] = provenance.taken(held.values, held.provenance, offered, (source, days[pk]), ranks)
        if first and first.on != held.values["registered_on"]:
            changed[pk]["registered_on"], after[pk]["registered_on"] = first.on, [first.source, first.day]
    store(changed, after)
    return changed


def store(changed: Mapping[int, Mapping[str, Any]], after: Mapping[int, provenance.Provenance]) -> None:
    """Write what has changed of what organisations say for themselves, by id, with their provenance afterwards.

    Inside a transaction that holds their families. What is shown of them follows.
    """
    beside = families.shows_others(changed.keys())
    moved = districts_of(changes["postcode"] for changes in changed.values() if "postcode" in changes)
    now = stored_time(clock.now())
    for pk, changes in changed.items():
        if not changes:
            continue
        columns = dict(changes)
        if "postcode" in changes:
            columns |= dict(zip(PLACED, moved.get(changes["postcode"], NOWHERE), strict=True))
        if pk in beside:
            families.write_own(pk, columns, after[pk])
            continue
        columns |= {"provenance": _json(after[pk]), "changed_at": now}
        bulk.update(Organisation, tuple(columns), [(*columns.values(), pk)])
    families.settle([pk for pk, changes in changed.items() if changes])


def add_identifiers(rows: Iterable[tuple[int, str, str]]) -> None:
    """Add numbers: organisation, scheme, number. One that is another's already stays there.

    Where that shows that organisations which were merged are two, their merge is undone.
    """
    rows = list(rows)
    bulk.insert(Identifier, ("organisation_id", "scheme", "value"), rows, on_conflict="(scheme, value) DO NOTHING")
    part_by_numbers(organisation_ids=[pk for pk, _, _ in rows], by=IMPORT)


def add_years(rows: Iterable[tuple[int, str, int | None, int | None]]) -> None:
    """Add or mend financial years: organisation, last day, income and expenditure in pence. Nothing known is lost."""
    table = YearEnd._meta.db_table
    bulk.insert(
        YearEnd, ("organisation_id", "ends_on", "income", "expenditure"), rows,
        on_conflict="(organisation_id, ends_on) DO UPDATE SET "
        f"income = COALESCE(excluded.income, {table}.income), "
        f"expenditure = COALESCE(excluded.expenditure, {table}.expenditure)",
    )  # fmt: skip


def stored_time(instant: datetime) -> Any:
    """A time as the database keeps it."""
    return connection.ops.adapt_datetimefield_value(instant)


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))
