"""Signing in as people do: a password, and for staff a code from an app on a telephone."""

import time

from tests.cast import PASSWORD
from tests.journeys.browser import on_a_desktop
from trellis.accounts.tests.test_second_factor import code_at


def signs_in(somebody, person) -> None:
    somebody.goes_to("/").clicks("Sign in")
    somebody.fills("Email address", person.email).fills("Password", PASSWORD).clicks("Sign in")


def key_shown_to(somebody) -> str:
    """The key that the page offers to the app, for whoever cannot scan the picture."""
    return somebody.page.locator("main strong").last.inner_text().replace(" ", "")


def test_an_adviser_sets_an_app_up_and_signs_in_with_its_code(person, committed_cast):
    alice = person()
    signs_in(alice, committed_cast.alice)
    alice.sees("Set up a second step")
    alice.goes_to("/support/").sees("Set up a second step")  # there is no way round it
    alice.fills("Code", "12").clicks("Switch it on").sees("There is a problem")
    key = key_shown_to(alice)
    alice.fills("Code", code_at(key)).clicks("Switch it on").sees("Your recovery codes")
    alice.clicks("I have kept them").sees("What needs you today")
    alice.clicks("Sign out").goes_to("/support/").sees("Sign in")

    signs_in(alice, committed_cast.alice)
    alice.sees("Enter a code from your app")
    alice.fills("Code", code_at(key, time.time() + 30))  # each works once: the next one, as from a clock that is fast
    alice.clicks("Sign in").sees("What needs you today")
    alice.goes_to("/support/").sees("No cases here")


@on_a_desktop  # the words come from the server, and the first journey has every look at this page
def test_a_wrong_password_says_nothing_of_who_has_an_account(person, committed_cast):
    said = []
    for email in (committed_cast.dora.email, "nobody@example.org"):
        somebody = person()
        somebody.goes_to("/account/sign-in/").fills("Email address", email).fills("Password", "not the right one")
        somebody.clicks("Sign in").sees("There is a problem")
        said.append(somebody.page.get_by_role("alert").inner_text())
    assert said[0] == said[1]
