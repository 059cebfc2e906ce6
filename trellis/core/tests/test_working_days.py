from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as some

from trellis.core import rulebook, working_days
from trellis.core.working_days import Step

days = some.dates(date(2005, 1, 1), date(2035, 12, 31))

# gov.uk/bank-holidays, England and Wales, with the days that proclamation moved or added
SPECIAL = [
    (date(2012, 6, 5), "Diamond Jubilee"),
    (date(2020, 5, 8), "early May bank holiday, moved to VE Day"),
    (date(2022, 6, 2), "spring bank holiday, moved"),
    (date(2022, 6, 3), "Platinum Jubilee"),
    (date(2022, 9, 19), "State Funeral of Queen Elizabeth II"),
    (date(2023, 5, 8), "Coronation of King Charles III"),
    (date(2016, 12, 27), "Christmas Day, substitute day"),
    (date(2021, 12, 28), "Boxing Day, substitute day"),
]


@pytest.mark.parametrize("day", [day for day, _ in SPECIAL], ids=[why for _, why in SPECIAL])
def test_a_day_that_proclamation_gave_is_no_working_day(day):
    assert not working_days.is_working_day(day)


def test_the_bank_holidays_of_2018():
    in_the_week = sorted(day for day in working_days.bank_holidays(2018) if day.weekday() < 5)
    assert [f"{day:%-d %b}" for day in in_the_week] == [
        "1 Jan",
        "30 Mar",
        "2 Apr",
        "7 May",
        "28 May",
        "27 Aug",
        "25 Dec",
        "26 Dec",
    ]


def test_easter_monday_is_a_holiday_here_and_2_january_is_not():
    assert working_days.day_off(date(2018, 4, 2)) == "Easter Monday"
    assert working_days.is_working_day(date(2018, 1, 2))


def test_england_and_wales_have_the_same_days():
    years = range(2000, 2041)
    england = holidays.country_holidays("GB", subdiv="ENG", years=years)
    wales = holidays.country_holidays("GB", subdiv="WLS", years=years)
    assert dict(england) == dict(wales)


def test_a_deadline_shows_its_working_day_by_day():
    deadline = working_days.add(date(2018, 3, 29), 2)
    assert deadline.on == date(2018, 4, 4)
    assert deadline.working == (
        Step(date(2018, 3, 29), False, "the day it starts"),
        Step(date(2018, 3, 30), False, "Good Friday"),
        Step(date(2018, 3, 31), False, "Saturday"),
        Step(date(2018, 4, 1), False, "Sunday"),
        Step(date(2018, 4, 2), False, "Easter Monday"),
        Step(date(2018, 4, 3), True, "working day 1 of 2"),
        Step(date(2018, 4, 4), True, "working day 2 of 2"),
    )


def test_a_decision_published_on_17_october_2019_took_effect_on_25_october():
    """From the council's own records of decisions: five clear working days to call it in."""
    published = date(2019, 10, 17)
    deadline = working_days.clear_days(published, rulebook.value("decisions.call_in_days", on=published))
    assert deadline.on == date(2019, 10, 25)
    assert [step.on.day for step in deadline.working if step.counted] == [18, 21, 22, 23, 24]


def test_a_plan_of_8_january_2018_allows_decisions_from_6_february():
    """From the council's own forward plan: 28 clear days, counted by the calendar."""
    published = date(2018, 1, 8)
    days = rulebook.value("decisions.forward_notice_days", on=published)
    assert working_days.clear_days(published, days, calendar=True).on == date(2018, 2, 6)


def test_the_day_after_clear_days_need_not_be_a_working_day():
    assert working_days.clear_days(date(2018, 7, 2), 4).on == date(2018, 7, 7)


@pytest.mark.parametrize("count", [working_days.add, working_days.clear_days])
def test_there_must_be_a_day_to_count(count):
    with pytest.raises(ValueError, match="0 days is no time to count"):
        count(date(2018, 7, 2), 0)


def test_the_same_day_is_no_working_day_later():
    assert working_days.between(date(2018, 7, 2), date(2018, 7, 2)) == 0


def test_over_a_weekend_monday_is_one_working_day_later():
    assert working_days.between(date(2018, 6, 29), date(2018, 7, 2)) == 1


def test_days_are_not_counted_backwards():
    with pytest.raises(ValueError, match="is before"):
        working_days.between(date(2018, 7, 2), date(2018, 7, 1))


@given(days, some.integers(1, 60))
def test_adding_and_counting_undo_each_other(start, count):
    deadline = working_days.add(start, count)
    assert working_days.between(start, deadline.on) == count
    assert working_days.is_working_day(deadline.on)
    assert sum(step.counted for step in deadline.working) == count


@given(days, some.integers(1, 40), some.booleans())
def test_the_working_leaves_no_day_out_and_clear_days_are_those_between(start, count, calendar):
    deadline = working_days.clear_days(start, count, calendar=calendar)
    walked = [step.on for step in deadline.working]
    assert walked == [start + timedelta(days=past) for past in range((deadline.on - start).days + 1)]
    assert not deadline.working[0].counted
    assert not deadline.working[-1].counted
    assert sum(step.counted for step in deadline.working) == count
