"""Saying where a partner works, from a day on."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import Max

from trellis.audit import commands as audit
from trellis.commissioning.models import Outcome
from trellis.contracts import queries
from trellis.contracts.models import Contract, Coverage, Partner
from trellis.contracts.queries.coverage import standing
from trellis.contracts.rules import shares as rules
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.periods import ONE_DAY
from trellis.places.models import District


@transaction.atomic
def restate_coverage(
    *, partner: Partner, starts_on: date, places: Collection[tuple[District, Outcome]], reason: str, by: Actor
) -> None:
    """Say in which districts a partner works towards which outcomes, from a day on; what was before stays true.

    `places` is all that it covers from then: what is not named ends the day before. RuleBroken for a day that has
    passed, and for a day before the latest that was agreed.
    """
    Contract.objects.select_for_update().get(pk=partner.contract_id)
    latest = Coverage.objects.filter(partner=partner).aggregate(latest=Max("starts_on"))["latest"]
    rules.check_can_cover(
        starts_on=starts_on,
        today=clock.today(),
        is_member=queries.partners(partner.contract, starts_on).filter(pk=partner.pk).exists(),
        latest_start=latest,
    )
    wanted = {(district.pk, outcome.pk): (district, outcome) for district, outcome in places}
    kept = set()
    for row in Coverage.objects.filter(standing(starts_on), partner=partner):
        if (row.district_id, row.outcome_id) in wanted:
            kept.add((row.district_id, row.outcome_id))
        else:
            _end(row, starts_on)
    Coverage.objects.bulk_create(
        Coverage(partner=partner, district=district, outcome=outcome, starts_on=starts_on)
        for place, (district, outcome) in wanted.items()
        if place not in kept
    )
    audit.record(
        by=by,
        action="contracts.restate_coverage",
        subject=f"partner {partner.organisation.reference}",
        reason=reason[:500],
        facts={"from": str(starts_on), "places": sorted(f"{district} {outcome}" for district, outcome in wanted)},
    )


def _end(row: Coverage, starts_on: date) -> None:
    """A row from this very day was never in force, so it goes; an earlier one ends the day before."""
    if row.starts_on == starts_on:
        row.delete()
    else:
        Coverage.objects.filter(pk=row.pk).update(ends_on=starts_on - ONE_DAY)
