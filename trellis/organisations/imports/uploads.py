"""A list that somebody sent on a page, from its file being kept to its rows being in the register."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from django.core.files import File
from django.db import transaction
from django_tasks import task

from trellis.audit import commands as audit
from trellis.core import clock, references
from trellis.core.actors import IMPORT, Actor
from trellis.core.errors import RuleBroken
from trellis.organisations.imports import list_rows, lists, mapping, naming, reading, registers, reported, runs, sheets
from trellis.organisations.imports.reading import Reading
from trellis.organisations.imports.sheets import Sheet
from trellis.organisations.models import ImportRun, SourceList
from trellis.organisations.queries import imports as queries
from trellis.organisations.rules import sources as rules

Status = ImportRun.Status
AT_ONCE = 1 << 20  # bytes: a larger list is checked in the background
OPEN = (Status.MAPPING, Status.CHECKED, Status.CHECKING)


def upload_list(*, upload: File, file_name: str, by: Actor, source: str = "") -> ImportRun:
    """Keep a file that somebody sent, and propose whose it is and what its columns mean. Raises RuleBroken for no list.

    `source` is a list's code or name; without one it is told from the file. Where all is known, the list is checked.
    """
    with transaction.atomic():
        run = references.create_with_reference(
            ImportRun, "IMP", source=naming.source_called(source or Path(file_name).stem), file_name=file_name[:255],
            file_digest="", status=Status.MAPPING, started_by=by.actor_name,
        )  # fmt: skip
        run.stored_file.save(f"{run.reference}{Path(file_name).suffix.lower()[:5]}", upload, save=True)
        try:
            _propose(run, named=bool(source))
        except RuleBroken as broken:
            sentence = _in_words(broken, run)
            run.stored_file.delete(save=False)
            raise RuleBroken(sentence, field="file") from broken
        audit.record(by=by, action="organisations.upload_list", subject=f"import {run.reference}",
                     facts={"source": run.source.code})  # fmt: skip
        if rules.may_be_read(run.source, clock.today()) and "name" in run.mapping.values():
            _check_later(run)
    return run


def choose_source(*, run: ImportRun, source: SourceList, by: Actor) -> None:
    """Say whose list it is. What its columns mean is proposed anew. Raises RuleBroken once it has come in."""
    with transaction.atomic():
        before = run.source
        if not ImportRun.objects.filter(pk=run.pk, status__in=OPEN).update(source=source, status=Status.MAPPING):
            raise RuleBroken("This list is being brought in already.")
        run.source, run.status = source, Status.MAPPING
        naming.forget(before)
        _propose(run, named=True)
        audit.record(by=by, action="organisations.choose_source", subject=f"import {run.reference}",
                     facts={"source": source.code})  # fmt: skip
        if rules.may_be_read(source, clock.today()) and "name" in run.mapping.values():
            _check_later(run)


def read_differently(*, run: ImportRun, changed: Reading, by: Actor) -> Sheet:
    """Read a list otherwise than was guessed; what its columns mean is proposed anew. Raises RuleBroken."""
    try:
        sheet = sheets.sheet_at(Path(run.stored_file.path), reading=changed)
    except RuleBroken as broken:
        raise RuleBroken(_in_words(broken, run), field=broken.field) from broken
    with transaction.atomic():
        columns = lists.proposal(sheet, run.source) | {
            column: field for column, field in run.mapping.items() if column in sheet.heading
        }
        waiting = ImportRun.objects.filter(pk=run.pk, status__in=OPEN)
        if not waiting.update(reading=changed.kept, mapping=columns, status=Status.MAPPING):
            raise RuleBroken("This list is being brought in already.")
        audit.record(by=by, action="organisations.read_differently", subject=f"import {run.reference}",
                     facts={"reading": changed.kept})  # fmt: skip
    run.refresh_from_db()
    return sheet


def check_list(*, run: ImportRun, columns: Mapping[str, str], by: Actor) -> ImportRun:
    """Note what the columns mean, and find out what the list would do: a trial that is undone, and counted.

    A large list is tried in the background. Raises RuleBroken when it is not on record whose the list is.
    """
    sheet = queries.sheet(run)
    mapping.check(columns, sheet.heading)
    rules.check_may_be_read(run.source, clock.today())
    with transaction.atomic():
        if not ImportRun.objects.filter(pk=run.pk, status__in=OPEN).update(
            status=Status.CHECKING, mapping=dict(columns)
        ):
            raise RuleBroken("This list is being brought in already.")
        audit.record(by=by, action="organisations.check_list", subject=f"import {run.reference}")
    run.mapping = dict(columns)
    try:
        if run.stored_file.size > AT_ONCE:
            raise runs.Busy(runs.BUSY)
        _try(run, sheet, wait=False)
    except runs.Busy:
        check_uploaded.enqueue(run.reference)
    run.refresh_from_db()
    return run


def confirm_list(*, run: ImportRun, by: Actor) -> None:
    """Bring a checked list in, in the background; what its columns mean is remembered for the source's next list."""
    rules.check_may_be_read(run.source, clock.today())
    how = reading.of(run.reading)
    if not run.stored_file or not Path(run.stored_file.path).is_file():
        raise RuleBroken("The file of this list is not kept any more. Send it again.")
    digest = lists.digest_of(Path(run.stored_file.path), run.mapping, how)
    with transaction.atomic():
        confirmed = ImportRun.objects.filter(pk=run.pk, status=Status.CHECKED).update(
            status=Status.WAITING, file_digest=digest, added=0, changed=0, unchanged=0, refused=0, gone=0, aside=0
        )
        if not confirmed:
            raise RuleBroken("This list was confirmed already, or has not been checked yet.")
        run.refusals.all().delete()
        run.lines.all().delete()
        lists.remember(run.source, run.mapping, how)
        audit.record(by=by, action="organisations.confirm_list", subject=f"import {run.reference}")
        transaction.on_commit(lambda: read_uploaded.enqueue(run.reference))


def confirm_lists(*, runs_to_confirm: Iterable[ImportRun], by: Actor) -> tuple[int, list[tuple[ImportRun, str]]]:
    """Bring in those of several checked lists that can come in, the most trusted first.

    How many they are, and each of the others with the sentence that says why not.
    """
    ordered = sorted(runs_to_confirm, key=lambda run: (run.source.rank, run.pk))
    refused = []
    for run in ordered:
        try:
            confirm_list(run=run, by=by)
        except RuleBroken as broken:
            refused.append((run, _in_words(broken, run)))
    return len(ordered) - len(refused), refused


@task()
def check_uploaded(reference: str) -> None:
    """The background's part of a check."""
    run = ImportRun.objects.select_related("source").get(reference=reference)
    try:
        _try(run, queries.sheet(run), wait=True)
    except RuleBroken as broken:
        ImportRun.objects.filter(pk=run.pk, status=Status.CHECKING).update(
            status=Status.MAPPING, failure=_in_words(broken, run)[:500]
        )


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
            run = lists.read(run, queries.sheet(run), by=IMPORT)
        except RuleBroken:
            return  # the run says why, and its page shows it
    if run.status == Status.FINISHED:
        run.stored_file.delete()  # each row is kept with its organisation, without what must not be kept


def _propose(run: ImportRun, *, named: bool) -> None:
    """Whose the list is, how it is read, and what its columns mean, as far as they can be told."""
    how, sheet = _as_remembered(run)
    if not named:
        before, run.source = run.source_id, naming.source_of(run, sheet)
        if run.source_id != before:
            how, sheet = _as_remembered(run)
    run.reading = how.kept
    register = registers.recognised(sheet.heading)
    if register and register.forms and "forms" not in run.reading:
        run.reading |= {"forms": list(register.forms), "served": True}
    run.mapping = lists.proposal(sheet, run.source)
    run.save(update_fields=["source", "reading", "mapping"])


def _as_remembered(run: ImportRun) -> tuple[Reading, Sheet]:
    """The file, read as the last of its source, as far as that fits."""
    path = Path(run.stored_file.path)
    how = sheets.remembered(path, reading.of(run.source.reading), run.source.mapping)
    return how, sheets.sheet_at(path, reading=how)


def _check_later(run: ImportRun) -> None:
    ImportRun.objects.filter(pk=run.pk).update(status=Status.CHECKING)
    transaction.on_commit(lambda: check_uploaded.enqueue(run.reference))


def _try(run: ImportRun, sheet: Sheet, *, wait: bool) -> None:
    """The trial itself, and what it found. Raises Busy when another import is running and it is not to wait."""
    with runs.only_one(wait=wait):
        outcome, rows, notes, spool = lists.trial(run, sheet)
    with transaction.atomic():
        checked = ImportRun.objects.filter(pk=run.pk, status=Status.CHECKING).update(
            status=Status.CHECKED, rows_total=rows, added=outcome.added, changed=outcome.changed, failure="",
            unchanged=outcome.unchanged, refused=len(outcome.refusals), gone=outcome.gone,
            aside=outcome.aside, notes=notes,
        )  # fmt: skip
        if not checked:
            return
        run.refusals.all().delete()
        run.lines.all().delete()
        runs.keep_refusals(run, list_rows.TABLE, outcome)
        reported.keep(run, spool.lines())


def _in_words(broken: RuleBroken, run: ImportRun) -> str:
    """A refusal that calls the file what its sender does."""
    name = Path(run.stored_file.name or "").name
    return broken.sentence.replace(name, "The file") if name else broken.sentence
