"""Bringing published counts of people, such as the Census's district tables, into Trellis."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from trellis.audit import commands as audit
from trellis.commissioning.models import AreaFigure
from trellis.commissioning.rules.equality_tables import Count
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.places import queries as places


@dataclass(frozen=True)
class Brought:
    """What came of a table: counts kept, and counts of places that are not ours."""

    kept: int
    elsewhere: int


@transaction.atomic
def bring_area_figures(
    *, counts: Iterable[Count], group: str, source: str, counted_on: date, published_on: date, by: Actor
) -> Brought:
    """Keep the counts of the districts that we serve; the same source and measure again replaces what was there.

    `group` is the group that the table is about, as the rulebook names it, empty for everybody.
    """
    if published_on < counted_on:
        raise RuleBroken("A count is published after the day that it is about.")
    ours = {district.pk: district for district in places.districts_served()}
    kept = elsewhere = 0
    for count in counts:
        if count.district not in ours:
            elsewhere += 1
            continue
        AreaFigure.objects.update_or_create(
            district=ours[count.district],
            source=source,
            measure=count.measure,
            defaults={"people": count.people, "group": group, "counted_on": counted_on, "published_on": published_on},
        )
        kept += 1
    if not kept:
        raise RuleBroken("None of its places is a district of ours: load the districts first, or look at its codes.")
    facts = {"kept": kept, "elsewhere": elsewhere, "group": group, "published_on": published_on.isoformat()}
    audit.record(by=by, action="commissioning.bring_area_figures", subject=f"figures of {source}", facts=facts)
    return Brought(kept, elsewhere)
