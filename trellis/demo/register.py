"""The invented register of the demo, written in bulk as an import is."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction

from trellis.core import clock
from trellis.core.references import create_with_reference, new_reference
from trellis.demo.names import Invented
from trellis.organisations import search
from trellis.organisations.models import Identifier, Organisation, YearEnd

SCHEME = "GB-CHC"
BATCH = 500
YEARS_KNOWN = 3


@transaction.atomic
def add_organisation(name: str, district: str, income: int | None = None) -> Organisation:
    """One organisation of the alliance."""
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


@transaction.atomic
def add_register(rows: Sequence[Invented], source: str) -> list[Organisation]:
    """All the invented organisations, with their numbers, years, kinds and causes, found by the search at once.

    `source` is the code of the list that they are said to come from.
    """
    organisations = Organisation.objects.bulk_create(
        [_organisation(row, reference, source) for row, reference in zip(rows, _references(len(rows)), strict=True)],
        batch_size=BATCH,
    )
    pairs = list(zip(organisations, rows, strict=True))
    Identifier.objects.bulk_create(
        (
            Identifier(organisation=organisation, scheme=SCHEME, value=row.charity_number)
            for organisation, row in pairs
            if row.charity_number
        ),
        batch_size=BATCH,
    )
    YearEnd.objects.bulk_create((year for pair in pairs for year in _years(*pair)), batch_size=BATCH)
    kinds, causes = Organisation.service_types.through, Organisation.causes.through
    kinds.objects.bulk_create(
        (kinds(organisation_id=one.pk, servicetype_id=row.service_type) for one, row in pairs), batch_size=BATCH
    )
    causes.objects.bulk_create(
        (causes(organisation_id=one.pk, cause_id=row.cause) for one, row in pairs), batch_size=BATCH
    )
    for start in range(0, len(organisations), BATCH):
        search.index([organisation.pk for organisation in organisations[start : start + BATCH]])
    search.recount()
    return organisations


def _references(number: int) -> list[str]:
    """So many references, none twice."""
    found: dict[str, None] = {}
    while len(found) < number:
        found[new_reference("ORG", length=5)] = None
    return list(found)


def _organisation(row: Invented, reference: str, source: str) -> Organisation:
    return Organisation(
        reference=reference,
        name=row.name,
        district_id=row.district,
        postcode=row.postcode,
        legal_form=_legal_form(row),
        latest_income=row.income,
        latest_year_end=row.year_end if row.income is not None else None,
        provenance={"*": [source, clock.today().isoformat()]},
    )


def _legal_form(row: Invented) -> str:
    if row.name.endswith(" CIO"):
        return Organisation.LegalForm.CIO
    if row.name.endswith(" Trust"):
        return Organisation.LegalForm.TRUST
    return Organisation.LegalForm.ASSOCIATION


def _years(organisation: Organisation, row: Invented) -> list[YearEnd]:
    """The last years of an organisation whose income is known; it grew a little in each."""
    if row.income is None:
        return []
    return [
        YearEnd(
            organisation=organisation,
            ends_on=date(row.year_end.year - back, row.year_end.month, row.year_end.day),
            income=Decimal(int(row.income * (100 - 4 * back) / 100)),
            expenditure=Decimal(int(row.income * (97 - 3 * back) / 100)),
        )
        for back in range(YEARS_KNOWN)
    ]
