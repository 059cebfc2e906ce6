"""Without a mouse: everything is reached by Tab, and an error leads to its field."""

from trellis.support.tests import cases


def test_a_request_is_triaged_by_keyboard_alone(person, committed_cast):
    case = cases.requested(committed_cast).reference
    alice = person(committed_cast.alice)
    alice.goes_to("/support/").presses("Tab")
    assert alice.has_in_focus() == "Skip to main content"
    alice.presses("Enter").tabs_to(case).presses("Enter")
    alice.sees("We need to find money").looks_around().tabs_to("Triage this request").presses("Enter")
    alice.sees("How soon does it matter?").tabs_to("Make it ready for an adviser").presses("Enter")

    alice.sees("There is a problem")
    if alice.look.with_script:
        assert "There is a problem" in alice.has_in_focus(), "a screen reader is not told of the error"
    alice.tabs_to(alice.page.locator(".govuk-error-summary a").inner_text()).presses("Enter")
    assert alice.page.evaluate("document.activeElement.type") == "radio", "the error does not lead to its field"

    alice.presses("Space").tabs_to("Make it ready for an adviser").presses("Enter")
    alice.sees("Triaged. An adviser can take it now.")


def test_each_error_leads_to_its_field(person, committed_cast):
    case = cases.in_progress(committed_cast).reference
    alice = person(committed_cast.alice)
    alice.goes_to(f"/support/{case}/activity/").clicks("Record it").sees("There is a problem")
    links = alice.page.locator(".govuk-error-summary a")
    assert links.count() == 3
    for place in range(links.count()):
        leads_to = links.nth(place).get_attribute("href").removeprefix("#")
        links.nth(place).click()
        assert alice.page.evaluate("document.activeElement.id") == leads_to
