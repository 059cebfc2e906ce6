"""The rooms of an alliance, as its contract's page lists them for whoever may enter."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from trellis.accounts.models import User
from trellis.contracts import queries
from trellis.contracts.models import Contract
from trellis.contracts.queries import membership as membership_queries
from trellis.contracts.queries import promises as promise_queries
from trellis.contracts.queries.members import table
from trellis.core import clock
from trellis.core.permissions import Permission
from trellis.web.pieces import Task
from trellis.web.words import counted


def members_room(contract: Contract, user: User) -> Task:
    """Who sits at the table, with what shares."""
    url = reverse("members", args=[contract.reference])
    empty = sum(1 for member in table(contract, clock.today()) if not member.seat)
    moving = membership_queries.memberships_on_the_way(contract).count()
    hint = f"{counted(moving, 'organisation')} joining, leaving or on a remedy plan." if moving else ""
    status, colour = (f"{counted(empty, 'seat')} empty", "orange") if empty else ("In order", "")
    return Task("Members, seats and shares", status, url, hint, colour)


def promises_room(contract: Contract, user: User) -> Task:
    """What the bid promised."""
    url = reverse("promises", args=[contract.reference])
    found = promise_queries.kept(contract, clock.today())
    if found.late:
        return Task("What the bid promised", f"{found.late} late", url, colour="orange")
    return Task("What the bid promised", f"{found.kept} of {found.all} kept" if found.all else "None yet", url)


# In the order of the page. Each topic of the alliance adds the line of its own room.
ROOMS: tuple[Callable[[Contract, User], Task], ...] = (members_room, promises_room)


def rooms(contract: Contract, user: Any) -> list[Task]:
    """The rooms, for those who sit at the table today; nobody else is told of them."""
    if not isinstance(user, User):
        return []
    mine = queries.alliances_of(user, Permission.ALLIANCE_VIEW, clock.today())
    return [room(contract, user) for room in ROOMS] if mine.filter(pk=contract.pk).exists() else []
