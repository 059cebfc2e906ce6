"""The review queue: two records side by side, answered without a mouse, and taken back."""

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
