"""Who may be merged, which of two stands, and what decisions teach."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.core.errors import RuleBroken
from trellis.organisations import rules
from trellis.organisations.rules.links import Reviewed, Standing


def standing(pk: int, uses: int = 0, **numbers: set[str]) -> Standing:
    return Standing(pk, f"Group {pk}", {f"GB-{scheme}": found for scheme, found in numbers.items()}, uses)


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        (standing(1), standing(2), None),
        (standing(1, CHC={"1007778"}), standing(2), None),
        (standing(1, CHC={"1007778"}), standing(2, CHC={"1007778"}), None),
        (standing(1, CHC={"1007778"}), standing(2, CHC={"1007779"}), ("1007778", "1007779")),
        (standing(1, CHC={"1007778"}), standing(2, SC={"SC042386"}), None),  # registered in both countries
        (standing(1, COH={"01234567"}), standing(2, COH={"07654321"}), None),  # a company may have been formed anew
    ],
)
def test_two_numbers_of_one_charity_register_are_two_organisations(one, other, differ):
    assert rules.numbers_differ(one.numbers, other.numbers) == differ
    if differ:
        with pytest.raises(RuleBroken, match="1007778 and 1007779"):
            rules.check_can_merge(one, other)
    else:
        rules.check_can_merge(one, other)


def test_nobody_is_merged_with_itself_nor_with_whom_somebody_told_it_apart():
    with pytest.raises(RuleBroken, match="one organisation already"):
        rules.check_can_merge(standing(1), standing(1))
    with pytest.raises(RuleBroken, match="A and B are not the same"):
        rules.check_can_merge(standing(1), standing(2), told_apart="A and B")


@pytest.mark.parametrize(
    ("one", "other", "first"),
    [
        (standing(1), standing(2), 1),
        (standing(1), standing(2, uses=3), 2),
        (standing(1, uses=3), standing(2, CHC={"1007778"}), 2),
    ],
)
def test_a_charity_stands_then_the_one_in_use_then_the_older(one, other, first):
    assert rules.stands_first(one, other)[0].pk == rules.stands_first(other, one)[0].pk == first


def test_the_machine_never_merges_two_that_are_both_in_use():
    rules.check_can_merge_unasked(standing(1, uses=3), standing(2))
    with pytest.raises(RuleBroken, match="a person has to say"):
        rules.check_can_merge_unasked(standing(1, uses=3), standing(2, uses=1))


def test_an_answer_is_worth_most_where_nobody_can_tell_and_much_hangs_on_it():
    assert rules.worth(0.5, 0) == 1
    assert rules.worth(0.5, 7) > rules.worth(0.5, 1) > rules.worth(0.9, 1) > rules.worth(1, 1) == 0


def right(*probabilities: float) -> list[Reviewed]:
    return [Reviewed(each, True) for each in probabilities]


def wrong(*probabilities: float) -> list[Reviewed]:
    return [Reviewed(each, False) for each in probabilities]


@pytest.mark.parametrize(
    ("reviewed", "expected"),
    [
        ([], 0.95),
        (right(0.7, 0.8), 0.95),  # two answers prove nothing
        (right(*[0.7] * 18), 0.7),  # 19 of 20
        (right(*[0.8] * 18) + wrong(*[0.7] * 3), 0.8),
        (wrong(0.5, 0.6), 0.95),  # below the threshold nobody promised anything
        (wrong(0.97), math.nextafter(0.97, 2)),
        (right(*[0.98] * 18) + wrong(0.97), 0.98),
    ],
)
def test_decisions_move_the_threshold(reviewed, expected):
    assert rules.certain_from(reviewed, wanted=0.95, model=0.95) == expected


@pytest.mark.parametrize(
    ("probabilities", "expected"),
    [
        ([], 0.98),
        ([0.97, 0.96], 0.98),  # even the surest does not reach it
        ([0.99, 0.97, 0.96], 0.97),  # (0.99 + 0.97) / 2
        ([1.0] * 99 + [0.9, 0.7], 0.9),  # one in a hundred hides a doubtful one, which is below the least
    ],
)
def test_so_many_are_merged_unasked_that_the_wanted_share_is_expected_to_be_right(probabilities, expected):
    assert rules.expected_from(probabilities, wanted=0.98, least=0.85) == expected


@given(st.lists(st.builds(Reviewed, st.floats(0, 1), st.booleans()), max_size=60), st.floats(0.5, 0.99))
def test_from_the_learned_threshold_up_decisions_show_the_wanted_precision_or_no_error(reviewed, wanted):
    least = rules.certain_from(reviewed, wanted=wanted, model=0.95)
    above = [one.was_same for one in reviewed if one.probability >= least]
    assert all(above) or (sum(above) + 1) / (len(above) + 2) >= wanted


@pytest.mark.parametrize(
    ("found", "number", "low", "high"),
    [(0, 0, 0, 1), (0, 10, 0, 0.2775), (10, 10, 0.7225, 1), (1, 20, 0.0089, 0.2361)],  # Newcombe, 1998, method 3
)
def test_interval_is_wilsons(found, number, low, high):
    assert rules.interval(found, number) == (pytest.approx(low, abs=1e-3), pytest.approx(high, abs=1e-3))
