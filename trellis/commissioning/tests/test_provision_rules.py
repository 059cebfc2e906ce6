from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.commissioning.rules import provision as rules
from trellis.core import money
from trellis.core.errors import RuleBroken
from trellis.core.periods import FinancialYear

DAYS = st.dates(date(2010, 1, 1), date(2040, 12, 31))
ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("stops_on", "months", "by"),
    [
        (date(2017, 1, 1), 3, date(2016, 9, 30)),  # 30 September's notice runs out on 30 December, the next day's late
        (date(2017, 4, 1), 3, date(2016, 12, 31)),  # 31 December and 3 months: 31 March
        (date(2017, 3, 1), 3, date(2016, 11, 30)),  # to the last day of February, which ends short
        (date(2017, 3, 31), 1, date(2017, 2, 28)),  # 28 February's runs out on 28 March, 1 March's on 1 April
        (date(2017, 1, 1), 0, date(2016, 12, 31)),
    ],
)
def test_notice_is_due_on_the_last_day_that_leaves_all_its_months(stops_on, months, by):
    assert rules.notice_by(stops_on=stops_on, months=months) == by


@given(DAYS, st.integers(0, 12))
def test_notice_by_is_the_last_of_all_days_that_would_do(stops_on, months):
    by = rules.notice_by(stops_on=stops_on, months=months)
    tried = [stops_on - timedelta(days=back) for back in range(1, 400)]
    assert by == next(day for day in tried if rules.earliest_stop(served_on=day, months=months) <= stops_on)


def test_an_overlap_costs_each_day_by_its_own_financial_year():
    found = rules.overlap(yearly=Decimal("36500.00"), stops_on=date(2020, 4, 3), starts_on=date(2020, 3, 31))
    assert [(str(part.year), part.days, part.year_days) for part in found.parts] == [
        ("2019-20", 1, 366),
        ("2020-21", 2, 365),
    ]
    assert found.cost == Decimal("299.73")  # 36,500 × (1/366 + 2/365)
    assert (found.days, found.gap) == (3, 0)


def test_a_grant_that_stops_as_the_contract_starts_overlaps_nothing():
    day = date(2017, 1, 1)
    assert rules.overlap(yearly=Decimal("1000.00"), stops_on=day, starts_on=day) == rules.Overlap(0, 0, Decimal(0), ())
    before = rules.overlap(yearly=Decimal("1000.00"), stops_on=day - 5 * ONE_DAY, starts_on=day)
    assert (before.days, before.gap, before.cost) == (0, 5, 0)


@given(DAYS, st.integers(0, 900), st.decimals(0, 10**6, places=2))
def test_an_overlap_is_the_sum_of_its_days(starts_on, length, yearly):
    slow = sum(
        (
            Fraction(yearly) / FinancialYear.of(starts_on + timedelta(days=number)).period.days
            for number in range(length)
        ),
        Fraction(0),
    )
    found = rules.overlap(yearly=yearly, stops_on=starts_on + timedelta(days=length), starts_on=starts_on)
    assert found.cost == money.rounded(slow)
    assert found.days == length == sum(part.days for part in found.parts)


@given(DAYS, DAYS, DAYS, st.integers(0, 12))
def test_a_grant_stops_neither_before_the_contract_starts_nor_before_its_notice_has_run(
    planned, starts, served, months
):
    stops_on = rules.stops_on(planned=planned, contract_starts_on=starts, served_on=served, notice_months=months)
    assert stops_on >= starts and stops_on >= planned
    assert stops_on > rules.runs_out(served_on=served, months=months)
    assert stops_on in (planned, starts, rules.earliest_stop(served_on=served, months=months))
    guided = rules.stops_on(planned=planned, contract_starts_on=starts, served_on=served, notice_months=None)
    assert guided == max(planned, starts)


def test_what_notice_was_served_on_is_planned_no_more():
    said = {"stops_on": date(2019, 1, 1), "award_starts_on": date(2018, 4, 1)}
    rules.check_can_plan(**said, notice_served_on=None)
    with pytest.raises(RuleBroken, match="Notice has been served"):
        rules.check_can_plan(**said, notice_served_on=date(2018, 10, 1))
    with pytest.raises(RuleBroken, match="before it has paid for a day"):
        rules.check_can_plan(stops_on=date(2018, 4, 1), award_starts_on=date(2018, 4, 1), notice_served_on=None)


def test_a_notice_period_says_where_it_stands():
    said = {"award_starts_on": date(2018, 4, 1), "award_ends_on": date(2019, 3, 31)}
    rules.check_body(**said, notice_months=None, terms="")
    rules.check_body(**said, notice_months=6, terms="Clause 9")
    with pytest.raises(RuleBroken, match="Say where the award asks"):
        rules.check_body(**said, notice_months=6, terms=" ")
    with pytest.raises(RuleBroken, match="not after the first day"):
        rules.check_body(
            award_starts_on=date(2019, 3, 31), award_ends_on=date(2018, 4, 1), notice_months=None, terms=""
        )


def test_a_body_is_paid_by_somebody():
    rules.check_grants({"Care": Decimal("5"), "Health": None})
    with pytest.raises(RuleBroken, match="at least one source"):
        rules.check_grants({"Care": None, "Health": Decimal(0)})
    with pytest.raises(RuleBroken, match="less than nothing"):
        rules.check_grants({"Care": Decimal("5"), "Health": Decimal("-1")})
