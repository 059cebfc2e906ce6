"""Since when an organisation that several charity registers have is registered: since the first of them."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from typing import NamedTuple

from django.db.models import Q

from trellis.core.many import among
from trellis.organisations.imports import listed, reading, values
from trellis.organisations.imports.tables import CHARITY
from trellis.organisations.imports.values import Refused
from trellis.organisations.models import Identifier, SourceList, SourceRow
from trellis.organisations.rules.links import CHARITY_REGISTERS

SAID = ("org_id", "charity_number", "ni_number", "registered_on")  # the fields of a list that tell it


class Registration(NamedTuple):
    """A day of registration, the source that says so, and that source's own day."""

    on: str
    source: str
    day: str


def elsewhere(source: SourceList, read: Mapping[int, Collection[str]]) -> dict[int, Registration]:
    """The first registration of organisations in another register than those that a row of theirs is about.

    `read`: organisation → the schemes of the row's numbers. Asked are other rows of the same list, and registers.
    """
    held = Identifier.objects.filter(organisation__in=among(read), scheme__in=CHARITY_REGISTERS)
    schemes = {pk: set(CHARITY_REGISTERS).intersection(given) for pk, given in read.items()}
    several = {
        pk for pk, scheme in held.values_list("organisation_id", "scheme") if schemes[pk] and scheme not in schemes[pk]
    }
    found: dict[int, Registration] = {}
    for pk, scheme, registration in _registrations(source, several):
        if scheme not in schemes[pk]:
            found[pk] = min(registration, found.get(pk, registration))
    return found


def _registrations(source: SourceList, organisations: Collection[int]) -> Iterator[tuple[int, str, Registration]]:
    """By organisation and scheme of the register, as kept rows say it."""
    if not organisations:
        return
    asked = Q(source=source) | Q(source__kind=SourceList.Kind.REGISTER)
    rows = SourceRow.objects.filter(asked, organisation__in=among(organisations), table__in=("", CHARITY.name))
    for row in rows.select_related("source", "last_run"):
        with suppress(Refused):
            scheme, on = _of_charity(row) if row.table else _of_list(row)
            if on and row.organisation_id:
                day = row.last_run.started_at.date().isoformat()
                yield row.organisation_id, scheme, Registration(on, row.source.code, day)


def _of_charity(row: SourceRow) -> tuple[str, str | None]:
    return "GB-CHC", values.day(row.data.get("date_of_registration", ""), "date_of_registration")


def _of_list(row: SourceRow) -> tuple[str, str | None]:
    said = {field: [row.data.get(column, "")] for column, field in row.last_run.mapping.items() if field in SAID}
    kept = reading.of(row.last_run.reading)
    found = listed.organisation({"name": ["-x-"], **said}, month_first=kept.month_first)
    return next((scheme for scheme, _ in found.numbers if scheme in CHARITY_REGISTERS), ""), found.fields.get(
        "registered_on"
    )
