"""Who asked not to be shown is not shown through a merge either: while it is part of a family, the whole is hidden."""

from collections.abc import Collection

from django.db.models import Q

from trellis.core import clock
from trellis.core.many import among
from trellis.organisations.models import Organisation

FOR_ANOTHER = "merge"  # in `unlisted_by`: hidden for the sake of an organisation that was merged into it


def hide_or_show(roots: Collection[int]) -> None:
    """Hide those that stand for one that asked to be hidden, and show again those that were hidden for one that left.

    Those that asked for themselves stay hidden.
    """
    asked = Organisation.objects.filter(merged_into__in=among(roots), unlisted_at__isnull=False)
    for_others = set(asked.exclude(unlisted_by=FOR_ANOTHER).values_list("merged_into_id", flat=True))
    standing = Organisation.objects.filter(pk__in=among(roots))
    standing.filter(pk__in=for_others, unlisted_at__isnull=True).update(
        unlisted_at=clock.now(), unlisted_by=FOR_ANOTHER
    )
    standing.filter(~Q(pk__in=for_others), unlisted_by=FOR_ANOTHER).update(unlisted_at=None, unlisted_by="")
