"""When a profile is due, when it is stale, who may hide it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.core.errors import RuleBroken
from trellis.organisations import rules

TODAY = date(2018, 7, 2)
DAYS = st.dates(date(2016, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("confirmed_on", "known_since", "due_on"),
    [
        (None, date(2017, 1, 5), date(2018, 1, 5)),
        (date(2017, 6, 30), date(2017, 1, 5), date(2018, 6, 30)),
        (date(2016, 2, 29), date(2016, 1, 1), date(2017, 2, 28)),
    ],
)
def test_check_due_on(confirmed_on, known_since, due_on):
    assert rules.check_due_on(confirmed_on, known_since, 12) == due_on


@pytest.mark.parametrize(
    ("confirmed_on", "stale"),
    [(None, False), (TODAY, False), (date(2017, 4, 3), False), (date(2017, 4, 2), True), (date(2016, 1, 1), True)],
)
def test_is_stale(confirmed_on, stale):
    assert rules.is_stale(confirmed_on, TODAY, 15) is stale


@given(DAYS, DAYS)
def test_a_profile_is_asked_about_before_it_is_stale(confirmed_on, today):
    if rules.is_stale(confirmed_on, today, 15):
        assert rules.check_due_on(confirmed_on, confirmed_on, 12) < today


@pytest.mark.parametrize(
    ("is_keeper", "reason", "words"),
    [(False, "They asked.", "Only the organisation itself"), (True, " ", "Say who asked for this")],
)
def test_check_can_unlist(is_keeper, reason, words):
    rules.check_can_unlist(is_own=True, is_keeper=False, reason="")
    rules.check_can_unlist(is_own=False, is_keeper=True, reason="Its chair rang.")
    with pytest.raises(RuleBroken, match=words):
        rules.check_can_unlist(is_own=False, is_keeper=is_keeper, reason=reason)


@pytest.mark.parametrize(
    ("is_keeper", "is_removed", "words"), [(False, True, "To them"), (True, False, "To them"), (True, True, " ")]
)
def test_check_can_say_where_it_went_refuses(is_keeper, is_removed, words):
    with pytest.raises(RuleBroken):
        rules.check_can_say_where_it_went(is_keeper=is_keeper, is_removed=is_removed, words=words)
