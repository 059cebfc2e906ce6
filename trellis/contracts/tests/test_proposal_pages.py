"""The pages of proposals, as a member's lead, as somebody else at the table, and as whoever must be refused."""

from datetime import date

import pytest

from tests.cast import person
from trellis.contracts.commands import carrying_out, discussion, positions, proposals
from trellis.contracts.models import Matter, Position, Proposal
from trellis.contracts.tests import membership_scenes
from trellis.contracts.tests import proposal_scenes as scenes
from trellis.contracts.tests.proposal_scenes import agreed, carried, drafted, on, opened, says, seated
from trellis.core.actors import NIGHTLY

ROOM = "/contracts/SCO/proposals/"


@pytest.fixture
def table(cast):
    return seated(cast)


def here(proposal) -> str:
    return f"{ROOM}{proposal.reference}/"


def rows(page) -> list[list[str]]:
    return [[cell.text_content().strip() for cell in row.findall("td")] for row in page.find_all("#positions tbody tr")]


def day_of(day: date) -> dict[str, str]:
    return {"effective_on-day": day.day, "effective_on-month": day.month, "effective_on-year": day.year}


def test_the_list_begins_with_what_waits_for_the_reader(page_client, table):
    first, second = opened(table, Matter.TEXT), opened(table, Matter.TARGET)
    drafted(table)
    says(second, table.anna)
    page = page_client.get(ROOM, by=table.anna)
    titles = [row.text_content() for row in page.find_all("#proposals tbody tr td:first-child")]
    assert [title.strip() for title in titles] == [first.title, second.title]
    assert "1 proposal waits for your position" in page.text
    assert "Your position is needed" in page.text
    waiting = page_client.get(ROOM, {"state": "mine"}, by=table.anna)
    assert first.title in waiting.text
    assert second.title not in waiting.text
    response = page_client.get(ROOM, {"format": "csv"}, by=table.bella).response
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[0].startswith("Proposal,How it stands,You,Agree,Object")
    assert text.count("PROP-") == 3  # her own draft too


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"state": "stalled"}, 2),
        ({"state": "open", "matter": "text"}, 1),
        ({"q": "sooner"}, 1),
        ({"state": "lapsed"}, 0),
    ],
)
def test_the_list_is_narrowed(page_client, table, query, found):
    opened(table, Matter.TEXT)
    opened(table, Matter.TARGET)
    with on(date(2018, 7, 17)):
        page = page_client.get(ROOM, query, by=table.olive)
    assert len(page.find_all("#proposals tbody tr")) == found


def test_nobody_but_members_sees_that_there_is_anything(page_client, table):
    proposal, draft = opened(table), drafted(table)
    stranger = person("Lee", table.outside, "partner-lead")
    for path in (ROOM, f"{ROOM}how-we-decide/", here(proposal), f"{here(proposal)}versions/", f"{ROOM}new/"):
        page_client.get(path, by=stranger, expect=404)
        page_client.get(path, by=table.alice, expect=403)
    page_client.get(here(draft), by=table.anna, expect=404)
    page_client.get(here(draft), by=table.bella)


def test_how_we_decide_tells_the_terms(page_client, table):
    page = page_client.get(f"{ROOM}how-we-decide/", by=table.anna)
    for words in (
        "Silence is not agreement",
        "10 working days of discussion",
        "When 2 members or more",
        "Has no position",
    ):
        assert words in page.text
    assert "Extension, termination or a statutory duty" in page.text


def test_shares_are_proposed_opened_objected_to_amended_and_carried_out(page_client, table):
    page_client.post(f"{ROOM}new/", {"matter": "shares"}, by=table.bella)
    words = {
        "title": "Bramble takes on the north", "text": "Bramble takes on cases.", "best_for_service": scenes.BEST,
        "effective_on": "2018-10-01", f"share_{table.ash_vale.reference}": "55",
        f"share_{table.bramble.reference}": "46",
    }  # fmt: skip
    refused = page_client.post(f"{ROOM}new/shares/", words, by=table.bella, expect=200)
    assert "add up to 101%" in refused.text
    words[f"share_{table.bramble.reference}"] = "45"
    page_client.post(f"{ROOM}new/shares/", words, by=table.bella)
    proposal = Proposal.objects.get()
    page_client.post(f"{here(proposal)}edit/", words | {"title": "The north"}, by=table.bella)
    page_client.post(f"{here(proposal)}open/", by=table.bella)

    page = page_client.get(here(proposal), by=table.anna)
    assert page.h1 == "The north"
    assert "Your position is needed. 0 of 3 members agree, 3 have not said." in page.text
    assert page.has_link("Take your position")
    assert "−5 points" in page.text
    form = page_client.get(f"{here(proposal)}position/", by=table.anna)
    assert "Bramble takes on cases." in form.text
    refused = page_client.post(
        f"{here(proposal)}position/", {"version": 1, "stance": "object"}, by=table.anna, expect=200
    )
    assert "Say why you object" in refused.text
    said = {"version": 1, "stance": "object", "reason": "We lose too much."}
    page_client.post(f"{here(proposal)}position/", said, by=table.anna)
    assert rows(page_client.get(here(proposal), by=table.olive))[0][:3] == [
        "Ash Vale CVS", "Objects", "We lose too much.",
    ]  # fmt: skip
    refused = page_client.post(f"{here(proposal)}decide/", by=table.bella, expect=200)
    assert "Ash Vale CVS objects" in refused.text

    page_client.post(f"{here(proposal)}discussion/", {"message": "What if 57?\nOr 58?"}, by=table.bella)
    words |= {f"share_{table.ash_vale.reference}": "58", f"share_{table.bramble.reference}": "42", "note": "Half."}
    page_client.post(f"{here(proposal)}amend/", words, by=table.bella)
    compared = page_client.get(f"{here(proposal)}versions/", by=table.anna)
    assert "[taken out: 55%]" in compared.text
    assert "[put in: 58%]" in compared.text
    stale = page_client.post(
        f"{here(proposal)}position/", {"version": 1, "stance": "accept"}, by=table.anna, expect=200
    )
    assert "The words were amended after you read them" in stale.text
    for who in (table.anna, table.bella, table.olive):
        page_client.post(f"{here(proposal)}position/", {"version": 2, "stance": "accept"}, by=who)
    page = page_client.get(here(proposal), by=table.anna)
    assert "3 of 3 members agree. It can be closed as carried." in page.text
    assert "What if 57?" in page.text
    page_client.post(f"{here(proposal)}decide/", by=table.anna)
    page_client.post(f"{here(proposal)}carry-out/", by=table.anna)
    page = page_client.get(here(proposal), by=table.anna)
    assert "Ash Vale CVS 58%, Bramble Volunteering 42%" in page.text
    assert page.href("See the shares") == "/contracts/SCO/#partners"


def test_a_target_and_words_have_their_own_forms(page_client, table):
    words = {"title": "Sooner", "text": "T", "best_for_service": "B"} | day_of(scenes.OCTOBER)
    target = words | {"indicator": "days-to-first-contact", "target": "4", "floor": "9"}
    page_client.post(f"{ROOM}new/target/", target, by=table.anna)
    page_client.post(f"{ROOM}new/text/", words, by=table.anna)
    page_client.get(f"{ROOM}new/exclusion/", by=table.anna, expect=404)
    first = Proposal.objects.get(matter="target")
    page = page_client.get(here(first), by=table.anna)
    assert "Working days to first contact" in page.text
    filled = page_client.get(f"{here(first)}edit/", by=table.anna)
    assert filled.find("#id_target").get("value") == "4"


def test_an_objection_is_taken_back_when_it_is_met(page_client, table):
    proposal = opened(table)
    says(proposal, table.anna, "object", reason="No.")
    page = page_client.get(here(proposal), by=table.anna)
    assert page.has_link("Say that your objection is met")
    page_client.get(f"{here(proposal)}objection/", by=table.anna)
    page_client.post(f"{here(proposal)}objection/", {"version": 1, "reason": "We talked."}, by=table.anna)
    page = page_client.get(here(proposal), by=table.anna)
    assert "Your position is needed" in page.text
    assert "Ash Vale CVS: took its objection back" in page.text


def test_a_deputy_says_why_and_the_page_says_for_whom(page_client, table):
    amy = person("Amy", table.ash_vale, "partner-lead")
    scenes.sit(table, table.ash_vale, table.anna, deputy=amy, starts_on=date(2018, 7, 1))
    proposal = opened(table)
    said = {"version": 1, "stance": "support", "stead_reason": "On leave"}
    page_client.post(f"{here(proposal)}position/", said, by=amy)
    assert "Amy, in the place of Anna (On leave)" in page_client.get(here(proposal), by=table.bella).text


def test_whoever_stands_aside_sees_what_they_have_declared(page_client, table):
    proposal = opened(table)
    page = page_client.get(f"{here(proposal)}position/", by=table.bella)
    assert "You have declared: Food and meals in North." in page.text
    said = {"version": 1, "stance": "recuse", "interest": "Food and meals in North"}
    page_client.post(f"{here(proposal)}position/", said, by=table.bella)
    assert "Interest: Food and meals in North" in page_client.get(here(proposal), by=table.anna).text


def test_a_stalled_proposal_shows_its_clock_with_the_working_and_takes_opinions(page_client, table):
    proposal = opened(table)
    with on(date(2018, 7, 17)):
        page = page_client.get(here(proposal), by=table.anna)
        assert "Stalled: facilitation" in page.text
        assert "Discussion: 10 working days after 2 July 2018" in page.text
        assert "Working day 10 of 10" in page.text
        said = {"kind": "facilitation", "name": "Fay Mole", "text": "Both want it."}
        said |= {"given_on-day": 17, "given_on-month": 7, "given_on-year": 2018}
        page_client.post(f"{here(proposal)}opinion/", said, by=table.anna)
        assert "Facilitation: Fay Mole, 17 July 2018" in page_client.get(here(proposal), by=table.bella).text
    with on(date(2018, 8, 14)):
        page = page_client.get(here(proposal), by=table.olive)
        assert "It lapses tonight" in page.text
        assert not page.has_link("Take your position")


def test_each_state_says_what_it_is_and_offers_only_what_can_be_done(page_client, table):
    lapsed, withdrawn, done = opened(table), opened(table), carried(table, Matter.OPERATIONS)
    proposals.withdraw_proposal(proposal=withdrawn, reason="Too soon.", by=table.bella)
    carrying_out.carry_out_proposal(proposal=done, by=table.bella)
    waiting = carried(table, Matter.TEXT)
    with on(date(2018, 8, 14)):
        carrying_out.run_proposals(by=NIGHTLY)
        for proposal, words in (
            (lapsed, "did not agree in time"),
            (withdrawn, "It was withdrawn"),
            (done, "The words hold from 2 July 2018"),
            (waiting, "It is carried out on 3 September 2018"),
        ):
            page = page_client.get(here(proposal), by=table.bella)
            assert words in page.text
            assert not page.find_all(".govuk-button-group a.govuk-button"), proposal
        assert "The nightly run" in page_client.get(here(lapsed), by=table.bella).text


def test_what_could_not_be_carried_out_says_so_and_asks_for_an_amendment(page_client, table):
    proposal = carried(table)
    with on(scenes.OCTOBER):
        page_client.post(f"{here(proposal)}carry-out/", by=table.bella)
        page = page_client.get(here(proposal), by=table.bella)
        assert "it could not be carried out: The last quarter of this contract has begun" in page.text
        assert page.has_link("Amend it")
        assert page.has_link("Withdraw it")
        assert "the clock starts anew" in page_client.get(f"{here(proposal)}amend/", by=table.bella).text
        page_client.post(f"{here(proposal)}withdraw/", {"reason": "Too late."}, by=table.bella)
    assert Proposal.objects.get().status == "withdrawn"


def test_a_member_without_a_position_reads_and_talks(page_client, table):
    proposal = opened(table, Matter.RESERVED)
    page = page_client.get(here(proposal), by=table.anna)
    assert "0 of 1 member agrees, 1 has not said" in page.text
    assert not page.has_link("Take your position")
    assert rows(page)[0][:2] == ["Ash Vale CVS", "No position"]
    discussion.discuss_proposal(proposal=proposal, message="Do not.", by=table.anna)
    page_client.post(f"{here(proposal)}position/", {"version": 1, "stance": "support"}, by=table.anna, expect=200)
    assert not Position.objects.exists()


def test_an_exclusion_says_what_it_rests_on_and_why_its_member_has_no_position(page_client, table):
    membership_scenes.on_a_remedy_plan(table)
    with on(date(2018, 8, 1)):
        proposal = opened(table, Matter.EXCLUSION, by=table.anna, concerned=table.bramble)
        page = page_client.get(here(proposal), by=table.anna)
    assert "Its remedy plan Returns in time." in page.text and "It had time until 31 July 2018" in page.text
    mine = next(row for row in rows(page) if row[0] == "Bramble Volunteering")
    assert mine[1:3] == ["No position", "A member has no position on its own exclusion."]
    assert ", 0 working days" not in page.text


def test_a_lead_without_a_seat_reads_and_can_do_nothing(page_client, table):
    proposal, amy = opened(table), person("Amy", table.ash_vale, "partner-lead")
    assert not page_client.get(here(proposal), by=amy).find_all(".govuk-button-group a.govuk-button")
    refused = page_client.post(f"{here(proposal)}position/", {"version": 1, "stance": "support"}, by=amy, expect=200)
    assert "Only whoever holds a member’s seat" in refused.text


def test_the_contract_leads_to_its_proposals(page_client, table):
    assert page_client.get("/contracts/SCO/", by=table.anna).href("What the members propose and decide") == ROOM
    assert not page_client.get("/contracts/SCO/").has_link("What the members propose and decide")
    proposal = agreed(table)
    positions.decide_proposal(proposal=proposal, by=table.bella)
    assert page_client.get(here(proposal), by=table.anna).has_link("Carry it out")
