"""Rows as they are kept, read again: what may lead to a person in them, and what they say of an organisation."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from trellis.organisations.imports import charities, charity_rows, list_rows, listed
from trellis.organisations.imports.contacts import CONTACTS, NUMBERS, Sieve
from trellis.organisations.imports.tables import CHARITY, DAY
from trellis.organisations.imports.values import Refused
from trellis.organisations.models import SourceRow

DAYS = {CHARITY.name: DAY, list_rows.TABLE: ""}  # the column with a row's day, by its table


class Sifted(NamedTuple):
    """A row, what is left of it without contacts, and whether its address may be somebody's home."""

    row: SourceRow
    data: dict[str, Any]
    may_be_home: bool


def sifted(rows: Iterable[SourceRow]) -> Iterator[Sifted]:
    """Rows without what may lead to a person, by what their columns meant when they came in."""
    for (table, _), some in groupby(rows, key=lambda row: (row.table, row.last_run_id)):
        alike = list(some)
        if table not in DAYS:
            yield from (Sifted(row, row.data, may_be_home=False) for row in alike)
            continue
        meanings = _meanings(alike[0])
        heading = sorted({column for row in alike for column in row.data} - {""})
        sieve = Sieve(heading, meanings)
        yield from (_sifted(row, sieve, heading, meanings) for row in alike)


def _sifted(row: SourceRow, sieve: Sieve, heading: Sequence[str], meanings: Mapping[str, str]) -> Sifted:
    cells = sieve.without([row.data.get(column, "") for column in heading])
    left = {column: cell for column, cell in zip(heading, cells, strict=True) if cell}
    has_number = any(
        listed.is_number(field, row.data.get(column, "")) for column, field in meanings.items() if field in NUMBERS
    )
    is_charity = row.table == CHARITY.name
    return Sifted(row, _day_of(row) | left, may_be_home=not has_number and not is_charity)


def _day_of(row: SourceRow) -> dict[str, Any]:
    """The column without a name, in which the day of reading is kept."""
    return {"": row.data[""]} if "" in row.data else {}


def _meanings(row: SourceRow) -> Mapping[str, str]:
    return charity_rows.MEANINGS if row.table == CHARITY.name else row.last_run.mapping


@dataclass(frozen=True)
class Said:
    """What a row says of how to reach an organisation, and on what day."""

    fields: dict[str, str]
    day: str


def said_of(row: SourceRow) -> Said:
    """What a kept row says; nothing where it makes no sense by today's rules."""
    try:
        fields = _charity(row) if row.table == CHARITY.name else _listed(row)
    except Refused:
        fields = {}
    found = {field: fields[field] for field in CONTACTS if fields.get(field)}
    return Said(found, str(row.data.get(DAYS[row.table]) or row.last_run.started_at.date().isoformat()))


def _charity(row: SourceRow) -> dict[str, Any]:
    return charities.charity([row.data.get(column, "") for column in CHARITY.columns])._asdict()


def _listed(row: SourceRow) -> dict[str, Any]:
    by_field: dict[str, list[str]] = {}
    for column, field in row.last_run.mapping.items():
        if field:
            by_field.setdefault(field, []).append(row.data.get(column, ""))
    if len(by_field.get("address", [])) > 1:
        del by_field["address"]  # the order of its parts is the file's, which is not kept with the row
    return listed.organisation(by_field).fields
