"""Joining and leaving in the browser, by whoever may, and refused to whoever may not."""

from datetime import date
from decimal import Decimal

import pytest

from trellis.contracts import queries
from trellis.contracts.models import Contract, Membership, MembershipCheck
from trellis.contracts.tests import membership_scenes as scenes
from trellis.contracts.tests.membership_scenes import OCTOBER
from trellis.contracts.tests.papers_scenes import minutes

ROOM = "/contracts/SCO/members/"


def address(organisation, step="") -> str:
    return f"{ROOM}of/{organisation.reference}/{step}"


def test_an_organisation_joins_from_the_invitation_to_its_share(page_client, cast):
    refused = page_client.post(f"{ROOM}invite/", {"organisation": "ORG-NONE"}, by=cast.olive, expect=200)
    assert "No organisation in the register" in refused.text
    page_client.post(f"{ROOM}invite/", {"organisation": cast.outside.reference}, by=cast.olive)
    here = address(cast.outside)
    assert "Copper Beech Advice" in page_client.get(ROOM, by=cast.anna).text
    page_client.post(f"{here}checks/", by=cast.olive)
    for check in MembershipCheck.objects.all():
        page_client.post(f"{here}checks/{check.pk}/", {"outcome": "met", "note": "Seen."}, by=cast.olive)
        page_client.post(f"{here}checks/{check.pk}/verify/", by=cast.bella)
    said, variation = minutes(cast).title, scenes.lawful(cast).reference
    wrong = page_client.post(f"{here}grounds/", {"proposal": "PROP-1", "variation": "X"}, by=cast.olive, expect=200)
    assert "it may have changed since you opened this page" in wrong.text
    page_client.post(f"{here}grounds/", {"proposal": said, "variation": variation}, by=cast.olive)
    answers = {"starts_on": "2018-10-01", "proposal": said}
    for organisation, share in scenes.shares_with_the_newcomer(cast).items():
        answers |= {f"{what}_{organisation.pk}": str(share * 100) for what in ("money", "work")}
    assert (
        "add up to 110%"
        in page_client.post(
            f"{here}admit/", answers | {f"money_{cast.outside.pk}": "30"}, by=cast.olive, expect=200
        ).text
    )
    page_client.post(f"{here}admit/", answers, by=cast.olive)

    assert Decimal("0.2") in queries.shares(cast.contract, OCTOBER).values()
    page = page_client.get(here, by=cast.anna)
    for words in ("Admitted, joins later", said, variation, "1 October 2018", "7 of 7 answered"):
        assert words in page.text


def test_a_lead_gives_notice_for_their_own_organisation_and_for_no_other(page_client, cast):
    here = address(cast.bramble)
    assert "30 September 2018" in page_client.get(f"{here}notice/", by=cast.bella).text
    page_client.get(f"{here}notice/", by=cast.anna, expect=404)
    page_client.post(f"{here}notice/", {"leaves_on": "2018-09-30", "reason": "Our board decided so."}, by=cast.bella)

    handover = MembershipCheck.objects.first()
    page_client.get(f"{here}checks/{handover.pk}/", by=cast.anna, expect=404)
    page_client.post(f"{here}checks/{handover.pk}/", {"outcome": "met", "note": "All given."}, by=cast.bella)
    page = page_client.get(here, by=cast.bella)
    assert "1 of 6 answered" in page.text and page.has_link("Stay after all")
    page_client.post(f"{here}stay/", {"reason": "We stay."}, by=cast.bella)
    assert Membership.objects.get(partner=cast.bramble_partner).status == "active"


def test_the_contract_manager_settles_a_leaving_and_goes_on_to_its_handover(page_client, cast):
    scenes.leaving(cast)
    here = address(cast.bramble)
    answers = {"starts_on": "2018-10-01", "proposal": minutes(cast).title}
    answers |= {f"{what}_{cast.ash_vale.pk}": "100" for what in ("money", "work")}
    page_client.post(f"{here}settle/", answers, by=cast.olive)
    assert list(queries.shares(cast.contract, OCTOBER).values()) == [Decimal(1)]

    handed_over = "Its cases, people and money are handed over here"
    for who in (cast.olive, cast.bella):
        page = page_client.get(here, by=who)
        assert page.href(handed_over) == f"/contracts/SCO/handovers/{cast.bramble.reference}/"
    assert not page_client.get(here, by=cast.anna).has_link(handed_over)


def test_the_contract_manager_agrees_a_remedy_plan_and_excludes_after_it(page_client, cast, time_machine):
    here = address(cast.bramble)
    plan = {"remedy": "Returns in time.", "review_on-day": "31", "review_on-month": "7", "review_on-year": "2018"}
    page_client.post(f"{here}remedy/", plan, by=cast.olive)
    answers = {"starts_on": "2018-10-01", "proposal": minutes(cast).title, "reason": "Nothing came."}
    answers |= {f"{what}_{cast.ash_vale.pk}": "100" for what in ("money", "work")}
    assert "has time until 31 July" in page_client.post(f"{here}exclude/", answers, by=cast.olive, expect=200).text
    time_machine.move_to(date(2018, 8, 1))
    page_client.clients.clear()
    page_client.post(f"{here}exclude/", answers, by=cast.olive)
    assert "Excluded" in page_client.get(here, by=cast.olive).text


@pytest.mark.parametrize("step", ["grounds/", "admit/", "settle/", "remedy/", "exclude/", "withdraw/"])
def test_only_the_contract_manager_carries_out(page_client, cast, step):
    page_client.get(address(cast.bramble, step), by=cast.olive)
    page_client.get(address(cast.bramble, step), by=cast.bella, expect=403)


def test_a_remedy_plan_that_worked_and_an_invitation_that_came_to_nothing(page_client, cast):
    scenes.on_a_remedy_plan(cast)
    page_client.post(address(cast.bramble, "remedied/"), {"note": "Both came in time."}, by=cast.olive)
    assert "Both came in time." in page_client.get(address(cast.bramble), by=cast.anna).text
    scenes.invited(cast)
    page_client.post(address(cast.outside, "withdraw/"), {"reason": "Its board said no."}, by=cast.olive)
    assert "Did not join" in page_client.get(address(cast.outside), by=cast.anna).text


def test_a_checklist_downloads(page_client, cast):
    scenes.being_checked(cast)
    answer = page_client.get(f"{address(cast.outside)}?due-diligence-format=csv", by=cast.anna).response
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "Question,Answer,What it rests on,Answered by,Verified by" and len(lines) == 8


def test_notice_offers_only_days_that_it_can_name(page_client, cast):
    def offered() -> list[str]:
        page = page_client.get(f"{address(cast.bramble)}notice/", by=cast.bella)
        return [one.get("value") for one in page.find_all("#id_leaves_on option") if one.get("value")]

    assert offered() == ["2018-09-30"]
    Contract.objects.update(leaving_notice_months=5)
    assert offered() == []
    words = "31 December 2018. The contract ends with that day, so there is nothing to leave before."
    assert words in page_client.get(f"{address(cast.bramble)}notice/", by=cast.bella).text
