"""A plan against every rule of time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from trellis.core import working_days
from trellis.core.errors import RuleBroken
from trellis.decisions.rules.timetable import EVENTS, Plan, check_plan, standstill_rule

# The plan of the report of 2016: notice, agenda and decision are such as fit it.
LAWFUL = {
    "notice": date(2016, 6, 13),
    "agenda": date(2016, 7, 4),
    "committee": date(2016, 7, 12),
    "decision": date(2016, 7, 21),
    "publication": date(2016, 7, 22),
    "procurement": date(2016, 8, 1),
    "award": date(2016, 10, 14),
    "start": date(2017, 1, 1),
}


def checked(begins_on=date(2016, 6, 13), **changes):
    planned = {event: day for event, day in (LAWFUL | changes).items() if day}
    return check_plan(Plan(planned=planned, begins_on=begins_on))


def lines(timetable):
    return {line.event: line for line in timetable.lines}


def test_the_plan_of_2016_can_be_kept():
    found = checked()
    assert found.clashes == ()
    by_event = lines(found)
    assert list(by_event) == list(EVENTS)
    assert by_event["procurement"].lawful == date(2016, 7, 30)
    assert by_event["signing"].lawful == date(2016, 10, 25)
    assert by_event["signing"].planned is None


def test_the_earliest_lawful_plan_stands_beside_it():
    earliest = {event: line.earliest for event, line in lines(checked()).items()}
    assert earliest == {
        "notice": date(2016, 6, 13),
        "agenda": date(2016, 6, 13),
        "committee": date(2016, 6, 21),
        "decision": date(2016, 7, 12),  # 28 clear days after the notice
        "publication": date(2016, 7, 12),
        "procurement": date(2016, 7, 20),  # five clear working days for call-in
        "award": date(2016, 10, 3),  # 74 days for bidders, as planned, and on to a Monday
        "signing": date(2016, 10, 14),
        "start": date(2016, 10, 14),
    }


@pytest.mark.parametrize(
    ("changes", "event", "sentence"),
    [
        (
            {"decision": date(2016, 7, 11), "committee": None, "agenda": None}, "decision",
            "The decision is taken on 11 July 2016, but it may not be before 12 July 2016. When the notice is "
            "published on 13 June 2016, the decision may be made from 12 July 2016 on: 28 clear calendar days. To keep "
            "the date, act by 12 June 2016.",
        ),
        ({"agenda": date(2016, 7, 5)}, "committee", "may not be before 13 July 2016"),
        ({"decision": date(2016, 7, 11)}, "decision", "follows the committee"),
        ({"publication": date(2016, 7, 25)}, "procurement", "may not be before 2 August 2016"),
        ({"publication": date(2016, 7, 20)}, "publication", "once the decision is taken"),
        ({"award": date(2016, 7, 29)}, "award", "reasonable and proportionate"),
        ({"signing": date(2016, 10, 24)}, "signing", "10 calendar days. To keep the date, act by 11 October 2016"),
        ({"start": date(2016, 10, 20)}, "start", "signed before it starts"),
    ],
)  # fmt: skip
def test_each_clash_is_explained(changes, event, sentence):
    clash = lines(checked(**changes))[event].clash
    assert sentence in clash


def test_what_follows_a_clash_is_checked_against_what_can_be():
    by_event = lines(checked(notice=date(2016, 6, 27)))
    assert by_event["decision"].lawful == date(2016, 7, 26)
    assert by_event["publication"].lawful == date(2016, 7, 26)
    assert "the decision may take effect from 3 August 2016 on" in by_event["procurement"].clash


def test_a_decision_that_cannot_be_called_in_opens_procurement_at_once():
    plan = Plan(
        planned=LAWFUL | {"procurement": date(2016, 7, 22)}, begins_on=date(2016, 6, 13), is_subject_to_call_in=False
    )
    assert not lines(check_plan(plan))["procurement"].clash


def test_a_decision_that_is_not_key_waits_for_no_notice():
    plan = Plan(planned=LAWFUL | {"notice": date(2016, 7, 20)}, begins_on=date(2016, 6, 13), is_key=False)
    assert not lines(check_plan(plan))["decision"].clash


def test_a_procurement_keeps_the_law_of_the_day_on_which_it_began():
    assert standstill_rule(date(2025, 2, 23)) == "standstill-pcr2015"
    assert standstill_rule(date(2025, 2, 24)) == "standstill-pa2023"


def test_an_event_that_is_none_is_refused():
    with pytest.raises(RuleBroken, match="no event called lunch"):
        checked(lunch=date(2016, 7, 1))


def test_a_plan_into_unknown_years_is_refused():
    with pytest.raises(RuleBroken, match="not known yet"):
        check_plan(Plan(planned={"notice": date(2027, 12, 20)}, begins_on=date(2027, 12, 20)))


@given(some.dates(date(2016, 1, 1), date(2026, 6, 1)), some.lists(some.integers(0, 120), min_size=9, max_size=9))
def test_the_earliest_plan_itself_has_no_clash(begins_on, gaps):
    days, day = {}, begins_on
    for event, gap in zip(EVENTS, gaps, strict=True):
        days[event] = day
        day += timedelta(days=gap // 9)
    earliest = {line.event: line.earliest for line in check_plan(Plan(days, begins_on)).lines}
    again = check_plan(Plan(earliest, begins_on))
    assert again.clashes == ()
    assert all(working_days.is_working_day(day) for event, day in earliest.items() if event != "start")
