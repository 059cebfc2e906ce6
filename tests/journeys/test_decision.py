"""A decision from an empty form to its effect, and each way in which it is refused before its time."""

import pytest

from trellis.decisions.models import Decision
from trellis.decisions.queries import records

pytestmark = pytest.mark.live_at("2018-05-14T10:00")
HERE = "/decisions/18-00012/"


def test_a_decision_is_announced_taken_and_takes_effect(person, committed_cast, days_pass):
    carol, dee = person(committed_cast.carol), person(committed_cast.dee)
    an_officer_prepares_it(carol)
    democratic_services_announce_it(dee)
    anybody_reads_the_forward_plan(person())
    it_may_not_be_taken_yet(dee)
    days_pass("2018-06-04T10:00")
    its_agenda_is_published(dee)
    days_pass("2018-06-13T10:00")
    its_committee_is_heard_and_the_record_written(carol)
    it_is_taken_and_published(dee)
    days_pass("2018-06-21T10:00")
    nothing_may_be_done_under_it_yet(carol)
    anybody_reads_the_record(person())
    days_pass("2018-06-22T10:00")
    it_takes_effect_and_its_condition_is_met(carol)


def on_day(person, question: str, day: str):
    """Answer a question that has three boxes: "12 6 2018"."""
    boxes = person.page.get_by_role("group", name=question)
    for part, number in zip(("Day", "Month", "Year"), day.split(), strict=True):
        boxes.get_by_label(part).fill(number)
    return person


def says_yes(person, question: str):
    """Answer one of several questions that are answered by Yes or No."""
    person.page.get_by_role("group", name=question).get_by_label("Yes").check()
    return person


def an_officer_prepares_it(carol) -> None:
    carol.goes_to("/decisions/").clicks("Open a decision")
    carol.fills("Reference", "2018/12").fills("Title", "Support for community organisations")
    carol.fills("What is to be decided", "Whether the grants end and a contract takes their place.")
    carol.clicks("Open the decision").sees("two digits, a stroke and five digits")
    carol.fills("Reference", "18/00012").clicks("Open the decision").sees("In preparation")
    carol.sees("No report to decide on is published yet.").clicks("Say who takes it, and whom it affects")
    carol.chooses("One member of the executive, or an officer").fills("Name of the person or body", "Lee Hart")
    carol.fills("Title of the person", "Leader of the Council")
    carol.fills("Why it is, or is not", "It affects more than two divisions.")
    carol.fills("Divisions affected", "All divisions").fills("Department", "Social Care")
    carol.fills("Lead officer", "Sam Reed")
    says_yes(says_yes(carol, "Is it a key decision?"), "Can members call it in?")
    carol.clicks("Save").sees("Democratic services can do that.")
    carol.clicks("Add a body to the pathway").fills("Body", "Care Committee")
    carol.ticks("It meets in public, so its agenda is published before").clicks("Add it")


def democratic_services_announce_it(dee) -> None:
    dee.goes_to(HERE).clicks("Publish it on the forward plan")
    dee.fills("Documents that the decision maker is given", "The report")
    dee.fills("Where copies can be had", "Democratic Services, County Hall")
    on_day(dee, "Not before", "11 6 2018").clicks("Publish it").sees("from 12 June 2018 on")
    on_day(dee, "Not before", "12 6 2018").clicks("Publish it").sees("On the forward plan")


def anybody_reads_the_forward_plan(anybody) -> None:
    anybody.goes_to("/decisions/forward-plan/").sees("12 June 2018").clicks("18/00012")
    anybody.sees("This is a key decision.").sees_nothing_of("May it be taken?")


def it_may_not_be_taken_yet(dee) -> None:
    dee.goes_to(HERE + "take/").sees("something must be done first, and not before 12 June 2018.")
    dee.clicks("Record it").sees("Care Committee has not said what it thinks yet.")
    dee.goes_to(HERE).clicks("Publish the agenda of Care Committee")
    on_day(dee, "Day of the meeting", "12 6 2018").clicks("Publish it").sees("No report is published yet.")


def its_agenda_is_published(dee) -> None:
    dee.goes_to(HERE).clicks("Add a document").fills("Title", "The report").clicks("Add it")
    dee.clicks("Publish the agenda of Care Committee")
    on_day(dee, "Day of the meeting", "11 6 2018").clicks("Publish it")
    dee.sees("the meeting may be held from 12 June 2018 on")
    on_day(dee, "Day of the meeting", "12 6 2018").clicks("Publish it").sees(
        "The agenda is published, with the report."
    )


def its_committee_is_heard_and_the_record_written(carol) -> None:
    carol.goes_to(HERE).clicks("Record what Care Committee said").chooses("Endorsed").clicks("Record it")
    carol.sees("Every rule is kept: it may be taken on 13 June 2018.")
    carol.clicks("Write the record").fills("The decision", "The grants end and a contract is procured.")
    carol.fills("Reasons", "The support differs from place to place.")
    carol.fills("Power 1: what may be done", "Carry it out").fills("Power 1: who may do it", "The corporate director")
    carol.fills("Condition 1", "A good alternative is in place").clicks("Save the record")
    carol.sees("Say what waits for each condition.")
    carol.picks("What waits for condition 1", "Ending the grants").clicks("Save the record")


def it_is_taken_and_published(dee) -> None:
    dee.goes_to(HERE).clicks("Record that it was taken").clicks("Record it").sees("Taken, not yet published")
    dee.clicks("Publish the record").clicks("Publish the record").sees("Say which alternatives were considered")
    dee.goes_to(HERE).clicks("Write the record")
    dee.fills("Alternatives considered and rejected", "To go on as before: nothing would change.")
    dee.fills("Conflicts of interest declared", "Nobody declared any.").clicks("Save the record")
    dee.clicks("Publish the record").clicks("Publish the record").sees("It takes effect on 21 June 2018")
    assert records.effective_on(Decision.objects.get()) is not None


def nothing_may_be_done_under_it_yet(carol) -> None:
    carol.goes_to(HERE + "record/").clicks("Save the record").sees("publish a new version instead")
    carol.goes_to(HERE + "implementation/").fills("What was done?", "Opened the procurement.")
    on_day(carol, "When?", "20 6 2018").clicks("Record it").sees("takes effect on 21 June 2018")


def anybody_reads_the_record(anybody) -> None:
    anybody.goes_to("/decisions/").clicks("18/00012").sees("In effect").sees("To go on as before")
    assert not anybody.can_click("Publish a corrected version")


def it_takes_effect_and_its_condition_is_met(carol) -> None:
    carol.goes_to(HERE).clicks("Record that condition 1 is met")
    carol.fills("What shows that it is met?", "The contract is signed.").clicks("Record it")
    carol.sees("The contract is signed.")
    assert records.open_conditions(Decision.objects.get()) == []
