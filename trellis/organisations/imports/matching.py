"""Which organisation of ours a row means: by number, or by name and postcode together. Never a guess."""

from collections.abc import Sequence
from typing import NamedTuple

from trellis.organisations.models import Identifier, SourceRow


class Held(NamedTuple):
    """An organisation that has the number. `has_charity_row`: the register's main table has a row of it already."""

    organisation_id: int
    has_charity_row: bool


def by_charity(numbers: Sequence[tuple[str, str]]) -> dict[str, Held]:
    """Charity number → the organisation that has it, or that has the company's number and no charity number."""
    held = _owners("GB-CHC", [number for number, _ in numbers])
    companies = _owners("GB-COH", [company for number, company in numbers if company and number not in held])
    other = set(
        Identifier.objects.filter(scheme="GB-CHC", organisation_id__in=companies.values()).values_list(
            "organisation_id", flat=True
        )
    )
    for number, company in numbers:
        if number not in held and company in companies and companies[company] not in other:
            held[number] = companies.pop(company)
    registered = set(
        SourceRow.objects.filter(organisation_id__in=held.values(), table="charity").values_list(
            "organisation_id", flat=True
        )
    )
    return {number: Held(pk, pk in registered) for number, pk in held.items()}


def _owners(scheme: str, values: Sequence[str]) -> dict[str, int]:
    rows = Identifier.objects.filter(scheme=scheme, value__in=values) if values else Identifier.objects.none()
    return dict(rows.values_list("value", "organisation_id"))
