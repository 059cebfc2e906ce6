"""The demo's appraisal: what the report says of the three models, and marked as illustrative."""

from datetime import date
from decimal import Decimal

import pytest

from tests.cast import person
from trellis.commissioning.commands import commissions
from trellis.commissioning.models import Appraisal
from trellis.commissioning.queries import appraisal as queries
from trellis.demo.decide.appraisal import appraise

ROLES = ("finance", "contract-manager", "procurement-officer", "evaluator", "commissioning-officer")


@pytest.fixture
def appraisal(cast) -> Appraisal:
    officers = {role: person(f"demo-{role}", cast.council, role) for role in ROLES}
    officer = officers["commissioning-officer"]
    commission = commissions.open_commission(
        title="Support", purpose="Even support.", authority=cast.council, owner=officer, by=officer
    )
    return appraise(commission, officers, baseline=Decimal(615291), step_down=Decimal(10))


def test_the_alliance_is_preferred_and_comes_first(appraisal):
    assert (appraisal.preferred.name, appraisal.concluded_on) == ("Alliance", date(2016, 3, 14))
    assert queries.analysis(appraisal).ranking == ("Alliance", "Key Strategic Partner", "Framework")
    trial = queries.current_trial(appraisal)
    assert (trial.draws, trial.seed) == (100_000, 1)
    assert trial.result["rank_acceptability"]["Alliance"][0] == pytest.approx(0.943, abs=0.004)


def test_the_long_list_has_business_as_usual_and_do_minimum_discounted_with_reasons(appraisal):
    fates = {option.kind: option.fate for option in appraisal.options.exclude(kind="other")}
    assert fates == {"as-usual": "discounted", "minimum": "discounted"}
    assert all(option.fate_reason for option in appraisal.options.all())


def test_a_key_strategic_partner_loses_money_to_management_and_a_framework_reaches_fewer(appraisal):
    money = {each.option: each for each in queries.money_models(appraisal)}
    assert {each.yearly_value for each in money.values()} == {Decimal("553761.90")}
    assert money["Key Strategic Partner"].management_cost == max(each.management_cost for each in money.values())
    assert money["Framework"].organisations_reached == min(each.organisations_reached for each in money.values())


def test_what_the_report_does_not_give_is_marked_as_illustrative(appraisal):
    assert appraisal.is_illustrative
    assert queries.has_illustrative_money(appraisal)


def test_one_scorer_has_an_interest_and_gave_no_score_and_one_dissent_is_kept(appraisal):
    interested = [scorer for scorer in queries.scorers(appraisal) if scorer.interest]
    assert [scorer.given for scorer in interested] == [0]
    assert sum(bool(agreed.dissent) for agreed in queries.agreed_scores(appraisal).values()) == 1
