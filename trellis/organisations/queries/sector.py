"""What the sector is made of: the figures under its pictures."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import ExtractYear

from trellis.organisations.models import Cause, Organisation, OrganisationQuerySet, ServiceType, YearEnd
from trellis.organisations.queries.directory import size_bands
from trellis.organisations.rules import band_limits
from trellis.places import queries as places

YEARS = 10  # of organisations that came and went
INCOME_YEARS = 5
Incomes = Mapping[int, Decimal]


@dataclass(frozen=True)
class Sector:
    """The organisations of the register on a day: all that are active, or those of one district, by its code.

    Sizes map a band to how many organisations and to their income in pounds; years are calendar years. `incomes` gives
    for each year the income that each organisation had in the year that ended in it.
    """

    on: date
    district: str
    number: int
    by_size: Mapping[str, tuple[int, Decimal]]
    size_unknown: int
    by_cause: Mapping[str, int]
    registered: Mapping[int, int]
    new: Mapping[int, int]
    lost: Mapping[int, int]
    incomes: Mapping[int, Incomes]


def sector(on: date, district: str = "") -> Sector:
    """The figures of the active organisations of the register, on a day that is today."""
    everyone = Organisation.objects.listed()
    if district:
        everyone = everyone.filter(district=district)
    active = everyone.active()
    sizes = {name: _of_size(active, name, on) for name in size_bands(on)}
    years = range(on.year - YEARS, on.year)
    return Sector(
        on=on,
        district=district,
        number=active.count(),
        by_size=sizes,
        size_unknown=active.filter(latest_income=None).count(),
        by_cause=dict(_counted(active, F("causes__name"))),
        registered=dict(_counted(active.filter(registered_on__lte=on), ExtractYear("registered_on"))),
        new=_each(years, _counted(everyone, ExtractYear("registered_on"))),
        lost=_each(years, _counted(everyone, ExtractYear("removed_on"))),
        incomes=_incomes(active, on),
    )


def kinds_by_district(by: str) -> dict[tuple[str, str], int]:
    """How many active organisations of each kind are in each district: by the kind's code and the district's.

    `by` is "services" or "causes".
    """
    field = "service_types" if by == "services" else "causes"
    rows = Organisation.objects.active().filter(district__is_served=True, **{f"{field}__isnull": False}).order_by()
    counted = rows.values_list(field, "district").annotate(number=Count("pk"))
    return {(kind, district): number for kind, district, number in counted}


def by_ward(district: str = "") -> tuple[dict[str, int], int]:
    """How many active organisations are in each ward, by its code; and of how many no ward is known.

    In one district, by its code, or in all that are served.
    """
    rows = Organisation.objects.active().filter(district__is_served=True).order_by()
    if district:
        rows = rows.filter(district=district)
    numbers = dict(rows.values_list("postcode").annotate(number=Count("pk")))
    wards = places.wards_of(numbers)
    found: dict[str, int] = defaultdict(int)
    for postcode, ward in wards.items():
        found[ward] += numbers[postcode]
    return dict(found), sum(numbers.values()) - sum(found.values())


def kinds(by: str) -> dict[str, str]:
    """The kinds that organisations are sorted by, code and name: "services" or "causes"."""
    return dict((ServiceType if by == "services" else Cause).objects.values_list("code", "name"))


def _of_size(active: OrganisationQuerySet, name: str, on: date) -> tuple[int, Decimal]:
    start, end = band_limits(name, size_bands(on))
    rows = active.filter(latest_income__gte=Decimal(start))
    rows = rows if end is None else rows.filter(latest_income__lt=Decimal(end))
    found = rows.aggregate(number=Count("pk"), income=Sum("latest_income"))
    return found["number"], found["income"] or Decimal(0)


def _counted(rows: QuerySet, by: F | ExtractYear) -> list[tuple]:
    """How many rows for each value, without those that have none; the commonest first."""
    counted = rows.order_by().annotate(key=by).values("key").exclude(key=None).annotate(number=Count("pk"))
    return list(counted.order_by("-number", "key").values_list("key", "number"))


def _each(years: range, counted: list[tuple]) -> dict[int, int]:
    found = dict(counted)
    return {year: found.get(year, 0) for year in years} if any(found.get(year) for year in years) else {}


def _incomes(active: OrganisationQuerySet, on: date) -> dict[int, Incomes]:
    """The incomes of each year that has ended, the oldest year first; of two in a year the later counts."""
    first = date(on.year - INCOME_YEARS, 1, 1)
    rows = YearEnd.objects.filter(organisation__in=active, income__isnull=False, ends_on__gte=first)
    rows = rows.filter(ends_on__lt=date(on.year, 1, 1)).order_by("ends_on")
    years: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for pk, ends_on, income in rows.values_list("organisation_id", "ends_on", "income").iterator(2000):
        years[ends_on.year][pk] = income or Decimal(0)
    return dict(sorted(years.items()))
