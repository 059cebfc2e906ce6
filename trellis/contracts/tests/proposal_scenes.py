"""Proposals at each point of their road, made by the same commands as people use, on days of their own."""

from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import time_machine

from trellis.contracts import commands as contracts
from trellis.contracts.commands import agreement, positions, proposals
from trellis.contracts.models import Matter, Proposal
from trellis.contracts.tests.membership_scenes import lawful

OCTOBER = date(2018, 10, 1)
# Opened on Monday 2 July 2018: discussion to 16 July, facilitation to 30 July, expert opinion to 13 August.
TERMS: dict[str, Any] = {"discussion_days": 10, "facilitation_days": 10, "expert_days": 10}
CLASSES: tuple[dict[str, Any], ...] = (
    {
        "code": "unanimous",
        "name": "Every member",
        "matters": [Matter.SHARES, Matter.TARGET, Matter.RISK, Matter.TEXT, Matter.SUBCONTRACT, Matter.VARIATION]
        + [Matter.ADMISSION],
        "decides": "every-member",
    },
    {"code": "exclusion", "name": "Membership", "matters": [Matter.EXCLUSION], "decides": "every-member"}
    | {"concerned_decides": False},
    {"code": "management", "name": "Management team", "matters": [Matter.OPERATIONS], "decides": "management-team"}
    | {"quorum": 2},
    {"code": "reserved", "name": "Reserved", "matters": [Matter.RESERVED], "decides": "commissioner"},
)
WORDS: dict[Any, dict[str, Any]] = {
    Matter.SHARES: {
        "title": "Bramble takes on the north",
        "text": "Bramble takes on cases in the north, and the money for them.",
        "effective_on": OCTOBER,
    },
    Matter.TARGET: {
        "title": "Answer sooner",
        "text": "First contact within 4 working days.",
        "effective_on": OCTOBER,
        "payload": {"indicator": "days-to-first-contact", "target": "4", "floor": "9"},
    },
    Matter.TEXT: {"title": "Meet monthly", "text": "We meet each month.", "effective_on": date(2018, 9, 3)},
    Matter.OPERATIONS: {"title": "One form", "text": "We use one form.", "effective_on": date(2018, 7, 2)},
    Matter.RESERVED: {"title": "End early", "text": "The contract ends early.", "effective_on": date(2018, 9, 3)},
    Matter.ADMISSION: {"title": "Copper Beech joins", "text": "It joins.", "effective_on": OCTOBER},
    Matter.EXCLUSION: {"title": "Bramble leaves", "text": "Bramble is excluded.", "effective_on": OCTOBER},
}
BEST = "People in the north are answered sooner."


@contextmanager
def on(day: date):
    """It is 10 in the morning of a day."""
    with time_machine.travel(datetime(day.year, day.month, day.day, 9), tick=False):
        yield


def seated(cast):
    """Anna, Bella and Olive sit for the three members, under terms of their agreement."""
    for organisation, holder in ((cast.ash_vale, cast.anna), (cast.bramble, cast.bella), (cast.council, cast.olive)):
        sit(cast, organisation, holder)
    for terms in CLASSES:
        agreement.set_class(
            contract=cast.contract, starts_on=cast.contract.starts_on, by=cast.olive, **TERMS | dict(terms)
        )
    return cast


def sit(cast, organisation, holder, deputy=None, starts_on=None) -> None:
    contracts.name_seat(
        contract=cast.contract, organisation=organisation, holder=holder, deputy=deputy,
        starts_on=starts_on or cast.contract.starts_on, by=cast.olive,
    )  # fmt: skip


def words(cast, matter, **changes) -> dict[str, Any]:
    """What a proposal of a matter says."""
    found = {"best_for_service": BEST, **WORDS.get(matter, {})}
    if matter == Matter.SHARES:
        found["payload"] = {"shares": {cast.ash_vale.reference: "0.55", cast.bramble.reference: "0.45"}}
    if matter == Matter.ADMISSION:
        shares = {cast.ash_vale.reference: "0.5", cast.bramble.reference: "0.3", cast.outside.reference: "0.2"}
        found["payload"] = {"shares": shares, "variation": lawful(cast).reference}
    if matter == Matter.EXCLUSION:
        found["payload"] = {"shares": {cast.ash_vale.reference: "1"}}
    return found | changes


def drafted(cast, matter=Matter.SHARES, *, by=None, concerned=None, **changes) -> Proposal:
    """Bella of Bramble writes it, unless somebody else does."""
    said = words(cast, matter, **changes)
    return proposals.draft_proposal(
        contract=cast.contract, matter=matter, concerned=concerned, by=by or cast.bella, **said
    )


def opened(cast, matter=Matter.SHARES, *, by=None, **changes) -> Proposal:
    """It is put before the members."""
    proposal = drafted(cast, matter, by=by, **changes)
    proposals.open_proposal(proposal=proposal, by=by or cast.bella)
    return proposal


def says(proposal: Proposal, person, stance="support", **more) -> None:
    """A member takes a position on the version that stands."""
    said = {"version": proposal.version, "stance": stance, "reason": "", "interest": ""} | more
    positions.take_position(proposal=proposal, by=person, **said)


def agreed(cast, matter=Matter.SHARES, **changes) -> Proposal:
    """Every member supports it, and nobody has closed it yet."""
    proposal = opened(cast, matter, **changes)
    for person in (cast.anna, cast.bella, cast.olive):
        says(proposal, person)
    return proposal


def carried(cast, matter=Matter.SHARES, **changes) -> Proposal:
    """It is closed as carried."""
    proposal = agreed(cast, matter, **changes)
    positions.decide_proposal(proposal=proposal, by=cast.bella)
    return proposal
