"""The search box suggests while somebody types, by keyboard alone, and searches without."""

from playwright.sync_api import expect

from tests.journeys.browser import NO_SCRIPT, in_every_look
from trellis.organisations import search
from trellis.organisations.models import Organisation

LABEL = "Name, place, number or postcode"


@in_every_look
def test_anybody_finds_an_organisation_by_a_few_keys(person, look, committed_cast):
    search.index(list(Organisation.objects.values_list("pk", flat=True)))
    anybody = person()
    anybody.goes_to("/organisations/")
    if look == NO_SCRIPT:  # without a script, the form does it
        anybody.fills(LABEL, "mill lan").clicks("Find organisations").clicks("Mill Lane Pantry")
        return
    box = anybody.page.get_by_role("combobox", name=LABEL)
    box.press_sequentially("mill lan")
    anybody.page.get_by_role("option", name="Mill Lane Pantry").wait_for()
    expect(box).to_have_attribute("aria-expanded", "true")
    anybody.looks_around()
    anybody.presses("Escape")
    expect(anybody.page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("mill lan")
    anybody.presses("ArrowDown")
    option = anybody.page.get_by_role("listbox").get_by_role("option", selected=True)
    expect(option).to_contain_text("Mill Lane Pantry")
    expect(box).to_have_attribute("aria-activedescendant", option.get_attribute("id"))
    anybody.looks_around().presses("Enter")
    anybody.page.wait_for_url(f"**/organisations/{committed_cast.pantry.reference}/")
    anybody.looks_around().sees("Mill Lane Pantry")
