"""How the demo's alliance decides: its terms, who sits for whom, and what its members proposed, told side by side."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from trellis.accounts.models import User
from trellis.contracts import commands as contracts
from trellis.contracts.commands import agreement, carrying_out, discussion, positions, proposals
from trellis.contracts.models import Contract, Proposal
from trellis.core import clock
from trellis.core.actors import NIGHTLY
from trellis.demo.names import read
from trellis.demo.simulator import Story
from trellis.demo.staff import Staff

COUNCIL, DEPUTY = "council", "-deputy"
Row = dict[str, Any]


def set_table(contract: Contract, staff: Staff) -> None:
    """The agreement's terms, and a seat for each member, from the day on which the contract starts."""
    for row in read("proposals")["class"]:
        agreement.set_class(contract=contract, starts_on=contract.starts_on, by=staff.contract_manager, **row)
    members = {partner.organisation: (lead, staff.deputies.get(partner)) for partner, lead in staff.leads.items()}
    for organisation, (holder, deputy) in (members | {contract.authority: (staff.contract_manager, None)}).items():
        contracts.name_seat(
            contract=contract, organisation=organisation, holder=holder, deputy=deputy,
            starts_on=contract.starts_on, by=staff.contract_manager,
        )  # fmt: skip


def stories(contract: Contract, staff: Staff) -> list[Story]:
    """A story for each proposal, each act on its day."""
    people, references = _people(staff), _references(staff)
    return [_story(contract, row, people, references) for row in read("proposals")["proposal"]]


def _people(staff: Staff) -> dict[str, User]:
    """Who speaks for each member, by the key that the data have for it; `oakmere-deputy` in the holder's place."""
    keys = {row["name"]: row["key"] for row in read("alliance")["partner"]}
    holders = {keys[partner.organisation.name]: lead for partner, lead in staff.leads.items()}
    deputies = {keys[partner.organisation.name] + DEPUTY: deputy for partner, deputy in staff.deputies.items()}
    return holders | deputies | {COUNCIL: staff.contract_manager}


def _references(staff: Staff) -> dict[str, str]:
    keys = {row["name"]: row["key"] for row in read("alliance")["partner"]}
    return {keys[partner.organisation.name]: partner.organisation.reference for partner in staff.leads}


def _story(contract: Contract, row: Row, people: dict[str, User], references: dict[str, str]) -> Story:
    at = _morning(row["drafted_on"])
    yield at
    shares = {references[key]: share for key, share in row.get("shares", {}).items()}
    made = proposals.draft_proposal(
        contract=contract, matter=row["matter"], title=row["title"], text=row["text"],
        best_for_service=row["best_for_service"], effective_on=row["effective_on"],
        payload={"shares": shares} if shares else row.get("payload"), by=people[row["by"]],
    )  # fmt: skip
    for act in row["acts"]:
        for key in act.get("members", [row["by"]]):
            at = max(_morning(act["on"]), clock.now() + timedelta(minutes=17))
            yield at
            ACTS[act["act"]](Proposal.objects.get(pk=made.pk), act, people[key])


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9, 40)))


def _take(proposal: Proposal, act: Row, by: User) -> None:
    said = {name: act.get(name, "") for name in ("stance", "reason", "interest", "stead_reason")}
    positions.take_position(proposal=proposal, version=proposal.version, by=by, **said)


def _advise(proposal: Proposal, act: Row, by: User) -> None:
    discussion.record_opinion(
        proposal=proposal, kind=act["kind"], name=act["name"], given_on=act["on"], text=act["message"], by=by
    )


def _meet(proposal: Proposal, act: Row, by: User) -> None:
    positions.withdraw_objection(proposal=proposal, version=proposal.version, reason=act["reason"], by=by)


ACTS: dict[str, Callable[[Proposal, Row, User], Any]] = {
    "open": lambda proposal, act, by: proposals.open_proposal(proposal=proposal, by=by),
    "position": _take,
    "met": _meet,
    "discuss": lambda proposal, act, by: discussion.discuss_proposal(proposal=proposal, message=act["message"], by=by),
    "opinion": _advise,
    "decide": lambda proposal, act, by: positions.decide_proposal(proposal=proposal, by=by),
    "carry_out": lambda proposal, act, by: carrying_out.carry_out_proposal(proposal=proposal, by=by),
    "clock": lambda proposal, act, by: carrying_out.move_clock(proposal=proposal, by=NIGHTLY),
}
