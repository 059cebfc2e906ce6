"""Decision 16/00051 as the demo takes it, through the commands that people use."""

from datetime import date

import pytest

from trellis.commissioning.commands import commissions
from trellis.core.errors import RuleBroken
from trellis.decisions.queries import records
from trellis.demo.decide import on
from trellis.demo.decide.decision import decide, follow_up


@pytest.fixture
def officers(cast):
    return {"commissioning-officer": cast.carol, "democratic-services": cast.dee}


@pytest.fixture
def decision(cast, officers):
    with on(date(2015, 10, 5)):
        commission = commissions.open_commission(
            title="Strengthening Community Organisations", purpose="One service.", authority=cast.council,
            owner=cast.carol, by=cast.carol,
        )  # fmt: skip
    return decide(commission, officers)


def test_it_goes_the_whole_road(decision):
    assert [(step.body, step.held_on) for step in decision.steps.all()] == [
        ("Directorate management team", date(2016, 4, 6)),
        ("Corporate management team", date(2016, 4, 25)),
        ("Commissioning Advisory Board", date(2016, 7, 6)),
        ("Adult Social Care and Health Cabinet Committee", date(2016, 7, 12)),
    ]
    assert (decision.reference, decision.is_key, decision.is_subject_to_call_in) == ("16/00051", True, True)
    assert records.effective_on(decision) == date(2016, 7, 27)
    assert records.is_effective(decision, date(2016, 8, 1))
    assert decision.implementation.count() == 2


def test_its_three_limbs_its_power_and_its_condition_stand(decision):
    record = records.current_record(decision)
    assert [line[:2] for line in record.text.strip().splitlines()] == ["1.", "2.", "3."]
    assert "Corporate Director" in records.delegations(decision)[0].to_whom
    with pytest.raises(RuleBroken, match="Grants end only when a good alternative is in place"):
        records.check_can_act(decision, on=date(2016, 12, 1), gates="end-grants")


def test_grants_may_end_once_the_contract_has_started(decision, officers):
    follow_up(decision, officers)
    records.check_can_act(decision, on=date(2017, 1, 2), gates="end-grants")


def test_it_says_what_is_illustrative(decision, page_client):
    page = page_client.get("/decisions/16-00051/")
    assert "are illustrative" in page.text
    assert page.h1 == "Re-commissioning of Infrastructure Support to the Voluntary and Community Sector"
