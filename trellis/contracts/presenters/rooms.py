"""The frame of the alliance's rooms: the way to them, and the list of them on the contract's page."""

from typing import Any

from django.urls import reverse

from trellis.accounts.models import User
from trellis.contracts.models import Contract
from trellis.contracts.queries import rooms as queries
from trellis.web.pieces import Task

ROOMS = (
    ("subcontracts", "Subcontracts", "Small local bodies that a partner has brought in."),
    ("variations", "Variations", "Changes of the contract, tested against the law."),
    ("risks", "Risks, issues and actions", "One register for the whole alliance."),
    ("presence", "Local presence", "Face to face, promised and kept. How the sector comes to sustain itself."),
    ("plans", "Mobilisation and exit", "How the contract begins and how it ends; the data that is handed on."),
)  # fmt: skip


def shared_rooms(contract: Contract, user: User) -> list[Task]:
    """The rooms that members share; none for anybody else."""
    if not queries.alliances_of(user).filter(pk=contract.pk).exists():
        return []
    return [Task(words, "Open", reverse(name, args=[contract.reference]), hint) for name, words, hint in ROOMS]


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
