"""Files of a list whose contacts have no legal basis any more: they were sent, are not all in, and are deleted.

A file is deleted before its run says so, and neither twice matters: a withdrawal that is killed does it again.
"""

from datetime import datetime

from trellis.core import clock
from trellis.organisations.models import ImportRun, SourceList
from trellis.organisations.rules.sources import FILE_DELETED

Status = ImportRun.Status
NOT_BEGUN = (Status.MAPPING, Status.CHECKING, Status.CHECKED, Status.WAITING, Status.PAUSED)
ENDED = (Status.FINISHED, Status.FAILED, Status.CANCELLED)


def close(source: SourceList, *, at: datetime) -> int:
    """Give up what was sent of a list and waits, so that nobody reads it any more; how many files that were.

    In the transaction that withdraws the basis, which began `at` this time. A file that is sent later is not touched.
    """
    waiting = source.runs.filter(status__in=NOT_BEGUN)
    runs = list(waiting.values_list("pk", flat=True))
    for run in waiting:
        run.lines.all().delete()
    return ImportRun.objects.filter(pk__in=runs).update(status=Status.CANCELLED, failure=FILE_DELETED, finished_at=at)


def are_kept(source: SourceList) -> bool:
    """Whether a file is here that is to be deleted."""
    return source.runs.filter(status__in=(*ENDED, Status.RUNNING)).exclude(stored_file="").exists()


def delete(source: SourceList) -> None:
    """Delete the files, while no import holds the register: one that looks as if it ran has broken off."""
    kept = source.runs.exclude(stored_file="")
    kept.filter(status=Status.RUNNING).update(status=Status.FAILED, failure=FILE_DELETED, finished_at=clock.now())
    for run in kept.filter(status__in=ENDED):
        run.stored_file.storage.delete(str(run.stored_file.name))
        ImportRun.objects.filter(pk=run.pk).update(stored_file="")
