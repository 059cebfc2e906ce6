"""The rooms of an alliance, as its contract's page lists them for whoever may enter."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from trellis.accounts.models import User
from trellis.contracts.models import Contract
from trellis.contracts.queries import membership as membership_queries
from trellis.contracts.queries import promises as promise_queries
from trellis.contracts.queries import proposals as proposal_queries
from trellis.contracts.queries.members import table
from trellis.contracts.queries.rooms import alliances_of
from trellis.core import clock
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


def proposals_room(contract: Contract, user: User) -> Task:
    """What members propose to each other, and what waits for the reader."""
    url, today = reverse("proposals", args=[contract.reference]), clock.today()
    speaks = proposal_queries.mandate(user, contract, today)
    visible = proposal_queries.proposals_visible_to(user, contract, today)
    found = proposal_queries.with_need(visible, speaks.organisation if speaks else None)
    waiting, stalled = found.filter(needs_mine=1).count(), proposal_queries.stalled(visible, today).count()
    hint = f"{counted(stalled, 'proposal is', 'proposals are')} stalled." if stalled else ""
    status, colour = (f"{counted(waiting, 'position')} needed", "orange") if waiting else ("Open", "")
    return Task("What the members propose and decide", status, url, hint, colour)


def promises_room(contract: Contract, user: User) -> Task:
    """What the bid promised."""
    url = reverse("promises", args=[contract.reference])
    found = promise_queries.kept(contract, clock.today())
    if found.late:
        return Task("What the bid promised", f"{found.late} late", url, colour="orange")
    return Task("What the bid promised", f"{found.kept} of {found.all} kept" if found.all else "None yet", url)


def open_room(name: str, words: str, hint: str) -> Callable[[Contract, User], Task]:
    """The line of a room that says what it is for, and no more."""
    return lambda contract, user: Task(words, "Open", reverse(name, args=[contract.reference]), hint)


# In the order of the page. Each topic of the alliance adds the line of its own room.
ROOMS: tuple[Callable[[Contract, User], Task], ...] = (
    members_room,
    proposals_room,
    promises_room,
    open_room("money", "Money", "What is due, certified and paid, quarter by quarter, and the ledger under it."),
    open_room("books", "Open books", "What each partner spent and brought in, quarter by quarter."),
    open_room("commercial_terms", "Commercial terms", "Who bears a gain or a loss, and what a year would mean."),
    open_room("subcontracts", "Subcontracts", "Small local bodies that a partner has brought in."),
    open_room("variations", "Variations", "Changes of the contract, tested against the law."),
    open_room("risks", "Risks, issues and actions", "One register for the whole alliance."),
    open_room("presence", "Local presence", "Face to face, promised and kept. How the sector comes to sustain itself."),
    open_room("handovers", "Partners that leave", "Their cases, people and money, handed over and certified."),
    open_room("plans", "Mobilisation and exit", "How the contract begins and how it ends; the data that is handed on."),
)


def rooms(contract: Contract, user: Any) -> list[Task]:
    """The rooms, for those who sit at the table today; nobody else is told of them."""
    if not isinstance(user, User):
        return []
    mine = alliances_of(user)
    return [room(contract, user) for room in ROOMS] if mine.filter(pk=contract.pk).exists() else []


def trail(contract: Contract, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Breadcrumbs down to a room of the contract."""
    here = (contract.title, reverse("contract", args=[contract.reference]))
    return [("Contracts", reverse("contracts")), here, *more]


def step(contract: Contract, room: tuple[str, str], title: str, button: str, **more: Any) -> dict[str, Any]:
    """The frame of a page that does one thing in a room; `room` is its words and its address."""
    return {"title": title, "button": button, "cancel": room[1], "breadcrumbs": trail(contract, room)} | more


def summary(*lines: tuple[str, str]) -> list[dict[str, Any]]:
    """The rows of a summary list; lines without words are left out."""
    return [{"key": {"text": key}, "value": {"text": value}} for key, value in lines if value]
