"""New shares, from the lead of the smallest partner to the alliance's table and into the books, over an objection."""

from datetime import date
from decimal import Decimal

from trellis.contracts import queries
from trellis.contracts.tests import proposal_scenes as scenes

ROOM = "/contracts/SCO/proposals/"


def test_equals_agree_on_new_shares(person, committed_cast, days_pass):
    cast = scenes.seated(committed_cast)
    anna, bella, olive = person(cast.anna), person(cast.bella), person(cast.olive)
    the_smallest_partner_proposes(bella)
    somebody_outside_sees_nothing(person(cast.charlie))
    the_commissioner_supports_it(olive)
    another_partner_objects(anna)
    it_is_not_carried_over_the_objection(bella)
    the_words_are_amended(bella)
    every_member_takes_a_position_anew(anna, bella, olive)
    it_is_carried_and_carried_out(bella)
    assert list(queries.shares(cast.contract, date(2018, 9, 30)).values()) == [Decimal("0.6"), Decimal("0.4")]
    assert list(queries.shares(cast.contract, scenes.OCTOBER).values()) == [Decimal("0.58"), Decimal("0.42")]
    days_pass("2018-10-01T10:00")
    anybody_reads_the_new_shares(person())


def the_smallest_partner_proposes(bella) -> None:
    bella.goes_to(ROOM).sees("There is no proposal here.").clicks("How we decide").sees("Silence is not agreement")
    bella.goes_to(ROOM).clicks("Propose something").chooses("Shares of the money").clicks("Continue")
    bella.fills("Title", "Bramble takes on the north").fills(
        "What do you propose?", "Bramble takes cases in the north."
    )
    bella.fills("Why is this best for the service?", "People there are answered sooner.")
    bella.picks("From which quarter?", "From 1 October 2018")
    bella.fills("Share of Ash Vale CVS", "50").fills("Share of Bramble Volunteering", "55").clicks("Save the draft")
    bella.sees("The partners’ shares add up to 105%. They must add up to 100% exactly.")
    bella.fills("Share of Bramble Volunteering", "50").clicks("Save the draft").sees("Only your organisation sees this")
    bella.clicks("Open it to the members").clicks("Open it").sees("Every member can take a position now.")
    bella.clicks("Take your position").chooses("Support").clicks("Record the position").sees("1 of 3 members agree")


def somebody_outside_sees_nothing(charlie) -> None:
    charlie.page.goto(ROOM)
    charlie.sees_nothing_of("Bramble takes on the north")


def the_commissioner_supports_it(olive) -> None:
    olive.goes_to("/").clicks("Your position is needed: Bramble takes on the north")
    olive.clicks("Take your position").sees("You speak for Trellisshire Council.")
    olive.chooses("Accept").clicks("Record the position").sees("2 of 3 members agree, 1 has not said.")


def another_partner_objects(anna) -> None:
    anna.goes_to(ROOM).clicks("Bramble takes on the north").sees("Your position is needed.").clicks(
        "Take your position"
    )
    anna.chooses("Object").clicks("Record the position").sees("Say why you object, so that the others can meet it.")
    anna.fills("Why?", "Ten points less closes our office.").clicks("Record the position").sees("1 objects")


def it_is_not_carried_over_the_objection(bella) -> None:
    bella.goes_to(ROOM).clicks("Bramble takes on the north").sees("Ten points less closes our office.")
    assert not bella.can_click("Close it as carried")
    bella.fills("Say something to the other members", "What would keep it open?").clicks("Say it")


def the_words_are_amended(bella) -> None:
    bella.clicks("Amend it").fills("Share of Ash Vale CVS", "58").fills("Share of Bramble Volunteering", "42")
    bella.fills("What is different, and why?", "Two points, so that the office stays.").clicks("Amend it")
    bella.sees("0 of 3 members agree, 3 have not said.").clicks("See the last two versions side by side")
    bella.sees("58%").sees("Two points, so that the office stays.")


def every_member_takes_a_position_anew(anna, bella, olive) -> None:
    for somebody, stance in ((anna, "Support"), (bella, "Support"), (olive, "Accept")):
        somebody.goes_to(ROOM).clicks("Bramble takes on the north").clicks("Take your position")
        somebody.chooses(stance).clicks("Record the position")
    olive.sees("3 of 3 members agree. It can be closed as carried.")


def it_is_carried_and_carried_out(bella) -> None:
    bella.goes_to(ROOM).clicks("Bramble takes on the north").clicks("Close it as carried")
    bella.clicks("Close it as carried").sees("It is carried.").clicks("Carry it out").clicks("Carry it out")
    bella.sees("Shares of the money from 1 October 2018: Ash Vale CVS 58%, Bramble Volunteering 42%.")


def anybody_reads_the_new_shares(anybody) -> None:
    anybody.goes_to("/contracts/SCO/").sees("58%").sees("Bramble takes on the north")
    anybody.sees_nothing_of("closes our office")
