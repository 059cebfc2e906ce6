"""Opportunities and events: what everybody sees of an organisation's, and all of them for its own people.

What was announced by one that was merged is the survivor's, like all that a family has.
"""

from datetime import date

from django.db.models import QuerySet

from trellis.organisations import families
from trellis.organisations.models import Announcement, Organisation
from trellis.organisations.models.announcements import DAY


def of(organisation: Organisation) -> QuerySet[Announcement]:
    """All that an organisation announced, and those merged into it; what lasts longest first, the past last."""
    theirs = Announcement.objects.filter(organisation__in=families.members(organisation.pk))
    return theirs.select_related("organisation__merged_into").order_by("-last_day", "pk")


def current(organisation: Organisation, on: date) -> QuerySet[Announcement]:
    """What stands on a day: not withdrawn, and its last day not over; what comes first, first."""
    standing = of(organisation).filter(withdrawn_at__isnull=True, last_day__gte=on)
    return standing.order_by(DAY, "title", "pk")


def shows_any(organisation: Organisation) -> bool:
    """Whether the public sees what an organisation announces: not once it is hidden, merged or no longer active."""
    public = Organisation.objects.public().filter(status=Organisation.Status.ACTIVE)
    return public.filter(pk=organisation.pk).exists()


def shown(organisation: Organisation, on: date) -> QuerySet[Announcement]:
    """What everybody sees of an organisation's announcements on a day."""
    return current(organisation, on) if shows_any(organisation) else Announcement.objects.none()
