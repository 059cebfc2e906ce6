"""What was published before it came into Trellis: its own days count, and anybody can read where it stood."""

from datetime import date

import pytest

from trellis.core.errors import RuleBroken
from trellis.decisions.commands import forward_plan, pathway, records
from trellis.decisions.models import Decision, Notice, Record
from trellis.decisions.queries import pathway as pathway_queries
from trellis.decisions.queries import records as queries
from trellis.decisions.rules.forward_plan import check_published, check_read_since
from trellis.decisions.tests import scenes
from trellis.decisions.tests.test_commands import audited, refused
from trellis.decisions.tests.test_pages import day

HERE = "/decisions/18-00012/"
SITE = "The council’s website"
TODAY = date(2018, 7, 2)


@pytest.mark.parametrize(
    ("published_on", "elsewhere", "words"),
    [
        (date(2018, 7, 3), SITE, "The date is in the future"),
        (date(2018, 7, 1), " ", "Say where it was published"),
        (date(2018, 6, 17), SITE, "It was decided on 18 June 2018"),
    ],
)
def test_a_day_that_cannot_be_is_refused(published_on, elsewhere, words):
    with pytest.raises(RuleBroken, match=words):
        check_published(published_on=published_on, elsewhere=elsewhere, today=TODAY, decided_on=date(2018, 6, 18))


def of_before(cast, **changes) -> Decision:
    """A decision whose report stood on the council's site on 4 June 2018."""
    decision = scenes.bare(cast.council, **scenes.DESCRIBED)
    said = {"title": "The report", "address": "https://example.org/report", "published_on": date(2018, 6, 4)}
    forward_plan.add_document(decision=decision, kind="report", by=cast.carol, **said | changes)
    return decision


def test_a_report_of_before_counts_from_the_day_on_which_it_stood_at_its_address(cast, page_client):
    assert pathway_queries.report_on(of_before(cast)) == date(2018, 6, 4)
    late = {"kind": "background", "title": "Later"} | day("published_on", date(2018, 6, 4))
    page = page_client.post(HERE + "documents/new/", late, by=cast.carol, expect=200)
    assert "Give the address where it could be read" in page.find(".govuk-form-group--error").text_content()
    with pytest.raises(RuleBroken, match="in the future"):
        check_read_since(published_on=date(2018, 7, 3), address="https://example.org", today=TODAY)


def test_a_past_notice_counts_from_its_own_day_and_keeps_the_law(cast):
    decision = of_before(cast)
    said = {"decision": decision, "kind": "forward-plan", "elsewhere": SITE, **scenes.NOTICE}
    refused("from 19 June 2018 on", forward_plan.publish_notice, published_on=date(2018, 5, 21), **said)
    refused("Say where", forward_plan.publish_notice, **said | {"elsewhere": ""}, published_on=date(2018, 5, 14))
    notice = forward_plan.publish_notice(published_on=date(2018, 5, 14), by=cast.dee, **said)
    assert (notice.published_on, notice.elsewhere, notice.published_at.date()) == (date(2018, 5, 14), SITE, TODAY)
    assert audited()[-1] == "publish_notice"
    records.take_decision(decision=decision, decided_on=date(2018, 6, 18), by=cast.dee)


def test_what_is_published_here_today_has_no_other_place(cast):
    decision = scenes.drafted(cast.council)
    said = scenes.NOTICE | {"due_from": date(2018, 7, 31), "due_to": None}
    notice = forward_plan.publish_notice(
        decision=decision, kind="forward-plan", published_on=TODAY, elsewhere=SITE, by=cast.dee, **said
    )
    assert notice.elsewhere == ""


def test_a_process_that_is_over_is_entered_in_one_day_and_is_in_effect(cast, page_client):
    decision = of_before(cast)
    committee = pathway.add_step(
        decision=decision, body="Care Committee", needs_agenda=True, planned_on=None, by=cast.carol
    )
    words = {"documents": "The report", "copies_from": "County Hall", "elsewhere": SITE}
    notice = words | day("due_from", date(2018, 6, 18)) | day("published_on", date(2018, 5, 14))
    page_client.post(HERE + "notices/forward-plan/", notice, by=cast.dee)
    agenda = day("meeting_on", date(2018, 6, 12)) | day("published_on", date(2018, 6, 4))
    late = page_client.post(f"{HERE}steps/{committee.pk}/agenda/", agenda, by=cast.dee, expect=200)
    assert "Say where it was published on that day" in late.text
    page_client.post(f"{HERE}steps/{committee.pk}/agenda/", agenda | {"elsewhere": SITE}, by=cast.dee)
    pathway.record_outcome(step=committee, held_on=date(2018, 6, 12), outcome="endorsed", by=cast.carol)
    records.draft_record(decision=decision, by=cast.carol, **scenes.RECORD)
    page_client.post(HERE + "take/", day("decided_on", scenes.DECIDED_ON), by=cast.dee)
    page_client.get(HERE + "publish/", by=cast.dee)
    page_client.post(HERE + "publish/", day("published_on", scenes.PUBLISHED_ON) | {"elsewhere": SITE}, by=cast.dee)
    record = Record.objects.get()
    assert (record.published_on, record.effective_on) == (scenes.PUBLISHED_ON, scenes.EFFECTIVE_ON)
    assert queries.is_effective(Decision.objects.get(), TODAY)
    read = page_client.get(HERE).text
    assert read.count("On that day it stood elsewhere: The council’s website. It was entered here on") == 3
    assert [one.published_on for one in Notice.objects.all()] == [date(2018, 5, 14), date(2018, 6, 4)]


def test_an_agenda_that_is_too_late_is_refused_at_the_day_of_its_meeting(cast, page_client):
    decision = scenes.drafted(cast.council)
    committee = pathway.add_step(
        decision=decision, body="Care Committee", needs_agenda=True, planned_on=None, by=cast.carol
    )
    late = day("meeting_on", date(2018, 7, 9))
    page = page_client.post(f"{HERE}steps/{committee.pk}/agenda/", late, by=cast.dee, expect=200)
    assert "may be held from 10 July 2018 on" in page.find(".govuk-form-group--error").text_content()
