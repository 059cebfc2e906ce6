"""Any list of organisations, from its columns being proposed to its rows being in the register."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path

from django.core.files import File
from django.db import transaction
from django.utils.text import slugify
from django_tasks import task

from trellis.audit import commands as audit
from trellis.core import clock, references
from trellis.core.actors import IMPORT, Actor
from trellis.core.errors import RuleBroken
from trellis.organisations import search
from trellis.organisations.imports import list_rows, mapping, runs, sheets
from trellis.organisations.imports.rows import RawRow
from trellis.organisations.imports.runs import Outcome
from trellis.organisations.imports.seen import Seen
from trellis.organisations.imports.sheets import Sheet
from trellis.organisations.models import ImportRun, SourceList

BATCH = 2000
Status = ImportRun.Status
Progress = Callable[[str, int], None]


class _Undo(Exception):
    """Ends a trial's transaction."""


def import_organisations(
    *, path: Path, by: Actor, source: str = "", columns: Mapping[str, str] | None = None,
    progress: Progress = lambda table, line: None,
) -> ImportRun:  # fmt: skip
    """Read a list at once. `columns` gives each of its columns a field of ours, or nothing; `source` is its code.

    Taken up again when it broke off, as the register's import is. Raises RuleBroken when the file or the columns make
    no sense, or another import is running.
    """
    sheet = sheets.sheet_at(path)
    listing = source_list(source or path.stem)
    chosen = dict(columns) if columns is not None else proposal(sheet, listing)
    mapping.check(chosen, sheet.heading)
    with runs.only_one():
        run = runs.start_or_resume(source=listing, file_name=path.name, file_digest=_digest(path, chosen), by=by)
        ImportRun.objects.filter(pk=run.pk).update(mapping=chosen)
        SourceList.objects.filter(pk=listing.pk).update(mapping=chosen)
        run.mapping = chosen
        return _read_or_fail(run, sheet, by, progress)


def upload_list(*, upload: File, file_name: str, source: str, by: Actor) -> ImportRun:
    """Keep a file that somebody sent, and propose what its columns mean. Raises RuleBroken when it is no list."""
    with transaction.atomic():
        run = references.create_with_reference(
            ImportRun, "IMP", source=source_list(source), file_name=file_name[:255], file_digest="",
            status=Status.MAPPING, started_by=by.actor_name,
        )  # fmt: skip
        run.stored_file.save(f"{run.reference}{Path(file_name).suffix.lower()[:5]}", upload, save=True)
        try:
            sheet = sheets.sheet_at(Path(run.stored_file.path))
        except RuleBroken as broken:
            run.stored_file.delete(save=False)
            raise RuleBroken(broken.sentence.replace(run.reference, "The file"), field="file") from broken
        run.mapping = proposal(sheet, run.source)
        run.save(update_fields=["mapping"])
        audit.record(by=by, action="organisations.upload_list", subject=f"import {run.reference}",
                     facts={"source": run.source.code})  # fmt: skip
    return run


def check_list(*, run: ImportRun, columns: Mapping[str, str], by: Actor) -> ImportRun:
    """Note what the columns mean, and find out what the list would do: a trial that is undone, and counted."""
    sheet = sheets.sheet_at(Path(run.stored_file.path))
    mapping.check(columns, sheet.heading)
    run.mapping = dict(columns)
    outcome, rows = _trial(run, sheet)
    with transaction.atomic():
        checked = ImportRun.objects.filter(pk=run.pk, status__in=[Status.MAPPING, Status.CHECKED]).update(
            status=Status.CHECKED, mapping=run.mapping, rows_total=rows, added=outcome.added, changed=outcome.changed,
            unchanged=outcome.unchanged, refused=len(outcome.refusals),
        )  # fmt: skip
        if not checked:
            raise RuleBroken("This list is being brought in already.")
        run.refusals.all().delete()
        runs.keep_refusals(run, list_rows.TABLE, outcome)
        audit.record(by=by, action="organisations.check_list", subject=f"import {run.reference}", facts={"rows": rows})
    run.refresh_from_db()
    return run


def confirm_list(*, run: ImportRun, by: Actor) -> None:
    """Bring a checked list in, in the background; what its columns mean is remembered for the source's next list."""
    digest = _digest(Path(run.stored_file.path), run.mapping)
    with transaction.atomic():
        confirmed = ImportRun.objects.filter(pk=run.pk, status=Status.CHECKED).update(
            status=Status.WAITING, file_digest=digest, added=0, changed=0, unchanged=0, refused=0
        )
        if not confirmed:
            raise RuleBroken("This list was confirmed already, or has not been checked yet.")
        run.refusals.all().delete()
        SourceList.objects.filter(pk=run.source_id).update(mapping=run.mapping)
        audit.record(by=by, action="organisations.confirm_list", subject=f"import {run.reference}")
        transaction.on_commit(lambda: read_uploaded.enqueue(run.reference))


@task()
def read_uploaded(reference: str) -> None:
    """The background's part: bring in a list that was confirmed, after any other import that is running."""
    run = ImportRun.objects.select_related("source").get(reference=reference)
    with runs.only_one(wait=True):
        ready = ImportRun.objects.filter(pk=run.pk, status__in=[Status.WAITING, Status.RUNNING])
        if not ready.update(status=Status.RUNNING, started_at=clock.now()):
            return
        run.refresh_from_db()
        try:
            _read_or_fail(run, sheets.sheet_at(Path(run.stored_file.path)), IMPORT)
        except RuleBroken:
            return  # the run says why, and its page shows it


def source_list(name: str) -> SourceList:
    """The source of that code or name; made when there is none."""
    code = slugify(name)[:40] or "list"
    return SourceList.objects.get_or_create(code=code, defaults={"name": name[:120]})[0]


def proposal(sheet: Sheet, source: SourceList) -> dict[str, str]:
    """What the columns of a list would mean, if nobody says otherwise."""
    return mapping.proposed(sheet.heading, sheet.samples(), source.mapping)


def _read_or_fail(run: ImportRun, sheet: Sheet, by: Actor, progress: Progress = lambda table, line: None) -> ImportRun:
    try:
        _read(run, sheet, progress)
    except RuleBroken as broken:
        runs.fail(run, broken.sentence, by=by)
        raise
    return runs.finish(run, by=by)


def _read(run: ImportRun, sheet: Sheet, progress: Progress) -> None:
    seen = Seen()
    done = run.checkpoint.get(list_rows.TABLE, 0)
    rows = _rows(sheet)
    while batch := list(islice(rows, BATCH)):
        before = [row for row in batch if row.line <= done]
        list_rows.skip(run, sheet.heading, before, seen)
        batch = batch[len(before) :]
        if batch:
            with transaction.atomic():
                outcome = list_rows.take(run, sheet.heading, batch, seen)
                runs.count_on(run, list_rows.TABLE, batch[-1].line, outcome)
            progress(run.file_name, batch[-1].line)
    with transaction.atomic():
        search.recount()


def _trial(run: ImportRun, sheet: Sheet) -> tuple[Outcome, int]:
    """What reading the list would do, and its number of rows: it is done, and undone."""
    total, seen, count = Outcome(), Seen(), 0
    rows = _rows(sheet)
    try:
        with transaction.atomic():
            while batch := list(islice(rows, BATCH)):
                outcome = list_rows.take(run, sheet.heading, batch, seen)
                count += len(batch)
                total.added += outcome.added
                total.changed += outcome.changed
                total.unchanged += outcome.unchanged
                total.refusals += outcome.refusals
            raise _Undo
    except _Undo:
        return total, count


def _rows(sheet: Sheet) -> Iterator[RawRow]:
    """The list's rows as raw rows, today's date in front: a list does not say when it was made."""
    today, width = clock.today().isoformat(), len(sheet.heading)
    for line, cells in sheet.rows():
        spare = cells[width:]
        if any(spare) or len(cells) < width:
            yield RawRow(line, cells, f"It has {len(cells)} columns, where the heading has {width}.")
        else:
            yield RawRow(line, (today, *cells[:width]))


def _digest(path: Path, columns: Mapping[str, str]) -> str:
    """Of the file and of what its columns mean."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    digest.update(repr(sorted(columns.items())).encode())
    return digest.hexdigest()
