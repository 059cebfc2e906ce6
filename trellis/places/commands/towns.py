"""Which town each outward code is known by."""

from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from trellis.audit import commands as audit
from trellis.core.actors import Actor
from trellis.places import postcodes, tables
from trellis.places.commands.postcodes import Report
from trellis.places.models import Town
from trellis.places.tables import Refusal

# Headings of "UK postcodes" by Andrew Gibbs (CC0), and of tables made like it.
COLUMNS = {
    "outward code": r"postcode|outcode|outward code",
    "town": r"town|post ?town",
    "latitude": r"lat(itude)?",
    "longitude": r"lon(gitude)?|lng",
}


def import_towns(*, path: Path, by: Actor) -> Report:
    """Load the town and the middle of each outward code; again, and nothing changes.

    Raises RuleBroken when the file is no such table.
    """
    report = Report()
    rows = {row.outcode: row for row in _rows(path, report)}
    with transaction.atomic():
        old = {row.outcode: _facts(row) for row in Town.objects.all()}
        report.added = len(rows.keys() - old.keys())
        report.unchanged = sum(old.get(code) == _facts(row) for code, row in rows.items())
        report.changed = len(rows) - report.added - report.unchanged
        Town.objects.bulk_create(
            rows.values(), update_conflicts=True, unique_fields=["outcode"],
            update_fields=["name", "latitude", "longitude"],
        )  # fmt: skip
        counts = {"added": report.added, "changed": report.changed, "refused": len(report.refusals)}
        audit.record(by=by, action="places.import_towns", subject=f"file {path.name}"[:80], facts=counts)
    return report


def _facts(town: Town) -> tuple:
    return town.name, town.latitude, town.longitude


def _rows(path: Path, report: Report) -> Iterator[Town]:
    for line, row in tables.rows(path, COLUMNS):
        try:
            yield _town(row)
        except ValueError as error:
            report.refusals.append(Refusal(line, str(error)))


def _town(row: dict[str, str]) -> Town:
    code = postcodes.outcode(row["outward code"])
    if not code or postcodes.normalised(row["outward code"]):
        raise ValueError(f"“{row['outward code']}” is not the first half of a postcode.")
    try:
        latitude, longitude = float(row["latitude"]), float(row["longitude"])
    except ValueError:
        raise ValueError("Its latitude or longitude is not a number.") from None
    if not (49 < latitude < 61 and -9 < longitude < 2):
        raise ValueError("Its latitude and longitude are not in the United Kingdom.")
    return Town(outcode=code, name=row["town"][:80], latitude=latitude, longitude=longitude)
