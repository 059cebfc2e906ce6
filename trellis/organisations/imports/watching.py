"""Lists that come in by themselves: files in a folder, looked at by night, and read when they have changed."""

from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from trellis.core import clock, references
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.organisations.imports import lists, reading, runs, sheets
from trellis.organisations.models import ImportRun, SourceList
from trellis.organisations.rules import sources as rules


class Found(NamedTuple):
    """What came of one list: its run, or in a sentence why it did not come in."""

    source: SourceList
    run: ImportRun | None
    why: str


def import_changed_lists(*, by: Actor) -> list[Found]:
    """Read each watched list whose file has changed since it last came in. Rows that are as before change nothing.

    A list comes in by itself only with the columns that a person confirmed; else it says what is to be done.
    """
    watched = SourceList.objects.exclude(watched_file="").order_by("rank", "code")
    return [found for source in watched if (found := _looked_at(source, by))]


def _looked_at(source: SourceList, by: Actor) -> Found | None:
    try:
        run = _read(source, by)
    except RuleBroken as refusal:
        _note(source, refusal.sentence, by)
        return Found(source, None, refusal.sentence)
    return Found(source, run, "") if run else None


def _read(source: SourceList, by: Actor) -> ImportRun | None:
    """The reading of a list; None when its file is as it was."""
    rules.check_may_be_read(source, clock.today())
    path = Path(settings.LISTS_ROOT, source.watched_file)
    if not path.resolve().is_relative_to(Path(settings.LISTS_ROOT).resolve()):
        raise RuleBroken("Its file is not in the folder of lists.")
    if not path.is_file():
        raise RuleBroken(f"There is no file {source.watched_file} in the folder of lists.")
    how = sheets.remembered(path, reading.of(source.reading), source.mapping)
    sheet = sheets.sheet_at(path, reading=how)
    unknown = [column for column in sheet.heading if column not in source.mapping]
    if unknown:
        raise RuleBroken(
            f"It has a column “{unknown[0]}” of which nobody has said what it means: send it once on the page."
        )
    columns = {column: source.mapping[column] for column in sheet.heading}
    if _is_in_already(source, lists.digest_of(path, columns, how)):
        return None
    return lists.import_organisations(path=path, by=by, source=source.code, columns=columns, reading=how)


def _note(source: SourceList, why: str, by: Actor) -> None:
    """Show on the page of lists why one did not come in, once for each reason."""
    last = source.runs.first()
    if last and last.status == ImportRun.Status.FAILED and last.failure == why:
        return
    with transaction.atomic():
        run = references.create_with_reference(
            ImportRun, "IMP", source=source, file_name=source.watched_file, file_digest="", started_by=by.actor_name
        )
        runs.fail(run, why, by=by)


def _is_in_already(source: SourceList, digest: str) -> bool:
    last = source.runs.filter(status=ImportRun.Status.FINISHED).order_by("-finished_at", "-id").first()
    return last is not None and last.file_digest == digest


def said(found: Found) -> str:
    """What came of a list, in a line."""
    if not found.run:
        return f"{found.source.name} did not come in: {found.why}"
    counts = ", ".join(f"{getattr(found.run, name):,} {name}" for name in runs.COUNTS)
    return f"{found.source.name}: {counts}"
