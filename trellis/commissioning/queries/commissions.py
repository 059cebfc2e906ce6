"""Reads of commissions, always scoped: only people of the authority whose it is."""

from dataclasses import dataclass

from django.db.models import QuerySet

from trellis.accounts.models import User
from trellis.commissioning.models import Commission, Milestone
from trellis.core.permissions import Permission
from trellis.organisations.models import Organisation


@dataclass(frozen=True)
class Progress:
    """How one topic of a commission stands: the line that its thread shows.

    `topic` is the name of the topic's page (URL name, which takes the reference); `name` what people call it;
    `stage` the stage that needs it; `done` whether that stage has all that it needs; `words` says what there is;
    `missing` what is not there yet, empty when nothing is missing.
    """

    topic: str
    name: str
    stage: str
    done: bool
    words: str
    missing: str = ""


def commissions_visible_to(user: User) -> QuerySet[Commission]:
    """Those of the authorities for which they hold the permission to see them."""
    mine = user.organisation_ids(Permission.COMMISSION_VIEW)
    return Commission.objects.filter(authority_id__in=mine).select_related("authority", "owner")


def commissions_editable_by(user: User) -> QuerySet[Commission]:
    """Those that they may change."""
    mine = user.organisation_ids(Permission.COMMISSION_EDIT)
    return Commission.objects.filter(authority_id__in=mine).select_related("authority", "owner")


def authority_of(user: User) -> Organisation:
    """The authority that a person commissions for; the first, should they work for more than one."""
    mine = user.organisation_ids(Permission.COMMISSION_EDIT)
    return Organisation.objects.filter(pk__in=mine).order_by("pk")[0]


def milestones(commission: Commission) -> QuerySet[Milestone]:
    """Its timetable, in the order of the dates planned."""
    return commission.milestones.select_related("commission")
