"""Proposals that admit or exclude a member: what they change, who has a position, and what is refused."""

from datetime import date
from decimal import Decimal

import pytest

from trellis.audit.models import AuditEntry
from trellis.contracts import queries
from trellis.contracts.commands import carrying_out, positions
from trellis.contracts.commands import membership as membership_commands
from trellis.contracts.models import Matter, Membership, Partner, Proposal
from trellis.contracts.presenters import proposal_subjects
from trellis.contracts.tests import membership_scenes, papers_scenes
from trellis.contracts.tests import proposal_scenes as scenes
from trellis.contracts.tests.proposal_scenes import OCTOBER, drafted, on, opened, says
from trellis.core.errors import RuleBroken

ROOM = "/contracts/SCO/proposals/"
SEPTEMBER_END, AFTER_REMEDY = date(2018, 9, 30), date(2018, 8, 1)
WORDS = {"title": "As prepared", "text": "We agree to it.", "best_for_service": "Groups gain."}


@pytest.fixture
def table(cast):
    return scenes.seated(cast)


def deeds(verb: str) -> int:
    return AuditEntry.objects.filter(action=f"contracts.{verb}").count()


def shares(table, day: date) -> dict[str, Decimal]:
    return {str(partner): share for partner, share in queries.shares(table.contract, day).items()}


def decided(table, proposal: Proposal, *people) -> None:
    for person in people:
        says(proposal, person)
    positions.decide_proposal(proposal=proposal, by=table.anna)


# --- admission


def test_an_organisation_joins_on_the_day_with_the_shares_agreed(table):
    one = membership_scenes.checked(table)
    proposal = opened(table, Matter.ADMISSION, concerned=table.outside)
    assert Partner.objects.count() == 2  # what was tried when it was opened is undone
    decided(table, proposal, table.anna, table.bella, table.olive)
    made = carrying_out.carry_out_proposal(proposal=proposal, by=table.bella)

    assert made.what == (
        "Copper Beech Advice is a partner from 1 October 2018. Shares of the money and of the work from then: "
        "Ash Vale CVS 50%, Bramble Volunteering 30%, Copper Beech Advice 20%."
    )
    one.refresh_from_db()
    assert (one.status, one.proposal, one.variation) == (
        "admitted",
        proposal.reference,
        membership_scenes.lawful(table).reference,
    )
    assert one.partner.joined_on == OCTOBER
    assert list(shares(table, SEPTEMBER_END)) == ["Ash Vale CVS", "Bramble Volunteering"]
    assert shares(table, OCTOBER)["Copper Beech Advice"] == Decimal("0.2")
    assert sum(shares(table, OCTOBER).values()) == 1
    assert (deeds("admit_partner"), deeds("carry_out_proposal")) == (1, 1)


@pytest.mark.parametrize(
    ("payload", "field", "words"),
    [
        ({"shares": {"ORG-AVC12": "1"}}, "", "Say the share of Bramble"),
        ({"shares": {"ORG-NONE": "1"}}, "", "no longer fit"),
        ({"variation": ""}, "variation", "Name the variation"),
        ({"variation": "VAR-3"}, "variation", "that the law allows"),
    ],
)
def test_an_admission_that_could_not_be_carried_out_is_not_proposed(table, payload, field, words):
    one = membership_scenes.checked(table)
    Membership.objects.filter(pk=one.pk).update(variation="")
    said = scenes.words(table, Matter.ADMISSION)["payload"] | payload
    with pytest.raises(RuleBroken, match=words) as refusal:
        drafted(table, Matter.ADMISSION, concerned=table.outside, payload=said)
    assert refusal.value.field == field
    assert (Proposal.objects.count(), Partner.objects.count(), deeds("draft_proposal")) == (0, 2, 0)


def test_an_admission_names_an_organisation_that_was_invited(table):
    with pytest.raises(RuleBroken, match="Say which organisation"):
        drafted(table, Matter.ADMISSION)
    with pytest.raises(RuleBroken, match="was not invited"):
        drafted(table, Matter.ADMISSION, concerned=table.outside)


def test_one_whose_check_was_answered_anew_meanwhile_stops_it(table):
    one = membership_scenes.checked(table)
    proposal = opened(table, Matter.ADMISSION, concerned=table.outside)
    decided(table, proposal, table.anna, table.bella, table.olive)
    one.checks.update(verified_at=None, verified_by=None)
    assert carrying_out.carry_out_proposal(proposal=proposal, by=table.bella) is None
    assert "has to be verified by a second person" in Proposal.objects.get().refusal
    assert Partner.objects.count() == 2


def test_an_admission_is_offered_and_written_when_the_checks_are_done(page_client, table):
    one = membership_scenes.being_checked(table)
    page = page_client.get(f"{ROOM}new/", by=table.bella)
    assert "Nobody can be admitted now" in page.text
    assert "Copper Beech Advice" not in page.text
    here = f"{ROOM}new/admission/?about={table.outside.reference}"
    said = WORDS | {"effective_on": "2018-10-01", "variation": membership_scenes.lawful(table).reference}
    said |= {f"share_{one.reference}": part for one, part in ((table.ash_vale, 50), (table.bramble, 30))}
    said |= {f"share_{table.outside.reference}": 20}
    refused = page_client.post(here, said, by=table.bella, expect=200)
    assert "is not answered yet. An organisation joins when every check is met." in refused.text

    membership_commands.withdraw_membership(membership=one, reason="Begun too soon.", by=table.olive)
    membership_scenes.checked(table)
    page = page_client.get(f"{ROOM}new/", by=table.bella)
    assert "Admitting a member: Copper Beech Advice" in page.text
    assert "Nobody can be admitted" not in page.text
    chosen = page_client.post(f"{ROOM}new/", {"matter": f"admission:{table.outside.reference}"}, by=table.bella)
    assert chosen.response.url == here
    assert (
        page_client.get(here, by=table.bella).find("#id_variation option[selected]").get("value") == said["variation"]
    )
    page_client.get(f"{ROOM}new/admission/?about={table.pantry.reference}", by=table.bella, expect=404)
    short = page_client.post(here, said | {f"share_{table.outside.reference}": 10}, by=table.bella, expect=200)
    assert "add up to 90%." in short.find(f"#id_share_{table.ash_vale.reference}-error").text_content()
    page_client.post(here, said, by=table.bella)

    proposal = Proposal.objects.get()
    page = page_client.get(f"{ROOM}{proposal.reference}/", by=table.bella)
    assert "Who joins" in page.text
    assert "+20 points" in page.text
    filled = page_client.get(f"{ROOM}{proposal.reference}/edit/", by=table.bella)
    assert filled.find(f"#id_share_{table.outside.reference}").get("value") == "20"
    page_client.post(f"{ROOM}{proposal.reference}/edit/", said | {"title": "Copper Beech"}, by=table.bella)
    page_client.post(f"{ROOM}{proposal.reference}/open/", by=table.bella)
    minutes = papers_scenes.minutes(table).title
    amended = said | {"variation": minutes, "note": "The other one."}
    page_client.post(f"{ROOM}{proposal.reference}/amend/", amended, by=table.bella)
    assert minutes in page_client.get(f"{ROOM}{proposal.reference}/versions/", by=table.anna).text


# --- exclusion


def test_a_member_is_excluded_by_the_others_and_has_no_position(table):
    one = membership_scenes.on_a_remedy_plan(table)
    with on(AFTER_REMEDY):
        proposal = opened(table, Matter.EXCLUSION, by=table.anna, concerned=table.bramble)
        assert Membership.objects.get(pk=one.pk).status == "remedy"
        with pytest.raises(RuleBroken, match="You have no position"):
            says(proposal, table.bella)
        decided(table, proposal, table.anna, table.olive)
        made = carrying_out.carry_out_proposal(proposal=proposal, by=table.anna)

    assert made.what == (
        "Bramble Volunteering is excluded. 30 September 2018 is its last day as a partner. "
        "Shares of the money and of the work after that: Ash Vale CVS 100%."
    )
    one.refresh_from_db()
    assert (one.status, one.leaving_proposal, one.partner.left_on) == ("excluded", proposal.reference, SEPTEMBER_END)
    assert shares(table, OCTOBER) == {"Ash Vale CVS": Decimal(1)}
    assert len(shares(table, SEPTEMBER_END)) == 2
    assert (deeds("exclude_partner"), deeds("carry_out_proposal")) == (1, 1)


@pytest.mark.parametrize(
    ("day", "concerned", "part", "words"),
    [
        (AFTER_REMEDY, "bramble", "0.9", "add up to 90%"),
        (date(2018, 7, 2), "bramble", "1", "has time until 31 July 2018"),
        (AFTER_REMEDY, "ash_vale", "1", "is running"),
        (AFTER_REMEDY, "outside", "1", "was not invited"),
    ],
)
def test_an_exclusion_that_could_not_be_carried_out_is_not_proposed(table, day, concerned, part, words):
    membership_scenes.on_a_remedy_plan(table)
    payload = {"shares": {table.ash_vale.reference: part}}
    with on(day), pytest.raises(RuleBroken, match=words):
        drafted(table, Matter.EXCLUSION, by=table.anna, concerned=getattr(table, concerned), payload=payload)
    assert not Proposal.objects.exists()
    assert not Partner.objects.filter(left_on__isnull=False).exists()


def test_an_exclusion_is_offered_when_the_remedy_plan_has_had_its_time(page_client, table):
    membership_scenes.on_a_remedy_plan(table)
    assert "Nobody can be excluded now" in page_client.get(f"{ROOM}new/", by=table.olive).text
    here = f"{ROOM}new/exclusion/?about={table.bramble.reference}"
    said = WORDS | {"effective_on": "2018-10-01", f"share_{table.ash_vale.reference}": 100}
    with on(AFTER_REMEDY):
        assert "Excluding a member: Bramble Volunteering" in page_client.get(f"{ROOM}new/", by=table.anna).text
        assert not page_client.get(here, by=table.anna).find_all(f"#id_share_{table.bramble.reference}")
        page_client.post(here, said, by=table.anna)
        proposal = Proposal.objects.get()
        page_client.post(f"{ROOM}{proposal.reference}/open/", by=table.anna)
        page = page_client.get(f"{ROOM}{proposal.reference}/", by=table.bella)
        assert "−40 points" in page.text
        assert not page.has_link("Take your position")


def test_nobody_joins_or_is_excluded_once_the_last_quarter_has_begun(table):
    membership_scenes.checked(table)
    membership_scenes.on_a_remedy_plan(table)
    offered = proposal_subjects.matters_to_propose(table.contract, SEPTEMBER_END)
    wanted = {f"admission:{table.outside.reference}", f"exclusion:{table.bramble.reference}"}
    assert wanted <= set(offered)
    assert proposal_subjects.why_not(table.contract, SEPTEMBER_END) == ""
    assert not [code for code in proposal_subjects.matters_to_propose(table.contract, OCTOBER) if ":" in code]
    assert proposal_subjects.why_not(table.contract, OCTOBER) == proposal_subjects.ENDS
