"""The main job, end to end: from asking for support to an authorised statement, as each role."""

import pytest

from trellis.support.models import Case

pytestmark = pytest.mark.live_at("2018-06-25T10:00")


def test_from_asking_for_support_to_payment(person, committed_cast, days_pass):
    cast = committed_cast
    case = an_organisation_asks_for_support(person(cast.dora), cast)
    a_competitor_learns_nothing_of_it(person(cast.bob), case, cast)
    an_adviser_takes_it_and_completes_it(person(cast.alice), case, cast)
    the_organisation_sees_what_came_of_it(person(cast.dora), case)
    days_pass("2018-07-02T10:00")
    olive = person(cast.olive)
    the_contract_manager_prepares_the_quarter(olive)
    each_partner_signs(person(cast.anna), person(cast.bella))
    anybody_reads_the_published_report(person())
    the_contract_manager_certifies_what_is_due(olive)
    finance_authorises_it(person(cast.fred))
    finance_pays_it(person(cast.fred))


def an_organisation_asks_for_support(dora, cast) -> str:
    dora.goes_to("/support/").clicks("Ask for support")
    dora.chooses("Finding and bidding for funding").clicks("Continue")
    dora.fills("Tell us about it", "We need money for a new freezer by the autumn.").clicks("Continue")
    dora.sees("Bramble Volunteering (runs services like yours)")
    dora.chooses("Any adviser who has no conflict of interest").clicks("Continue")
    dora.sees("Check your answers").clicks("Ask for support")
    case = Case.objects.get(organisation=cast.pantry).reference
    assert dora.is_at() == f"/support/{case}/"
    dora.sees("Finding and bidding for funding").sees("First contact is due by")
    return case


def a_competitor_learns_nothing_of_it(bob, case, cast) -> None:
    """Neither in lists nor in searches nor by guessing the address."""
    bob.goes_to("/support/").sees_nothing_of(case).sees_nothing_of(cast.pantry.name)
    bob.fills("Case or organisation", "Mill Lane").clicks("Show cases").sees_nothing_of(case)
    for step in ("", "take/", "activity/", "complete/"):
        bob.may_not_open(f"/support/{case}/{step}").sees_nothing_of(cast.pantry.name)


def an_adviser_takes_it_and_completes_it(alice, case, cast) -> None:
    alice.goes_to("/support/").clicks(case)
    alice.sees("We need money for a new freezer")
    alice.clicks("Triage this request").chooses("Routine").clicks("Make it ready for an adviser")
    alice.goes_to(f"/support/{case}/").clicks("Take this case").clicks("Take this case")
    alice.goes_to(f"/support/{case}/").clicks("Record what you did")
    alice.chooses("Telephone call").fills("How many minutes did it take?", "40")
    alice.fills("What did you do?", "Went through three funds with them.").clicks("Record it")
    alice.goes_to(f"/support/{case}/").clicks("Complete this case").clicks("Complete this case")
    alice.sees("Say what came of it.")  # nothing was chosen: refused in words, and nothing lost
    alice.chooses("The need was met").fills("What is different now?", "They have applied to two funds.")
    alice.clicks("Complete this case").sees("Completed")


def the_organisation_sees_what_came_of_it(dora, case) -> None:
    dora.goes_to(f"/support/{case}/").sees("They have applied to two funds.").sees("Completed")


def the_contract_manager_prepares_the_quarter(olive) -> None:
    olive.goes_to("/contracts/SCO/performance/2018-Q2").clicks("Work the figures out")
    olive.goes_to("/contracts/SCO/performance/2018-Q2").clicks("Prepare the report").clicks("Prepare the report")
    olive.sees("The quarter in five figures").sees("Organisations with income under the limit reached")
    olive.goes_to("/contracts/SCO/performance/2018-Q2/evidence/eligible-organisations-reached")
    olive.sees("24,000")  # the figure opens down to the fact under it


def each_partner_signs(anna, bella) -> None:
    for lead, name in ((anna, "Anna Ash"), (bella, "Bella Bramble")):
        lead.goes_to("/contracts/SCO/performance/2018-Q2").clicks("Sign the quarter")
        lead.fills("Your full name", name).clicks("Sign the quarter").sees(name)


def anybody_reads_the_published_report(anybody) -> None:
    anybody.goes_to("/contracts/SCO/performance/2018-Q2").sees("The quarter in five figures")
    assert not anybody.can_click("Sign the quarter")


def the_contract_manager_certifies_what_is_due(olive) -> None:
    olive.goes_to("/contracts/SCO/statements/2018-Q2").clicks("Draw up the statement")
    olive.sees("£22,500.00").sees("£13,500.00").sees("£9,000.00")
    olive.clicks("Certify the statement").clicks("Certify the statement").sees(
        "Finance can authorise it now.",
    )
    assert not olive.can_click("Authorise payment")


def finance_authorises_it(fred) -> None:
    fred.goes_to("/contracts/SCO/statements/2018-Q2").clicks("Authorise payment").clicks("Authorise payment")
    fred.sees("Authorised for payment")


def finance_pays_it(fred) -> None:
    fred.goes_to("/contracts/SCO/payments/").clicks("Export payments").clicks("Export the payments")
    fred.sees("Control totals").sees("£22,500.00")
    fred.goes_to("/contracts/SCO/money/").sees("£0 of £90,000 is paid").clicks("The ledger").sees("The books balance")
    fred.goes_to("/contracts/SCO/statements/2018-Q2/lines/1").sees("On its way")
