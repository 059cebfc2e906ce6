"""Rows that a list or a register had last time and has no more. They are flagged and told; nothing else is done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db import transaction

from trellis.core.many import among
from trellis.organisations.imports import list_rows, reported, runs
from trellis.organisations.imports.reading import Reading
from trellis.organisations.imports.reported import Reported
from trellis.organisations.imports.tables import CHARITY, DAY
from trellis.organisations.models import ImportLine, ImportRun, SourceList, SourceRow
from trellis.organisations.rules import sources as rules

BATCH = 5_000
NOTE = "none_is_gone"  # under which a run's notes keep why rows that its file lacks are not taken for gone


class Met(Protocol):
    """Which kept rows a file has, and how many of its lines nobody can read."""

    unreadable: int

    def __contains__(self, row: int) -> bool: ...


@dataclass(frozen=True)
class Passed:
    """A file that has gone by: what was met, in which table, and what is known of the file.

    `extent` is what a person said of it (reading.WHOLE, PART); `day` its own, where it has one: what a later file
    brought is not gone from an earlier one.
    """

    met: Met
    table: str = list_rows.TABLE
    extent: str = ""
    day: str = ""


def of_list(reading: Reading, met: Met) -> Passed:
    """A list that has gone by."""
    return Passed(met, extent=reading.extent)


def gone(run: ImportRun, passed: Passed) -> tuple[list[int], dict[str, str]]:
    """The kept rows that are gone from a file, once all its rows have gone by; or, as a note, why none is."""
    rows = SourceRow.objects.filter(source=run.source_id, table=passed.table, gone_in__isnull=True)
    held, missing = 0, []
    for row in rows.values_list("pk", flat=True).order_by().iterator():
        held += 1
        if row not in passed.met:
            missing.append(row)
    why = rules.why_none_is_gone(
        extent=passed.extent, held=held, missing=len(missing), unreadable=passed.met.unreadable,
        is_register=run.source.kind == SourceList.Kind.REGISTER,
    )  # fmt: skip
    return ([], {NOTE: why}) if why else (_not_later(missing, passed), {})


def lines_of(rows: Sequence[int]) -> Iterator[Reported]:
    """What a report says of rows that are gone."""
    for some in _batches(rows):
        found = SourceRow.objects.filter(pk__in=among(some), organisation__isnull=False)
        for organisation, name in found.values_list("organisation_id", "organisation__name"):
            yield Reported(0, ImportLine.Outcome.GONE, name, organisation, {})


@transaction.atomic
def flag_gone(run: ImportRun, passed: Passed) -> dict[str, str]:
    """Flag the rows that are gone, at the end of a run's file; what to note of it.

    Raises Stopped when somebody has paused or cancelled the run: then nothing is flagged.
    """
    rows, note = gone(run, passed)
    reported.keep(run, lines_of(rows))
    for some in _batches(rows):
        SourceRow.objects.filter(pk__in=among(some)).update(gone_in=run)
    going_on = ImportRun.objects.filter(pk=run.pk, status=ImportRun.Status.RUNNING, batches=run.batches)
    if not going_on.update(gone=SourceRow.objects.filter(gone_in=run).count()):
        raise runs.Stopped
    return note


def _not_later(rows: Sequence[int], passed: Passed) -> list[int]:
    """Without those that a later file brought; only the extract of charities says of which day it is."""
    if passed.table != CHARITY.name:
        return list(rows)
    kept = []
    for some in _batches(rows):
        days = SourceRow.objects.filter(pk__in=among(some)).values_list("pk", f"data__{DAY}")
        kept += [pk for pk, day in days if str(day or "") <= passed.day]
    return kept


def _batches(rows: Sequence[int]) -> Iterator[Sequence[int]]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))
