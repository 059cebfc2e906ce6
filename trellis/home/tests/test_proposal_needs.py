"""What waits for whoever sits at the table of an alliance."""

from datetime import date

from trellis.contracts.commands import carrying_out
from trellis.contracts.models import Matter, Proposal
from trellis.contracts.tests import proposal_scenes as scenes
from trellis.core.actors import NIGHTLY
from trellis.home.needs import needs_of


def waiting(person) -> dict[str, str]:
    return {task.name: task.hint for task in needs_of(person) if ": " in task.name and "proposals/" in (task.url or "")}


def test_a_proposal_waits_for_each_member_until_it_has_spoken(cast):
    proposal = scenes.opened(scenes.seated(cast), Matter.TEXT)
    scenes.says(proposal, cast.bella)
    ends = "Discussion ends on 16 July 2018. So far 1 member in favour."
    assert waiting(cast.anna) == waiting(cast.olive) == {"Your position is needed: Meet monthly": ends}
    assert waiting(cast.bella) == waiting(cast.fred) == {}


def test_what_is_agreed_waits_to_be_closed_by_anybody(cast):
    scenes.agreed(scenes.seated(cast), Matter.TEXT)
    assert waiting(cast.anna) == waiting(cast.bella) == {"Close as carried: Meet monthly": "It is agreed."}


def test_a_stalled_proposal_shows_its_age_also_to_those_who_have_spoken(cast):
    proposal = scenes.opened(scenes.seated(cast), Matter.TEXT)
    scenes.says(proposal, cast.anna, "object", reason="No.")
    with scenes.on(date(2018, 7, 17)):
        assert waiting(cast.anna) == {"Stalled: Meet monthly": "Open for 11 working days. It ends on 13 August 2018."}
        assert list(waiting(cast.olive)) == ["Your position is needed: Meet monthly"]
    with scenes.on(date(2018, 8, 14)):
        assert list(waiting(cast.olive)) == ["Lapses tonight: Meet monthly"]


def test_what_could_not_be_carried_out_waits_for_whoever_proposed_it(cast):
    scenes.carried(scenes.seated(cast))
    with scenes.on(scenes.OCTOBER):
        carrying_out.run_proposals(by=NIGHTLY)
        assert Proposal.objects.get().refusal == waiting(cast.bella)["Amend: Bramble takes on the north"]
        assert waiting(cast.anna) == {}
