"""The charity register's public extract, read into the register of organisations."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from django.db import transaction

from trellis.core import clock
from trellis.core.actors import IMPORT, Actor
from trellis.core.errors import RuleBroken
from trellis.organisations import search
from trellis.organisations.imports import charity_rows, gone, runs, side_rows
from trellis.organisations.imports.charity_rows import Met
from trellis.organisations.imports.extract import Extract, Part, extract_at
from trellis.organisations.imports.rows import RawRow
from trellis.organisations.imports.runs import Outcome
from trellis.organisations.imports.seen import Seen
from trellis.organisations.imports.tables import CHARITY
from trellis.organisations.models import ImportRun, SourceList

SOURCE = "ccew"
BATCH = 4000  # rows a transaction: long enough to be fast, short enough that others who write wait under a second
Progress = Callable[[str, int], None]


def import_charities(
    *, path: Path, by: Actor, extent: str = "", progress: Progress = lambda table, line: None
) -> ImportRun:
    """Read the Charity Commission's public extract: a folder, a zip, or one table's file, tab-separated or JSON.

    Charities that it has no more are flagged, unless it looks like a part of the register; `extent` says what it is
    (reading.WHOLE, PART) where the guess is wrong.

    A batch of rows is one transaction, so an import that was killed is taken up again when the same file is sent
    again, and nothing is lost or doubled. Counts of the run are charities. `progress` hears the table and the line
    reached. Raises RuleBroken when nothing can be read there or another import is running.
    """
    with runs.only_one():
        extract = extract_at(path)
        run = runs.start_or_resume(source=source(), file_name=extract.name, file_digest=extract.digest, by=by)
        try:
            notes = _read(run, extract, extent, progress)
        except runs.Stopped:
            return runs.stopped(run)
        except RuleBroken as broken:
            runs.fail(run, broken.sentence, by=by)
            raise
        ImportRun.objects.filter(pk=run.pk).update(notes=notes)
        return runs.finish(run, by=by)


def source() -> SourceList:
    """The register as a source: the most trusted of them."""
    fields = {
        "name": "Register of charities",
        "owner": "Charity Commission for England and Wales",
        "kind": SourceList.Kind.REGISTER,
        "rank": 10,
        "terms": SourceList.Terms.LICENCE,
        "agreement_reference": "Open Government Licence 3.0",
        "contact_basis": SourceList.Basis.PUBLIC_TASK,
        "contact_basis_words": "The register publishes them so that people can reach the charity.",
        "recorded_at": clock.now(),
        "recorded_by": IMPORT.actor_name,
    }
    return SourceList.objects.get_or_create(code=SOURCE, defaults=fields)[0]


def _read(run: ImportRun, extract: Extract, extent: str, progress: Progress) -> dict[str, str]:
    """Read its tables; what to note of it. An extract without the main table says nothing of which charities it has."""
    met = Met()
    for part in extract.parts:
        if part.table is CHARITY:
            _read_part(run, part, progress, lambda batch: charity_rows.take(run, batch, met),
                       lambda batch: charity_rows.skip(run, batch, met))  # fmt: skip
        else:
            _read_side(run, part, progress, met)
    has_main = any(part.table is CHARITY for part in extract.parts)
    passed = gone.Passed(met, table=CHARITY.name, extent=extent, day=met.day)
    note = gone.flag_gone(run, passed) if has_main else {}
    with transaction.atomic():
        search.recount()
    return note


def _read_side(run: ImportRun, part: Part, progress: Progress, met: Met) -> None:
    seen = Seen()
    line = _read_part(
        run, part, progress, lambda batch: side_rows.take(run, part.table, batch, met, seen),
        lambda batch: side_rows.skip(run, part.table, batch, seen),
    )  # fmt: skip
    with transaction.atomic():
        outcome = side_rows.withdraw_unseen(run, part.table, met, seen)
        if outcome.changed:
            runs.count_on(run, part.table.name, line, outcome)


def _read_part(
    run: ImportRun,
    part: Part,
    progress: Progress,
    take: Callable[[list[RawRow]], Outcome],
    skip: Callable[[list[RawRow]], None],
) -> int:
    """Read one file batch by batch; the last line of it."""
    done = run.checkpoint.get(part.table.name, 0)
    line = done
    for batch in _batches(part.rows(), done):
        line = batch[-1].line
        if line <= done:
            skip(batch)
            continue
        with transaction.atomic():
            runs.hold_basis(run)
            runs.count_on(run, part.table.name, line, take(batch))
        progress(part.table.name, line)
    return line


def _batches(rows: Iterator[RawRow], done: int) -> Iterator[list[RawRow]]:
    """Batches of rows, none of which spans the line that was done before."""
    while batch := list(islice(rows, BATCH)):
        before = [row for row in batch if row.line <= done]
        yield from (part for part in (before, batch[len(before) :]) if part)
