"""What a carried proposal changes in the rooms beside it: a subcontract is agreed, a variation is in the contract."""

from datetime import date
from decimal import Decimal

import pytest

from trellis.contracts import queries
from trellis.contracts.commands import carrying_out, positions
from trellis.contracts.commands import subcontracts as subcontract_commands
from trellis.contracts.models import Matter, Proposal, Subcontract, Variation
from trellis.contracts.tests import proposal_scenes as scenes
from trellis.contracts.tests import room_scenes
from trellis.core.errors import RuleBroken

ROOM = "/contracts/SCO/proposals/"
WORDS = {"title": "As prepared", "text": "We agree to it.", "best_for_service": "Groups gain."}


@pytest.fixture
def table(cast):
    return scenes.seated(cast)


def proposed(page_client, table, matter: str, reference: str, day: date) -> Proposal:
    """Bella fills in the form, opens it, and every member supports it."""
    said = WORDS | {"which": reference}
    said |= {"effective_on-day": day.day, "effective_on-month": day.month, "effective_on-year": day.year}
    page_client.post(f"{ROOM}new/{matter}/", said, by=table.bella)
    proposal = Proposal.objects.get()
    page_client.post(f"{ROOM}{proposal.reference}/open/", by=table.bella)
    proposal.refresh_from_db()
    for person in (table.anna, table.bella, table.olive):
        scenes.says(proposal, person)
    positions.decide_proposal(proposal=proposal, by=table.bella)
    return proposal


def test_a_checked_subcontract_is_agreed_by_the_alliance(page_client, table):
    checked = room_scenes.checked(table, room_scenes.a_subcontract(table))
    proposal = proposed(page_client, table, "subcontract", checked.reference, date(2018, 7, 2))
    assert Subcontract.objects.get().status == "checked"  # what was tried when it was opened is undone
    made = carrying_out.carry_out_proposal(proposal=proposal, by=table.bella)
    assert made.what == f"Subcontract {checked.reference} with Southdown Community Choir is agreed."
    assert Subcontract.objects.get().status == "agreed"
    page = page_client.get(f"{ROOM}{proposal.reference}/", by=table.anna)
    assert page.href("See the subcontracts") == "/contracts/SCO/subcontracts/"


def test_one_that_was_dropped_meanwhile_stops_it(page_client, table):
    checked = room_scenes.checked(table, room_scenes.a_subcontract(table))
    proposal = proposed(page_client, table, "subcontract", checked.reference, date(2018, 7, 2))
    subcontract_commands.drop_subcontract(subcontract=checked, note="It found other work.", by=table.anna)
    assert carrying_out.carry_out_proposal(proposal=proposal, by=table.bella) is None
    assert Proposal.objects.get().refusal


def test_a_drafted_variation_comes_into_the_contract(page_client, table):
    drafted = room_scenes.a_variation(table)
    proposal = proposed(page_client, table, "variation", drafted.reference, scenes.OCTOBER)
    assert Variation.objects.get().status == "drafted"
    carrying_out.carry_out_proposal(proposal=proposal, by=table.bella)
    assert Variation.objects.get().status == "carried"
    assert queries.quarters(table.contract)[-1].value == Decimal("23500.00")


@pytest.mark.parametrize("matter", [Matter.SUBCONTRACT, Matter.VARIATION])
def test_only_what_is_prepared_can_be_proposed(page_client, table, matter):
    room_scenes.a_subcontract(table)  # not checked yet
    page = page_client.get(f"{ROOM}new/{matter}/", by=table.bella)
    assert len(page.find_all("#id_which option")) == 1
    payload = {"reference": "NO-SUCH"}
    with pytest.raises(RuleBroken, match="There is no such"):
        scenes.drafted(table, matter, payload=payload, effective_on=scenes.OCTOBER, title="T", text="T")
