"""What people say: asked by an officer, answered without an account, coded, stated and told."""

import pytest

from trellis.commissioning.models import Consultation
from trellis.commissioning.tests.surveys import a_commission, an_empty_draft, an_open_one

pytestmark = pytest.mark.live_at("2018-07-02T10:00")


def test_from_a_question_to_what_became_of_the_answers(person, committed_cast, days_pass):
    cast = committed_cast
    consultation = an_open_one(cast)
    room = f"/commissions/{consultation.commission.reference}/findings/"
    anybody_answers_saves_and_comes_back(person(), consultation)
    a_second_answer_by_the_same_person_is_refused(person(cast.vera))
    carol = person(cast.carol)
    closing_early_is_refused(carol, room, consultation)
    an_officer_codes_and_states_a_finding(carol, room)
    a_file_is_read_line_by_line(carol, room)
    days_pass("2018-08-01T10:00")
    everybody_is_told(person(cast.carol), room, consultation)
    person().goes_to("/consultations/").clicks("Help for groups").clicks("See what you said and what we did").sees(
        "We train trustees."
    )


def test_an_officer_builds_a_consultation(person, committed_cast):
    commission = a_commission(committed_cast)
    carol = person(committed_cast.carol)
    carol.goes_to(f"/commissions/{commission.reference}/findings/").clicks("Plan a consultation").clicks("Plan it")
    carol.sees("There is a problem")
    draft = an_empty_draft(committed_cast, commission)
    carol.goes_to(f"/commissions/{commission.reference}/findings/").clicks(draft.title)
    carol.clicks("Release it").sees("It has no question yet.")
    carol.clicks("One of a list").fills("Question", "Who are you?").fills("Heading of its page", "You")
    carol.fills("Choices", "A group").clicks("Add the question").sees("Write at least 2")
    carol.fills("Choices", "A group\nA resident").clicks("Add the question").sees("Who are you?")
    carol.clicks("In their own words").fills("Question", "What would you change?").clicks("Add the question")
    carol.clicks("See it as people will").sees("A resident").sees("What would you change?")
    carol.goes_to(f"/commissions/{commission.reference}/findings/").clicks(draft.title).clicks("Release it")
    carol.sees("It is released")
    person().goes_to("/").clicks("Have your say").clicks(draft.title).clicks("Begin").sees("Keep this link.")


def anybody_answers_saves_and_comes_back(anybody, consultation) -> None:
    anybody.goes_to("/consultations/").clicks("Help for groups").sees("we cannot tell if one person answers twice")
    anybody.clicks("Begin").sees("Keep this link.")
    home = anybody.is_at()
    anybody.clicks("Go to the first page").clicks("Save and go on").sees("Answer “What are you?”")
    anybody.chooses("A small group").clicks("Save and come back later").sees("Saved")
    anybody.goes_to("/").goes_to(home).clicks("The help there is")
    anybody.picks("Funding", "1").picks("Trustees", "1").clicks("Save and go on").sees("Give each place once")
    anybody.picks("Trustees", "2").clicks("Save and go on")
    anybody.fills("What would you change? (optional)", "We cannot find trustees.").clicks("Save and go on")
    anybody.sees("Check your answer").sees("1. Funding").sees("We cannot find trustees.")
    anybody.clicks("Send your answer").sees("Your answer is sent")
    anybody.goes_to(f"{home}check/").sees("Your answer is sent")
    assert Consultation.objects.get(pk=consultation.pk).responses.get().status == "sent"


def a_second_answer_by_the_same_person_is_refused(vera) -> None:
    vera.goes_to("/consultations/").clicks("Help for groups").clicks("Begin").clicks("About you")
    vera.chooses("A resident").clicks("Save and come back later").clicks("Check your answer")
    vera.clicks("Send your answer").sees("Your answer is sent")
    vera.goes_to("/consultations/").clicks("Help for groups").clicks("Begin").sees("You have sent your answer already.")


def closing_early_is_refused(carol, room, consultation) -> None:
    carol.goes_to(room).clicks("Help for groups").clicks("Close it")
    carol.sees("People were told that they have until the end of 31 July 2018.")
    carol.clicks("Figures and charts").sees("2 answers.")


def an_officer_codes_and_states_a_finding(carol, room) -> None:
    carol.goes_to(room).clicks("Add a theme").fills("Name", "Trustees").clicks("Add the theme")
    carol.clicks("Code what has no theme").sees("We cannot find trustees.").sees("Suggested:")
    carol.ticks("Trustees").clicks("Save and go on").sees("Every answer and note has a theme.")
    carol.clicks("State a finding").fills("Finding", "Trustees are hard to find.").clicks("State it")
    carol.sees("There is a problem")
    carol.ticks("Trustees").clicks("State it").sees("1 person of 2").sees("Withheld")
    carol.clicks("Quote it “We cannot find trustees.”").fills("What we publish", "Ring 01632 960001.")
    carol.ticks("I have read it, and nothing in it tells who said it").clicks("Use this quote")
    carol.sees("There is a telephone number in it.")
    carol.fills("What we publish", "We cannot find trustees.").clicks("Use this quote").sees(
        "“We cannot find trustees.”"
    )


def a_file_is_read_line_by_line(carol, room) -> None:
    carol.goes_to(room).clicks("Help for groups").clicks("Read answers from a file")
    carol.uploads("File of answers", "paper.csv", "person,kind,shoe size\n17,A resident,44\n18,A parish,\n")
    carol.clicks("Read the file").sees("The answers of 1 person were kept.")
    carol.sees("The consultation has no question “shoe size”.").sees("“What are you?” offers no such choice.")


def everybody_is_told(carol, room, consultation) -> None:
    carol.goes_to(room).clicks("Help for groups").clicks("Close it").sees("It is closed.")
    carol.clicks("You said, we did").clicks("Publish it for everyone").sees("Say what you did about “Trustees”.")
    carol.clicks("Say what we did about Trustees").fills("What we did", "We train trustees.").clicks("Save")
    carol.clicks("Publish it for everyone").sees("It is published for everyone.")
    carol.clicks("See it as everybody does").sees("Fewer than 5 people answered").sees("We train trustees.")
