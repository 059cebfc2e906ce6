"""A run that is paused, taken up again, or given up."""

from django.db import transaction

from trellis.audit import commands as audit
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.core.permissions import Permission
from trellis.organisations.imports import runs, uploads
from trellis.organisations.models import ImportRun

Status = ImportRun.Status
UNSTARTED = (Status.MAPPING, Status.CHECKING, Status.CHECKED, Status.WAITING, Status.PAUSED)


def pause_import(*, run: ImportRun, by: Actor) -> None:
    """Stop a run after the batch that is under way. What has come in stays."""
    _move(run, (Status.WAITING, Status.RUNNING), Status.PAUSED, "pause_import", by, "This import is not running.")


def resume_import(*, run: ImportRun, by: Actor) -> None:
    """Take a paused run up again where it stopped, in the background."""
    if not run.stored_file:
        raise RuleBroken("Its file is not kept here. Give the same command again, with the same file: it goes on.")
    with transaction.atomic():
        _move(run, (Status.PAUSED,), Status.WAITING, "resume_import", by, "This import is not paused.")
        transaction.on_commit(lambda: uploads.read_uploaded.enqueue(run.reference))


def cancel_import(*, run: ImportRun, by: Actor) -> None:
    """Give a run up that has not begun or is paused: its file is deleted, and what has come in stays.

    What a trial found of a list that never came in is forgotten: it would read as if it had.
    """
    with transaction.atomic():
        was_tried_only = run.status in uploads.OPEN
        _move(run, UNSTARTED, Status.CANCELLED, "cancel_import", by, "This import cannot be cancelled: pause it first.")
        ImportRun.objects.filter(pk=run.pk).update(finished_at=clock.now())
        run.lines.all().delete()
        if was_tried_only:
            ImportRun.objects.filter(pk=run.pk).update(**dict.fromkeys(runs.COUNTS, 0), rows_total=0, aside=0, notes={})
            run.refusals.all().delete()
    run.refresh_from_db()  # deleting its file saves all of it
    if run.stored_file:
        run.stored_file.delete()


@transaction.atomic
def _move(run: ImportRun, frm: tuple[str, ...], to: str, verb: str, by: Actor, otherwise: str) -> None:
    if not by.can(Permission.REGISTER_IMPORT):
        raise RuleBroken("You may not bring lists in.")
    if not ImportRun.objects.filter(pk=run.pk, status__in=frm).update(status=to):
        raise RuleBroken(otherwise)
    audit.record(by=by, action=f"organisations.{verb}", subject=f"import {run.reference}")
    run.refresh_from_db()
