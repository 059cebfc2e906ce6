"""Which organisations compete with one. Areas above know it; one of them says so here when the programme starts."""

from collections.abc import Callable
from datetime import date

from trellis.core.actors import Actor
from trellis.core.permissions import Permission
from trellis.organisations.models import Organisation

Finder = Callable[[Organisation, date], set[int]]
_finders: list[Finder] = []


def found_by(finder: Finder) -> None:
    """Ask this from now on too: the numbers of those that compete with an organisation on a day."""
    if finder not in _finders:
        _finders.append(finder)


def competing_with(organisation: Organisation, on: date) -> set[int]:
    """The numbers of those that compete with an organisation on a day, and of all that are the same as itself."""
    itself = Organisation.objects.same_as([organisation.pk]).values_list("pk", flat=True)
    return set(itself).union(*(finder(organisation, on) for finder in _finders))


def competes(by: Actor, organisation: Organisation, on: date) -> bool:
    """Whether one for which somebody advises is this organisation, or competes with it on a day."""
    advises = set(by.organisation_ids(Permission.ORGANISATION_VOUCH))
    return bool(advises and advises & competing_with(organisation, on))
