from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from trellis.core.periods import FinancialYear, Period, Quarter, add_months, contract_years, financial_years

days = some.dates(date(1901, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2017, 1, 31), 3, date(2017, 4, 30)),
        (date(2016, 2, 29), 12, date(2017, 2, 28)),
        (date(2016, 2, 29), 48, date(2020, 2, 29)),
        (date(2017, 11, 30), 3, date(2018, 2, 28)),
        (date(2017, 1, 1), 0, date(2017, 1, 1)),
        (date(2017, 1, 31), -2, date(2016, 11, 30)),
    ],
)
def test_add_months_clamps_to_the_end_of_a_short_month(day, months, later):
    assert add_months(day, months) == later


def test_a_quarter_knows_its_days_and_its_words():
    quarter = Quarter(2018, 2)
    assert (quarter.start, quarter.end, quarter.words) == (date(2018, 4, 1), date(2018, 6, 30), "April to June 2018")
    assert (str(quarter), quarter.period.days) == ("2018-Q2", 91)


@pytest.mark.parametrize("text", ["", "2018", "2018-Q5", "2018-Q0", "2018-q2", "18-Q2", "2018-Q2\n", "0000-Q1"])
def test_what_is_no_quarter_is_refused(text):
    with pytest.raises(ValueError, match="is not a quarter like 2018-Q2"):
        Quarter.parse(text)


def test_there_is_no_fifth_quarter():
    with pytest.raises(ValueError, match="no quarter 5"):
        Quarter(2018, 5)


@given(days)
def test_each_day_is_in_its_quarter_which_reads_back_and_has_neighbours(day):
    quarter = Quarter.of(day)
    assert day in quarter.period
    assert Quarter.parse(str(quarter)) == quarter
    assert quarter.next().previous() == quarter == quarter.previous().next()
    assert quarter.end + timedelta(days=1) == quarter.next().start
    assert quarter < quarter.next()


@pytest.mark.parametrize(
    ("day", "name"),
    [(date(2017, 3, 31), "2016-17"), (date(2017, 4, 1), "2017-18"), (date(1999, 4, 1), "1999-00")],
)
def test_the_financial_year_begins_on_1_april(day, name):
    year = FinancialYear.of(day)
    assert str(year) == name
    assert day in year.period


@given(days, some.integers(1, 10))
def test_contract_years_leave_no_day_out_and_count_none_twice(start, years):
    found = contract_years(start, years)
    quarters = [quarter for year in found for quarter in year.quarters]
    assert (quarters[0].start, len(quarters)) == (start, 4 * years)
    assert all(quarter.end + timedelta(days=1) == after.start for quarter, after in pairwise(quarters))
    assert [year.number for year in found] == list(range(1, years + 1))
    assert all(365 <= year.period.days <= 366 for year in found)


@given(days, some.integers(0, 2000))
def test_a_periods_days_are_dealt_out_to_financial_years(start, length):
    period = Period(start, start + timedelta(days=length))
    parts = list(financial_years(period))
    assert sum(count for _, count in parts) == period.days
    assert all(count > 0 for _, count in parts)


def test_periods_that_do_not_touch_share_no_day():
    assert Period(date(2018, 1, 1), date(2018, 1, 31)).overlap(Period(date(2018, 3, 1), date(2018, 3, 31))) == 0
