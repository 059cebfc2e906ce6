"""The budget and the equality impact assessment of the demo say what the report says."""

from decimal import Decimal

import pytest

from trellis.commissioning.models import Commission
from trellis.commissioning.queries import budgets
from trellis.commissioning.queries import equality as queries
from trellis.commissioning.rules import equality as rules
from trellis.commissioning.tests.equality_scenes import open_commission
from trellis.demo.decide.budgets import set_budget
from trellis.demo.decide.equality import assess_equality, follow_up


@pytest.fixture
def commission(cast) -> Commission:
    return open_commission(cast)


def test_the_budget_is_the_reports_and_its_saving_is_put_right(commission, cast):
    set_budget(commission, cast.carol)
    every = budgets.scenarios(commission)
    assert [one.is_illustrative for one in every] == [False, True, True]
    assert every[0].is_proposed and every[0].budget.term_total == Decimal("1500694.75")
    assert every[0].budget.total_with_extensions == Decimal("2267710.36")
    saving, value, grants = (one.relation for one in budgets.related_figures(commission, every))
    assert (saving.match.words, saving.agrees) == ("the annual saving in year 3", False)
    assert saving.other.amount == Decimal("345178.25")
    assert value.agrees and grants.agrees
    assert budgets.progress(commission).done


def test_the_assessment_is_attested_twice_with_minimal_negative_impact(commission, cast):
    second = assess_equality(commission, cast.carol)
    first = commission.assessments.get(version=1)
    assert (first.status, second.version) == ("attested", 2)
    content = queries.content(second)
    assert rules.overall(one.negative for one in content.impacts) == "low"
    assert not rules.screening(content.impacts, queries.duty(second.assessed_on).asks).needs_full
    assert len(queries.regard(commission)) == 5
    changed = [one.part for one in queries.compared(first, second) if one.is_changed]
    assert changed == ["Date", "Foster good relations", "Evidence 4"]
    assert second.is_illustrative


def test_one_action_is_late_when_the_demo_opens(commission, cast):
    assess_equality(commission, cast.carol)
    follow_up(commission, cast.carol)
    assert [one.due_on.year for one in queries.late_actions(cast.carol)] == [2018]


def test_following_up_what_was_never_assessed_is_a_mistake_of_the_demo(commission, cast):
    with pytest.raises(LookupError):
        follow_up(commission, cast.carol)
