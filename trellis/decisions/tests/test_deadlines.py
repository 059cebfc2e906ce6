"""Deadlines against known answers, and against a twin that counts on its fingers."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from trellis.core import rulebook
from trellis.core.errors import RuleBroken
from trellis.decisions.rules.deadlines import RULES, deadline, latest_start

ONE_DAY = timedelta(days=1)
# gov.uk/bank-holidays, England and Wales, typed from its list
BANK_HOLIDAYS = {
    date(year, month, day)
    for year, days in {
        2016: "1/1 25/3 28/3 2/5 30/5 29/8 26/12 27/12",
        2017: "2/1 14/4 17/4 1/5 29/5 28/8 25/12 26/12",
        2018: "1/1 30/3 2/4 7/5 28/5 27/8 25/12 26/12",
        2019: "1/1 19/4 22/4 6/5 27/5 26/8 25/12 26/12",
        2020: "1/1 10/4 13/4 8/5 25/5 31/8 25/12 28/12",
        2021: "1/1 2/4 5/4 3/5 31/5 30/8 27/12 28/12",
        2022: "3/1 15/4 18/4 2/5 2/6 3/6 29/8 19/9 26/12 27/12",
        2023: "2/1 7/4 10/4 1/5 8/5 29/5 28/8 25/12 26/12",
        2024: "1/1 29/3 1/4 6/5 27/5 26/8 25/12 26/12",
        2025: "1/1 18/4 21/4 5/5 26/5 25/8 25/12 26/12",
        2026: "1/1 3/4 6/4 4/5 25/5 31/8 25/12 28/12",
        2027: "1/1 26/3 29/3 3/5 31/5 30/8 27/12 28/12",
    }.items()
    for day, month in (map(int, one.split("/")) for one in days.split())
}
days = some.dates(date(2016, 1, 1), date(2027, 11, 15))
codes = some.sampled_from([code for code in RULES if code != "standstill-pa2023"])


def works(day: date) -> bool:
    return day.weekday() < 5 and day not in BANK_HOLIDAYS


def on_fingers(start: date, length: int, *, counts) -> date:
    """The day after so many days that count, from the day after the start."""
    day = start
    while length:
        day += ONE_DAY
        length -= counts(day)
    return day + ONE_DAY


@pytest.mark.parametrize(
    ("code", "start", "on"),
    [
        ("call-in", date(2019, 10, 17), date(2019, 10, 25)),
        ("forward-plan", date(2018, 1, 8), date(2018, 2, 6)),
        # around Easter 2018, Good Friday 30 March
        ("agenda", date(2018, 3, 28), date(2018, 4, 7)),
        ("general-exception", date(2018, 3, 29), date(2018, 4, 10)),
        # around Christmas 2016, whose days moved to the 26th and the 27th
        ("call-in", date(2016, 12, 22), date(2017, 1, 4)),
        ("agenda", date(2016, 12, 23), date(2017, 1, 5)),
        # the extra days of 2022: 2 and 3 June for the jubilee, 19 September for the funeral
        ("call-in", date(2022, 5, 30), date(2022, 6, 9)),
        ("agenda", date(2022, 9, 15), date(2022, 9, 24)),
        # a weekend is no obstacle to a day that only has to come after the clear days
        ("call-in", date(2018, 7, 6), date(2018, 7, 14)),
        # notice on a Saturday: the five days begin on Monday
        ("agenda", date(2018, 7, 7), date(2018, 7, 14)),
    ],
)
def test_the_first_lawful_day(code, start, on):
    found = deadline(code, start)
    assert (found.on, found.end) == (on, None)
    assert found.working[0].on == start
    assert found.working[-1].on == on


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2016, 10, 14), date(2016, 10, 24)),  # a Monday
        (date(2016, 12, 15), date(2016, 12, 28)),  # day 10 is Christmas Day
        (date(2018, 3, 20), date(2018, 4, 3)),  # Good Friday: on to the Tuesday after Easter
        (date(2022, 5, 23), date(2022, 6, 6)),  # the jubilee's Thursday and Friday
        (date(2025, 6, 2), date(2025, 6, 12)),  # begun before the 2023 act, it goes on under the old rules
    ],
)
def test_the_standstill_of_the_2015_regulations_ends_on_day_10_or_the_next_working_day(start, end):
    found = deadline("standstill-pcr2015", start)
    assert (found.end, found.on) == (end, end + ONE_DAY)
    assert [one.number for one in found.working if one.number] == list(range(1, 11))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2025, 2, 24), date(2025, 3, 5)),
        (date(2025, 4, 16), date(2025, 4, 29)),  # over Easter
        (date(2025, 12, 19), date(2026, 1, 2)),  # over Christmas and New Year
        (date(2026, 3, 7), date(2026, 3, 18)),  # published on a Saturday: Monday is day 1
    ],
)
def test_the_standstill_of_the_2023_act_counts_the_day_of_publication(start, end):
    found = deadline("standstill-pa2023", start)
    assert (found.end, found.on) == (end, end + ONE_DAY)
    assert found.working[0].number == (1 if works(start) else None)


def test_the_working_says_why_each_day_counts_or_does_not():
    found = deadline("call-in", date(2018, 3, 28))
    assert [(one.on.day, one.number, one.note) for one in found.working[:5]] == [
        (28, None, "the day on which the record is published"),
        (29, 1, "working day 1 of 5"),
        (30, None, "Good Friday"),
        (31, None, "Saturday"),
        (1, None, "Sunday"),
    ]
    assert found.working[-1].note == "the first day on which the decision may take effect"


def test_a_standstill_that_goes_on_says_so():
    notes = [one.note for one in deadline("standstill-pcr2015", date(2016, 12, 15)).working]
    assert notes[-5:] == [
        "clear day 10 of 10, but Sunday",
        "Boxing Day",
        "Christmas Day (observed)",
        "the next working day, the last of the standstill",
        "the first day on which the contract may be signed",
    ]


@pytest.mark.parametrize(
    ("code", "start", "sentence"),
    [
        ("standstill-pa2023", date(2025, 2, 23), "is counted from 24 February 2025 on"),
        ("standstill-pcr2015", date(2015, 2, 25), "is counted from 26 February 2015 on"),
        ("forward-plan", date(2012, 9, 9), "The forward plan is counted from 10 September 2012 on"),
        ("agenda", date(2027, 12, 29), "The bank holidays of 2028 are not known yet"),
        ("forward-plan", date(2099, 1, 1), "The bank holidays of 2099 are not known yet"),
        ("call-in", date.max, "The bank holidays of 9999 are not known yet"),
        ("call in", date(2018, 1, 8), "There is no rule called call in: use one of forward-plan, agenda"),
    ],
)
def test_what_cannot_be_counted_is_refused(code, start, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        deadline(code, start)


def test_the_last_known_year_is_used_to_its_last_day():
    assert deadline("agenda", date(2027, 12, 20)).on == date(2027, 12, 30)
    assert deadline("agenda", date(2027, 12, 22)).on == date(2028, 1, 1)


@given(codes, days)
def test_every_rule_agrees_with_counting_on_fingers(code, start):
    found = deadline(code, start)
    length = rulebook.value(RULES[code].parameter, on=start)
    if code in ("forward-plan", "private-meeting", "standstill-pcr2015"):
        expected = on_fingers(start, length, counts=lambda day: 1)
        while code == "standstill-pcr2015" and not works(expected - ONE_DAY):
            expected += ONE_DAY
    else:
        expected = on_fingers(start, length, counts=works)
    assert found.on == expected


@given(some.dates(date(2025, 2, 24), date(2027, 11, 30)))
def test_the_standstill_of_the_2023_act_agrees_with_counting_on_fingers(start):
    assert deadline("standstill-pa2023", start).on == on_fingers(start - ONE_DAY, 8, counts=works)


@given(codes, days)
def test_the_working_leaves_no_day_out_and_numbers_those_that_count(code, start):
    found = deadline(code, start)
    walked = [one.on for one in found.working]
    assert walked == [start + timedelta(days=past) for past in range((found.on - start).days + 1)]
    numbers = [one.number for one in found.working if one.number]
    assert numbers == list(range(1, found.figure.value + 1))
    assert all(one.note for one in found.working)


@given(codes, days)
def test_a_later_notice_never_allows_an_earlier_day(code, start):
    assert deadline(code, start).on <= deadline(code, start + ONE_DAY).on


@given(codes, days)
def test_the_latest_start_is_early_enough_and_a_day_later_is_not(code, event):
    assume(event > date(2016, 3, 1))
    start = latest_start(code, event)
    assert deadline(code, start).on <= event < deadline(code, start + ONE_DAY).on
