"""What the demo's partners named and left out, and who told them."""

from typing import Any

from trellis.accounts.models import Membership
from trellis.contracts.commands import challenges
from trellis.contracts.models import InterestChallenge
from trellis.core.actors import SIMULATOR
from trellis.demo.alliance.table import AllianceTable, a_small_body, morning
from trellis.demo.names import read
from trellis.demo.simulator import Story
from trellis.organisations.models import Organisation, ServiceType
from trellis.support import interest_commands as commands


def stories(table: AllianceTable) -> list[Story]:
    """What the register knows of partners, whom they named, and how they were challenged."""
    data = read("interests")
    return [
        _known(table, data["known"]),
        *(_named(table, row) for row in data["tie"]),
        *(_challenged(table, row) for row in data["challenge"]),
    ]


def _known(table: AllianceTable, rows: list[dict[str, Any]]) -> Story:
    yield morning(table.contract.starts_on)
    for row in rows:
        table.member(row["partner"]).service_types.set(row["runs"])


def _named(table: AllianceTable, row: dict[str, Any]) -> Story:
    yield morning(row["on"])
    body = a_small_body(row["district"], row["service_type"], row["most_income"])
    if body:
        commands.declare_tie(
            partner=table.partners[row["partner"]],
            organisation=body,
            kind=row["kind"],
            starts_on=row["on"],
            by=table.lead(row["partner"]),
        )


def _challenged(table: AllianceTable, row: dict[str, Any]) -> Story:
    yield morning(row["on"])
    found = challenges.raise_challenge(
        partner=table.partners[row["partner"]],
        challenger=_challenger(),
        service_type=ServiceType.objects.get(code=row["service_type"]),
        district=table.districts[row["district"]],
        what=row["what"],
        since=row["since"],
        by=SIMULATOR,
    )
    yield from _settled(table, row, found)


def _settled(table: AllianceTable, row: dict[str, Any], found: InterestChallenge) -> Story:
    if "answered_on" in row:
        yield morning(row["answered_on"])
        commands.answer_challenge(
            challenge=found, accepts=row["accepts"], answer=row["answer"], by=table.lead(row["partner"])
        )
    if "decided_on" in row:
        yield morning(row["decided_on"])
        commands.settle_challenge(
            challenge=found, upheld=row["upheld"], outcome=row["outcome"], by=table.staff.contract_manager
        )


def _challenger() -> Organisation:
    """The group that one can sign in as."""
    return Membership.objects.filter(role="organisation").earliest("pk").organisation
