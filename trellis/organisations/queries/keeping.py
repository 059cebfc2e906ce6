"""How well profiles are kept, and who may see one that is not public."""

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from trellis.core import rulebook
from trellis.core.actors import Actor
from trellis.core.many import among
from trellis.core.periods import add_months
from trellis.core.permissions import Permission
from trellis.organisations import rules
from trellis.organisations.models import Organisation

LONGEST_DIFFERENCE = 3  # days between the lengths of two months
# Whose work it is to know an organisation even when the public does not see it.
SEE_ALL = (Permission.REGISTER_KEEP, Permission.REGISTER_VIEW_SOURCES, Permission.ORGANISATION_VOUCH)


def due_on(organisation: Organisation, on: date) -> date:
    """When an organisation is to be asked whether its profile is still right, by the figures of a day."""
    known_since = timezone.localtime(organisation.created_at).date()
    months = rulebook.value("organisations.check_profile_months", on=on)
    return rules.check_due_on(organisation.confirmed_on, known_since, months)


def is_due(organisation: Organisation, on: date) -> bool:
    """Whether it is time to ask. One that never said so is asked as soon as somebody speaks for it."""
    return organisation.confirmed_on is None or due_on(organisation, on) <= on


def is_stale(organisation: Organisation, on: date) -> bool:
    """Whether its profile is marked as one that nobody has confirmed for long."""
    return rules.is_stale(organisation.confirmed_on, on, rulebook.value("organisations.stale_profile_months", on=on))


def stale(on: date) -> QuerySet[Organisation]:
    """The active organisations whose profile is marked so, that of the longest silence first."""
    months = rulebook.value("organisations.stale_profile_months", on=on)
    latest = add_months(on, -months) + timedelta(days=LONGEST_DIFFERENCE)
    silent = Organisation.objects.active().filter(confirmed_on__isnull=False, confirmed_on__lte=latest)
    here = [pk for pk, said in silent.values_list("pk", "confirmed_on") if rules.is_stale(said, on, months)]
    return Organisation.objects.filter(pk__in=among(here)).select_related("district").order_by("confirmed_on", "pk")


def may_work_with_all(by: Actor) -> bool:
    """Whether it is somebody's work to know organisations, even those that the public does not see."""
    return any(by.can(permission) for permission in SEE_ALL)


def may_see(organisation: Organisation, user: Any) -> bool:
    """Whether somebody may open a profile: anybody, unless it is hidden; then its own people and those who work."""
    if organisation.unlisted_at is None:
        return True
    if not user.is_authenticated:
        return False
    return speaks_for(organisation, user) or may_work_with_all(user)


def speaks_for(organisation: Organisation, by: Actor) -> bool:
    """Whether somebody is one of an organisation's own people; a service of ours acts in its name."""
    own = by.person_id is None or organisation.pk in by.organisation_ids(Permission.ORGANISATION_EDIT)
    return own and by.can(Permission.ORGANISATION_EDIT)


def keeps_register(by: Actor) -> bool:
    """Whether somebody keeps the register."""
    return by.can(Permission.REGISTER_KEEP)
