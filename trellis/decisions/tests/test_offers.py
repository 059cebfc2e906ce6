"""What notices and the record begin with, so that nobody writes twice what Trellis knows."""

from datetime import date

import pytest

from trellis.commissioning.commands import appraisal
from trellis.commissioning.tests import appraisals, rooms
from trellis.decisions.commands import forward_plan, records, reports
from trellis.decisions.models import Decision, Report
from trellis.decisions.queries.notice_offer import first_meeting, notice_offer
from trellis.decisions.queries.record_offer import offer
from trellis.decisions.tests import scenes

HERE = "/decisions/18-00012/"
TODAY = date(2018, 7, 2)


@pytest.fixture
def decision(cast) -> Decision:
    """One of a commission whose options are appraised, with a report that is under way."""
    room = appraisals.complete(cast)
    said = "It reaches more for its cost."
    appraisal.conclude_appraisal(appraisal=room.appraisal, preferred=room.alliance, conclusion=said, by=cast.carol)
    rooms.plan_start(cast, room.commission, award=date(2018, 10, 15), start=date(2019, 1, 1))
    made = scenes.bare(cast.council, commission=room.commission, **scenes.DESCRIBED)
    reports.open_report(decision=made, by=cast.carol)
    return made


def test_the_record_begins_with_what_the_report_says(cast, page_client, decision):
    offered = offer(decision)
    assert offered["text"].splitlines()[0].startswith("1. Procure and award a contract, “Support”")
    assert offered["text"].splitlines()[1].startswith("2. Delegate the carrying out of this decision to Sam Reed")
    assert offered["reasons"] == "The preferred model is: Alliance. It reaches more for its cost."
    assert "Lead body: Carried forward. It was talked through." in offered["alternatives"].splitlines()
    assert "Alliance" not in offered["alternatives"]
    page = page_client.get(HERE + "record/", by=cast.carol)
    assert offered["reasons"] in page.find("[name=reasons]").text_content()
    assert "(optional)" not in page.text


def test_what_is_written_already_stays(cast, page_client, decision):
    records.draft_record(decision=decision, by=cast.carol, reasons="Our own.")
    page = page_client.get(HERE + "record/", by=cast.carol)
    assert "Our own." in page.find("[name=reasons]").text_content()
    assert "Procure and award" in page.find("[name=text]").text_content()


def test_the_record_begins_with_the_version_and_its_words_by_hand(cast, decision):
    report = Report.objects.get()
    reports.write_paragraph(
        report=report,
        key="contracting-model-preferred",
        text="We prefer: {preferred_option}.",
        seen="The preferred model is: {preferred_option}. {appraisal_conclusion}",
        by=cast.carol,
    )
    reports.make_version(report=report, by=cast.carol)
    assert offer(decision)["reasons"] == "We prefer: Alliance."


def test_without_a_report_nothing_is_offered(cast):
    assert offer(scenes.drafted(cast.council)) == {}


def test_a_notice_begins_with_the_first_lawful_day_and_the_papers(cast, page_client, decision):
    scenes.announced(cast.council, reference="18/00013")
    forward_plan.add_document(decision=decision, kind="background", title="The survey", by=cast.carol)
    assert notice_offer(decision, TODAY) == {
        "due_from": date(2018, 7, 31),
        "documents": "The committee report\nThe survey",
        "copies_from": "Democratic Services, County Hall",
    }
    assert notice_offer(Decision(is_key=False, authority=cast.council, pk=0), TODAY)["due_from"] is None
    page = page_client.get(HERE + "notices/forward-plan/", by=cast.dee)
    assert page.find("[name=due_from-day]").get("value") == "31"
    assert page.find("[name=due_from-month]").get("value") == "7"


def test_an_agenda_begins_with_the_first_lawful_day_of_its_meeting():
    assert first_meeting(TODAY) == date(2018, 7, 10)
    assert first_meeting(date(2999, 1, 1)) is None, "no bank holidays are known that far"
