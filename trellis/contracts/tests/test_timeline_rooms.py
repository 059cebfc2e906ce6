"""What the rooms of the alliance put on the contract's line of time, and for whom."""

from datetime import date, timedelta

from trellis.contracts.commands import risks, variations
from trellis.contracts.queries import timeline_rooms as rooms
from trellis.contracts.tests import proposal_scenes, room_scenes

TODAY = date(2018, 7, 2)
OCTOBER = date(2018, 10, 1)


def test_a_variation_in_the_contract_is_for_anybody_to_see(cast):
    drafted = room_scenes.a_variation(cast)
    assert not list(rooms.variation_moments(cast.contract, TODAY, False))
    variations.carry_variation(variation=drafted, note="2 July", by=cast.olive)
    (moment,) = rooms.variation_moments(cast.contract, TODAY, False)
    assert (moment.on, moment.is_done) == (OCTOBER, False)
    assert "A helpline before Christmas" in moment.what


def test_an_open_proposal_has_its_last_day_and_a_carried_one_its_first(cast):
    table = proposal_scenes.seated(cast)
    proposal = proposal_scenes.opened(table)
    (moment,) = rooms.proposal_moments(cast.contract, TODAY, True)
    assert (moment.on, moment.who, moment.is_due) == (proposal.clock_ends_on, "Every member", True)
    for person in (cast.anna, cast.bella, cast.olive):
        proposal_scenes.says(proposal, person)
    proposal_scenes.positions.decide_proposal(proposal=proposal, by=cast.bella)
    (moment,) = rooms.proposal_moments(cast.contract, TODAY, True)
    assert (moment.on, moment.is_due, moment.is_done) == (OCTOBER, False, False)


def test_an_action_and_a_plans_task_are_due_from_their_owners(cast):
    action = room_scenes.an_action(cast, room_scenes.a_risk(cast))
    room_scenes.a_plan(cast)
    (moment,) = rooms.action_moments(cast.contract, TODAY, True)
    assert (moment.on, moment.who, moment.is_done) == (action.due_on, action.owner.name, False)
    risks.finish_action(action=action, how="Both agreed.", by=cast.anna)
    (moment,) = rooms.action_moments(cast.contract, TODAY, True)
    assert moment.is_done
    tasks = list(rooms.plan_moments(cast.contract, TODAY, True))
    assert tasks and all(one.is_due and one.who for one in tasks)
    assert all(abs(one.on - cast.contract.starts_on) < timedelta(days=400) for one in tasks)


def test_the_rooms_are_told_to_members_only(cast):
    proposal_scenes.opened(proposal_scenes.seated(cast))
    room_scenes.an_action(cast, room_scenes.a_risk(cast))
    room_scenes.a_plan(cast)
    for source in (rooms.proposal_moments, rooms.action_moments, rooms.plan_moments):
        assert not list(source(cast.contract, TODAY, False))
        assert list(source(cast.contract, TODAY, True))
