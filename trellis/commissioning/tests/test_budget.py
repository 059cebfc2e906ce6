from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from trellis.commissioning import budget
from trellis.commissioning.budget import present_value, tapered_budget
from trellis.commissioning.tests.slow_budget import slow_budget
from trellis.core.errors import RuleBroken

GREEN_BOOK = Decimal("3.5")
terms = some.fixed_dictionaries(
    {
        "baseline": some.decimals("0.01", 10_000_000, places=2),
        "step_down": some.decimals(0, "99.99", places=2),
        "years": some.integers(1, 8),
        "extensions": some.integers(0, 4),
        "start": some.dates(date(2000, 1, 1), date(2060, 12, 31)),
    }
)


@pytest.fixture(scope="module")
def decided():
    """The budget of decision 16/00051."""
    return tapered_budget(baseline=Decimal(615291), step_down=10, years=3, extensions=2, start=date(2017, 1, 1))


def written(amounts) -> list[str]:
    return [f"{amount:,.2f}" for amount in amounts]


def test_each_year_of_the_decided_contract(decided):
    assert written(year.value for year in decided.years) == [
        "553,761.90",
        "498,385.71",
        "448,547.14",
        "403,692.43",
        "363,323.18",
    ]
    assert (decided.years[0].start, decided.years[0].end) == (date(2017, 1, 1), date(2017, 12, 31))
    assert (decided.years[4].start, decided.years[4].end) == (date(2021, 1, 1), date(2021, 12, 31))


def test_totals_of_the_decided_contract(decided):
    assert written([decided.term_total, decided.total_with_extensions]) == ["1,500,694.75", "2,267,710.36"]


def test_the_reports_saving_is_that_of_year_3_and_the_cumulative_one_is_larger(decided):
    assert written(year.annual_saving for year in decided.years[:3]) == ["61,529.10", "116,905.29", "166,743.86"]
    assert written(year.cumulative_saving for year in decided.years[:3]) == ["61,529.10", "178,434.39", "345,178.25"]


def test_odd_pence_go_to_the_earliest_quarters(decided):
    assert written(part.value for part in decided.years[0].quarters) == [
        "138,440.48",
        "138,440.48",
        "138,440.47",
        "138,440.47",
    ]


def test_quarters_that_end_with_march_fall_whole_in_a_financial_year(decided):
    assert [(str(part.year), f"{part.value:,.2f}") for part in decided.financial_years] == [
        ("2016-17", "138,440.48"),
        ("2017-18", "539,917.85"),
        ("2018-19", "485,926.07"),
        ("2019-20", "437,333.46"),
        ("2020-21", "393,600.12"),
        ("2021-22", "272,492.38"),
    ]


def test_present_values_of_the_decided_contract(decided):
    assert present_value(decided, years=3, discount_rate=GREEN_BOOK) == Decimal("1454017.54")
    assert present_value(decided, years=5, discount_rate=GREEN_BOOK) == Decimal("2134740.14")


def test_a_quarter_across_1_april_is_split_by_its_days():
    plan = tapered_budget(baseline=Decimal("404.00"), step_down=0, years=1, start=date(2018, 3, 1))
    # 1 March to 31 May has 92 days, 31 of them before 1 April; so £101.00 is £34.03 and £66.97
    assert [(str(part.year), part.value) for part in plan.financial_years] == [
        ("2017-18", Decimal("34.03")),
        ("2018-19", Decimal("369.97")),
    ]


def test_quarters_of_a_contract_from_31_january_clamp_to_short_months():
    plan = tapered_budget(baseline=Decimal(100), step_down=0, years=2, start=date(2017, 1, 31))
    assert [part.start for year in plan.years for part in year.quarters] == [
        date(2017, 1, 31),
        date(2017, 4, 30),
        date(2017, 7, 31),
        date(2017, 10, 31),
        date(2018, 1, 31),
        date(2018, 4, 30),
        date(2018, 7, 31),
        date(2018, 10, 31),
    ]


def test_a_contract_from_29_february_comes_back_to_it_in_the_next_leap_year():
    plan = tapered_budget(baseline=Decimal(100), step_down=0, years=5, start=date(2016, 2, 29))
    assert [year.start for year in plan.years] == [
        date(2016, 2, 29),
        date(2017, 2, 28),
        date(2018, 2, 28),
        date(2019, 2, 28),
        date(2020, 2, 29),
    ]


def test_years_are_rounded_half_up_from_the_unrounded_baseline():
    plan = tapered_budget(baseline=Decimal("0.01"), step_down=50, years=2, start=date(2017, 1, 1))
    assert [year.value for year in plan.years] == [Decimal("0.01"), Decimal("0.00")]
    assert [part.value for part in plan.years[0].quarters] == [Decimal("0.01"), 0, 0, 0]


def test_present_value_is_rounded_once_and_not_a_sum_of_rounded_years():
    plan = tapered_budget(baseline=Decimal("0.01"), step_down=40, years=3, start=date(2017, 1, 1))
    # 0.6 + 0.36 + 0.216 pence is 1.176, although the years show as 1, 0 and 0
    assert present_value(plan, years=3, discount_rate=Decimal(0)) == Decimal("0.01")
    assert present_value(plan, years=2, discount_rate=Decimal(0)) == Decimal("0.01")
    assert plan.term_total == Decimal("0.01")


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"baseline": Decimal(0)}, "baseline", "The baseline must be more than £0."),
        ({"baseline": Decimal(-5)}, "baseline", "The baseline must be more than £0."),
        ({"baseline": Decimal("NaN")}, "baseline", "The baseline must be more than £0."),
        ({"baseline": Decimal("Infinity")}, "baseline", "The baseline must be more than £0."),
        ({"baseline": Decimal(10) ** 12}, "baseline", "The baseline must be under a million million pounds."),
        (
            {"baseline": Decimal("1.001")},
            "baseline",
            "The baseline must be in pounds and pence, with at most two decimals.",
        ),
        ({"step_down": Decimal(-1)}, "step_down", "The step down must be a percentage from 0 to under 100."),
        ({"step_down": Decimal(100)}, "step_down", "The step down must be a percentage from 0 to under 100."),
        ({"step_down": Decimal("NaN")}, "step_down", "The step down must be a percentage from 0 to under 100."),
        ({"years": 0}, "years", "The contract must last at least 1 year."),
        ({"extensions": -1}, "extensions", "The number of extension years must be 0 or more."),
        ({"years": 101}, "years", "The contract must last at most 100 years, extensions counted."),
        (
            {"start": date(2200, 1, 1)},
            "start",
            "The start must be from 1 January 1900 to 31 December 2199.",
        ),
    ],
)
def test_figures_of_which_no_contract_can_be_made_are_refused(changed, field, sentence):
    good = {"baseline": Decimal(100), "step_down": 10, "years": 3, "extensions": 0, "start": date(2017, 1, 1)}
    with pytest.raises(RuleBroken) as refusal:
        tapered_budget(**good | changed)
    assert (refusal.value.sentence, refusal.value.field) == (sentence, field)


@settings(max_examples=60, deadline=None)
@given(terms)
def test_it_agrees_with_the_slow_and_obvious_budget(terms):
    plan = tapered_budget(**terms)
    slow = slow_budget(terms["baseline"], terms["step_down"], terms["years"] + terms["extensions"], terms["start"])
    assert [year.value * 100 for year in plan.years] == slow["years"]
    assert {part.start: part.value * 100 for year in plan.years for part in year.quarters} == slow["quarters"]
    assert {part.year.begins: part.value * 100 for part in plan.financial_years} == slow["financial_years"]


@given(terms)
def test_parts_sum_to_the_whole_to_the_penny(terms):
    plan = tapered_budget(**terms)
    for year in plan.years:
        assert sum(part.value for part in year.quarters) == year.value
        assert year.value + year.annual_saving == terms["baseline"]
    assert sum(part.value for part in plan.financial_years) == plan.total_with_extensions
    assert plan.years[-1].cumulative_saving == terms["baseline"] * len(plan.years) - plan.total_with_extensions


@given(terms)
def test_quarters_leave_no_day_out_and_count_none_twice(terms):
    plan = tapered_budget(**terms)
    quarters = [part for year in plan.years for part in year.quarters]
    assert quarters[0].start == terms["start"]
    for part, following in pairwise(quarters):
        assert part.end + timedelta(days=1) == following.start
    for year in plan.years:
        assert (year.start, year.end) == (year.quarters[0].start, year.quarters[-1].end)


@given(terms)
def test_the_value_never_rises_and_money_later_is_never_worth_more(terms):
    plan = tapered_budget(**terms)
    assert all(year.value >= following.value for year, following in pairwise(plan.years))
    every = len(plan.years)
    undiscounted = present_value(plan, years=every, discount_rate=Decimal(0))
    assert present_value(plan, years=every, discount_rate=GREEN_BOOK) <= undiscounted
    assert abs(undiscounted - plan.total_with_extensions) <= Decimal("0.005") * (every + 1)


def test_year_1_is_not_discounted():
    assert budget.discount_factor(GREEN_BOOK, 1) == 1
    assert round(float(budget.discount_factor(GREEN_BOOK, 2)), 4) == 0.9662
