"""The review queue: two records side by side, answered without a mouse, and taken back."""

from tests.journeys.browser import NO_SCRIPT, in_every_look
from trellis.organisations.models import Organisation
from trellis.organisations.tests.merging.register import organisation, question


def test_doubles_are_answered_by_keyboard_and_an_answer_is_taken_back(person, committed_cast):
    choir, singers = organisation("Larkfield Choir", number="1000001"), organisation("Larkfield Singers")
    bell, ringers = organisation("Bell Tower"), organisation("Bell Tower Ringers")
    question(choir, singers, value=30)
    question(singers, bell, value=20)
    question(bell, ringers, value=10)
    ada = person(committed_cast.ada)
    ada.goes_to("/organisations/links/").tabs_to("Answer the next question").presses("Enter")
    ada.sees("Is Larkfield Choir the same as Larkfield Singers?").sees("1000001").looks_around()
    ada.tabs_to("The same").presses("Enter").sees("Your last answer: Larkfield Choir and Larkfield Singers, the same.")
    assert Organisation.objects.get(pk=singers.pk).merged_into == choir

    ada.tabs_to("Not the same").presses("Enter").sees("Is Bell Tower the same as Bell Tower Ringers?")
    ada.tabs_to("One belongs to the other").presses("Enter").tabs_to("Bell Tower belongs to Bell Tower Ringers")
    ada.presses("ArrowDown").tabs_to("It belongs to the other").presses("Enter").sees("No question waits")
    assert ringers.belongs_to.get().parent == bell

    ada.clicks("Undo your last answer").sees("The answer is taken back.").sees("Is Bell Tower the same as")
    assert not ringers.belongs_to.exists()
    person().goes_to(f"/organisations/{singers.reference}/").sees("Larkfield Choir")


@in_every_look
def test_doubles_are_answered_by_single_keys_while_the_focus_is_there(person, look, committed_cast):
    names = ("Larkfield Choir", "Bell Tower", "Mill Quilters", "Ash Kites", "Elm Chess")
    pairs = [(organisation(name), organisation(f"{name} Society")) for name in names]
    for number, pair in enumerate(pairs):
        question(*pair, value=50 - number)
    ada = person(committed_cast.ada)
    ada.goes_to("/organisations/links/").clicks("Answer the next question").sees("Is Larkfield Choir the same as")
    if look == NO_SCRIPT:  # the buttons are there, and nothing is said of keys that do nothing
        assert not ada.page.get_by_text("while the focus is in this part").is_visible()
        ada.looks_around().clicks("Skip").sees("Is Bell Tower the same as")
        return
    ada.presses("s", "d").sees("Is Larkfield Choir the same as")  # the focus is elsewhere
    ada.sees("Keys, while the focus is in this part").looks_around().tabs_to("Not the same").presses("Control+d")
    ada.sees("Is Larkfield Choir the same as").presses("s").sees("Your last answer: Larkfield Choir and Larkfield")
    assert "Both records and your answer" in ada.page.evaluate("document.activeElement.getAttribute('aria-label')")
    ada.looks_around().presses("d").sees("Bell Tower Society, not the same.").sees("Is Mill Quilters the same as")
    ada.presses("n").sees("Is Ash Kites the same as").presses("u").sees("The answer is taken back.")
    ada.sees("Is Bell Tower the same as")

    ada.tabs_to("Skip").presses("b").sees("Bell Tower Society belongs to Bell Tower")
    assert ada.page.evaluate("document.activeElement.type") == "radio"
    ada.presses("s").sees("Is Bell Tower the same as")  # whoever fills a form types letters
    ada.presses("Space").tabs_to("It belongs to the other").presses("Enter").sees("one belongs to the other.")
    assert pairs[1][0].belongs_to.exists() or pairs[1][1].belongs_to.exists()
    assert Organisation.objects.get(pk=pairs[0][1].pk).merged_into == pairs[0][0]
