"""The outlines of districts, for maps."""

from pathlib import Path

from django.db import transaction

from trellis.audit import commands as audit
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.places import geojson
from trellis.places.commands.postcodes import Report
from trellis.places.geojson import Ring
from trellis.places.models import Boundary, District
from trellis.places.tables import Refusal


def import_boundaries(*, path: Path, source: str, by: Actor) -> Report:
    """Load the outlines of districts from a GeoJSON file; again, and nothing changes.

    Refused, by the number of its feature: what is no polygon, has no code of a district that is known here, or comes
    twice. Raises RuleBroken when the file is no GeoJSON of features, or nothing in it can be taken.
    """
    report = Report()
    new = _accepted(path, report)
    if not new:
        first = report.refusals[0].reason
        raise RuleBroken(f"Nothing in this file can be taken. The first reason: {first}")
    with transaction.atomic():
        old = dict(Boundary.objects.values_list("district_id", "rings"))
        report.added = len(new.keys() - old.keys())
        report.unchanged = sum(old.get(code) == rings for code, rings in new.items())
        report.changed = len(new) - report.added - report.unchanged
        Boundary.objects.bulk_create(
            [Boundary(district_id=code, rings=rings, source=source) for code, rings in new.items()],
            update_conflicts=True, unique_fields=["district"], update_fields=["rings", "source"],
        )  # fmt: skip
        counts = {"added": report.added, "changed": report.changed, "refused": len(report.refusals)}
        audit.record(by=by, action="places.import_boundaries", subject=f"file {path.name}"[:80], facts=counts)
    return report


def _accepted(path: Path, report: Report) -> dict[str, list[Ring]]:
    known = set(District.objects.values_list("code", flat=True))
    new: dict[str, list[Ring]] = {}
    for place, found in enumerate(geojson.read(path), start=1):
        if isinstance(found, Refusal):
            report.refusals.append(found)
        elif found.code not in known:
            report.refusals.append(Refusal(place, f"{found.code} is not a district that is known here."))
        elif found.code in new:
            report.refusals.append(Refusal(place, f"{found.code} is already in an earlier feature."))
        else:
            new[found.code] = found.rings
    return new
