"""The words and rows of the page about the bid's promises."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.contracts.models import Contract, Promise
from trellis.contracts.presenters.members import trail
from trellis.contracts.queries import promises as queries
from trellis.contracts.rules import promises as rules
from trellis.core import clock
from trellis.web.table import Column, Table

TOGETHER = "The alliance together"
COLOURS = {rules.KEPT: "green", rules.BROKEN: "red"}


def room(contract: Contract) -> str:
    """The address of the page about the promises."""
    return reverse("promises", args=[contract.reference])


def step(contract: Contract, title: str, button: str, **more: Any) -> dict[str, Any]:
    """The frame of a page that does one thing about the promises."""
    breadcrumbs = trail(contract, ("Promises", room(contract)))
    return {"title": title, "button": button, "cancel": room(contract), "breadcrumbs": breadcrumbs, **more}


def promises_page(request: HttpRequest, contract: Contract, *, can_manage: bool) -> dict[str, Any]:
    """Every promise, and what can be said of it."""
    return {
        "contract": contract,
        "can_manage": can_manage,
        "kept": queries.kept(contract, clock.today()),
        "promises": _promises(request, contract, can_manage),
        "breadcrumbs": trail(contract),
    }


def _promises(request: HttpRequest, contract: Contract, can_manage: bool) -> Table:
    def act(name: str, action: str):
        def address(row: Promise) -> str:
            return reverse(name, args=[contract.reference, row.pk]) if rules.can(row.status, action) else ""

        return address

    acts = [
        Column(name, words, value=_word(words, action), link=act(name, action), absent="")
        for name, action, words in (("keep_promise", "keep", "Kept"), ("break_promise", "break", "Not kept"))
    ]
    return Table(
        request,
        queries.promises(contract),
        columns=[
            Column("words", "What was promised"),
            Column("partner", "By whom", value=lambda row: str(row.partner or TOGETHER)),
            Column("due_on", "By when", sort="due_on"),
            Column("evidence", "How one will see it", value=evidence),
            Column("status", "Status", tag=tag),
            Column("outcome", "What came of it", absent=""),
            *(acts if can_manage else []),
        ],
        caption="What the bid promised",
        name="promises",
        empty="No promise is taken over from the bid yet.",
    )


def evidence(promise: Promise) -> str:
    """How one will see that it is kept, and by which indicator."""
    return f"{promise.evidence} Indicator: {promise.indicator}." if promise.indicator else promise.evidence


def _word(words: str, action: str):
    return lambda row: words if rules.can(row.status, action) else ""


def tag(promise: Promise) -> tuple[str, str]:
    """A promise's state in words and colour: one that is due and open is late."""
    if promise.status == rules.PROMISED:
        return ("Late", "orange") if promise.due_on < clock.today() else ("Promised", "blue")
    return promise.get_status_display(), COLOURS[promise.status]
