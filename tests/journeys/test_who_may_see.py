"""Who may see a case: an organisation chooses a competitor, shuts partners out, and is never left alone."""

from tests.journeys.browser import on_a_desktop
from trellis.support.models import Case
from trellis.support.tests import cases


def asks(dora, *, choice: str) -> None:
    dora.goes_to("/support/ask/").chooses("Finding and bidding for funding").clicks("Continue")
    dora.fills("Tell us about it", "We need money for a new freezer.").clicks("Continue")
    dora.chooses(choice)


def test_a_competitor_may_be_chosen_by_whoever_was_told(person, committed_cast):
    cast, dora, bob = committed_cast, person(committed_cast.dora), person(committed_cast.bob)
    asks(dora, choice="Bramble Volunteering (runs services like yours)")
    dora.clicks("Continue").sees("You may see it as a competitor")
    dora.clicks("Continue").sees("There is a problem")  # nobody accepts a conflict by going on
    dora.chooses("I know this, and I still want help from them").clicks("Continue")
    dora.sees("1 partner may help you").clicks("Ask for support")
    case = Case.objects.get(organisation=cast.pantry).reference
    bob.goes_to("/support/").clicks(case).sees("We need money for a new freezer.")
    person(cast.alice).goes_to("/support/").sees_nothing_of(case)

    dora.clicks("Choose which partners may see it").clicks("Shut it out (Bramble Volunteering)")
    dora.sees("You shut it out")
    bob.may_not_open(f"/support/{case}/").goes_to("/support/").sees_nothing_of(case)
    person(cast.alice).goes_to("/support/").sees(case)


def test_a_case_that_no_partner_may_have_goes_to_the_independent_route(person, committed_cast):
    cast, dora, ivy = committed_cast, person(committed_cast.dora), person(committed_cast.ivy)
    asks(dora, choice="Any adviser who has no conflict of interest")
    dora.ticks("Ash Vale CVS").clicks("Continue")
    dora.sees("It goes to Independent Support Panel").clicks("Ask for support")
    case = Case.objects.get(organisation=cast.pantry).reference
    person(cast.alice).may_not_open(f"/support/{case}/")
    person(cast.bob).may_not_open(f"/support/{case}/")

    ivy.goes_to("/").clicks("1 case offered to your team").clicks(case)
    ivy.clicks("Take this case").clicks("Take this case").sees("In progress")
    dora.goes_to(f"/support/{case}/").sees("Independent Support Panel").sees("Ivy")


@on_a_desktop  # what the server leaves out of the page no look brings back
def test_a_competitor_sees_no_trace_of_a_case(person, committed_cast):
    cast, bob = committed_cast, person(committed_cast.bob)
    hidden = cases.triaged(cast).reference
    other = cases.requested(cast, organisation=cast.choir, by=cast.erin).reference

    bob.goes_to("/support/").sees(other).sees_nothing_of(hidden).sees_nothing_of(cast.pantry.name)
    bob.sees("Showing 1")
    rows = bob.takes_away("Download these rows").decode()
    assert other in rows and hidden not in rows and cast.pantry.name not in rows
    for words in (hidden, "Mill Lane"):
        bob.goes_to("/support/").fills("Case or organisation", words).clicks("Show cases").sees("No cases here")
    bob.goes_to("/").sees("1 case to triage").sees_nothing_of(hidden).sees_nothing_of(cast.pantry.name)

    def answer(reference: str) -> str:
        """What a guess leads to, without the words that name the address itself."""
        bob.may_not_open(f"/support/{reference}/")
        return bob.page.get_by_role("main").inner_text().replace(reference, "")

    assert answer(hidden) == answer("CASE-0000"), "an address that is hidden looks unlike one that is not there"
