"""Promised against kept, by district; and the plan of self-sustainment."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from trellis.contracts.models import Contract, DependencePlan, Partner, PresenceMonth, PresencePromise
from trellis.contracts.rules.presence import Kept, Presence, first_of_month, months
from trellis.core.periods import add_months
from trellis.places import queries as places
from trellis.places.models import District


@dataclass(frozen=True)
class KeptInDistrict:
    """How the promises for a district were kept over some months; `kept` None where nobody promised to be there."""

    district: District
    kept: Kept | None


def promises(contract: Contract) -> QuerySet[PresencePromise]:
    """What partners promised, by partner and district; earlier promises too."""
    found = PresencePromise.objects.filter(partner__contract=contract)
    return found.select_related("partner__organisation", "district")


def in_force(rows: Iterable[PresencePromise], month: date) -> list[PresencePromise]:
    """Of some promises, the ones that hold in a month: the latest for each partner and district."""
    latest: dict[tuple[int, str], PresencePromise] = {}
    for row in sorted(rows, key=lambda one: one.starts_on):
        if row.starts_on <= month and (row.ends_on is None or row.ends_on >= month):
            latest[row.partner_id, row.district_id] = row
    return list(latest.values())


def recorded(contract: Contract) -> QuerySet[PresenceMonth]:
    """What happened, the latest month first."""
    found = PresenceMonth.objects.filter(partner__contract=contract)
    return found.select_related("partner__organisation", "district")


def kept_by_district(contract: Contract, first: date, last: date) -> list[KeptInDistrict]:
    """Promised against kept from one month to another, both counted, in every district that is served.

    Months that a partner has not recorded yet count as missing, and what was promised for them not at all.
    """
    span, agreed = months(first, last), list(promises(contract))
    happened = {
        (row.partner_id, row.district_id, row.month): Presence(row.hours, row.days)
        for row in recorded(contract).filter(month__gte=span[0], month__lte=span[-1])
    }
    found: dict[str, Kept] = {}
    for month in span:
        for promise in in_force(agreed, month):
            _add(found, promise, happened.pop((promise.partner_id, promise.district_id, month), None))
    for (_partner, district, _month), presence in happened.items():  # where nobody had promised
        before = found.get(district)
        if before:
            found[district] = Kept(before.promised, before.happened + presence, before.missing)
    return [KeptInDistrict(one, found.get(one.code)) for one in places.districts_served()]


def _add(found: dict[str, Kept], promise: PresencePromise, presence: Presence | None) -> None:
    """Count a month: promised against kept once it is recorded, until then as missing alone."""
    before = found.get(promise.district_id, Kept(Presence(), Presence()))
    if presence is None:
        found[promise.district_id] = replace(before, missing=before.missing + 1)
    else:
        promised = before.promised + Presence(promise.hours, promise.days)
        found[promise.district_id] = Kept(promised, before.happened + presence, before.missing)


def last_full_month(today: date) -> date:
    """The first day of the last month that is over."""
    return add_months(first_of_month(today), -1)


def unrecorded(partner: Partner, month: date) -> list[PresencePromise]:
    """The promises of a partner for a month that nobody has recorded yet."""
    mine = promises(partner.contract).filter(partner=partner)
    there = set(PresenceMonth.objects.filter(partner=partner, month=month).values_list("district", flat=True))
    return [one for one in in_force(mine, month) if one.district_id not in there]


def districts_of(partner: Partner, month: date) -> list[District]:
    """Where a partner promised to be in a month, by name."""
    held = in_force(promises(partner.contract).filter(partner=partner), month)
    return sorted((one.district for one in held), key=lambda one: one.name)


def planned_years(contract: Contract) -> QuerySet[DependencePlan]:
    """The plan of self-sustainment, year by year."""
    return DependencePlan.objects.filter(contract=contract)


def dependence_plan(contract: Contract) -> dict[int, Decimal]:
    """The planned part of income that comes from the contract, by contract year."""
    return dict(planned_years(contract).values_list("year", "fraction"))
