"""Ratings, direction of travel and the table of states."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D
from statistics import linear_regression

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.core.errors import RuleBroken
from trellis.core.periods import Quarter
from trellis.performance import rules


@pytest.mark.parametrize(
    ("value", "higher", "expected"),
    [
        ("10", True, rules.TARGET_MET),
        ("11", True, rules.TARGET_MET),
        ("9.9", True, rules.FLOOR_MET),
        ("5", True, rules.FLOOR_MET),
        ("4.9", True, rules.FLOOR_NOT_MET),
    ],
)
def test_rating_where_higher_is_better(value, higher, expected):
    assert rules.rating(D(value), D(10), D(5), higher_is_better=higher) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("5", rules.TARGET_MET),
        ("4", rules.TARGET_MET),
        ("5.1", rules.FLOOR_MET),
        ("10", rules.FLOOR_MET),
        ("10.1", rules.FLOOR_NOT_MET),
    ],
)
def test_rating_where_lower_is_better(value, expected):
    assert rules.rating(D(value), D(5), D(10), higher_is_better=False) == expected


def test_rating_without_a_figure_or_a_target():
    assert rules.rating(None, D(1), D(0), higher_is_better=True) == rules.NOT_MEASURED
    assert rules.rating(D(1), None, None, higher_is_better=True) == rules.NO_TARGET


@pytest.mark.parametrize(
    ("values", "higher", "expected"),
    [
        ([1, 2, 3], True, rules.IMPROVING),
        ([1, 2, 3], False, rules.DECLINING),
        ([3, 2, 1], False, rules.IMPROVING),
        ([100, 101, 100], True, rules.STEADY),
        ([100, None, 102, 104], True, rules.STEADY),
        ([0, 0, 0], True, rules.STEADY),
        ([1, 9], True, rules.TOO_EARLY),
        ([None, None, 9], True, rules.TOO_EARLY),
    ],
)
def test_direction_of_travel(values, higher, expected):
    found = [None if value is None else D(value) for value in values]

    assert rules.direction(found, higher_is_better=higher, steady_within=D("0.05")) == expected


@given(st.lists(st.one_of(st.none(), st.integers(-1000, 1000)), max_size=20))
def test_slope_agrees_with_the_standard_library(values):
    points = [(place, value) for place, value in enumerate(values) if value is not None]

    found = rules.slope([None if value is None else D(value) for value in values])

    if len(points) < 3:
        assert found is None
    else:
        expected = linear_regression(*zip(*points, strict=True)).slope
        assert float(found) == pytest.approx(expected, abs=1e-6)


def test_shown_rounds_half_up():
    assert rules.shown(D("2.5"), 0) == 3
    assert str(rules.shown(D("2.25"), 1)) == "2.3"
    assert rules.shown(None, 1) is None


STATES = [None, *rules.Status.values]
EVENTS = ["prepare", "withdraw", "sign", "sign last"]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("event", EVENTS)
def test_every_cell_of_the_transition_table(state, event):
    expected = {
        (None, "prepare"): "prepared",
        ("withdrawn", "prepare"): "prepared",
        ("prepared", "prepare"): "prepared",
        ("prepared", "withdraw"): "withdrawn",
        ("prepared", "sign"): "prepared",
        ("prepared", "sign last"): "signed",
    }

    assert rules.TRANSITIONS.get((state, event)) == expected.get((state, event))


def preparing(**changes):
    quarter = Quarter(2018, 2)
    facts = {"status": None, "signatures": 0, "quarter": quarter, "ends_on": quarter.end, "on": date(2018, 7, 1)}
    return facts | changes


def test_prepare_is_refused_on_the_last_day_and_open_on_the_next():
    rules.check_can_prepare(**preparing())

    with pytest.raises(RuleBroken, match="is not over"):
        rules.check_can_prepare(**preparing(on=date(2018, 6, 30)))


@pytest.mark.parametrize("changes", [{"status": "signed", "signatures": 2}, {"status": "prepared", "signatures": 1}])
def test_prepare_is_refused_once_somebody_has_signed(changes):
    with pytest.raises(RuleBroken, match="stays as it is"):
        rules.check_can_prepare(**preparing(**changes))


def test_withdraw_needs_a_reason_and_no_signature():
    rules.check_can_withdraw(status="prepared", signatures=0, reason="A typing error.")

    with pytest.raises(RuleBroken, match="why"):
        rules.check_can_withdraw(status="prepared", signatures=0, reason=" ")
    with pytest.raises(RuleBroken, match="nobody has signed"):
        rules.check_can_withdraw(status="prepared", signatures=1, reason="Late.")
    with pytest.raises(RuleBroken, match="nobody has signed"):
        rules.check_can_withdraw(status="signed", signatures=0, reason="Late.")


SIGNING = {
    "status": "prepared", "is_lead": True, "has_signed": False, "signed_name": "Anna Ash", "seen": "d", "digest": "d",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"is_lead": False}, "Only a lead"),
        ({"has_signed": True}, "already signed"),
        ({"status": "signed"}, "already signed"),
        ({"status": "withdrawn"}, "withdrawn"),
        ({"seen": "another"}, "has changed"),
        ({"signed_name": "  "}, "full name"),
    ],
)
def test_sign_is_refused(changes, words):
    rules.check_can_sign(**SIGNING)

    with pytest.raises(RuleBroken, match=words):
        rules.check_can_sign(**SIGNING | changes)


def test_a_job_is_given_up_after_five_minutes():
    began = datetime(2018, 7, 2, 9, tzinfo=UTC)

    assert rules.dead_from(began) == began + timedelta(minutes=5)
