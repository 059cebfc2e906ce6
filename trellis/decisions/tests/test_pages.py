"""The pages: what the public reads, what each role may do, and how a refusal looks."""

from datetime import date

import pytest
from icalendar import Calendar

from trellis.commissioning.commands import commissions
from trellis.commissioning.tests import rooms
from trellis.decisions.commands import forward_plan, pathway, records
from trellis.decisions.commands import reports as report_commands
from trellis.decisions.models import Decision, Record, RecordDraft
from trellis.decisions.queries import records as record_queries
from trellis.decisions.queries.progress import progress
from trellis.decisions.tests import scenes

DESCRIBED = scenes.DESCRIBED | {"is_key": "yes", "is_subject_to_call_in": "yes", "restriction": "open"}
HERE = "/decisions/18-00012/"


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}-{part}": str(getattr(on, part)) for part in ("day", "month", "year")}


def test_the_register_is_public_and_shows_what_was_published(cast, page_client):
    scenes.published(cast.council)
    scenes.drafted(cast.council, reference="18/00013", title="Not announced")
    page = page_client.get("/decisions/")
    assert page.h1 == "Decisions"
    assert page.has_link("18/00012")
    assert "In effect" in page.text
    assert "Not announced" not in page.text
    assert "Not announced" in page_client.get("/decisions/", by=cast.dee).text


@pytest.mark.parametrize(
    ("query", "finds"),
    [
        ({"q": "community support"}, True),
        ({"q": "18/00012"}, True),
        ({"q": "roads"}, False),
        ({"key": "yes"}, True),
        ({"key": "no"}, False),
        ({"year": "2018"}, True),
        ({"year": "2017"}, False),
        ({"year": "0000"}, True),
        ({"department": "Social Care"}, True),
        ({"department": "Highways"}, False),
    ],
)
def test_the_register_is_searched_and_narrowed(cast, page_client, query, finds):
    scenes.published(cast.council)
    assert page_client.get("/decisions/", query).has_link("18/00012") == finds


def test_the_register_as_a_file(cast, page_client):
    scenes.published(cast.council)
    response = page_client.get("/decisions/", {"format": "csv"}).response
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert "18/00012" in lines[1]


def test_the_forward_plan_says_not_before_when(cast, page_client):
    scenes.announced(cast.council)
    page = page_client.get("/decisions/forward-plan/")
    assert "18 June 2018" in page.text
    assert page.has_link("18/00012")
    assert not page_client.get("/decisions/forward-plan/", {"q": "roads"}).has_link("18/00012")
    assert not page_client.get("/decisions/").has_link("18/00012")


def test_what_was_not_announced_is_hidden_from_the_public(cast, page_client):
    scenes.drafted(cast.council)
    for person in (None, cast.vera, cast.alice):
        page_client.get(HERE, by=person, expect=404)
    page = page_client.get(HERE, by=cast.olive)
    assert page.h1 == scenes.DESCRIBED["title"]


def test_the_public_reads_the_record_and_its_history_but_not_who(cast, page_client):
    scenes.published(cast.council, by=cast.dee)
    page = page_client.get(HERE)
    for words in (scenes.RECORD["reasons"], "Alternatives considered and rejected", "The corporate director", "Open"):
        assert words in page.text
    assert "Dee" not in page.text
    assert "committee report" not in page.text
    assert "27 June 2018" in page.text
    assert not page.has_link("Publish a corrected version")
    assert "Dee" in page_client.get(HERE, by=cast.dee).text


def test_what_is_fully_exempt_is_hidden_with_its_reason(cast, page_client):
    exempt = {"restriction": "fully", "exemption": "3", "public_interest": "Bids would be harmed."}
    scenes.published(cast.council, **exempt)
    page = page_client.get(HERE)
    assert scenes.RECORD["reasons"] not in page.text
    assert "Bids would be harmed." in page.text
    assert scenes.RECORD["reasons"] in page_client.get(HERE, by=cast.dee).text
    assert scenes.RECORD["text"].encode() not in page_client.get("/decisions/feed/").response.content


def test_a_commissioning_officer_opens_a_decision(cast, page_client):
    usual = pathway.define_pathway(authority=cast.council, name="Usual", bodies=[("Board", False)], by=scenes.NIGHTLY)
    page_client.get("/decisions/new/", by=cast.carol)
    refused = page_client.post("/decisions/new/", {**DESCRIBED, "reference": "18-12"}, by=cast.carol, expect=200)
    assert "like 16/00051" in refused.text
    page_client.post("/decisions/new/", {**DESCRIBED, "reference": "18/00012", "pathway": str(usual.pk)}, by=cast.carol)
    decision = Decision.objects.get()
    assert (decision.reference, decision.is_key, decision.steps.get().body) == ("18/00012", True, "Board")
    page_client.get("/decisions/new/", by=cast.olive, expect=403)


def test_the_page_says_why_it_may_not_be_taken_and_shows_the_working(cast, page_client):
    with scenes.on(date(2018, 6, 20)):
        decision = scenes.drafted(cast.council)
        said = scenes.NOTICE | {"due_from": date(2018, 7, 19)}
        forward_plan.publish_notice(decision=decision, kind="forward-plan", by=scenes.NIGHTLY, **said)
    page = page_client.get(HERE + "take/", by=cast.dee)
    assert "It may be taken from 19 July 2018 on, and not on 2 July 2018." in page.text
    assert "Clear day 28 of 28" in page.text
    refused = page_client.post(HERE + "take/", day("decided_on", date(2018, 7, 2)), by=cast.dee, expect=200)
    assert "It may be taken from 19 July 2018 on." in refused.text
    assert Decision.objects.get().status == "draft"
    page_client.get(HERE + "take/", by=cast.carol, expect=403)


def test_democratic_services_take_a_decision_through_to_its_effect(cast, page_client):
    scenes.announced(cast.council)
    words = {name: scenes.RECORD[name] for name in ("text", "reasons", "alternatives", "interests")}
    rows = {
        "power_1": "Carry it out", "power_1_whom": "The director", **day("power_1_until", date(2018, 12, 31)),
        "condition_1": "A good alternative is in place", "condition_1_gates": "end-grants",
    }  # fmt: skip
    page_client.get(HERE + "record/", by=cast.dee)
    page_client.post(HERE + "record/", words | rows, by=cast.dee)
    page_client.post(HERE + "take/", day("decided_on", date(2018, 7, 2)), by=cast.dee)
    assert "takes effect on 10 July 2018" in page_client.get(HERE + "publish/", by=cast.dee).text
    page_client.post(HERE + "publish/", by=cast.dee)
    record = Record.objects.get()
    assert (record.delegations.get().to_whom, record.conditions.get().gates) == ("The director", "end-grants")
    page = page_client.get(HERE, by=cast.dee)
    assert "Open to call-in" in page.text
    page_client.get(HERE + "conditions/1/", by=cast.dee)
    met = {"evidence": "The contract is signed.", **day("met_on", date(2018, 7, 2))}
    page_client.post(HERE + "conditions/1/", met, by=cast.dee)
    assert record_queries.open_conditions(Decision.objects.get()) == []
    assert "The contract is signed." in page_client.get(HERE).text


def test_a_condition_without_what_waits_for_it_is_refused_on_the_page(cast, page_client):
    scenes.announced(cast.council)
    page = page_client.post(HERE + "record/", {"condition_1": "It is ready"}, by=cast.dee, expect=200)
    assert "Say what waits for each condition." in page.text


def test_a_published_record_is_corrected_as_a_version(cast, page_client):
    scenes.published(cast.council)
    refused = page_client.post(HERE + "record/", {"text": "Other"}, by=cast.dee, expect=200)
    assert "publish a new version instead" in refused.text
    words = {name: scenes.RECORD[name] for name in ("text", "reasons", "alternatives", "interests")}
    page_client.get(HERE + "correct/", by=cast.dee)
    page_client.post(HERE + "correct/", words | {"change_note": "A slip.", "reasons": "Better."}, by=cast.dee)
    assert "A slip." in page_client.get(HERE).text
    assert scenes.RECORD["reasons"] in page_client.get(HERE + "versions/1/").text
    assert "A later version holds" in page_client.get(HERE + "versions/1/").text
    page_client.get(HERE + "versions/3/", expect=404)


def test_a_decision_that_says_nothing_is_told_what_is_missing(cast, page_client):
    refused = page_client.post("/decisions/new/", {}, by=cast.carol, expect=200)
    assert "Enter what is to be decided" in refused.text
    scenes.bare(cast.council)
    refused = page_client.post(HERE + "maker/", {}, by=cast.carol, expect=200)
    assert "Say why it is, or is not, a key decision" in refused.text


def test_the_record_cites_the_commitments_that_are_ticked(cast, page_client):
    commission = rooms.open_commission(cast)
    commitment = rooms.promise(cast, commission)
    scenes.taken(cast.council, commission=commission)
    words = {name: scenes.RECORD[name] for name in ("text", "reasons", "alternatives", "interests")}
    page_client.post(HERE + "record/", words | {"cites": str(commitment.pk)}, by=cast.dee)
    assert page_client.get(HERE + "record/", by=cast.dee).find("input[name=cites][checked]") is not None
    page_client.post(HERE + "publish/", {}, by=cast.dee)
    assert "What it follows from" in page_client.get(HERE).text
    assert commitment.text in page_client.get(HERE).text


def test_the_record_that_two_people_write_keeps_what_the_first_wrote(cast, page_client):
    decision = scenes.drafted(cast.council)
    seen = page_client.get(HERE + "record/", by=cast.dee).find("input[name=seen]").get("value")
    page_client.post(HERE + "record/", {"text": scenes.RECORD["text"], "seen": seen}, by=cast.dee)
    late = {"text": "Something else.", "seen": seen}
    refused = page_client.post(HERE + "record/", late, by=cast.carol, expect=200)
    assert "Somebody else changed the record since you began." in refused.text
    assert RecordDraft.objects.get(decision=decision).text == scenes.RECORD["text"]


def test_call_in_and_its_outcome(cast, page_client):
    decision = scenes.announced(cast.council)
    records.draft_record(decision=decision, by=scenes.NIGHTLY, **scenes.RECORD)
    records.take_decision(decision=decision, decided_on=date(2018, 7, 2), by=scenes.NIGHTLY)
    records.publish_record(decision=decision, by=scenes.NIGHTLY)
    page_client.get(HERE + "call-in/", by=cast.dee)
    answers = {"reasons": "The cost.", **day("called_in_on", date(2018, 7, 2))}
    refused = page_client.post(HERE + "call-in/", answers | {"members": "Kim Vale"}, by=cast.dee, expect=200)
    assert "a name, a comma and a group" in refused.text
    page_client.post(HERE + "call-in/", answers | {"members": "Kim Vale, Green\nPat Dean, Blue"}, by=cast.dee)
    assert "Kim Vale (Green), Pat Dean (Blue)" in page_client.get(HERE).text
    page_client.get(HERE + "call-in/outcome/", by=cast.dee)
    outcome = {"outcome": "refer-back", "note": "Look again.", **day("outcome_on", date(2018, 7, 2))}
    page_client.post(HERE + "call-in/outcome/", outcome, by=cast.dee)
    assert "Referred back" in page_client.get(HERE).text


def test_an_irregular_decision_is_published_as_such_and_cured(cast, page_client):
    decision = scenes.drafted(cast.council)
    records.draft_record(decision=decision, by=scenes.NIGHTLY, **scenes.RECORD)
    assert page_client.get(HERE + "take/", by=cast.dee).has_link("Enter it as irregular")
    page_client.get(HERE + "irregular/", by=cast.dee)
    entered = {"monitoring_officer": "Mo Finch", "reason": "It was signed.", **day("decided_on", date(2018, 7, 2))}
    page_client.post(HERE + "irregular/", entered, by=cast.dee)
    page_client.post(HERE + "publish/", by=cast.dee)
    page = page_client.get(HERE)
    assert "This decision is irregular" in page.text
    assert "not on the forward plan" in page.text
    number = decision.irregularities.get().pk
    page_client.get(f"{HERE}irregular/{number}/", by=cast.dee)
    cured = {"cure": "Council confirmed it.", **day("cured_on", date(2018, 7, 2))}
    page_client.post(f"{HERE}irregular/{number}/", cured, by=cast.dee)
    assert "that is put right" in page_client.get(HERE).text


def test_what_was_irregular_is_told_to_anybody_who_is_told_that_it_was(cast, page_client):
    decision = scenes.announced(cast.council)
    pathway.add_step(decision=decision, body="Board", needs_agenda=False, planned_on=None, by=scenes.NIGHTLY)
    records.enter_irregular_decision(
        decision=decision,
        decided_on=date(2018, 7, 2),
        monitoring_officer="Mo Finch",
        reason="It was signed.",
        by=scenes.NIGHTLY,
    )
    page = page_client.get(HERE)
    assert "Irregular" in page.text and "Board has not said what it thinks yet." in page.text


@pytest.mark.parametrize("kind", ["forward-plan", "general-exception", "special-urgency", "private", "private-again"])
def test_each_notice_has_its_form(cast, page_client, kind):
    scenes.drafted(cast.council)
    page_client.get(f"{HERE}notices/{kind}/", by=cast.dee)
    page_client.post(f"{HERE}notices/{kind}/", by=cast.dee, expect=200)
    page_client.get(f"{HERE}notices/{kind}/", by=cast.carol, expect=403)
    page_client.get(f"{HERE}notices/agenda/", by=cast.dee, expect=404)


def test_the_pathway_by_its_pages(cast, page_client):
    decision = scenes.drafted(cast.council)
    page_client.get(HERE + "steps/new/", by=cast.carol)
    page_client.post(HERE + "steps/new/", {"body": "Care Committee", "needs_agenda": "on"}, by=cast.carol)
    step = f"{HERE}steps/{decision.steps.get().pk}/"
    page_client.get(step, by=cast.carol)
    page_client.post(step, day("planned_on", date(2018, 7, 10)), by=cast.carol)
    page_client.get(step + "agenda/", by=cast.dee)
    page_client.post(step + "agenda/", day("meeting_on", date(2018, 7, 10)), by=cast.dee)
    page_client.get(step + "outcome/", by=cast.carol)
    refused = page_client.post(
        step + "outcome/", {"outcome": "endorsed", **day("held_on", date(2018, 7, 10))}, by=cast.carol, expect=200
    )
    assert "The date is in the future" in refused.text
    assert "10 July 2018" in page_client.get(HERE).text
    page_client.get(step, by=cast.olive, expect=403)


def test_documents_divisions_description_and_withdrawal(cast, page_client):
    scenes.drafted(cast.council, divisions="Hillside")
    assert "Nobody has been asked for Hillside yet" in page_client.get(HERE, by=cast.dee).text
    asked = {"division": "Hillside", "member": "Kim Vale", **day("consulted_on", date(2018, 7, 2))}
    page_client.get(HERE + "divisions/new/", by=cast.carol)
    page_client.post(HERE + "divisions/new/", asked, by=cast.carol)
    paper = {"kind": "background", "title": "The survey", "address": "javascript:alert(1)"}
    page_client.get(HERE + "documents/new/", by=cast.carol)
    page_client.post(HERE + "documents/new/", paper, by=cast.carol, expect=200)
    page_client.post(HERE + "documents/new/", paper | {"address": "https://example.org/a"}, by=cast.carol)
    page_client.get(HERE + "describe/", by=cast.carol)
    page_client.post(HERE + "describe/", {**DESCRIBED, "title": "Renamed"}, by=cast.carol)
    assert page_client.get(HERE, by=cast.carol).h1 == "Renamed"
    page_client.get(HERE + "withdraw/", by=cast.dee)
    page_client.post(HERE + "withdraw/", {"reason": "Not needed."}, by=cast.dee)
    assert Decision.objects.get().status == "withdrawn"


def test_implementation_is_recorded_under_a_power(cast, page_client):
    decision = scenes.published(cast.council)
    page_client.get(HERE + "implementation/", by=cast.carol)
    power = record_queries.delegations(decision)[0]
    done = {"what": "Opened the procurement.", "delegation": str(power.pk), **day("done_on", date(2018, 6, 26))}
    assert "27 June 2018" in page_client.post(HERE + "implementation/", done, by=cast.carol, expect=200).text
    ended = done | {"act": "end-grants"} | day("done_on", date(2018, 6, 27))
    refused = page_client.post(HERE + "implementation/", ended, by=cast.carol, expect=200)
    assert "A condition is open: A good alternative is in place." in refused.text
    page_client.post(HERE + "implementation/", done | day("done_on", date(2018, 6, 27)), by=cast.carol)
    assert "Opened the procurement." in page_client.get(HERE).text


def test_the_timetable_is_checked_and_other_days_can_be_tried(cast, page_client):
    scenes.announced(cast.council)
    page = page_client.get(HERE + "timetable/", by=cast.carol)
    assert "this plan is lawful" in page.text
    tried = day("notice", date(2018, 6, 20)) | day("decision", date(2018, 7, 2))
    page = page_client.get(HERE + "timetable/", tried, by=cast.carol)
    assert "1 clash" in page.text
    assert "may not be before 19 July 2018" in page.text
    assert "not known yet" in page_client.get(HERE + "timetable/", day("notice", date(2040, 1, 2)), by=cast.carol).text
    page_client.get(HERE + "timetable/", by=cast.fred, expect=403)


def test_the_feeds_say_what_is_new(cast, page_client):
    scenes.published(cast.council)
    for address in ("/decisions/feed/", "/decisions/forward-plan/feed/"):
        response = page_client.get(address).response
        assert response["Content-Type"].startswith("application/atom+xml")
        assert "18/00012" in response.content.decode()


def test_the_calendar_reads_back_without_a_fault(cast, page_client):
    scenes.published(cast.council)
    for address in ("/decisions/calendar.ics", HERE + "calendar.ics"):
        read = Calendar.from_ical(page_client.get(address).response.content)
        assert read.errors == []
        events = {str(event["summary"]): event for event in read.walk("VEVENT")}
        assert all(event.errors == [] for event in events.values())
        assert events["18/00012: Takes effect"].decoded("dtstart") == scenes.EFFECTIVE_ON
        assert events["18/00012: Last day to call it in"].decoded("dtstart") == date(2018, 6, 26)
        assert len({str(event["uid"]) for event in events.values()}) == len(events)
    with scenes.on(date(2019, 12, 2)):
        assert "VEVENT" not in page_client.get("/decisions/calendar.ics").response.content.decode()
        assert "VEVENT" in page_client.get(HERE + "calendar.ics").response.content.decode()


def days_in(page_client, **who) -> dict[str, date]:
    read = Calendar.from_ical(page_client.get(HERE + "calendar.ics", **who).response.content)
    return {str(event["summary"]).partition(": ")[2]: event.decoded("dtstart") for event in read.walk("VEVENT")}


def test_the_calendar_says_by_when_an_agenda_must_be_out_to_those_who_publish_it(cast, page_client):
    decision = scenes.announced(cast.council)
    for body, planned_on in (("Board", date(2018, 7, 12)), ("Later Board", date(2032, 7, 12))):
        pathway.add_step(decision=decision, body=body, needs_agenda=True, planned_on=planned_on, by=scenes.NIGHTLY)
    due = {name: on for name, on in days_in(page_client, by=cast.dee).items() if name.startswith("Last day")}
    assert due == {"Last day to publish the agenda of Board": date(2018, 7, 4)}
    assert days_in(page_client)["Board considers it"] == date(2018, 7, 12)
    assert not any(name.startswith("Last day") for name in days_in(page_client))


def test_the_calendar_counts_from_a_general_exception_where_there_is_one(cast, page_client):
    decision = scenes.drafted(cast.council)
    exception = {"told": "The chair of scrutiny", "reasons": "The grant ends."}
    forward_plan.publish_notice(decision=decision, kind="general-exception", by=scenes.NIGHTLY, **exception)
    assert days_in(page_client)["First day on which it may be decided"] == date(2018, 7, 10)


def test_what_is_irregular_is_not_said_to_take_effect(cast, page_client):
    decision = scenes.drafted(cast.council)
    records.draft_record(decision=decision, by=scenes.NIGHTLY, **scenes.RECORD)
    irregular = {"monitoring_officer": "Mo Finch", "reason": "It was signed.", "by": scenes.NIGHTLY}
    records.enter_irregular_decision(decision=decision, decided_on=date(2018, 7, 2), **irregular)
    records.publish_record(decision=decision, by=scenes.NIGHTLY)
    assert "Takes effect" not in days_in(page_client)
    assert "Not until what was irregular is put right" in page_client.get(HERE).text


def test_a_commission_leads_to_its_decision_or_to_a_new_one(cast, page_client):
    commission = commissions.open_commission(
        title="Support", purpose="One service.", authority=cast.council, owner=cast.carol, by=cast.carol
    )
    here = f"/decisions/of/{commission.reference}/"
    new = page_client.get(here, by=cast.carol, expect=302).response["Location"]
    assert new == f"/decisions/new/?commission={commission.reference}"
    page_client.get(here, by=cast.olive, expect=404)
    page_client.get(here, by=cast.dora, expect=403)
    assert progress(commission).missing == "No decision is prepared yet."
    with scenes.on(scenes.PUBLISHED_ON):
        scenes.published(cast.council, commission=commission)
        assert progress(commission).missing == "It takes effect on 27 June 2018."
    assert page_client.get(here, by=cast.olive, expect=302).response["Location"] == HERE
    line = progress(commission)
    assert (line.done, line.words, line.missing) == (
        True,
        "18/00012 is in effect since 27 June 2018.",
        "1 condition open.",
    )


def test_anybody_works_out_a_deadline(page_client):
    page_client.get("/decisions/deadline/")
    asked = {"rule": "call-in", **day("start", date(2019, 10, 17))}
    page = page_client.get("/decisions/deadline/", asked)
    assert "the decision may take effect from 25 October 2019 on" in page.text
    assert "Working day 5 of 5" in page.text
    asked = {"rule": "standstill-pa2023", **day("start", date(2025, 2, 23))}
    assert "is counted from 24 February 2025 on" in page_client.get("/decisions/deadline/", asked).text
    asked = {"rule": "tea", **day("start", date(2025, 2, 23))}
    assert "Choose from the list" in page_client.get("/decisions/deadline/", asked).text


def test_the_committee_report_is_begun_from_the_decision_and_read_once_published(cast, page_client):
    commission = commissions.open_commission(
        title="Support", purpose="One service.", authority=cast.council, owner=cast.carol, by=cast.carol
    )
    decision = scenes.drafted(cast.council, commission=commission)
    assert "Begin the committee report" in page_client.get(HERE, by=cast.carol).text
    assert "Begin the committee report" not in page_client.get(HERE, by=cast.olive).text
    report_commands.open_report(decision=decision, by=cast.carol)
    assert page_client.get(HERE, by=cast.olive).href("The committee report, not published yet") == HERE + "report/"
