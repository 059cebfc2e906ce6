"""The words and rows of the pages about variations."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.accounts.models import User
from trellis.audit import queries as audit
from trellis.contracts.models import Contract, Variation
from trellis.contracts.presenters.rooms import step, summary, trail
from trellis.contracts.queries import rooms
from trellis.contracts.queries import variations as queries
from trellis.contracts.rules import grounds
from trellis.contracts.rules.regime import NAMES
from trellis.core.money import pounds_and_pence
from trellis.web.pieces import Event
from trellis.web.table import Column, Table
from trellis.web.words import day

COLOURS = {"drafted": "yellow", "carried": "green", "dropped": "grey"}
VERDICTS = {
    grounds.MEETS: ("Met", "green"),
    grounds.FAILS: ("Not met", "red"),
    grounds.WARNS: ("Look again", "orange"),
    grounds.NOTES: ("For the record", "grey"),
}
ALLOWED, DOUBTED, REFUSED = (
    "The law allows this change on this ground.",
    "Nothing stands against this change, but look again at what is marked so in the working.",
    "The law does not allow this change on this ground.",
)


def room(contract: Contract) -> tuple[str, str]:
    """Its name and its address."""
    return ("Variations", reverse("variations", args=[contract.reference]))


def variations_page(request: HttpRequest, contract: Contract, user: User) -> dict[str, Any]:
    """What has changed since the award, and what is drafted."""
    found = queries.standing(contract)
    draft = ("Draft a variation", reverse("draft_variation", args=[contract.reference]))
    return {
        "contract": contract,
        "title": "Variations",
        "lead": "A contract may change while it runs, within what the law of its award allows.",
        "actions": [draft] if rooms.alliances_of(user).filter(pk=contract.pk).exists() else [],
        "facts": summary(
            ("Law", f"{NAMES[found.regime]}, as awarded on {day(found.awarded_on)}"),
            ("Value as awarded", pounds_and_pence(found.original)),
            ("Value now", pounds_and_pence(found.now)),
            ("Last day as awarded", day(found.longest)),
            ("Last day now", day(contract.ends_on)),
        ),
        "tables": [_table(request, contract)],
        "breadcrumbs": trail(contract),
    }


def _table(request: HttpRequest, contract: Contract) -> Table:
    return Table(
        request,
        queries.variations(contract),
        columns=[
            Column("title", "Change", sort="title", link=variation_url),
            Column("ground", "Ground", value=lambda row: grounds.GROUNDS[row.ground].name, sort="ground"),
            Column("amount", "Value changes by", value=lambda row: signed(row.amount), sort="amount", numeric=True),
            Column("effective_on", "From", sort="effective_on"),
            Column("status", "Status", tag=status_tag, sort="status"),
        ],
        caption="Variations",
        name="variations",
        empty="The contract is as it was awarded. A member drafts a change here, and sees what the law says of it.",
    )


def status_tag(variation: Variation) -> tuple[str, str]:
    """Where it is, in a word and a colour."""
    return (variation.get_status_display(), COLOURS[variation.status])


def signed(pounds: Any) -> str:
    """+£1,000.00, −£1,000.00, or £0.00"""
    return f"{'+' if pounds > 0 else ''}{pounds_and_pence(pounds)}"


def variation_page(request: HttpRequest, variation: Variation, user: User) -> dict[str, Any]:
    """One change: what it was, what it becomes, and the working."""
    contract, working = variation.contract, queries.working(variation)
    return {
        "contract": contract,
        "title": variation.title,
        "caption": f"Variation {variation.reference}",
        "status": status_tag(variation),
        "inset": outcome(working),
        "presses": [],
        "actions": _actions(variation, user),
        "facts": summary(
            ("Ground", grounds.GROUNDS[variation.ground].name),
            ("Clause", variation.clause),
            ("From", day(variation.effective_on)),
            ("Value changes by", signed(queries.change_of(variation))),
            ("Last day", _before_and_after(variation)),
            ("Agreed at" if variation.status == "carried" else "Why it was dropped", variation.note),
        ),
        "texts": _texts(variation),
        "tables": [_working(request, working), _years(request, variation)],
        "events": _events(variation),
        "breadcrumbs": trail(contract, room(contract)),
    }


def outcome(working: tuple[grounds.Line, ...]) -> str:
    """What the working comes to, in a sentence."""
    verdicts = {line.verdict for line in working}
    if grounds.FAILS in verdicts:
        return REFUSED
    return DOUBTED if grounds.WARNS in verdicts else ALLOWED


def variation_step(variation: Variation, title: str, button: str, **more: Any) -> dict[str, Any]:
    """The frame of a page that does one thing to a variation."""
    contract, here = variation.contract, (variation.title, variation_url(variation))
    return step(contract, here, title, button, **more) | {"breadcrumbs": trail(contract, room(contract), here)}


def variation_url(variation: Variation) -> str:
    """Where it is."""
    return reverse("variation", args=[variation.contract.reference, variation.reference])


def _actions(variation: Variation, user: User) -> list[tuple[str, str]]:
    at = [variation.contract.reference, variation.reference]
    if variation.status != Variation.Status.DRAFTED or not rooms.manages(user, variation.contract):
        return []
    return [
        ("The alliance has agreed", reverse("carry_variation", args=at)),
        ("Drop it", reverse("drop_variation", args=at)),
    ]


def _before_and_after(variation: Variation) -> str:
    if variation.ends_before == variation.ends_after:
        return f"{day(variation.ends_after)}, as before"
    return f"{day(variation.ends_before)} before, {day(variation.ends_after)} after"


def _texts(variation: Variation) -> list[tuple[str, str]]:
    texts = [
        ("Why", variation.reason),
        ("Scope before", variation.scope_before),
        ("Scope after", variation.scope_after),
    ]
    return [(heading, text) for heading, text in texts if text]


def _working(request: HttpRequest, working: tuple[grounds.Line, ...]) -> Table:
    return Table(
        request,
        working,
        columns=[
            Column("asked", "Asked"),
            Column("figures", "Working"),
            Column("verdict", "Result", tag=lambda row: VERDICTS[row.verdict]),
            Column("source", "Who says so"),
        ],
        caption="What the law says, line by line",
        name="working",
        prefix="working-",
    )


def _years(request: HttpRequest, variation: Variation) -> Table:
    return Table(
        request,
        list(queries.years(variation)),
        columns=[
            Column("year", "Contract year", numeric=True),
            Column("before", "Before", value=lambda row: pounds_and_pence(row.before), numeric=True),
            Column("after", "After", value=lambda row: pounds_and_pence(row.after), numeric=True),
            Column("change", "Change", value=lambda row: signed(row.after - row.before), numeric=True),
        ],
        caption="Value by year",
        name="years",
        prefix="years-",
    )


def _events(variation: Variation) -> list[Event]:
    names = audit.names_of({variation.drafted_by, variation.carried_by})
    events = [Event("Drafted", variation.drafted_at, names.get(variation.drafted_by, ""))]
    if variation.carried_at:
        events.insert(0, Event("In the contract", variation.carried_at, names.get(variation.carried_by, "")))
    return events
