"""Shares that were agreed on paper: with their document, and never over the heads of those who decide by a proposal."""

from datetime import date
from decimal import Decimal

import pytest

from trellis.audit.models import AuditEntry
from trellis.contracts import commands, queries
from trellis.contracts.commands import carrying_out, proposals
from trellis.contracts.tests import papers_scenes, proposal_scenes, terms_scenes
from trellis.core.errors import RuleBroken

JUNE, JULY, OCTOBER = date(2018, 6, 1), date(2018, 7, 1), date(2018, 10, 1)
ROOM = "/contracts/SCO/members/"
MONEY, WORK = commands.enter_shares_agreed_on_paper, commands.enter_work_agreed_on_paper


def enter(cast, verb=MONEY, document=None, starts_on=OCTOBER, ash_vale="0.7"):
    shares = {cast.ash_vale_partner: Decimal(ash_vale), cast.bramble_partner: 1 - Decimal(ash_vale)}
    document = document or papers_scenes.minutes(cast)
    verb(contract=cast.contract, starts_on=starts_on, shares=shares, document=document, by=cast.olive)


def entered() -> int:
    return AuditEntry.objects.filter(action__contains="agreed_on_paper").count()


def money(cast) -> list[str]:
    return [str(share.normalize()) for share in queries.shares(cast.contract, OCTOBER).values()]


@pytest.mark.parametrize(("verb", "action", "whole"), [(MONEY, "enter_shares", "money"), (WORK, "enter_work", "work")])
def test_what_they_rest_on_is_in_the_audit_and_for_anybody_to_read(page_client, cast, verb, action, whole):
    document = papers_scenes.minutes(cast)
    enter(cast, verb, document)

    kept = AuditEntry.objects.get(action=f"contracts.{action}_agreed_on_paper")
    assert (kept.reason, kept.facts["document"], kept.facts["from"]) == (document.title, document.pk, "2018-10-01")
    assert kept.facts[cast.bramble.reference] == "0.3"
    text = page_client.get("/contracts/SCO/").text
    assert f"Shares of the {whole}: Ash Vale CVS 70%, Bramble Volunteering 30% {document.title}" in text


@pytest.mark.parametrize("verb", [MONEY, WORK])
def test_the_document_is_one_of_this_contract(cast, verb):
    strange = papers_scenes.minutes(cast, contract=terms_scenes.enter(cast))
    with pytest.raises(RuleBroken, match="document of this contract") as refused:
        enter(cast, verb, strange)
    assert (refused.value.field, entered(), money(cast)) == ("document", 0, ["0.6", "0.4"])


def test_nobody_enters_shares_while_a_member_objects_to_those_that_are_proposed(cast):
    proposal = proposal_scenes.opened(proposal_scenes.seated(cast))
    proposal_scenes.says(proposal, cast.anna, "object", reason="We need the money for the north.", interest="Cases.")
    with pytest.raises(RuleBroken, match=f"Proposal {proposal.reference}, “Bramble takes on the north”, is about"):
        enter(cast)
    assert (entered(), money(cast)) == (0, ["0.6", "0.4"])

    enter(cast, WORK)  # of the work nothing is proposed
    proposals.withdraw_proposal(proposal=proposal, reason="We talk first.", by=cast.bella)
    enter(cast)
    assert (entered(), money(cast)) == (2, ["0.7", "0.3"])


@pytest.mark.parametrize("starts_on", [JULY, OCTOBER])
def test_shares_that_were_carried_are_not_replaced_on_paper(cast, starts_on):
    with proposal_scenes.on(JUNE):
        proposal = proposal_scenes.carried(proposal_scenes.seated(cast))
        with pytest.raises(RuleBroken, match="is not finished"):
            enter(cast, starts_on=starts_on)
        carrying_out.carry_out_proposal(proposal=proposal, by=cast.bella)
        words = f"Proposal {proposal.reference}, .* was carried and set the shares from 1 October 2018"
        with pytest.raises(RuleBroken, match=words) as no:
            enter(cast, starts_on=starts_on)
    assert (no.value.field, entered(), money(cast)) == ("starts_on", 0, ["0.55", "0.45"])


def test_a_proposal_takes_the_place_of_what_was_on_paper(page_client, cast):
    document = papers_scenes.minutes(cast)
    enter(cast, document=document)
    proposal = proposal_scenes.carried(proposal_scenes.seated(cast))
    carrying_out.carry_out_proposal(proposal=proposal, by=cast.bella)
    text = page_client.get("/contracts/SCO/").text
    assert f"Bramble Volunteering 45% Bramble takes on the north ({proposal.reference})" in text
    assert document.title not in text.partition("What has changed")[2].partition("Documents")[0]


def test_the_page_asks_for_the_document_first(page_client, cast):
    for url in (f"{ROOM}shares/", f"{ROOM}work/"):
        page = page_client.get(url, by=cast.olive)
        assert "This contract has no document here yet" in page.text
        assert page.href("Add it first") == "/contracts/SCO/documents/add/"
    papers_scenes.minutes(cast)
    page = page_client.get(f"{ROOM}shares/", by=cast.olive)
    assert "no document here yet" not in page.text and "Minutes of 2 July" in page.text


def test_the_page_says_which_proposal_is_in_the_way(page_client, cast):
    proposal = proposal_scenes.opened(proposal_scenes.seated(cast))
    answers = {
        "starts_on": "2018-10-01", "document": papers_scenes.minutes(cast).pk,
        f"share_{cast.ash_vale_partner.pk}": "70", f"share_{cast.bramble_partner.pk}": "30",
    }  # fmt: skip
    page = page_client.post(f"{ROOM}shares/", answers, by=cast.olive, expect=200)
    assert f"Proposal {proposal.reference}" in page.text and entered() == 0
