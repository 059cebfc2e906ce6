"""What a decision needs next: each step of its road leads to the one after it, whoever does it."""

from datetime import date

from trellis.commissioning.tests import rooms
from trellis.decisions.commands import forward_plan, pathway, records, reports
from trellis.decisions.models import Decision, Report
from trellis.decisions.queries import pathway as queries
from trellis.decisions.queries.next_step import next_step
from trellis.decisions.queries.progress import progress
from trellis.decisions.tests import scenes
from trellis.decisions.tests.test_commands import refused

TODAY = date(2018, 7, 2)
HERE = "/decisions/18-00012/"


def lacks(decision: Decision, on: date = TODAY) -> str:
    step = next_step(Decision.objects.get(pk=decision.pk), on)
    return f"{step.whose}: {step.words}" if step else ""


def test_each_step_leads_to_the_next(cast):
    commission = rooms.open_commission(cast)
    decision = scenes.bare(cast.council, commission=commission, pathway=scenes.a_pathway(cast.council))
    assert lacks(decision) == "A commissioning officer: Say who takes it, and whom it affects"
    pathway.describe_decision(decision=decision, by=cast.carol, **scenes.DESCRIBED)
    assert lacks(decision) == "Democratic services: Publish it on the forward plan"
    said = scenes.NOTICE | {"due_from": date(2018, 7, 31), "due_to": None}
    forward_plan.publish_notice(decision=decision, kind="forward-plan", by=cast.dee, **said)
    assert lacks(decision) == "A commissioning officer: Begin the committee report"
    reports.open_report(decision=decision, by=cast.carol)
    assert lacks(decision) == "A commissioning officer: Go on with the committee report"
    reports.make_version(report=Report.objects.get(), by=cast.carol, note="")
    assert lacks(decision) == "Democratic services: Publish the committee report"
    forward_plan.add_document(decision=decision, kind="report", title="The report", by=cast.carol)
    assert lacks(decision) == "A commissioning officer: Record what Management said"
    pathway.record_outcome(step=decision.steps.first(), held_on=TODAY, outcome="endorsed", by=cast.carol)
    committee = decision.steps.last()
    assert lacks(decision) == "Democratic services: Publish the agenda of Care Committee"
    assert progress(commission).missing == "Next, democratic services: publish the agenda of Care Committee."
    forward_plan.publish_agenda(decision=decision, step=committee, meeting_on=date(2018, 7, 10), by=cast.dee)
    with scenes.on(date(2018, 7, 10)):
        pathway.record_outcome(step=committee, held_on=date(2018, 7, 10), outcome="endorsed", by=cast.carol)
    assert lacks(decision) == "A commissioning officer: Write the record"
    records.draft_record(decision=decision, by=cast.carol, **scenes.RECORD)
    assert lacks(decision) == ""
    assert lacks(decision, date(2018, 7, 31)) == "Democratic services: Record that it was taken"
    with scenes.on(date(2018, 7, 31)):
        records.take_decision(decision=decision, decided_on=date(2018, 7, 31), by=cast.dee)
        assert lacks(decision) == "Democratic services: Publish the record"
        records.publish_record(decision=decision, by=cast.dee)
    assert lacks(decision) == ""


def test_a_decision_of_no_commission_brings_its_report_along(cast):
    decision = scenes.bare(cast.council, **scenes.DESCRIBED | {"is_key": False})
    assert lacks(decision) == "A commissioning officer: Add the report"


def test_a_body_that_decides_has_an_agenda_of_its_own(cast):
    of_a_body = {"is_key": False, "maker_kind": "body", "maker_members": "Lee Hart"}
    decision = scenes.drafted(cast.council, **of_a_body)
    assert lacks(decision) == "Democratic services: Publish the agenda of the meeting that decides"


def test_what_is_not_described_can_neither_be_announced_nor_taken(cast):
    decision = scenes.bare(cast.council)
    assert decision.is_key, "until somebody says that it is not"
    refused("who takes it", forward_plan.publish_notice, decision=decision, kind="forward-plan", **scenes.NOTICE)
    refused("who takes it", forward_plan.publish_agenda, decision=decision, meeting_on=date(2018, 7, 31))
    refused("who takes it", records.take_decision, decision=decision, decided_on=TODAY)


def test_a_decision_is_opened_with_the_words_of_its_commission(cast, page_client):
    commission = rooms.open_commission(cast)
    usual = scenes.a_pathway(cast.council)
    scenes.drafted(cast.council)
    page = page_client.get(f"/decisions/of/{commission.reference}/", by=cast.carol, expect=302)
    page = page_client.get(page.response["Location"], by=cast.carol)
    offered = {name: page.find(f"[name={name}]") for name in ("reference", "title", "matter")}
    assert offered["reference"].get("value") == "18/00013"
    assert offered["title"].get("value") == commission.title
    assert commission.purpose in offered["matter"].text_content()
    sent = {"reference": "18/00013", "title": commission.title, "matter": commission.purpose, "pathway": usual.pk}
    page_client.post("/decisions/new/", sent | {"commission": commission.reference}, by=cast.carol)
    here = "/decisions/18-00013/"
    page = page_client.get(here, by=cast.carol)
    assert page.href("Say who takes it, and whom it affects") == f"{here}maker/"
    assert "Not met Say who takes it" in page.text
    asked = page_client.get(f"{here}maker/", by=cast.carol)
    assert asked.find("[name=maker_name]").get("value") == "Lee Hart"
    assert asked.find("[name=lead_officer]").get("value") == cast.carol.name
    given = scenes.DESCRIBED | {"is_key": "yes", "is_subject_to_call_in": "no"}
    page_client.post(f"{here}maker/", given, by=cast.carol)
    made = Decision.objects.get(reference="18/00013")
    assert (made.is_described, made.is_key, made.is_subject_to_call_in) == (True, True, False)
    assert page_client.get(f"{here}maker/", by=cast.dee).find("[name=is_key][value=yes][checked]") is not None
    page = page_client.get(here, by=cast.carol)
    assert "Next: publish it on the forward plan. Democratic services can do that." in page.text
    assert page.find("a.govuk-button").text_content().strip() == "Begin the committee report"
    assert page_client.get(here, by=cast.dee).has_link("Publish it on the forward plan")
    page_client.get(f"{here}maker/", by=cast.olive, expect=403)


def test_the_next_reference_is_after_the_highest_of_the_year(cast):
    assert queries.next_reference(cast.council, 2019) == "19/00001"
    scenes.bare(cast.council, reference="18/00051")
    assert queries.next_reference(cast.council, 2018) == "18/00052"
