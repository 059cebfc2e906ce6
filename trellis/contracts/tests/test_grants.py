from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from trellis.audit.models import AuditEntry
from trellis.commissioning.commands import commissions
from trellis.commissioning.models import EndingPlan, FundedBody
from trellis.commissioning.tests import rooms
from trellis.contracts import commands
from trellis.contracts.models import Contract, GrantEnding
from trellis.contracts.queries import grants as queries
from trellis.contracts.rules import grants as rules
from trellis.core import clock
from trellis.core.errors import RuleBroken
from trellis.decisions.commands import records
from trellis.decisions.tests import scenes

TODAY = date(2018, 7, 2)
SIGNED = date(2018, 6, 15)


@pytest.fixture
def plan(cast) -> EndingPlan:
    """Ash Vale's grant of £36,500 a year is to stop on 1 October 2018; the contract has run since 1 January."""
    commission = rooms.open_commission(cast)
    care, _health = rooms.name_sources(cast, commission)
    body = rooms.fund(cast, commission, yearly={care: "36500.00"})
    return rooms.plan_ending(cast, body, date(2018, 10, 1))


def deeds(verb: str) -> int:
    return AuditEntry.objects.filter(action=f"contracts.{verb}").count()


@pytest.mark.parametrize(
    ("signed", "served", "words"),
    [
        (None, TODAY, "The award is not signed."),
        (SIGNED, date(2018, 6, 14), "The award was signed on 15 June 2018"),
        (SIGNED, date(2018, 7, 3), "has not come yet"),
        (SIGNED, SIGNED, ""),
        (SIGNED, TODAY, ""),
    ],
)
def test_notice_may_be_served_once_an_award_is_signed(signed, served, words):
    said = {"award_signed_on": signed, "served_on": served, "today": TODAY}
    if not words:
        rules.check_can_serve_notice(**said)
        return
    with pytest.raises(RuleBroken, match=words):
        rules.check_can_serve_notice(**said)


def test_serve_notice_is_refused_and_leaves_nothing_while_no_award_is_signed(cast, plan):
    with pytest.raises(RuleBroken, match="nothing stands ready to take the grant’s place"):
        commands.serve_notice(grant_plan=plan, contract=cast.contract, by=cast.olive)
    plan.refresh_from_db()
    assert plan.notice_served_on is None and not GrantEnding.objects.exists()
    assert deeds("serve_notice") == 0


def test_notice_is_served_once_and_the_plan_stands_fast(cast, plan):
    commands.sign_award(contract=cast.contract, signed_on=SIGNED, by=cast.olive)
    ending = commands.serve_notice(grant_plan=plan, contract=cast.contract, by=cast.olive)
    assert (ending.served_on, ending.notice_months) == (TODAY, None)
    plan.refresh_from_db()
    assert plan.notice_served_on == TODAY
    with pytest.raises(RuleBroken, match="on this grant already"):
        commands.serve_notice(grant_plan=plan, contract=cast.contract, by=cast.olive)
    with pytest.raises(RuleBroken, match="Notice has been served"):
        rooms.plan_ending(cast, plan.body, date(2018, 11, 1))
    assert deeds("serve_notice") == 1


def test_notice_waits_until_the_decision_is_in_effect(cast, plan):
    decision = scenes.taken(cast.council, commission=plan.body.commission)
    commands.sign_award(contract=cast.contract, signed_on=SIGNED, by=cast.olive)
    with pytest.raises(RuleBroken):
        commands.serve_notice(grant_plan=plan, contract=cast.contract, by=cast.olive)
    assert deeds("serve_notice") == 0
    with scenes.on(scenes.PUBLISHED_ON):
        records.publish_record(decision=decision, by=cast.dee)
    commands.serve_notice(grant_plan=plan, contract=cast.contract, by=cast.olive)
    assert deeds("serve_notice") == 1


def test_the_page_says_what_the_grants_must_not_end_before(page_client, cast, plan):
    decision = scenes.published(cast.council, commission=plan.body.commission)
    words = "A good alternative is in place"
    assert words in page_client.get("/contracts/SCO/grants/", by=cast.olive).text
    records.meet_condition(decision=decision, number=1, met_on=TODAY, evidence="The contract runs.", by=cast.carol)
    assert words not in page_client.get("/contracts/SCO/grants/", by=cast.olive).text


def test_a_grant_goes_on_while_the_decision_has_a_condition_on_its_end(page_client, cast, plan):
    decision = scenes.published(cast.council, commission=plan.body.commission)
    commands.sign_award(contract=cast.contract, signed_on=SIGNED, by=cast.olive)
    ending = commands.serve_notice(grant_plan=plan, contract=cast.contract, by=cast.olive)
    assert queries.stops_on(ending) == date(2018, 10, 1)
    with clock.moved_to(datetime(2018, 11, 5, 9, tzinfo=UTC)):
        (grant,) = queries.grants_before(cast.contract)
        assert grant.stops_on == queries.stops_on(ending) == date(2018, 11, 6) and grant.moved
        assert "Stopped" not in page_client.get("/contracts/SCO/grants/", by=cast.olive).text
        met = {"number": 1, "met_on": date(2018, 10, 15), "evidence": "The contract runs."}
        records.meet_condition(decision=decision, by=cast.carol, **met)
        assert queries.stops_on(ending) == date(2018, 10, 15)
        assert "Stopped" in page_client.get("/contracts/SCO/grants/", by=cast.olive).text


def test_no_award_is_signed_while_a_condition_on_it_is_open(cast):
    decision = scenes.taken(cast.council)
    rows = [{"text": "The price is within the budget", "gates": "award"}]
    records.draft_record(decision=decision, conditions=rows, by=scenes.NIGHTLY)
    with scenes.on(scenes.PUBLISHED_ON):
        records.publish_record(decision=decision, by=scenes.NIGHTLY)
    Contract.objects.filter(pk=cast.contract.pk).update(decision=decision)
    cast.contract.refresh_from_db()
    signing = {"contract": cast.contract, "signed_on": TODAY, "by": cast.olive}
    with pytest.raises(RuleBroken, match="A condition is open: The price is within the budget"):
        commands.sign_award(**signing)
    assert deeds("sign_award") == 0
    records.meet_condition(decision=decision, number=1, met_on=TODAY, evidence="It is.", by=scenes.NIGHTLY)
    with pytest.raises(RuleBroken, match="takes effect on 27 June 2018"):
        commands.sign_award(**signing | {"signed_on": SIGNED})
    commands.sign_award(**signing)
    assert deeds("sign_award") == 1


def test_no_award_rests_on_an_irregular_decision_whichever_day_it_names(page_client, cast):
    irregularity = scenes.irregular(cast.council)
    Contract.objects.filter(pk=cast.contract.pk).update(decision=irregularity.decision)
    typed = {"signed_on-day": "11", "signed_on-month": "6", "signed_on-year": "2018"}
    page = page_client.post("/contracts/SCO/grants/award/", typed, by=cast.olive, expect=200)
    assert "taken irregularly" in page.text
    assert deeds("sign_award") == 0
    records.cure_irregularity(irregularity=irregularity, cure="Confirmed.", cured_on=TODAY, by=scenes.NIGHTLY)
    cast.contract.refresh_from_db()
    commands.sign_award(contract=cast.contract, signed_on=TODAY, by=cast.olive)


def test_another_authoritys_grant_is_none_of_the_contracts(cast, plan):
    commands.sign_award(contract=cast.contract, signed_on=SIGNED, by=cast.olive)
    Contract.objects.filter(pk=cast.contract.pk).update(authority=cast.outside)
    cast.contract.refresh_from_db()
    with pytest.raises(RuleBroken, match="another authority’s"):
        commands.serve_notice(grant_plan=plan, contract=cast.contract, by=cast.olive)
    assert deeds("serve_notice") == 0
    assert queries.grants_before(cast.contract) == []


def test_guidance_on_notice_is_shown_and_moves_nothing(cast, plan):
    commands.sign_award(contract=cast.contract, signed_on=SIGNED, by=cast.olive)
    commands.serve_notice(grant_plan=plan, contract=cast.contract, served_on=TODAY, by=cast.olive)
    (grant,) = queries.grants_before(cast.contract)
    assert (grant.stops_on, grant.notice_by, grant.is_short) == (date(2018, 10, 1), date(2018, 6, 30), True)


def test_a_grant_stops_as_planned_but_not_before_its_own_notice_has_run(cast, plan):
    FundedBody.objects.update(notice_months=3, terms="Clause 9")
    plan = EndingPlan.objects.select_related("body__commission").get()
    commands.sign_award(contract=cast.contract, signed_on=SIGNED, by=cast.olive)
    ending = commands.serve_notice(grant_plan=plan, contract=cast.contract, served_on=SIGNED, by=cast.olive)
    assert queries.stops_on(ending) == date(2018, 10, 1)
    commands.withdraw_notice(ending=ending, reason="The wrong body.", by=cast.olive)
    plan = EndingPlan.objects.get()
    ending = commands.serve_notice(grant_plan=plan, contract=cast.contract, served_on=TODAY, by=cast.olive)
    assert queries.stops_on(ending) == date(2018, 10, 3)
    (grant,) = queries.grants_before(cast.contract)
    assert grant.moved and not grant.is_short
    assert deeds("withdraw_notice") == 1


def test_a_grant_ends_no_earlier_than_the_contracts_actual_start_and_moves_with_it(cast, plan):
    """The contract was to start on 1 June, and starts later: the grant goes on until it does."""
    Contract.objects.filter(pk=cast.contract.pk).update(starts_on=date(2018, 6, 1), award_signed_on=date(2018, 1, 10))
    cast.contract.refresh_from_db()
    rooms.plan_ending(cast, plan.body, date(2018, 5, 1))
    plan.refresh_from_db()
    ending = commands.serve_notice(grant_plan=plan, contract=cast.contract, served_on=date(2018, 1, 15), by=cast.olive)
    assert queries.stops_on(ending) == date(2018, 6, 1)
    commands.record_beginning(contract=cast.contract, began_on=date(2018, 6, 20), by=cast.olive)
    (grant,) = queries.grants_before(cast.contract)
    assert grant.stops_on == date(2018, 6, 20) and grant.moved
    assert grant.overlap.cost == Decimal("0.00")


def test_what_is_paid_twice_is_counted_from_the_contracts_start(cast, plan):
    (grant,) = queries.grants_before(cast.contract)
    assert (grant.overlap.days, grant.overlap.cost) == (273, Decimal("27300.00"))


def test_an_award_is_signed_once_and_not_ahead(cast):
    seen_by_another = Contract.objects.get(pk=cast.contract.pk)
    with pytest.raises(RuleBroken, match="has not come yet"):
        commands.sign_award(contract=cast.contract, signed_on=date(2018, 7, 3), by=cast.olive)
    commands.sign_award(contract=cast.contract, signed_on=SIGNED, by=cast.olive)
    with pytest.raises(RuleBroken, match="was signed on 15 June 2018"):
        commands.sign_award(contract=cast.contract, signed_on=SIGNED, by=cast.olive)
    with pytest.raises(RuleBroken, match="Somebody said so just now"):
        commands.sign_award(contract=seen_by_another, signed_on=SIGNED, by=cast.olive)
    assert deeds("sign_award") == 1


def test_the_support_begins_neither_early_nor_ahead(cast):
    for day, words in ((date(2017, 12, 31), "cannot begin before"), (date(2018, 7, 3), "has not come yet")):
        with pytest.raises(RuleBroken, match=words):
            commands.record_beginning(contract=cast.contract, began_on=day, by=cast.olive)
    assert deeds("record_beginning") == 0


def test_a_notice_that_took_effect_is_not_taken_back(cast, plan):
    Contract.objects.filter(pk=cast.contract.pk).update(award_signed_on=date(2018, 1, 10))
    cast.contract.refresh_from_db()
    rooms.plan_ending(cast, plan.body, date(2018, 7, 2))
    plan.refresh_from_db()
    ending = commands.serve_notice(grant_plan=plan, contract=cast.contract, served_on=date(2018, 3, 1), by=cast.olive)
    with pytest.raises(RuleBroken, match="stopped on 2 July 2018"):
        commands.withdraw_notice(ending=ending, reason="Too late.", by=cast.olive)
    assert GrantEnding.objects.exists() and deeds("withdraw_notice") == 0


ROOM = "/contracts/SCO/grants/"


def date_of(name: str, day: date) -> dict[str, str]:
    return {f"{name}-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def test_the_contract_manager_serves_notice_and_takes_it_back(page_client, cast, plan):
    page = page_client.get(ROOM, by=cast.olive)
    assert not page.has_link("Serve notice")
    notice = f"{ROOM}{plan.pk}/notice/"
    refused = page_client.post(notice, date_of("served_on", TODAY), by=cast.olive, expect=200)
    assert "The award is not signed." in refused.text
    page_client.get(page.href("The award is signed"), by=cast.olive)
    page_client.post(f"{ROOM}award/", date_of("signed_on", SIGNED), by=cast.olive)
    page = page_client.get(ROOM, by=cast.olive)
    page_client.get(page.href("Serve notice"), by=cast.olive)
    page_client.post(page.href("Serve notice"), date_of("served_on", TODAY), by=cast.olive)
    page = page_client.get(ROOM, by=cast.carol)
    assert "1 October 2018" in page.text and "1 of 1" in page.text and "Short notice" in page.text
    letter = page_client.get(page.href("Read"), by=cast.carol)
    assert "2 July 2018" in letter.text and "This is 91 days, which is less." in letter.text
    assert "draft" not in letter.text
    assert page_client.get(letter.href("Open it as a PDF"), by=cast.carol).response.content.startswith(b"%PDF")
    back = page_client.get(ROOM, by=cast.olive).href("Take the notice back")
    page_client.get(back, by=cast.olive)
    page_client.post(back, {"reason": "The wrong body."}, by=cast.olive)
    page_client.get(f"{ROOM}beginning/", by=cast.olive)
    page_client.post(f"{ROOM}beginning/", date_of("began_on", date(2018, 1, 8)), by=cast.olive)
    page = page_client.get(ROOM, by=cast.olive)
    assert "0 of 1" in page.text and "8 January 2018" in page.text


def test_others_neither_see_nor_end_grants(page_client, cast, plan):
    page_client.get(ROOM, by=cast.anna, expect=403)
    page_client.get(f"{ROOM}{plan.pk}/notice/", by=cast.carol, expect=403)
    page_client.get("/contracts/OTHER/grants/", by=cast.olive, expect=404)
    page_client.get(f"{ROOM}999/notice/", by=cast.olive, expect=404)
    assert page_client.get("/contracts/SCO/", by=cast.olive).has_link("The grants that it takes the place of")
    assert not page_client.get("/contracts/SCO/").has_link("The grants that it takes the place of")
    file = page_client.get(f"{ROOM}?format=csv", by=cast.carol).response
    assert b"".join(file.streaming_content).decode("utf-8-sig").splitlines()[1].startswith("Ash Vale CVS,")


def test_a_commission_of_the_same_authority_offers_its_grants(cast, plan):
    other = commissions.open_commission(
        title="Other", purpose="Other.", authority=cast.outside, owner=cast.carol, by=cast.carol
    )
    care, _health = rooms.name_sources(cast, other)
    rooms.plan_ending(cast, rooms.fund(cast, other, "Elsewhere", yearly={care: "5.00"}), date(2018, 10, 1))
    assert [grant.body.name for grant in queries.grants_before(cast.contract)] == ["Ash Vale CVS"]
