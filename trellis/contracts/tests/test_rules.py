from datetime import date
from decimal import Decimal

import pytest

from trellis.commissioning.rules.outcomes import check_target
from trellis.contracts.rules import interests
from trellis.contracts.rules.shares import check_shares
from trellis.core.errors import RuleBroken


@pytest.mark.parametrize("shares", [{"A": "1"}, {"A": "0.6", "B": "0.4"}, {"A": "0.333333", "B": "0.666667", "C": "0"}])
def test_shares_that_sum_to_one_are_taken(shares):
    check_shares({name: Decimal(share) for name, share in shares.items()})


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ({"A": "0.6", "B": "0.3"}, "add up to 90%"),
        ({"A": "0.6", "B": "0.5"}, "add up to 110%"),
        ({"A": "1.1", "B": "-0.1"}, "less than nothing"),
        ({}, "add up to 0."),
    ],
)
def test_shares_that_do_not_are_refused_with_their_sum(shares, words):
    with pytest.raises(RuleBroken, match=words):
        check_shares({name: Decimal(share) for name, share in shares.items()})


def test_an_interest_may_not_end_before_it_starts():
    interests.check_interest_dates(starts_on=date(2018, 1, 1), ends_on=None)
    interests.check_interest_dates(starts_on=date(2018, 1, 1), ends_on=date(2018, 1, 1))
    with pytest.raises(RuleBroken) as refusal:
        interests.check_interest_dates(starts_on=date(2018, 1, 2), ends_on=date(2018, 1, 1))
    assert refusal.value.field == "ends_on"


@pytest.mark.parametrize(
    ("ends_on", "ending_on", "words"),
    [(date(2018, 3, 1), date(2018, 4, 1), "already ended"), (None, date(2017, 12, 31), "before it starts")],
)
def test_ending_what_has_ended_or_not_begun_is_refused(ends_on, ending_on, words):
    with pytest.raises(RuleBroken, match=words):
        interests.check_can_end_interest(starts_on=date(2018, 1, 1), ends_on=ends_on, ending_on=ending_on)


@pytest.mark.parametrize(
    ("target", "floor", "higher", "is_refused"),
    [(150, 110, True, False), (110, 150, True, True), (5, 8, False, False), (8, 5, False, True), (5, 5, True, False)],
)
def test_a_floor_is_never_better_than_its_target(target, floor, higher, is_refused):
    given = {"target": Decimal(target), "floor": Decimal(floor), "higher_is_better": higher}
    if not is_refused:
        check_target(**given)
        return
    with pytest.raises(RuleBroken) as refusal:
        check_target(**given)
    assert refusal.value.field == "floor"
