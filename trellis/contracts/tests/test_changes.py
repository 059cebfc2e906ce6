"""What has changed since a contract was signed, by what it was agreed, and what its line of time says of shares."""

from datetime import date
from decimal import Decimal

import pytest

from trellis.commissioning.models import Indicator
from trellis.contracts import commands
from trellis.contracts.commands import carrying_out, positions
from trellis.contracts.models import Matter
from trellis.contracts.queries.changes import Change, changes
from trellis.contracts.queries.timeline import share_moments
from trellis.contracts.tests import membership_scenes, papers_scenes, proposal_scenes, room_scenes

TODAY, OCTOBER = date(2018, 7, 2), date(2018, 10, 1)
TARGET = "Target for Working days to first contact: 4, floor 9 working days"


def carry_out(cast, matter, **more):
    proposal = proposal_scenes.carried(proposal_scenes.seated(cast), matter, **more)
    assert carrying_out.carry_out_proposal(proposal=proposal, by=cast.bella)
    return proposal


def reshare(cast, verb, ash_vale="0.7"):
    shares = {cast.ash_vale_partner: Decimal(ash_vale), cast.bramble_partner: 1 - Decimal(ash_vale)}
    document = papers_scenes.minutes(cast)
    verb(contract=cast.contract, starts_on=OCTOBER, shares=shares, document=document, by=cast.olive)


def told(cast) -> list[tuple[date, str]]:
    return [(moment.on, moment.what) for moment in share_moments(cast.contract, TODAY, False)]


def test_nothing_has_changed_at_first(cast):
    assert changes(cast.contract) == []
    assert told(cast) == []


def test_a_target_changes_by_a_carried_proposal_or_by_the_contract_manager(cast):
    proposal = carry_out(cast, Matter.TARGET)
    commands.set_target(
        contract=cast.contract, indicator=Indicator.objects.get(code="contact-consistency"), starts_on=OCTOBER,
        target=Decimal("1.5"), floor=Decimal(3), by=cast.olive,
    )  # fmt: skip
    assert sorted(changes(cast.contract), key=lambda change: change.what) == [
        Change(OCTOBER, "Target for Difference in days to first contact between districts: 1.5, floor 3 working days"),
        Change(OCTOBER, TARGET, f"Answer sooner ({proposal.reference})"),
    ]


def test_shares_change_by_a_carried_proposal(cast):
    proposal = carry_out(cast, Matter.SHARES)
    words = "Shares of the money: Ash Vale CVS 55%, Bramble Volunteering 45%"
    assert changes(cast.contract) == [Change(OCTOBER, words, f"Bramble takes on the north ({proposal.reference})")]


def test_a_variation_that_was_proposed_is_agreed_by_the_proposal(cast):
    variation = room_scenes.a_variation(cast)
    proposal = carry_out(
        cast, Matter.VARIATION, title="The helpline", text="We run it.", effective_on=OCTOBER,
        payload={"reference": variation.reference},
    )  # fmt: skip
    (change,) = changes(cast.contract)
    assert (change.what, change.agreed_by) == (str(variation), f"The helpline ({proposal.reference})")


def test_who_joins_by_a_proposal_and_both_shares_then_are_agreed_by_it(cast):
    membership_scenes.checked(cast)
    proposal = proposal_scenes.opened(proposal_scenes.seated(cast), Matter.ADMISSION, concerned=cast.outside)
    for person in (cast.anna, cast.bella, cast.olive):
        proposal_scenes.says(proposal, person)
    positions.decide_proposal(proposal=proposal, by=cast.anna)
    carrying_out.carry_out_proposal(proposal=proposal, by=cast.bella)
    shares = "Ash Vale CVS 50%, Bramble Volunteering 30%, Copper Beech Advice 20%"
    assert [change.what for change in changes(cast.contract)] == [
        "Copper Beech Advice joins", f"Shares of the money: {shares}", f"Shares of the work: {shares}",
    ]  # fmt: skip
    assert {change.agreed_by for change in changes(cast.contract)} == {f"{proposal.title} ({proposal.reference})"}
    assert told(cast) == [(OCTOBER, "The partners’ shares of the money and of the work change")]


@pytest.mark.parametrize(
    ("verbs", "which"),
    [
        ([commands.enter_work_agreed_on_paper], "of the work"),
        ([commands.enter_shares_agreed_on_paper], "of the money"),
        ([commands.enter_work_agreed_on_paper, commands.enter_shares_agreed_on_paper], "of the money and of the work"),
    ],
)
def test_the_line_of_time_says_which_shares_change(cast, verbs, which):
    for verb in verbs:
        reshare(cast, verb)
    assert told(cast) == [(OCTOBER, f"The partners’ shares {which} change")]
    assert {change.agreed_by for change in changes(cast.contract)} == {"Minutes of 2 July"}


def test_shares_that_are_agreed_to_stay_are_no_change(cast):
    reshare(cast, commands.enter_shares_agreed_on_paper, ash_vale="0.6")
    assert (changes(cast.contract), told(cast)) == ([], [])


def test_what_was_carried_out_is_public_with_its_title_day_and_outcome_and_nothing_else_is(page_client, cast):
    cast = proposal_scenes.seated(cast)
    under_way = proposal_scenes.opened(cast, Matter.OPERATIONS)
    proposal = proposal_scenes.opened(cast)
    proposal_scenes.says(proposal, cast.anna, "support", reason="We cannot reach the north.")
    for who in (cast.bella, cast.olive):
        proposal_scenes.says(proposal, who)
    positions.decide_proposal(proposal=proposal, by=cast.bella)
    assert "The members have decided nothing by a proposal yet." in page_client.get("/contracts/SCO/").text
    carrying_out.carry_out_proposal(proposal=proposal, by=cast.bella)
    text = page_client.get("/contracts/SCO/").text
    assert (
        f"2 July 2018 Bramble takes on the north ({proposal.reference}) Shares of the money Shares of the money from "
        "1 October 2018: Ash Vale CVS 55%"
    ) in text
    assert under_way.title not in text and "We cannot reach the north" not in text
