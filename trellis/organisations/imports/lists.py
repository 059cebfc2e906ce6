"""Any list of organisations, read into the register: its rows, batch by batch, and a trial of them that is undone."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.utils.text import slugify

from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.organisations import search
from trellis.organisations.imports import days, gone, list_rows, mapping, registers, reported, runs, sheets
from trellis.organisations.imports.harmless import Passage
from trellis.organisations.imports.list_rows import Plan
from trellis.organisations.imports.reading import GUESSED, Reading
from trellis.organisations.imports.reported import Spool
from trellis.organisations.imports.rows import RawRow
from trellis.organisations.imports.runs import Outcome
from trellis.organisations.imports.sheets import Sheet
from trellis.organisations.models import ImportRun, SourceList
from trellis.organisations.rules import sources as rules

BATCH = 2000
LONG = 5 << 20  # bytes: the batches of a longer list are tried each by itself, for others who write must not wait
Progress = Callable[[str, int], None]


class _Undo(Exception):
    """Ends a trial's transaction."""


def import_organisations(
    *, path: Path, by: Actor, source: str = "", columns: Mapping[str, str] | None = None, reading: Reading = GUESSED,
    progress: Progress = lambda table, line: None,
) -> ImportRun:  # fmt: skip
    """Read a list at once. `columns` gives each of its columns a field of ours, or nothing; `source` is its code.

    Taken up again when it broke off, as the register's import is. Raises RuleBroken when it is not on record whose the
    list is, when the file or the columns make no sense, or when another import is running.
    """
    listing = recorded_source(source or path.stem)
    sheet = sheets.sheet_at(path, reading=reading)
    chosen = dict(columns) if columns is not None else proposal(sheet, listing)
    mapping.check(chosen, sheet.heading)
    with runs.only_one():
        digest = digest_of(path, chosen, reading)
        run = runs.start_or_resume(source=listing, file_name=path.name, file_digest=digest, by=by)
        ImportRun.objects.filter(pk=run.pk).update(mapping=chosen, reading=reading.kept)
        remember(listing, chosen, reading)
        run.mapping, run.reading = chosen, reading.kept
        return read(run, sheet, by=by, progress=progress)


def recorded_source(name: str) -> SourceList:
    """The source of that code or name. Raises RuleBroken unless it may be read today."""
    found = SourceList.objects.filter(code=slugify(name)[:40]).first()
    if not found:
        raise RuleBroken(rules.SAY_FIRST)
    rules.check_may_be_read(found, clock.today())
    return found


def proposal(sheet: Sheet, source: SourceList) -> dict[str, str]:
    """What the columns of a list would mean, if nobody says otherwise."""
    register = registers.recognised(sheet.heading)
    before = register.meanings(sheet.heading) if register else {}
    return mapping.proposed(sheet.heading, sheet.samples(), before | source.mapping)


def remember(source: SourceList, columns: Mapping[str, str], reading: Reading) -> None:
    """Keep what the columns mean, and how the file was read, for the source's next file."""
    SourceList.objects.filter(pk=source.pk).update(mapping=dict(columns), reading=reading.kept)


def read(
    run: ImportRun, sheet: Sheet, *, by: Actor, progress: Progress = lambda table, line: None
) -> ImportRun:  # fmt: skip
    """Read a run's list to its end, or to where somebody paused it. Raises RuleBroken when it cannot be read."""
    try:
        notes = _read(run, sheet, progress)
    except runs.Stopped:
        return runs.stopped(run)
    except RuleBroken as broken:
        runs.fail(run, broken.sentence, by=by)
        raise
    ImportRun.objects.filter(pk=run.pk).update(notes=notes)
    return runs.finish(run, by=by)


def trial(run: ImportRun, sheet: Sheet) -> tuple[Outcome, int, dict, Spool]:
    """What reading the list would do, its number of rows, what it held, and its report: it is done, and undone."""
    total, met, count, spool = Outcome(), list_rows.Met(), 0, Spool()
    plan, passage = _plan(run, sheet), _passage(run, sheet)
    rows = passage.rows()
    is_long = sheet.path.stat().st_size > LONG
    while together := list(islice(rows, BATCH)):
        with suppress(_Undo), transaction.atomic():
            while together:
                outcome = list_rows.take(run, plan, together, met)
                count += len(together)
                _add_up(total, outcome)
                spool.add(outcome.lines)
                together = [] if is_long else list(islice(rows, BATCH))
            raise _Undo
    rows_gone, note = gone.gone(run, gone.of_list(plan.reading, met))
    spool.add(gone.lines_of(rows_gone))
    total.gone = len(rows_gone)
    notes = passage.notes | note | _faulty(met) | ({"apart": BATCH} if is_long else {})
    return total, count, notes, spool


def digest_of(path: Path, columns: Mapping[str, str], reading: Reading) -> str:
    """Of the file, and of what its columns mean."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    digest.update(repr(sorted(columns.items())).encode())
    if reading.kept:
        digest.update(json.dumps(reading.kept, sort_keys=True).encode())
    return digest.hexdigest()


def _read(run: ImportRun, sheet: Sheet, progress: Progress) -> dict:
    met, done = list_rows.Met(), run.checkpoint.get(list_rows.TABLE, 0)
    plan, passage = _plan(run, sheet), _passage(run, sheet)
    for batch in _batches(passage.rows(), done):
        if batch[-1].line <= done:
            list_rows.skip(run, plan, batch, met)
            continue
        with transaction.atomic():
            runs.hold_basis(run)
            outcome = list_rows.take(run, plan, batch, met)
            reported.keep(run, (line for line in outcome.lines if line.outcome != "unchanged"))
            runs.count_on(run, list_rows.TABLE, batch[-1].line, outcome)
        progress(run.file_name, batch[-1].line)
    note = gone.flag_gone(run, gone.of_list(plan.reading, met))
    with transaction.atomic():
        search.recount()
    return passage.notes | note | _faulty(met)


def _faulty(met: list_rows.Met) -> dict[str, int]:
    """How many rows came in without a value that could not be read."""
    return {"faulty": met.faulty} if met.faulty else {}


def _batches(rows: Iterator[RawRow], done: int) -> Iterator[list[RawRow]]:
    """Batches of rows, none of which spans the line that was done before."""
    while batch := list(islice(rows, BATCH)):
        before = [row for row in batch if row.line <= done]
        yield from (part for part in (before, batch[len(before) :]) if part)


def _plan(run: ImportRun, sheet: Sheet) -> Plan:
    """The order of its dates is told from them, unless somebody said it."""
    found = None if sheet.reading.day_order else days.order_of(sheet, run.mapping)
    reading = replace(sheet.reading, day_order=found.order) if found else sheet.reading
    return Plan(sheet.heading, run.mapping, reading)


def _passage(run: ImportRun, sheet: Sheet) -> Passage:
    return Passage(sheet, run.mapping, keeps_contacts=run.source.keeps_contacts)


def _add_up(total: Outcome, outcome: Outcome) -> None:
    total.added += outcome.added
    total.changed += outcome.changed
    total.unchanged += outcome.unchanged
    total.aside += outcome.aside
    total.refusals += outcome.refusals
