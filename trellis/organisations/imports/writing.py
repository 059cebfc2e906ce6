"""Organisations written in bulk: new ones, and what a source changes of those there are."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from trellis.core import clock
from trellis.core.many import among
from trellis.core.references import ALPHABET
from trellis.organisations import provenance
from trellis.organisations.imports import bulk
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
    offers: Mapping[int, Mapping[str, Any]], source: str, days: Mapping[int, str], ranks: Mapping[str, int]
) -> dict[int, dict[str, Any]]:
    """Bring organisations up to date with what a source offers of each; what changed of each, by id."""
    changed: dict[int, dict[str, Any]] = {}
    after: dict[int, provenance.Provenance] = {}
    now_held = _held(offers)
    for pk, offered in offers.items():
        held, noted = now_held[pk]
        changed[pk], after[pk] = provenance.taken(held, noted, offered, (source, days[pk]), ranks)
    moved = districts_of(changes["postcode"] for changes in changed.values() if "postcode" in changes)
    now = stored_time(clock.now())
    for pk, changes in changed.items():
        if not changes:
            continue
        columns = dict(changes)
        if "postcode" in changes:
            columns |= dict(zip(PLACED, moved.get(changes["postcode"], NOWHERE), strict=True))
        columns |= {"provenance": _json(after[pk]), "changed_at": now}
        bulk.update(Organisation, tuple(columns), [(*columns.values(), pk)])
    return changed


def add_identifiers(rows: Iterable[tuple[int, str, str]]) -> None:
    """Add numbers: organisation, scheme, number. One that is another's already stays there."""
    bulk.insert(Identifier, ("organisation_id", "scheme", "value"), rows, on_conflict="(scheme, value) DO NOTHING")


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


def _held(pks: Iterable[int]) -> dict[int, tuple[dict[str, Any], provenance.Provenance]]:
    """The FIELDS (pence, ISO dates) and the provenance of organisations."""
    rows = Organisation.objects.filter(pk__in=among(list(pks))).values_list("pk", "provenance", *FIELDS)
    return {pk: (dict(zip(FIELDS, map(_plain, held), strict=True)), noted) for pk, noted, *held in rows}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value * 100)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))
