"""The invented register: written as a list that anybody could have, and read by the importer that reads theirs."""

import csv
import tempfile
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

from django.db import transaction

from trellis.core.actors import SIMULATOR
from trellis.core.references import create_with_reference
from trellis.demo.names import Invented
from trellis.organisations import search
from trellis.organisations.commands import record_source
from trellis.organisations.imports.lists import import_organisations
from trellis.organisations.models import Organisation, SourceList, YearEnd

CODE = "demo"
COLUMNS = {
    "Name": "name",
    "Postcode": "postcode",
    "Charity number": "charity_number",
    "Income": "income",
    "Year end": "year_end",
}
SOURCE = {
    "code": CODE,
    "name": "The demo’s invented register",
    "owner": "Nobody: it is invented",
    "kind": SourceList.Kind.REGISTER,
    "terms": SourceList.Terms.OWN,
    "contact_basis": SourceList.Basis.NONE,
}
BATCH = 500
YEARS_BEFORE = 2
LAST_YEAR, USUAL_AGE, OLDEST = 2015, 18, 90


@transaction.atomic
def add_organisation(name: str, district: str, income: int | None = None) -> Organisation:
    """One organisation of the alliance, which no list holds."""
    organisation = create_with_reference(
        Organisation,
        "ORG",
        name=name,
        district_id=district,
        latest_income=None if income is None else Decimal(income),
        latest_year_end=None if income is None else date(2016, 3, 31),
    )
    search.index([organisation.pk])
    return organisation


def add_register(rows: Sequence[Invented]) -> list[Organisation]:
    """Import all the invented organisations, then say what a list has no column for: what they are for, and do."""
    record_source(values=SOURCE, by=SIMULATOR)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "invented_register.csv"
        _write(path, rows)
        import_organisations(path=path, by=SIMULATOR, source=CODE, columns=COLUMNS)
    by_name = {organisation.name: organisation for organisation in Organisation.objects.filter(provenance__has_key="*")}
    organisations = [by_name[row.name] for row in rows]
    _classify(organisations, rows)
    return organisations


def _write(path: Path, rows: Sequence[Invented]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(COLUMNS)
        for row in rows:
            year_end = row.year_end.isoformat() if row.income is not None else ""
            out.writerow((row.name, row.postcode, row.charity_number, row.income or "", year_end))


@transaction.atomic
def _classify(organisations: Sequence[Organisation], rows: Sequence[Invented]) -> None:
    """Kinds of service, causes, and the years before the last."""
    pairs = list(zip(organisations, rows, strict=True))
    kinds, causes = Organisation.service_types.through, Organisation.causes.through
    kinds.objects.bulk_create(
        (kinds(organisation_id=one.pk, servicetype_id=row.service_type) for one, row in pairs), batch_size=BATCH
    )
    causes.objects.bulk_create(
        (causes(organisation_id=one.pk, cause_id=row.cause) for one, row in pairs), batch_size=BATCH
    )
    for one, row in pairs:
        one.registered_on = _registered_on(row)
    Organisation.objects.bulk_update(organisations, ["registered_on"], batch_size=BATCH)
    YearEnd.objects.bulk_create((year for pair in pairs for year in _years(*pair)), batch_size=BATCH)


def _registered_on(row: Invented) -> date | None:
    """When a charity was registered: most in the last twenty years, a few long ago. Groups without a number never were.

    Drawn by its name alone, so that nothing else of the demo is drawn otherwise.
    """
    if not row.charity_number:
        return None
    chance = Random(row.name)  # noqa: S311 # nosec B311 nothing secret is drawn from it
    years = min(int(chance.expovariate(1 / USUAL_AGE)), OLDEST)
    return date(LAST_YEAR - years, chance.randint(1, 12), chance.randint(1, 28))


def _years(organisation: Organisation, row: Invented) -> list[YearEnd]:
    """The years before the last of an organisation whose income is known; it grew a little in each."""
    if row.income is None:
        return []
    return [
        YearEnd(
            organisation=organisation,
            ends_on=row.year_end.replace(year=row.year_end.year - back),
            income=Decimal(int(row.income * (100 - 4 * back) / 100)),
            expenditure=Decimal(int(row.income * (97 - 3 * back) / 100)),
        )
        for back in range(1, YEARS_BEFORE + 1)
    ]
