"""Members act at the same moment, really committed, each with a connection of their own (tests/races.py)."""

from datetime import date

import pytest

from tests.races import at_once, losers, winners
from trellis.audit.models import AuditEntry
from trellis.contracts.commands import carrying_out, positions, proposals
from trellis.contracts.models import PartnerShare, Position, Proposal, ProposalEffect, ProposalVersion
from trellis.contracts.queries import proposals as queries
from trellis.contracts.tests import proposal_scenes as scenes
from trellis.core.actors import NIGHTLY
from trellis.core.errors import RuleBroken

TODAY = date(2018, 7, 2)


@pytest.fixture
def table(committed_cast):
    return scenes.seated(committed_cast)


def copy() -> Proposal:
    """The proposal as somebody's browser has just read it."""
    return Proposal.objects.get()


def audited(verb: str) -> int:
    return AuditEntry.objects.filter(action=f"contracts.{verb}").count()


def assert_one_was_refused(outcomes: list) -> None:
    assert [type(error) for error in losers(outcomes)] == [RuleBroken], outcomes


def test_deciding_while_somebody_objects_closes_nothing_over_the_objection(table):
    scenes.agreed(table)
    mine, theirs = copy(), copy()

    outcomes = at_once(
        lambda: positions.decide_proposal(proposal=mine, by=table.bella),
        lambda: scenes.says(theirs, table.anna, "object", reason="Wait."),
    )

    assert_one_was_refused(outcomes)
    assert (copy().status == "carried") is not (queries.ballot(copy(), TODAY).objecting == ("Ash Vale CVS",))


def test_deciding_while_the_words_change_closes_nothing_on_new_words(table):
    scenes.agreed(table)
    mine, theirs = copy(), copy()
    said = scenes.words(table, "shares", text="Other words.")

    outcomes = at_once(
        lambda: positions.decide_proposal(proposal=mine, by=table.anna),
        lambda: proposals.amend_proposal(proposal=theirs, note="Better", by=table.bella, **said),
    )

    assert_one_was_refused(outcomes)
    assert (copy().status, copy().version) in [("carried", 1), ("open", 2)]


def test_a_position_on_words_that_change_at_that_moment_never_counts_for_the_new_ones(table):
    scenes.opened(table)
    mine, theirs = copy(), copy()
    said = scenes.words(table, "shares", text="Other words.")

    at_once(
        lambda: scenes.says(mine, table.anna),
        lambda: proposals.amend_proposal(proposal=theirs, note="Better", by=table.bella, **said),
    )

    assert ProposalVersion.objects.count() == copy().version == 2
    assert queries.ballot(copy(), TODAY).agreed == ()


def test_one_member_saying_two_things_at_once_stands_by_one(table):
    scenes.opened(table)
    copies = [copy() for _ in range(4)]
    stances = ["support", "accept", "support", "accept"]

    outcomes = at_once(
        *[lambda one=one, how=how: scenes.says(one, table.anna, how) for one, how in zip(copies, stances, strict=True)]
    )

    said = list(Position.objects.order_by("number").values_list("number", flat=True))
    assert said == list(range(1, len(winners(outcomes)) + 1))
    assert audited("take_position") == len(said)
    assert queries.standing_positions(queries.current_version(copy())).count() == 1


def test_it_is_carried_out_once_whoever_presses(table):
    scenes.carried(table)
    copies = [copy() for _ in range(3)]

    outcomes = at_once(
        lambda: carrying_out.carry_out_proposal(proposal=copies[0], by=table.anna),
        lambda: carrying_out.carry_out_proposal(proposal=copies[1], by=table.bella),
        lambda: carrying_out.carry_out_proposal(proposal=copies[2], by=NIGHTLY),
    )

    assert len(winners(outcomes)) == ProposalEffect.objects.count() == 1
    assert {type(error) for error in losers(outcomes)} == {RuleBroken}
    assert (PartnerShare.objects.count(), audited("restate_shares"), copy().status) == (4, 1, "carried-out")
