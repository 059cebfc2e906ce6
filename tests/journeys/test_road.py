"""From an empty commission to a decision in effect, led from each page to the next: a process that is over is entered
with its own days. The rooms on the way have journeys of their own; this one tries the joints between them."""

import pytest

from tests.journeys.browser import IN_HASTE
from trellis.commissioning.models import Commission
from trellis.core import clock
from trellis.decisions.models import Decision
from trellis.decisions.queries import records

pytestmark = [
    pytest.mark.live_at("2018-07-02T10:00"),
    pytest.mark.parametrize("look", [IN_HASTE], ids=["in haste"]),  # each of these pages has a journey in every look
]
SITE = "The council’s website"
HERE = "/decisions/18-00001/"


def test_from_an_empty_commission_to_a_decision_in_effect(person, committed_cast):
    carol, dee = person(committed_cast.carol), person(committed_cast.dee)
    home = an_officer_opens_a_commission(carol)
    it_leads_through_what_the_first_stage_needs(carol)
    it_leads_on_to_the_decision(carol, home)
    the_decision_leads_from_one_to_the_other(carol, dee)
    the_bodies_are_heard_and_the_record_is_written(carol, home)
    it_is_taken_and_its_record_was_published(dee)
    carol.goes_to(home).sees("18/00001 is in effect since 27 June 2018.")
    carol.clicks("Move to another stage").clicks("Move it")
    assert Commission.objects.get().stage == "procure"


def on_day(person, question: str, day: str):
    """Answer a question that has three boxes: "12 6 2018"."""
    boxes = person.page.get_by_role("group", name=question)
    for part, number in zip(("Day", "Month", "Year"), day.split(), strict=True):
        boxes.get_by_label(part).fill(number)
    return person


def was_published_on(person, day: str):
    """What is entered now stood elsewhere on a day before."""
    return on_day(person, "When was it published?", day).fills("Where was it published on that day?", SITE)


def an_officer_opens_a_commission(carol) -> str:
    carol.goes_to("/commissions/").clicks("Open a commission").fills("Title", "Support to the sector")
    carol.fills("Purpose", "Whether the grants end and a contract takes their place.").clicks("Open the commission")
    return carol.is_at()


def it_leads_through_what_the_first_stage_needs(carol) -> None:
    carol.clicks("Go on with findings").clicks("Add an interview or workshop").chooses("Workshop")
    on_day(carol, "When was it?", "12 1 2018").fills("Who took part?", "managers of volunteer centres")
    carol.fills("What was said", "Yearly awards stop us planning.").clicks("Keep this note")
    carol.clicks("Code what has no theme").sees("There is no theme yet.").fills("Name", "Funding")
    carol.clicks("Add the theme").clicks("Code what has no theme").chooses("Funding").clicks("Save and go on")
    carol.clicks("State a finding").fills("Finding", "Awards of a year stop bodies planning.").chooses("Funding")
    carol.clicks("State it").clicks("Support to the sector")
    carol.clicks("Go on with policies").clicks("Add a policy").fills("Title", "Sector policy")
    carol.fills("Who adopted it?", "Cabinet").clicks("Add the policy").clicks("Add a commitment")
    carol.fills("What the authority commits itself to", "Review the grants.").clicks("Add the commitment")
    carol.sees("Review the grants.").clicks("Policies").clicks("Add another authority’s model")
    carol.fills("Authority", "Ashshire").fills("Model", "Alliance").fills("What was learnt from it?", "It lasts.")
    carol.clicks("Add it").clicks("Support to the sector")
    carol.clicks("Go on with current provision").clicks("Add a source of money").fills("Name of the budget", "Care")
    carol.clicks("Add it").clicks("Add a body").fills("Name", "Ash Vale CVS")
    carol.chooses("Council for voluntary service (CVS)").fills("Yearly grant from Care", "36,500")
    on_day(on_day(carol, "First day", "1 4 2018"), "Last day", "31 3 2019").clicks("Add the body")


def it_leads_on_to_the_decision(carol, home: str) -> None:
    carol.goes_to("/").sees("Move on to plan").clicks("Support to the sector").clicks("Move on to plan").clicks(
        "Move it"
    )
    carol.clicks("Move to another stage").clicks("Move it").clicks("Decision")
    carol.clicks("Open the decision").sees("In preparation").clicks("Say who takes it, and whom it affects")
    carol.chooses("One member of the executive, or an officer").fills("Name of the person or body", "Lee Hart")
    carol.fills("Title of the person", "Leader").fills("Why it is, or is not", "It affects all divisions.")
    for question in ("Is it a key decision?", "Can members call it in?"):
        carol.page.get_by_role("group", name=question).get_by_label("Yes").check()
    carol.fills("Divisions affected", "All divisions").fills("Department", "Social Care").clicks("Save")
    carol.clicks("Add a body to the pathway").fills("Body", "Care Committee")
    carol.ticks("It meets in public, so its agenda is published before").clicks("Add it")
    carol.clicks("Add a document").fills("Title", "The report")
    carol.fills("Address where it can be read", "https://example.org/report")
    on_day(carol, "Since when could it be read there?", "4 6 2018").clicks("Add it")
    carol.sees("Next: publish it on the forward plan. Democratic services can do that.")


def the_decision_leads_from_one_to_the_other(carol, dee) -> None:
    dee.goes_to("/").clicks("18/00001: Publish it on the forward plan")
    dee.fills("Where copies can be had", "Democratic Services, County Hall")
    on_day(was_published_on(dee, "21 5 2018"), "Not before", "18 6 2018").clicks("Publish it")
    dee.sees("from 19 June 2018 on")
    was_published_on(dee, "14 5 2018").clicks("Publish it").clicks("Publish the agenda of Care Committee")
    on_day(was_published_on(dee, "4 6 2018"), "Day of the meeting", "12 6 2018").clicks("Publish it")


def the_bodies_are_heard_and_the_record_is_written(carol, home: str) -> None:
    carol.goes_to(home).sees("a commissioning officer: record what Care Committee said").clicks("Decision")
    carol.clicks("Record what Care Committee said").chooses("Endorsed").clicks("Record it")
    carol.clicks("Write the record").fills("The decision", "The grants end.").fills("Reasons", "They stop planning.")
    carol.fills("Alternatives considered and rejected", "To go on as before: nothing would change.")
    carol.fills("Conflicts of interest declared", "Nobody declared any.").clicks("Save the record")


def it_is_taken_and_its_record_was_published(dee) -> None:
    dee.goes_to("/").clicks("May be taken: 18/00001")
    on_day(dee, "When was it decided?", "18 6 2018").clicks("Record it").clicks("Publish the record")
    was_published_on(dee, "19 6 2018").clicks("Publish the record").sees("It is in effect from 27 June 2018 on.")
    dee.sees(f"On that day it stood elsewhere: {SITE}.")
    assert records.is_effective(Decision.objects.get(), clock.today())
