"""Finding organisations, and how many there are."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, ExpressionWrapper, F, IntegerField, QuerySet, Value
from django.db.models.functions import Lower
from django.utils import timezone

from trellis.core import rulebook
from trellis.core.many import among
from trellis.core.money import MoneyField
from trellis.organisations import rules, search
from trellis.organisations.models import (
    Cause,
    Organisation,
    OrganisationQuerySet,
    ServiceType,
)

UNDER_LIMIT = "under-limit"
EITHER = "either"


@dataclass(frozen=True)
class Criteria:
    """What somebody looks for. Empty parts do not narrow; `status` is one of Organisation.Status, or EITHER."""

    text: str = ""
    district: str = ""
    size: str = ""
    cause: str = ""
    service: str = ""
    status: str = Organisation.Status.ACTIVE


@dataclass(frozen=True)
class Matches:
    """The organisations that meet some criteria: `rows` in order; `found` says how a text was understood, if any."""

    rows: QuerySet[Organisation] | list[Organisation]
    found: search.Found | None = None


def number_listed() -> int:
    """How many organisations the register holds, each counted once, those too that are not shown.

    As two counts, each of an index: one scan of both would read every row.
    """
    hidden = Organisation.objects.listed().filter(unlisted_at__isnull=False)
    return Organisation.objects.public().count() + hidden.count()


def service_types() -> list[ServiceType]:
    """What organisations do for people, by name."""
    return list(ServiceType.objects.all())


def causes() -> list[Cause]:
    """What organisations are for, by name."""
    return list(Cause.objects.all())


def sizes(on: date) -> dict[str, tuple[Decimal, Decimal | None]]:
    """Each size on a day: from which yearly income, and below which (None: no end), in pounds.

    The first is the limit below which support is subsidised; the others are the rulebook's bands.
    """
    limit = Decimal(str(rulebook.value("support.income_limit", on)))
    bands = size_bands(on)
    limits = {name: rules.band_limits(name, bands) for name in bands}
    whole: dict[str, tuple[Decimal, Decimal | None]] = {UNDER_LIMIT: (Decimal(0), limit)}
    return whole | {
        name: (Decimal(start), None if end is None else Decimal(end)) for name, (start, end) in limits.items()
    }


def size_bands(on: date) -> Mapping[str, int]:
    """The bands of size in force on a day: each with the yearly income in pounds from which it begins."""
    return rulebook.value("organisations.size_bands", on)


def matches(criteria: Criteria, on: date) -> Matches:
    """The organisations that meet criteria: by text best first, else by name."""
    register = narrowed(criteria, on)
    if not criteria.text.strip():
        return Matches(register.order_by(Lower("name"), "id").select_related("district"))
    found = search.answer(criteria.text, among=register)
    by_id = Organisation.objects.select_related("district").in_bulk(found.ids)
    return Matches([by_id[pk] for pk in found.ids if pk in by_id], found)


def sortable(matches: Matches) -> QuerySet[Organisation]:
    """The same organisations as rows that the database can put in another order."""
    rows = matches.rows if matches.found is None else Organisation.objects.filter(pk__in=matches.found.ids)
    return rows.select_related("district").annotate(alphabetical=Lower("name"))  # type: ignore[union-attr]  # a QuerySet either way


def counts_by_district(criteria: Criteria, on: date, ids: Collection[int] | None = None) -> dict[str | None, int]:
    """How many organisations that meet criteria, apart from any text, are in each district, by its code.

    `ids`: those that the text finds; None for all.
    """
    rows = narrowed(criteria, on) if ids is None else narrowed(criteria, on).filter(pk__in=among(ids))
    counted = rows.order_by().values_list("district").annotate(Count("pk"))
    return dict(counted)


def search_results(text: str, limit: int = 25) -> list[dict[str, Any]]:
    """The first page of a search over all that is public, as plain values: for the command line and programs."""
    ids = search.answer(text, among=Organisation.objects.public()).ids[:limit]
    found = Organisation.objects.select_related("district").prefetch_related("identifiers").in_bulk(ids)
    return [
        {
            "reference": found[pk].reference,
            "name": found[pk].name,
            "district": getattr(found[pk].district, "name", None),
            "identifiers": sorted(str(identifier) for identifier in found[pk].identifiers.all()),
        }
        for pk in ids
    ]


def narrowed(criteria: Criteria, on: date) -> OrganisationQuerySet:
    """The organisations that anybody may see and that pass the filters."""
    statuses = Organisation.Status.values if criteria.status == EITHER else [criteria.status]
    register = Organisation.objects.public().filter(status__in=statuses)
    if criteria.district:
        register = register.filter(district=criteria.district)
    if criteria.size:
        register = _of_size(register, *sizes(on)[criteria.size])
    if criteria.cause:
        # joined, SQLite tries each of the register
        register = register.filter(pk__in=_listing(Organisation.causes.through, cause=criteria.cause))
    if criteria.service:
        giving = _listing(Organisation.service_types.through, servicetype=criteria.service)
        register = register.filter(pk__in=giving)
    return register


def _listing(through: Any, **code: str) -> QuerySet:
    """The organisations that have a cause or a service themselves, and those that stand for one that has."""
    rows = through.objects.filter(**code).values("organisation_id")
    merged = Organisation.objects.filter(merged_into__isnull=False, pk__in=rows).order_by()
    return rows.union(merged.values("merged_into_id"))


def _of_size(register: OrganisationQuerySet, start: Decimal, end: Decimal | None) -> OrganisationQuerySet:
    """Those with a yearly income from `start` and below `end`, in pounds.

    The largest are few, and found by the index of incomes. Any other size is common: there an index of incomes costs
    more than it saves, for names are then put in order by hand, so the sum keeps SQLite from using it.
    """
    if end is None:
        return register.filter(latest_income__gte=start)
    as_it_is = ExpressionWrapper(F("latest_income") + Value(0, IntegerField()), output_field=MoneyField())
    return register.alias(income=as_it_is).filter(income__gte=start, income__lt=end)


def numbers_by_district(by: date) -> dict[str, int]:
    """How many active organisations of each district, by its code, had come to the register by the end of a day."""
    since = datetime.combine(by + timedelta(days=1), time(), tzinfo=timezone.get_current_timezone())
    found = Organisation.objects.active().filter(created_at__lt=since, district__isnull=False)
    return dict(found.order_by().values_list("district").annotate(number=Count("pk")).values_list("district", "number"))
