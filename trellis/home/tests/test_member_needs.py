"""What the alliance wants of people, on their homes."""

from datetime import date

from trellis.contracts import commands
from trellis.contracts.commands import checks, promises
from trellis.contracts.tests import membership_scenes
from trellis.home.needs import needs_of


def wanted(user) -> list[str]:
    return [task.name for task in needs_of(user)]


def test_an_empty_seat_wants_its_own_lead_only(cast):
    assert "Name who decides for Ash Vale CVS" in wanted(cast.anna)
    assert "Name who decides for Trellisshire Council" in wanted(cast.olive)
    assert "Name who decides for Ash Vale CVS" not in [*wanted(cast.bella), *wanted(cast.olive)]
    commands.name_seat(
        contract=cast.contract, organisation=cast.ash_vale, holder=cast.anna, deputy=None,
        starts_on=date(2018, 7, 2), by=cast.anna,
    )  # fmt: skip
    assert "Name who decides for Ash Vale CVS" not in wanted(cast.anna)


def test_checks_want_a_second_person(cast):
    check = membership_scenes.being_checked(cast).checks.first()
    checks.answer_check(check=check, outcome="met", note="Seen.", by=cast.olive)
    asked = "Verify 1 check of Copper Beech Advice"
    assert asked in wanted(cast.anna) and asked not in wanted(cast.olive)
    checks.verify_check(check=check, by=cast.bella)
    assert asked not in wanted(cast.anna)


def test_the_contract_manager_is_told_who_joins_and_what_is_late(cast):
    membership_scenes.being_checked(cast)
    membership_scenes.on_a_remedy_plan(cast)
    promises.record_promise(
        contract=cast.contract, partner=None, words="A desk in every district.", due_on=date(2018, 7, 1),
        indicator=None, evidence="Twelve addresses.", by=cast.olive,
    )  # fmt: skip
    tasks = {task.name: task for task in needs_of(cast.olive)}
    assert tasks["Membership of Copper Beech Advice"].hint == "7 questions open."
    assert tasks["Membership of Bramble Volunteering"].hint == "Looked at again on 31 July 2018."
    assert tasks["Promise: A desk in every district."].status == "Late"
    assert not [name for name in wanted(cast.anna) if name.startswith(("Membership", "Promise"))]
