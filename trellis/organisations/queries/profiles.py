"""One organisation, and where what is known of it came from."""

from dataclasses import dataclass

from django.db.models import Q

from trellis.organisations import families
from trellis.organisations.models import (
    Cause,
    Identifier,
    Organisation,
    OrganisationName,
    OrganisationQuerySet,
    ProfileChange,
    Relation,
    ServiceType,
    SourceList,
    SourceRow,
    YearEnd,
)

MERGED_NAME = "Name it went by in another list"


@dataclass(frozen=True)
class Surroundings:
    """What stands beside an organisation, and beside those merged into it."""

    identifiers: list[Identifier]
    names: list[tuple[str, str]]
    years: list[YearEnd]
    causes: list[Cause]
    service_types: list[ServiceType]
    parents: list[Relation]
    branches: list[Relation]
    members: int


def organisation(reference: str) -> Organisation | None:
    """An organisation by its reference in any case; None when there is none.

    One that was merged is answered as it is, with `merged_into` set.
    """
    return Organisation.objects.select_related("district", "merged_into").filter(reference=reference.upper()).first()


def organisations_by_id(organisation_ids: list[int]) -> dict[int, Organisation]:
    """Some organisations by number, those that were merged too."""
    return Organisation.objects.in_bulk(organisation_ids)


def surroundings(of: Organisation) -> Surroundings:
    """What stands beside an organisation: numbers, names, years, causes, services, and what it belongs to."""
    family = families.members(of.pk)
    own = families.own_values(family)
    names = [(one.name, one.kind) for one in OrganisationName.objects.filter(organisation__in=family)]
    names += [(own[pk].values["name"], MERGED_NAME) for pk in family]
    related = Relation.objects.select_related("organisation__merged_into", "parent__merged_into")
    return Surroundings(
        identifiers=list(Identifier.objects.filter(organisation__in=family).order_by("pk")),
        names=[(name, kind) for name, kind in dict(reversed(names)).items() if name != of.name],
        years=_years(family),
        causes=list(Cause.objects.filter(pk__in=families.list_of(of, "causes"))),
        service_types=list(ServiceType.objects.filter(pk__in=families.list_of(of, "service_types"))),
        parents=list(related.filter(organisation__in=family)),
        branches=list(related.filter(parent__in=family).order_by("organisation__name")),
        members=len(family),
    )


def _years(family: list[int]) -> list[YearEnd]:
    """One row a year: that of the one that stands where it knows the income, else the first that does."""
    found: dict = {}
    rows = YearEnd.objects.filter(organisation__in=family)
    for row in sorted(rows, key=lambda row: (row.income is None, family.index(row.organisation_id))):
        found.setdefault(row.ends_on, row)
    return [found[ends_on] for ends_on in sorted(found)]


def edited_by(organisation_ids: list[int]) -> OrganisationQuerySet:
    """The organisations that a person may edit, given those for which they hold the permission."""
    return Organisation.objects.listed().filter(pk__in=organisation_ids)


def profile_changes(of: Organisation) -> list[ProfileChange]:
    """What an organisation changed of its own profile, latest first."""
    return list(of.profile_changes.all()[:20])


def source_names() -> dict[str, str]:
    """The name of each list that the register is made from, by its code."""
    return dict(SourceList.objects.values_list("code", "name"))


def source_rows(of: Organisation) -> list[SourceRow]:
    """The rows that an organisation was made from, as they came."""
    rows = SourceRow.objects.filter(Q(organisation=of) | Q(organisation__merged_into=of))
    return list(rows.select_related("source").order_by("source__name", "table", "key"))
