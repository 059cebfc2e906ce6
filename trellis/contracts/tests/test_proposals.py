"""Proposing, amending, taking positions, deciding and carrying out, by the commands."""

from datetime import date
from decimal import Decimal

import pytest

from tests.cast import person
from trellis.audit.models import AuditEntry
from trellis.contracts import proposal_effects, queries
from trellis.contracts.commands import agreement, carrying_out, discussion, positions, proposals
from trellis.contracts.models import AgreementClass, Matter, Position, Proposal, ProposalEffect, ProposalVersion
from trellis.contracts.queries import agreement as agreement_queries
from trellis.contracts.queries import proposals as proposal_queries
from trellis.contracts.tests import proposal_scenes as scenes
from trellis.contracts.tests.proposal_scenes import OCTOBER, agreed, carried, drafted, on, opened, says, seated
from trellis.core.actors import NIGHTLY
from trellis.core.errors import RuleBroken

FACILITATION, EXPERT, OVER = date(2018, 7, 17), date(2018, 7, 31), date(2018, 8, 14)


@pytest.fixture
def table(cast):
    return seated(cast)


def deeds(verb: str) -> int:
    return AuditEntry.objects.filter(action=f"contracts.{verb}").count()


def amend(cast, proposal, *, by=None, note="More for Ash Vale", **changes) -> None:
    said = scenes.words(cast, proposal.matter, text="Bramble takes on half of the north.") | changes
    proposals.amend_proposal(proposal=proposal, note=note, by=by or cast.bella, **said)


# --- the agreement's terms


def test_terms_hold_from_a_day_and_open_proposals_keep_theirs(table):
    proposal = opened(table)
    terms = {"code": "unanimous", "name": "Every member", "matters": [Matter.SHARES], "decides": "every-member"}
    agreement.set_class(contract=table.contract, starts_on=date(2018, 7, 2), by=table.olive, **terms | scenes.TERMS)
    assert agreement_queries.class_of(table.contract, Matter.TARGET, date(2018, 7, 1)).code == "unanimous"
    assert agreement_queries.class_of(table.contract, Matter.TARGET, date(2018, 7, 2)) is None
    assert Proposal.objects.get().terms == proposal.terms != agreement_queries.classes(table.contract, OCTOBER)[0]
    assert deeds("set_class") == 5
    with pytest.raises(RuleBroken, match="does not say who decides “A target and its floor”"):
        opened(table, Matter.TARGET)


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"starts_on": date(2018, 1, 1)}, "set from that day already"), ({"matters": ["operations"]}, "Management team")],
)
def test_terms_are_not_set_twice_and_a_matter_has_one_class(table, changes, words):
    terms = {"starts_on": OCTOBER, "code": "unanimous", "name": "U", "matters": ["shares"], "decides": "every-member"}
    with pytest.raises(RuleBroken, match=words):
        agreement.set_class(contract=table.contract, by=table.olive, **terms | scenes.TERMS | changes)
    assert AgreementClass.objects.count() == deeds("set_class") == 4


# --- proposing


def test_a_draft_is_seen_by_its_member_alone_until_it_is_opened(table):
    proposal = drafted(table)

    def seen(who):
        return list(proposal_queries.proposals_visible_to(who, table.contract, date(2018, 7, 2)))

    assert (seen(table.bella), seen(table.anna)) == ([proposal], [])
    proposals.write_proposal(proposal=proposal, by=table.bella, **scenes.words(table, "shares", title="The north"))
    proposals.open_proposal(proposal=proposal, by=table.bella)
    assert seen(table.anna) == [proposal]
    stored = Proposal.objects.get()
    assert (stored.status, stored.version, stored.title, stored.stage) == ("open", 1, "The north", "discussion")
    assert stored.clock_ends_on == date(2018, 8, 13)
    assert [deeds(verb) for verb in ("draft_proposal", "write_proposal", "open_proposal")] == [1, 1, 1]
    assert deeds("restate_shares") == 0  # that the words could be carried out was tried, and undone


@pytest.mark.parametrize("who", ["alice", "charlie", "fred"])
def test_whoever_has_no_seat_proposes_nothing_and_takes_no_position(table, who):
    proposal, stranger = opened(table), getattr(table, who)
    for attempt in (lambda: drafted(table, by=stranger), lambda: says(proposal, stranger)):
        with pytest.raises(RuleBroken, match="Only whoever holds a member’s seat"):
            attempt()
    assert (Proposal.objects.count(), Position.objects.count()) == (1, 0)


def test_a_seat_without_its_role_says_nothing(table):
    proposal = opened(table)
    table.anna.memberships.update(ended_at="2018-07-01T09:00Z", ended_by=table.olive)
    del table.anna.current_memberships
    with pytest.raises(RuleBroken, match="Only whoever holds"):
        says(proposal, table.anna)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"best_for_service": " "}, "why this is best for the service"),
        ({"effective_on": date(2018, 11, 1)}, "start of a quarter"),
        ({"effective_on": date(2018, 7, 1)}, "still to come"),
        ({"effective_on": date(2019, 1, 1)}, "The contract ends on 31 December 2018"),
        ({"payload": {"shares": {"ORG-AVC12": "0.7", "ORG-BV20": "0.4"}}}, "add up to 110%"),
        ({"payload": {"shares": {"ORG-AVC12": "1"}}}, "Say the share of Bramble"),
        ({"payload": {"shares": {"ORG-NONE": "1"}}}, "no longer fit"),
    ],
)
def test_what_could_not_be_carried_out_is_not_opened(table, changes, words):
    with pytest.raises(RuleBroken, match=words):
        opened(table, **changes)
    assert deeds("open_proposal") == ProposalVersion.objects.count() == 0


def test_every_matter_has_an_effect_and_nothing_else_is_proposed(table):
    assert set(proposal_effects.EFFECTS) == set(Matter)
    with pytest.raises(RuleBroken, match="Choose what the proposal is about"):
        drafted(table, "no-such", payload={}, **scenes.WORDS[Matter.TEXT])


def test_only_the_member_that_proposes_opens_amends_and_withdraws(table):
    proposal = drafted(table)
    with pytest.raises(RuleBroken, match="Only Bramble Volunteering"):
        proposals.open_proposal(proposal=proposal, by=table.anna)
    proposals.open_proposal(proposal=proposal, by=table.bella)
    with pytest.raises(RuleBroken, match="Only Bramble Volunteering"):
        amend(table, proposal, by=table.anna)
    with pytest.raises(RuleBroken, match="Say why it is withdrawn"):
        proposals.withdraw_proposal(proposal=proposal, reason=" ", by=table.bella)
    proposals.withdraw_proposal(proposal=proposal, reason="Too soon.", by=table.bella)
    assert Proposal.objects.get().status == "withdrawn"
    assert deeds("withdraw_proposal") == 1
    with pytest.raises(RuleBroken, match="has been withdrawn"):
        says(proposal, table.anna)


# --- positions


def test_a_unanimous_proposal_waits_for_every_member_and_for_objections_to_be_met(table):
    proposal = opened(table)
    says(proposal, table.bella)
    says(proposal, table.olive, "accept")
    with pytest.raises(RuleBroken, match="Silence is not agreement.*Ash Vale CVS"):
        positions.decide_proposal(proposal=proposal, by=table.bella)
    says(proposal, table.anna, "object", reason="We lose too much.")
    with pytest.raises(RuleBroken, match="Ash Vale CVS objects"):
        positions.decide_proposal(proposal=proposal, by=table.bella)
    positions.withdraw_objection(proposal=proposal, version=1, reason="We talked.", by=table.anna)
    with pytest.raises(RuleBroken, match="Silence is not agreement.*Ash Vale CVS"):
        positions.decide_proposal(proposal=proposal, by=table.bella)
    says(proposal, table.anna)
    positions.decide_proposal(proposal=proposal, by=table.anna)

    assert Proposal.objects.get().status == "carried"
    assert [row.stance for row in Position.objects.filter(organisation=table.ash_vale)] == ["object", "none", "support"]
    assert (deeds("take_position"), deeds("withdraw_objection"), deeds("decide_proposal")) == (4, 1, 1)


def test_an_amendment_starts_all_positions_anew_and_the_clock_runs_on(table):
    proposal = agreed(table)
    with on(date(2018, 7, 4)):
        amend(table, proposal)
        assert proposal_queries.ballot(proposal, date(2018, 7, 4)).silent == (
            "Ash Vale CVS", "Bramble Volunteering", "Trellisshire Council",
        )  # fmt: skip
        with pytest.raises(RuleBroken, match="The words were amended after you read them"):
            says(proposal, table.anna, version=1)
    assert Proposal.objects.get().clock_ends_on == date(2018, 8, 13)
    assert ProposalVersion.objects.get(number=1).positions.count() == 3
    with pytest.raises(RuleBroken, match="Say what is different"):
        amend(table, proposal, note=" ")


def test_a_deputy_acts_by_record(table):
    amy = person("Amy", table.ash_vale, "partner-lead")
    scenes.sit(table, table.ash_vale, table.anna, deputy=amy, starts_on=date(2018, 7, 1))
    proposal = opened(table)
    with pytest.raises(RuleBroken, match="Say why you act in the place of Anna"):
        says(proposal, amy)
    says(proposal, amy, stead_reason="Anna is on leave.")
    row = Position.objects.get()
    assert (row.said_by, row.in_stead_of) == (amy.actor_name, table.anna.actor_name)
    assert AuditEntry.objects.get(action="contracts.take_position").facts["in_stead_of"] == table.anna.actor_name


def test_whoever_stands_aside_for_an_interest_leaves_the_count(table):
    proposal = opened(table)
    says(proposal, table.anna, "recuse", interest="We bid for the same work.")
    says(proposal, table.bella)
    says(proposal, table.olive)
    positions.decide_proposal(proposal=proposal, by=table.bella)
    assert Proposal.objects.get().history.last().note == "2 agree, 1 stood aside"


def test_a_reserved_matter_is_the_commissioners_alone(table):
    proposal = opened(table, Matter.RESERVED)
    with pytest.raises(RuleBroken, match="You have no position"):
        says(proposal, table.bella)
    discussion.discuss_proposal(proposal=proposal, message="We would be sorry.", by=table.bella)
    says(proposal, table.olive)
    positions.decide_proposal(proposal=proposal, by=table.olive)
    assert (deeds("discuss_proposal"), Proposal.objects.get().status) == (1, "carried")


def test_a_member_that_has_left_does_not_count_and_one_that_joined_does(table):
    proposal = opened(table, Matter.TEXT)
    says(proposal, table.bella)
    says(proposal, table.olive)
    table.ash_vale_partner.left_on = date(2018, 7, 3)
    table.ash_vale_partner.save()
    assert not proposal_queries.can_be_carried(proposal, date(2018, 7, 3))
    assert proposal_queries.can_be_carried(proposal, date(2018, 7, 4))
    table.contract.partners.create(organisation=table.outside, joined_on=date(2018, 7, 4))
    assert proposal_queries.ballot(proposal, date(2018, 7, 4)).silent == ("Copper Beech Advice",)


# --- the clock


def test_the_clock_moves_by_itself_and_twice_does_nothing_more(table):
    proposal = opened(table)
    for day, stage in ((date(2018, 7, 16), "discussion"), (FACILITATION, "facilitation"), (EXPERT, "expert")):
        with on(day):
            for _ in range(2):
                carrying_out.run_proposals(by=NIGHTLY)
        assert Proposal.objects.get().stage == stage
    with on(OVER):
        stored = Proposal.objects.get()
        with pytest.raises(RuleBroken, match="The time to decide ended on 13 August 2018"):
            says(stored, table.anna)
        assert carrying_out.run_proposals(by=NIGHTLY) == {"moved": 1, "done": 0, "stopped": 0}
        assert carrying_out.run_proposals(by=NIGHTLY) == {"moved": 0, "done": 0, "stopped": 0}
    assert Proposal.objects.get().status == "lapsed"
    assert (deeds("move_clock"), deeds("lapse_proposal")) == (2, 1)
    assert proposal.history.count() == 5
    assert list(queries.shares(table.contract, OCTOBER).values()) == [Decimal("0.6"), Decimal("0.4")]


def test_what_every_member_agreed_to_does_not_lapse_because_nobody_pressed(table):
    agreed(table)
    with on(OVER):
        assert carrying_out.run_proposals(by=NIGHTLY) == {"moved": 1, "done": 1, "stopped": 0}
    assert Proposal.objects.get().status == "carried-out"


def test_stalled_proposals_are_those_past_discussion(table):
    proposal = opened(table)
    everything = Proposal.objects.all()
    assert list(proposal_queries.stalled(everything, date(2018, 7, 16))) == []
    assert list(proposal_queries.stalled(everything, FACILITATION)) == [proposal]


def test_facilitation_and_expert_opinion_are_recorded_in_their_stage(table):
    proposal = opened(table)
    given = {"kind": "facilitation", "name": "Fay Mole", "text": "Both want the north served.", "by": table.anna}
    with pytest.raises(RuleBroken, match="comes later"):
        discussion.record_opinion(proposal=proposal, given_on=date(2018, 7, 2), **given)
    with on(FACILITATION):
        discussion.record_opinion(proposal=proposal, given_on=FACILITATION, **given)
    assert (proposal.opinions.get().name, deeds("record_opinion")) == ("Fay Mole", 1)


# --- carrying out


def test_shares_are_restated_once_from_the_day_agreed(table):
    proposal = carried(table)
    again = Proposal.objects.get()
    made = carrying_out.carry_out_proposal(proposal=proposal, by=table.bella)
    assert made.what == "Shares of the money from 1 October 2018: Ash Vale CVS 55%, Bramble Volunteering 45%."
    with pytest.raises(RuleBroken):
        carrying_out.carry_out_proposal(proposal=again, by=table.anna)
    assert list(queries.shares(table.contract, date(2018, 9, 30)).values()) == [Decimal("0.6"), Decimal("0.4")]
    assert list(queries.shares(table.contract, OCTOBER).values()) == [Decimal("0.55"), Decimal("0.45")]
    assert (ProposalEffect.objects.count(), deeds("carry_out_proposal"), deeds("restate_shares")) == (1, 1, 1)


def test_a_target_is_set_from_its_day(table):
    proposal = carried(table, Matter.TARGET)
    carrying_out.carry_out_proposal(proposal=proposal, by=table.bella)
    assert queries.targets(table.contract, date(2018, 9, 30))["days-to-first-contact"].target == 5
    assert queries.targets(table.contract, OCTOBER)["days-to-first-contact"].target == 4


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        ({"indicator": "days-to-first-contact", "target": "9", "floor": "4"}, "."),
        ({"indicator": "no-such", "target": "9", "floor": "4"}, "Nothing is measured"),
    ],
)
def test_a_target_that_makes_no_sense_is_not_opened(table, payload, words):
    with pytest.raises(RuleBroken, match=words):
        opened(table, Matter.TARGET, payload=payload)


def test_words_wait_for_their_day(table):
    proposal = carried(table, Matter.TEXT)
    with pytest.raises(RuleBroken, match="from 3 September 2018 on"):
        carrying_out.carry_out_proposal(proposal=proposal, by=table.bella)
    assert carrying_out.run_proposals(by=NIGHTLY)["done"] == 0
    with on(date(2018, 9, 3)):
        assert carrying_out.run_proposals(by=NIGHTLY)["done"] == 1
        assert carrying_out.run_proposals(by=NIGHTLY)["done"] == 0


def test_what_can_no_longer_be_carried_out_says_so_once_and_can_be_amended(table):
    proposal = carried(table)
    with pytest.raises(RuleBroken, match="Propose a new one"):
        amend(table, proposal)
    with on(OCTOBER):
        for _ in range(2):
            assert carrying_out.run_proposals(by=NIGHTLY) == {"moved": 0, "done": 0, "stopped": 1}
        stored = Proposal.objects.get()
        assert stored.status == "carried"
        assert stored.refusal == "The last quarter of this contract has begun: its shares stay as they are."
        assert deeds("stop_proposal") == 1
        assert not ProposalEffect.objects.exists()
        with pytest.raises(RuleBroken):  # the last quarter of this contract has begun
            amend(table, stored)
    with on(date(2018, 9, 28)):
        stored = Proposal.objects.get()
        amend(table, stored)
        assert (stored.status, stored.version, stored.refusal) == ("open", 2, "")
        assert stored.opened_on == date(2018, 9, 28)


def test_what_cannot_be_carried_out_can_be_withdrawn_and_nothing_else_that_is_carried(table):
    proposal = carried(table)
    with pytest.raises(RuleBroken, match="Propose a new one"):
        proposals.withdraw_proposal(proposal=proposal, reason="We think again.", by=table.bella)
    with on(OCTOBER):
        carrying_out.carry_out_proposal(proposal=proposal, by=table.bella)
        proposals.withdraw_proposal(proposal=proposal, reason="It is too late.", by=table.bella)
    assert Proposal.objects.get().status == "withdrawn"


def test_two_proposals_for_the_same_day_leave_one_target(table):
    first, second = carried(table, Matter.TARGET), carried(table, Matter.TARGET)
    assert carrying_out.carry_out_proposal(proposal=first, by=table.bella) is not None
    assert carrying_out.carry_out_proposal(proposal=second, by=table.bella) is None
    assert "There is a target from that day already" in Proposal.objects.get(pk=second.pk).refusal


def test_a_management_team_decides_after_discussion_without_those_who_were_silent(table):
    proposal = opened(table, Matter.OPERATIONS, effective_on=date(2018, 7, 20))
    says(proposal, table.bella)
    says(proposal, table.olive)
    with pytest.raises(RuleBroken, match="Until discussion ends"):
        positions.decide_proposal(proposal=proposal, by=table.bella)
    with on(FACILITATION):
        assert carrying_out.run_proposals(by=NIGHTLY) == {"moved": 1, "done": 0, "stopped": 0}
    assert Proposal.objects.get().status == "carried"
