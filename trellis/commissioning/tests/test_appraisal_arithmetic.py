"""The appraisal against slow twins, exact areas and what must always hold."""

import copy
import json
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trellis.commissioning.appraisal import Appraised, appraise, reading
from trellis.commissioning.appraisal import acceptability as drawing
from trellis.commissioning.appraisal.findings import as_json
from trellis.commissioning.tests import slow_appraisal as slow


def document(scores: list[list], *, swings: list | None = None, scale: dict | None = None) -> dict:
    """A file with criteria c0, c1 … side by side, and options A, B … with these rows of scores."""
    names = [f"c{place}" for place in range(len(scores[0]))]
    options = [chr(ord("A") + place) for place in range(len(scores))]
    scale = scale or {"scale": "fixed", "worst": 0, "best": 100}
    return {
        "options": options,
        "criteria": [
            {"name": name, "swing": swing, **scale}
            for name, swing in zip(names, swings or [1] * len(names), strict=True)
        ],
        "scores": {option: dict(zip(names, row, strict=True)) for option, row in zip(options, scores, strict=True)},
    }


def found(given: dict, *, draws: int = 1, seed: int = 1) -> Appraised:
    return appraise(reading.problem(given), draws=draws, seed=seed)


def answer(given: dict, **trial) -> dict:
    return as_json(found(given, **trial))


# --- Known answers


def test_siblings_swings_are_normalised_and_multiplied_down_the_tree():
    given = document([[0, 0, 0]])
    first, second, third = given["criteria"]
    given["criteria"] = [
        {"name": "top", "swing": 30, "children": [first | {"swing": 1}, second | {"swing": 3}]},
        third | {"swing": 10},
    ]
    assert answer(given)["weights"] == {"c0": 0.1875, "c1": 0.5625, "c2": 0.25}


def test_a_fixed_scale_runs_from_worst_to_best_whichever_is_greater():
    given = document([[30, 30]], swings=[1, 1])
    given["criteria"][0] |= {"worst": 20, "best": 60}
    given["criteria"][1] |= {"worst": 60, "best": 20}
    assert found(given).leaf_values == ((25, 75),)
    assert answer(given)["values"] == {"A": 50.0}


def test_a_relative_scale_runs_from_the_lowest_score_to_the_highest_and_equal_scores_are_worth_nothing():
    given = document([[-5, 7], [15, 7], [5, 7]], scale={"scale": "relative"})
    assert found(given).leaf_values == ((0, 0), (100, 0), (50, 0))


def test_ties_in_the_ranking_take_the_order_of_options_in_every_draw_too():
    given = document([[10, 20], [30, 40], [30, 40], [30, 40]])
    result = answer(given, draws=5000)
    assert result["ranking"] == ["B", "C", "D", "A"]
    assert result["rank_acceptability"] == {"A": [0, 0, 0, 1], "B": [1, 0, 0, 0], "C": [0, 1, 0, 0], "D": [0, 0, 1, 0]}
    assert {error for errors in result["standard_error"].values() for error in errors} == {0}


def test_a_tie_is_a_tie_though_floating_numbers_would_not_say_so():
    given = document([["0.1", "0.2"], ["0.3", "0.0"]])
    given["scores"] = {option: {name: float(score) for name, score in row.items()}
                       for option, row in given["scores"].items()}  # fmt: skip
    assert found(given).totals == (Fraction(3, 20), Fraction(3, 20))
    assert answer(given)["ranking"] == ["A", "B"]


def test_a_crossing_is_the_weight_at_which_two_values_are_equal():
    given = document([[80, 20], [50, 60]], swings=[1, 1])
    assert answer(given)["crossings"] == [
        {"criterion": "c0", "between": ["A", "B"], "weight": pytest.approx(4 / 7, abs=1e-15)},
        {"criterion": "c1", "between": ["A", "B"], "weight": pytest.approx(3 / 7, abs=1e-15)},
    ]


def test_crossings_come_by_criterion_then_by_pair_in_the_order_of_options():
    given = document([[0, 90], [50, 60], [100, 0]])
    given["options"].reverse()
    assert [(each["criterion"], each["between"]) for each in answer(given)["crossings"]] == [
        ("c0", ["C", "B"]), ("c0", ["C", "A"]), ("c0", ["B", "A"]),
        ("c1", ["C", "B"]), ("c1", ["C", "A"]), ("c1", ["B", "A"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("scores", "swings"),
    [
        ([[50, 50], [50, 50]], [1, 1]),  # the same line
        ([[60, 50], [50, 50]], [1, 1]),  # they meet at weight 0 of the first, and of the second at 1
        ([[60, 60], [50, 50]], [1, 1]),  # never
        ([[60, 0], [0, 60]], [1, 0]),  # no proportions to keep for the first; the second has its crossing
        ([[60], [50]], [1]),
    ],
)
def test_meeting_at_an_end_or_never_is_no_crossing(scores, swings):
    crossings = answer(document(scores, swings=swings))["crossings"]
    assert [each["criterion"] for each in crossings] == (["c1"] if swings == [1, 0] else [])


def test_dominated_lists_every_pair_and_equals_dominate_neither():
    given = document([[10, 10], [10, 20], [10, 20], [30, 30], [40, 0]])
    assert [(each["option"], each["by"]) for each in answer(given)["dominated"]] == [
        ("A", "B"), ("A", "C"), ("A", "D"), ("B", "D"), ("C", "D"),
    ]  # fmt: skip


# --- Against twins


@st.composite
def problems(draw, *, most_options: int = 5, most_leaves: int = 5) -> dict:
    """Files of a flat list of criteria, swings with one at least above 0, scores with plenty of ties."""
    leaves = draw(st.integers(1, most_leaves))
    rows = draw(st.lists(st.lists(st.integers(0, 12), min_size=leaves, max_size=leaves), min_size=1,
                         max_size=most_options))  # fmt: skip
    swings = draw(st.lists(st.integers(0, 9), min_size=leaves, max_size=leaves).filter(any))
    made = document(rows, swings=swings)
    for criterion in made["criteria"]:
        criterion |= draw(
            st.sampled_from(
                [
                    {"scale": "fixed", "worst": 0, "best": 12},
                    {"scale": "fixed", "worst": 13, "best": -1},
                    {"scale": "relative"},
                ]
            )
        )
    return made


@st.composite
def trees(draw, depth: int = 3) -> list[dict]:
    """Criteria under criteria, with names of their own."""

    def siblings(depth: int, prefix: str) -> list[dict]:
        swings = draw(st.lists(st.integers(0, 5), min_size=1, max_size=3).filter(any))
        return [
            {"name": f"{prefix}{place}", "swing": swing}
            | (
                {"children": siblings(depth - 1, f"{prefix}{place}.")}
                if depth and draw(st.booleans())
                else {"scale": "relative"}
            )
            for place, swing in enumerate(swings)
        ]

    return siblings(depth, "c")


@given(trees())
def test_weights_agree_with_the_twin_and_sum_to_1(criteria):
    expected = slow.slow_weights(criteria)
    problem = reading.problem({"options": ["A"], "criteria": criteria, "scores": {"A": dict.fromkeys(expected, 0)}})
    result = appraise(problem, draws=1)
    assert dict(zip((leaf.name for leaf in problem.leaves), result.weights, strict=True)) == expected
    assert sum(result.weights) == 1


@given(problems())
def test_crossings_agree_with_a_search_by_halves(given):
    result = found(given)
    expected = {
        (leaf, pair): weight
        for leaf, own in enumerate(result.weights)
        if own < 1
        for pair in combinations(range(len(given["options"])), 2)
        if (weight := slow.searched_crossing(*(result.leaf_values[one] for one in pair), result.weights, leaf))
        is not None
    }
    got = {(each.leaf, each.between): float(each.weight) for each in result.crossings}
    assert list(got) == list(expected)
    assert got == pytest.approx(expected, abs=1e-12)
    assert all(0 < weight < 1 for weight in got.values())


@given(problems())
def test_at_a_crossing_the_two_are_worth_the_same(given):
    result = found(given)
    for each in result.crossings:
        one, other = (
            slow.value_with(result.leaf_values[place], result.weights, each.leaf, each.weight) for place in each.between
        )
        assert one == other


@pytest.mark.parametrize(
    "scores",
    [
        [[100, 0], [0, 100]],
        [[100, 0], [0, 100], [60, 60]],
        [[100, 0], [30, 90], [60, 60], [45, 80]],
        [[100, 0, 0], [0, 100, 0], [0, 0, 100]],
        [[100, 0, 0], [0, 100, 0], [0, 0, 100], [40, 40, 40]],
        [[90, 20, 55], [40, 80, 60], [62, 61, 40], [10, 95, 70]],
    ],
)
def test_rank_acceptability_agrees_with_exact_lengths_and_areas(scores):
    draws = 200_000
    result = found(document(scores), draws=draws, seed=7)
    exact = slow.exact_shares(result.leaf_values)
    for shares, errors, expected in zip(result.acceptability.shares, result.acceptability.errors, exact, strict=True):
        for share, error, true in zip(shares, errors, expected, strict=True):
            spread = (true * (1 - true) / draws) ** 0.5
            assert abs(share - true) <= 5 * spread
            assert error == pytest.approx((share * (1 - share) / draws) ** 0.5)


def test_known_areas():
    """Three alike in turn have a third each; a middling fourth has the middle of the triangle."""
    even = slow.exact_shares([[100, 0, 0], [0, 100, 0], [0, 0, 100]])
    assert even == [[Fraction(1, 3)] * 3] * 3
    assert slow.exact_shares([[100, 0], [0, 100], [60, 60]])[2][0] == Fraction(1, 5)


# --- What always holds


@given(problems(), st.integers(1, 9), st.integers(-20, 20))
def test_rescaling_swings_scores_and_their_scales_changes_nothing(given, factor, shift):
    scaled = copy.deepcopy(given)
    for criterion in scaled["criteria"]:
        criterion["swing"] *= factor
        for end in {"worst", "best"} & set(criterion):
            criterion[end] = criterion[end] * factor + shift
    for row in scaled["scores"].values():
        for name in row:
            row[name] = row[name] * factor + shift
    assert answer(scaled, draws=50) == answer(given, draws=50)


@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_options_and_criteria_changes_no_figure(given, random):
    shuffled = copy.deepcopy(given)
    random.shuffle(shuffled["options"])
    random.shuffle(shuffled["criteria"])
    one, other = answer(given), answer(shuffled)
    assert (one["weights"], one["values"]) == (other["weights"], other["values"])
    assert keyed(one["dominated"], "option", "by") == keyed(other["dominated"], "option", "by")
    weights = [
        {(each["criterion"], frozenset(each["between"])): each["weight"] for each in result["crossings"]}
        for result in (one, other)
    ]
    assert weights[0] == weights[1]


def keyed(rows: list[dict], *keys: str) -> set[tuple]:
    return {tuple(row[key] for key in keys) for row in rows}


@given(problems(), st.data())
def test_adding_a_dominated_option_changes_no_rank_on_fixed_scales(given, data):
    for criterion in given["criteria"]:
        criterion |= {"scale": "fixed", "worst": 0, "best": 12}
    before = answer(given, draws=200)
    model = given["scores"][data.draw(st.sampled_from(given["options"]))]
    worse = {name: data.draw(st.integers(0, score)) for name, score in model.items()}
    given["options"].append("worse")
    given["scores"]["worse"] = worse
    after = answer(given, draws=200)
    assert [option for option in after["ranking"] if option != "worse"] == before["ranking"]
    assert {option: after["values"][option] for option in before["values"]} == before["values"]
    assert after["rank_acceptability"]["worse"][0] == 0
    for option, shares in before["rank_acceptability"].items():
        assert after["rank_acceptability"][option][0] == shares[0]


@given(problems())
@settings(max_examples=50)
def test_every_option_has_some_rank_and_every_rank_some_option(given):
    shares = found(given, draws=300).acceptability.shares
    assert [sum(row) for row in shares] == pytest.approx([1] * len(shares))
    assert [sum(column) for column in zip(*shares, strict=True)] == pytest.approx([1] * len(shares))


@given(problems())
@settings(max_examples=50)
def test_a_dominated_option_is_never_ahead(given):
    result = found(given, draws=300)
    for option, by in result.dominated:
        assert result.totals[option] <= result.totals[by]
        first = [result.acceptability.shares[place][0] for place in (option, by)]
        assert first[0] == 0 or option < by


def test_the_same_seed_gives_the_same_draws_whatever_their_chunks(monkeypatch):
    given = document([[100, 0, 30], [30, 90, 10], [60, 60, 5]])
    whole = answer(given, draws=5000, seed=3)
    assert answer(given, draws=5000, seed=4)["rank_acceptability"] != whole["rank_acceptability"]
    monkeypatch.setattr(drawing, "CHUNK", 37)
    assert json.dumps(answer(given, draws=5000, seed=3)) == json.dumps(whole)
