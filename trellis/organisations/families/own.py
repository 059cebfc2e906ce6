"""What each organisation says for itself: in its row, or beside it while the row shows others too."""

import copy
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from trellis.core.many import among
from trellis.organisations import provenance
from trellis.organisations.models import Organisation, OwnValues
from trellis.organisations.rules.survivorship import COLUMNS, Own

DAYS = ("latest_year_end", "registered_on", "removed_on")


def rows(organisation_ids: Collection[int]) -> dict[int, Own]:
    """What stands in the rows of organisations, by id."""
    found = Organisation.objects.filter(pk__in=among(organisation_ids))
    return {
        pk: Own(pk, dict(zip(COLUMNS, map(plain, held), strict=True)), noted)
        for pk, noted, *held in found.values_list("pk", "provenance", *COLUMNS)
    }


def own_values(organisation_ids: Collection[int]) -> dict[int, Own]:
    """What each organisation says for itself, by its id."""
    said = rows(organisation_ids)
    beside = OwnValues.objects.filter(organisation__in=among(organisation_ids))
    return said | {one.pk: Own(one.pk, one.values, one.provenance) for one in beside}


def shows_others(organisation_ids: Collection[int]) -> set[int]:
    """Those of some organisations whose rows show others' values too."""
    found = OwnValues.objects.filter(organisation__in=among(organisation_ids))
    return set(found.values_list("organisation_id", flat=True))


def write_own(organisation_id: int, columns: Mapping[str, Any], noted: provenance.Provenance) -> None:
    """Change what an organisation says for itself while its row shows others too. `settle` then shows it."""
    held = OwnValues.objects.get(pk=organisation_id)
    values = held.values | {column: plain(value) for column, value in columns.items()}
    OwnValues.objects.filter(pk=organisation_id).update(values=values, provenance=noted)


def write_row(organisation_id: int, columns: Mapping[str, Any], noted: provenance.Provenance, **others: Any) -> None:
    """Write plain values into an organisation's row."""
    row = {column: unpacked(column, value) for column, value in columns.items()}
    Organisation.objects.filter(pk=organisation_id).update(provenance=noted, **row, **others)


def as_own(organisation: Organisation) -> Organisation:
    """A copy that holds what the organisation says for itself; not to be saved."""
    held = OwnValues.objects.filter(pk=organisation.pk).first()
    if held is None:
        return organisation
    own = copy.copy(organisation)
    for column, value in held.values.items():
        setattr(own, column, unpacked(column, value))
    own.provenance = held.provenance
    return own


def unpacked(column: str, value: Any) -> Any:
    """A plain value as Python holds it."""
    if value is None:
        return None
    if column == "latest_income":
        return Decimal(value) / 100
    return date.fromisoformat(value) if column in DAYS else value


def plain(value: Any) -> Any:
    """A value as JSON can hold it: money as pence, days as text."""
    if isinstance(value, Decimal):
        return int(value * 100)
    return value.isoformat() if isinstance(value, date) else value
