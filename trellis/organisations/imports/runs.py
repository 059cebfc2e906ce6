"""One reading of one list: started or taken up again, counted on batch by batch, finished."""

import fcntl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import F

from trellis.audit import commands as audit
from trellis.core import clock, references
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.organisations.imports import bulk
from trellis.organisations.imports.reported import Reported
from trellis.organisations.models import ImportRefusal, ImportRun, SourceList

ADVISORY_LOCK = 7_266_001  # any number that nothing else of ours uses
COUNTS = ("added", "changed", "unchanged", "refused", "gone")
BUSY = "Another import is running. Wait until it ends, then start this one again."
Status = ImportRun.Status


class Busy(RuleBroken):
    """Another import holds the register."""


class Stopped(Exception):
    """Somebody has paused or cancelled the run while it was read. The batch that was under way is undone."""


@dataclass
class Outcome:
    """What a batch did. Refusals are lines and reasons; `aside` are rows of kinds that were not asked for."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    aside: int = 0
    gone: int = 0
    refusals: list[tuple[int, str]] = field(default_factory=list)
    lines: list[Reported] = field(default_factory=list)


@contextmanager
def only_one(*, wait: bool = False) -> Iterator[None]:
    """Hold the register for one import at a time; a process that is killed lets go.

    Raises RuleBroken when another import holds it and `wait` is false.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_{'' if wait else 'try_'}advisory_lock(%s)", [ADVISORY_LOCK])
            if not wait and not cursor.fetchone()[0]:
                raise Busy(BUSY)
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])
        return
    with open(f"{connection.settings_dict['NAME']}-import", "w") as file:  # noqa: PTH123 beside the database it guards
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as error:
            raise Busy(BUSY) from error
        yield


def start_or_resume(*, source: SourceList, file_name: str, file_digest: str, by: Actor) -> ImportRun:
    """The run of a file: the one that broke off or was paused, if the same file is sent again, or else a new one.

    Another file's run that broke off is marked failed: what it brought in stays, and is compared with the new file.
    """
    with transaction.atomic():
        open_runs = ImportRun.objects.filter(source=source, status__in=[Status.RUNNING, Status.PAUSED])
        open_runs.exclude(file_digest=file_digest).update(
            status=Status.FAILED, finished_at=clock.now(), failure="It broke off, and another file came after it."
        )
        run = open_runs.filter(file_digest=file_digest).first()
        action = "resume" if run else "start"
        if run:
            open_runs.filter(pk=run.pk).update(status=Status.RUNNING)
        if not run:
            run = references.create_with_reference(
                ImportRun, "IMP", source=source, file_name=file_name[:255], file_digest=file_digest,
                status=Status.RUNNING, started_by=by.actor_name,
            )  # fmt: skip
        facts = {"source": source.code, "digest": file_digest}
        audit.record(by=by, action=f"organisations.{action}_import", subject=f"import {run.reference}", facts=facts)
    return run


def hold_basis(run: ImportRun) -> None:
    """Keep the basis for a list's contacts as it is while a batch comes in; first thing in the batch's transaction.

    Whoever withdraws it waits, and then sees what the batch has brought. Raises RuleBroken when it has changed since
    the run began.
    """
    now = SourceList.objects.select_for_update(no_key=True).get(pk=run.source_id)
    if now.keeps_contacts != run.source.keeps_contacts:
        raise RuleBroken("Whether there is a legal basis for its personal contacts has changed meanwhile.")


def count_on(run: ImportRun, table: str, line: int, outcome: Outcome) -> None:
    """Add a batch's outcome and its last line to the run, inside the batch's transaction.

    Raises Stopped when somebody has paused or cancelled it, and RuleBroken when somebody else has counted on meanwhile:
    the batch is then rolled back.
    """
    keep_refusals(run, table, outcome)
    run.checkpoint = run.checkpoint | {table: line}
    counted = ImportRun.objects.filter(pk=run.pk, status=Status.RUNNING, batches=run.batches).update(
        batches=F("batches") + 1,
        checkpoint=run.checkpoint,
        added=F("added") + outcome.added,
        changed=F("changed") + outcome.changed,
        unchanged=F("unchanged") + outcome.unchanged,
        refused=F("refused") + len(outcome.refusals),
        aside=F("aside") + outcome.aside,
    )
    if not counted:
        if ImportRun.objects.filter(pk=run.pk, status__in=[Status.PAUSED, Status.CANCELLED]).exists():
            raise Stopped
        raise RuleBroken(BUSY)
    run.batches += 1


def keep_refusals(run: ImportRun, table: str, outcome: Outcome) -> None:
    """Write down the lines that were refused, and why."""
    bulk.insert(
        ImportRefusal, ("run_id", "table", "line", "reason"),
        [(run.pk, table, line, reason[:500]) for line, reason in outcome.refusals],
        on_conflict='(run_id, "table", line) DO NOTHING',
    )  # fmt: skip


def stopped(run: ImportRun) -> ImportRun:
    """A run that was paused or cancelled, as it stands now."""
    run.refresh_from_db()
    return run


def finish(run: ImportRun, *, by: Actor) -> ImportRun:
    """Mark a run as finished; its counts are final."""
    with transaction.atomic():
        if not ImportRun.objects.filter(pk=run.pk, status=Status.RUNNING, batches=run.batches).update(
            status=Status.FINISHED, finished_at=clock.now()
        ):
            if ImportRun.objects.filter(pk=run.pk, status__in=[Status.PAUSED, Status.CANCELLED]).exists():
                return stopped(run)  # all its rows are in: taken up again, it ends at once
            raise RuleBroken(BUSY)
        run.refresh_from_db()
        facts = {name: getattr(run, name) for name in COUNTS}
        audit.record(by=by, action="organisations.finish_import", subject=f"import {run.reference}", facts=facts)
    return run


def fail(run: ImportRun, why: str, *, by: Actor) -> None:
    """Mark a run as one that could not be read to its end."""
    with transaction.atomic():
        ImportRun.objects.filter(pk=run.pk).update(status=Status.FAILED, failure=why[:500], finished_at=clock.now())
        audit.record(by=by, action="organisations.fail_import", subject=f"import {run.reference}", reason=why[:500])


def refusals(run: ImportRun, *, main_table: str = "") -> Iterable[dict]:
    """Line and reason of each refusal, with the table where it is not the main one."""
    for table, line, reason in run.refusals.values_list("table", "line", "reason").iterator():
        yield {"line": line, "reason": reason} | ({} if table in ("", main_table) else {"table": table})
