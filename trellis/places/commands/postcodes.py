"""Loading postcodes, and the districts that they lie in."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.db import transaction

from trellis.audit import commands as audit
from trellis.core.actors import Actor
from trellis.places import codepoint
from trellis.places.codepoint import Refusal, Row
from trellis.places.models import District, Outcode, Postcode

BATCH = 5000


@dataclass
class Report:
    """What an import of postcodes did."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refusals: list[Refusal] = field(default_factory=list)


def import_postcodes(*, path: Path, by: Actor, progress: Callable[[int], None] = lambda line: None) -> Report:
    """Load a Code-Point Open file; again, and nothing changes.

    A batch is one transaction. A district that is not known yet is added as a neighbour, not served, where the file
    gives its name; where it gives only a code, its postcodes have a position and no district. `progress` hears the line
    reached. Raises RuleBroken when the file is no list of postcodes.
    """
    report = Report()
    rows = codepoint.read(path)
    while batch := list(islice(rows, BATCH)):
        with transaction.atomic():
            _load(list(_accepted(batch, report)), report)
        progress(batch[-1][0])
    with transaction.atomic():
        _refresh_outcodes()
        audit.record(by=by, action="places.import_postcodes", subject=f"file {path.name}"[:80], facts=_facts(report))
    return report


def _facts(report: Report) -> dict[str, int]:
    counts = {"added": report.added, "changed": report.changed, "unchanged": report.unchanged}
    return counts | {"refused": len(report.refusals)}


def _accepted(batch: Iterable[tuple[int, Row | Refusal]], report: Report) -> Iterator[Row]:
    """The rows that can be taken; a postcode's second row in a batch cannot."""
    seen = set()
    for line, row in batch:
        if isinstance(row, Refusal):
            report.refusals.append(row)
        elif row.postcode in seen:
            report.refusals.append(Refusal(line, f"{row.postcode} is already on an earlier line."))
        else:
            seen.add(row.postcode)
            yield row


def _load(rows: list[Row], report: Report) -> None:
    known = _known_districts(rows)
    old = {row.postcode: row for row in Postcode.objects.filter(postcode__in=[row.postcode for row in rows])}
    due = []
    for row in rows:
        new = Postcode(
            postcode=row.postcode, latitude=row.latitude, longitude=row.longitude,
            district_id=row.district[0] if row.district[0] in known else None,
            positional_quality=row.positional_quality, ward=row.ward,
        )  # fmt: skip
        if row.postcode not in old:
            report.added += 1
        elif _facts_of(old[row.postcode]) != _facts_of(new):
            report.changed += 1
        else:
            report.unchanged += 1
            continue
        due.append(new)
    Postcode.objects.bulk_create(
        due, update_conflicts=True, unique_fields=["postcode"],
        update_fields=["latitude", "longitude", "district", "positional_quality", "ward"],
    )  # fmt: skip


def _facts_of(row: Postcode) -> tuple:
    return row.latitude, row.longitude, row.district_id, row.positional_quality, row.ward


def _known_districts(rows: list[Row]) -> set[str]:
    """The codes of the districts in hand, after adding those that the file names for the first time."""
    known = set(District.objects.values_list("code", flat=True))
    strangers = defaultdict(list)
    for row in rows:
        if row.district[1] and row.district[0] not in known:
            strangers[row.district].append(row)
    taken = set(District.objects.values_list("name", flat=True))
    added = [
        District(
            code=code, name=name if name not in taken else f"{name} ({code})", is_served=False,
            latitude=_mean(row.latitude for row in here), longitude=_mean(row.longitude for row in here),
        )
        for (code, name), here in strangers.items()
    ]  # fmt: skip
    District.objects.bulk_create(added)
    return known | {district.code for district in added}


def _refresh_outcodes() -> None:
    """The district in which most postcodes with the same first half lie; ties to the lower code."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0])
    placed = Postcode.objects.filter(district__isnull=False)
    for postcode, district, latitude, longitude in placed.values_list(
        "postcode", "district", "latitude", "longitude"
    ).iterator():
        votes[postcode[:-3]][district] += 1
        total = sums[postcode[:-3]]
        total[0], total[1], total[2] = total[0] + latitude, total[1] + longitude, total[2] + 1
    Outcode.objects.bulk_create(
        [
            Outcode(outcode=outcode, district_id=min(count, key=lambda code: (-count[code], code)),
                    latitude=sums[outcode][0] / sums[outcode][2], longitude=sums[outcode][1] / sums[outcode][2])
            for outcode, count in votes.items()
        ],
        update_conflicts=True, unique_fields=["outcode"], update_fields=["district", "latitude", "longitude"],
    )  # fmt: skip


def _mean(numbers: Iterable[float]) -> float:
    values = list(numbers)
    return sum(values) / len(values)
