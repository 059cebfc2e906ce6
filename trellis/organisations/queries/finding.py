"""Whether the register has changed since somebody last looked through it for doubles."""

from datetime import datetime

from django.db.models import Q

from trellis.organisations.models import ImportRun, LinkRun, Organisation, ProfileChange


def has_changed() -> bool:
    """Whether lists came in, or organisations were added or edited, since the last look that ended began.

    What the look itself merged is no change. True as long as none has ended and there is anything to compare.
    """
    last = LinkRun.objects.filter(status=LinkRun.Status.FINISHED).order_by("-started_at").first()
    if last is None:
        return Organisation.objects.listed().exists()
    return _added_or_edited(last.started_at) or _came_in(last.started_at)


def _added_or_edited(since: datetime) -> bool:
    edited = Q(changed_at__gt=since) | Q(undone_at__gt=since)
    return Organisation.objects.filter(created_at__gt=since).exists() or ProfileChange.objects.filter(edited).exists()


def _came_in(since: datetime) -> bool:
    """Whether an import wrote anything: one that was only tried has counts too, but no batch."""
    wrote = ImportRun.objects.filter(batches__gt=0).filter(Q(added__gt=0) | Q(changed__gt=0))
    return wrote.filter(Q(started_at__gt=since) | Q(finished_at__gt=since)).exists()
