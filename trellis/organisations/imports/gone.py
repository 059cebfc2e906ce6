"""Rows that a list had last time and has no more. They are flagged and told; nothing else is done about them."""

from collections.abc import Iterator, Sequence

from django.db import transaction

from trellis.core.many import among
from trellis.organisations.imports import reported, runs
from trellis.organisations.imports.list_rows import TABLE, Met
from trellis.organisations.imports.reading import Reading
from trellis.organisations.imports.reported import Reported
from trellis.organisations.models import ImportLine, ImportRun, SourceRow
from trellis.organisations.rules import sources as rules

BATCH = 5_000
NOTE = "none_is_gone"  # under which a run's notes keep why rows that its file lacks are not taken for gone


def gone(run: ImportRun, reading: Reading, met: Met) -> tuple[list[int], dict[str, str]]:
    """The kept rows that are gone from a list, once all its rows have gone by; or, as a note, why none is."""
    rows = SourceRow.objects.filter(source=run.source_id, table=TABLE, gone_in__isnull=True)
    held, missing = 0, []
    for row in rows.values_list("pk", flat=True).order_by().iterator():
        held += 1
        if row not in met:
            missing.append(row)
    why = rules.why_none_is_gone(
        extent=reading.extent, held=held, missing=len(missing), unreadable=met.unreadable
    )  # fmt: skip
    return ([], {NOTE: why}) if why else (missing, {})


def lines_of(rows: Sequence[int]) -> Iterator[Reported]:
    """What a report says of rows that are gone."""
    for some in _batches(rows):
        found = SourceRow.objects.filter(pk__in=among(some), organisation__isnull=False)
        for organisation, name in found.values_list("organisation_id", "organisation__name"):
            yield Reported(0, ImportLine.Outcome.GONE, name, organisation, {})


@transaction.atomic
def flag_gone(run: ImportRun, reading: Reading, met: Met) -> dict[str, str]:
    """Flag the rows that are gone, at the end of a run's list; what to note of it.

    Raises Stopped when somebody has paused or cancelled the run: then nothing is flagged.
    """
    rows, note = gone(run, reading, met)
    reported.keep(run, lines_of(rows))
    for some in _batches(rows):
        SourceRow.objects.filter(pk__in=among(some)).update(gone_in=run)
    going_on = ImportRun.objects.filter(pk=run.pk, status=ImportRun.Status.RUNNING, batches=run.batches)
    if not going_on.update(gone=SourceRow.objects.filter(gone_in=run).count()):
        raise runs.Stopped
    return note


def _batches(rows: Sequence[int]) -> Iterator[Sequence[int]]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))
