"""How many organisations each choice of a filter would leave."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from trellis.core.many import among
from trellis.organisations import search
from trellis.organisations.models import Organisation, stands_for
from trellis.organisations.queries.directory import EITHER, Criteria, Matches, narrowed, sizes

MOST_COUNTED = 50_000  # organisations whose causes and services are counted while somebody waits
MOST_OF_TEXT = 5_000  # that one text finds
Counts = Mapping[str, int]


@dataclass(frozen=True)
class Facets:
    """For each filter, how many organisations each of its choices would leave; None where that was not counted."""

    district: Counts | None = None
    size: Counts | None = None
    cause: Counts | None = None
    service: Counts | None = None
    status: Counts | None = None


def facets(criteria: Criteria, ids: tuple[int, ...] | None, on: date) -> Facets:
    """The counts beside the filters: each with all other filters as they are. `ids`: what `found_by_text` gives.

    Nothing is counted for a text that finds too many for that.
    """
    if ids is None and criteria.text.strip():
        return Facets()

    def having(**changes: str) -> QuerySet[Organisation]:
        rows = narrowed(replace(criteria, **changes), on).order_by()
        return rows if ids is None else rows.filter(pk__in=among(ids))

    by_district = _counted(having(district=""), "district")
    whole = Facets(
        district=by_district,
        size=_by_size(having(size=""), on),
        status=_with_both(_counted(having(status=EITHER), "status")),
    )
    if sum(by_district.values()) > MOST_COUNTED:
        return whole
    members = None if ids is None else _with_merged(ids)
    return replace(
        whole,
        cause=_counted_in_lists(having(cause=""), Organisation.causes.through, "cause", members),
        service=_counted_in_lists(having(service=""), Organisation.service_types.through, "servicetype", members),
    )


def found_by_text(criteria: Criteria, matches: Matches, on: date) -> tuple[int, ...] | None:
    """Everything that a text finds whatever the filters; None where there is no text, or it finds too many to count.

    These may be many more than are listed, so they are in no order.
    """
    if not criteria.text.strip():
        return None
    plain = Criteria(text=criteria.text, status=EITHER)
    found = matches.found
    if criteria != plain or found is None or found.more:
        among_all = narrowed(plain, on)
        found = search.answer(criteria.text, among=among_all, most=MOST_OF_TEXT, ranked=False)
    return None if found.more else found.ids


def _counted(rows: QuerySet[Organisation], field: str) -> dict[str, int]:
    numbers = rows.values_list(field).annotate(number=Count("pk")).values_list(field, "number")
    return {str(value): number for value, number in numbers if value is not None}


def _with_merged(ids: Collection[int]) -> list[int]:
    """Some organisations with all that were merged into them."""
    return [*ids, *Organisation.objects.filter(merged_into__in=among(ids)).values_list("pk", flat=True)]


def _counted_in_lists(
    rows: QuerySet[Organisation], through: Any, code: str, members: Collection[int] | None
) -> dict[str, int]:
    """By each code of a list, also of those that were merged into what stands: each counted once.

    `members`: all that can be among them, where few can, so that not every organisation's list is read.
    """
    some = through.objects.all() if members is None else through.objects.filter(organisation_id__in=among(members))
    listed = some.annotate(stands=stands_for()).filter(stands__in=rows.values("pk"))
    return dict(listed.values_list(code).annotate(number=Count("stands", distinct=True)).values_list(code, "number"))


def _by_size(rows: QuerySet[Organisation], on: date) -> dict[str, int]:
    limits = {name: _between(*ends) for name, ends in sizes(on).items()}
    counted = rows.aggregate(**{f"n{place}": Count("pk", filter=limit) for place, limit in enumerate(limits.values())})
    return {name: counted[f"n{place}"] for place, name in enumerate(limits)}


def _between(start: object, end: object) -> Q:
    return Q(latest_income__gte=start) & (Q() if end is None else Q(latest_income__lt=end))


def _with_both(counts: dict[str, int]) -> dict[str, int]:
    return counts | {EITHER: sum(counts.values())}
