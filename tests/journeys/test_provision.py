"""A commissioning officer sets down who is funded and plans how that ends; the contract manager ends it."""

import pytest

from trellis.commissioning.models import Commission
from trellis.commissioning.tests import rooms

pytestmark = pytest.mark.live_at("2018-07-02T10:00")


@pytest.fixture
def commission(committed_cast) -> Commission:
    return rooms.open_commission(committed_cast)


def fills_date(person, name: str, day: int, month: int, year: int) -> None:
    for part, value in (("day", day), ("month", month), ("year", year)):
        person.page.locator(f"[name={name}-{part}]").fill(str(value))


def test_grants_are_set_down_planned_to_end_and_ended(person, committed_cast, commission):
    cast = committed_cast
    carol = person(cast.carol)
    an_officer_sets_down_who_is_funded(carol, commission)
    an_officer_plans_the_ending(carol, commission)
    olive = person(cast.olive)
    nobody_serves_notice_before_the_award(olive)
    the_contract_manager_ends_the_grant(olive)
    carol.goes_to(f"/commissions/{commission.reference}/provision/endings/").sees("Notice served")


def an_officer_sets_down_who_is_funded(carol, commission) -> None:
    carol.goes_to(f"/commissions/{commission.reference}/").clicks("Current provision")
    carol.clicks("Add a source of money").fills("Name of the budget", "Social care").clicks("Add it")
    carol.clicks("Add a body").fills("Name", "Ash Vale CVS").chooses("Council for voluntary service (CVS)")
    carol.fills("Yearly grant from Social care", "36,500").chooses("North")
    fills_date(carol, "award_starts_on", 1, 4, 2018)
    carol.clicks("Add the body").sees("There is a problem")  # the last day was left out
    fills_date(carol, "award_ends_on", 31, 3, 2019)
    carol.clicks("Add the body").sees("1 body is funded today, with £36,500 a year.")


def an_officer_plans_the_ending(carol, commission) -> None:
    carol.clicks("When the grants end, and what that costs").clicks("Plan the endings")
    fills_date(carol, "stops_on", 1, 10, 2018)
    carol.clicks("Plan the endings").sees("30 June 2018")
    carol.clicks("Read the draft").sees("This is a draft.").sees("Ash Vale CVS")


def nobody_serves_notice_before_the_award(olive) -> None:
    olive.goes_to("/contracts/SCO/grants/").sees("Not yet")
    assert not olive.can_click("Serve notice")


def the_contract_manager_ends_the_grant(olive) -> None:
    olive.clicks("The award is signed")
    fills_date(olive, "signed_on", 15, 6, 2018)
    olive.clicks("Save").sees("Notice can be served on the grants now.")
    olive.clicks("Serve notice")
    fills_date(olive, "served_on", 20, 6, 2018)
    olive.clicks("Serve notice").sees("Notice is served on Ash Vale CVS.").sees("1 of 1")
    olive.clicks("Read").sees("which is as much")


def test_a_theory_of_change_is_edited_as_a_table_and_drawn(person, committed_cast, commission):
    cast = committed_cast
    indicator = rooms.set_outcome(cast, commission)
    carol = person(cast.carol)
    carol.goes_to(f"/commissions/{commission.reference}/outcomes/").clicks("Edit the table")
    of = f"a new measure of {indicator.name}"
    carol.fills(f"What is counted: {of}", "In a year").fills(f"Baseline: {of}", "90").fills(f"Target: {of}", "150")
    carol.fills(f"Floor: {of}", "151").clicks("Save the table").sees("The floor is above the target.")
    carol.fills(f"Floor: {of}", "110").clicks("Save the table").sees("The measures are saved.").sees("From 90 to 150")


def test_the_market_is_published_without_names(person, committed_cast, commission):
    cast = committed_cast
    for number in range(6):
        rooms.answer(cast, rooms.ask(cast, commission, f"Provider {number}"), public_reasons="It is fair.")
    carol = person(cast.carol)
    carol.goes_to(f"/commissions/{commission.reference}/market/").clicks("Publish it without names")
    carol.clicks("What everybody can read")
    somebody = person()
    somebody.goes_to(carol.is_at()).sees("6 of 6 providers prefer none of the models").sees("It is fair.")
    somebody.sees_nothing_of("Provider 1")
