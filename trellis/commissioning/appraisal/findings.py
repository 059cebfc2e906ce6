"""The whole analysis of an appraisal in one object, and as the JSON that `trellis appraise` prints."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from trellis.commissioning.appraisal import acceptability, sensitivity
from trellis.commissioning.appraisal.acceptability import Acceptability
from trellis.commissioning.appraisal.problem import Problem
from trellis.commissioning.appraisal.sensitivity import Crossing
from trellis.commissioning.appraisal.values import Values, leaf_values, leaf_weights, overall, ranking

DRAWS, SEED = 100_000, 1


@dataclass(frozen=True)
class Appraised:
    """What was found. Weights are of the leaves and sum to 1; values are from 0 to 100; places count from 0.

    `leaf_values` holds a row to each option and a column to each leaf; `dominated` holds pairs (option, by).
    """

    problem: Problem
    weights: tuple[Fraction, ...]
    leaf_values: Values
    totals: tuple[Fraction, ...]
    ranking: tuple[str, ...]
    crossings: tuple[Crossing, ...]
    dominated: tuple[tuple[int, int], ...]
    acceptability: Acceptability
    draws: int
    seed: int


def appraise(problem: Problem, *, draws: int = DRAWS, seed: int = SEED) -> Appraised:
    """Weigh the options of a sound problem, and try the answer with `draws` sets of weights from `seed`."""
    weights, values = leaf_weights(problem.criteria), leaf_values(problem)
    totals = overall(values, weights)
    return Appraised(
        problem=problem,
        weights=weights,
        leaf_values=values,
        totals=totals,
        ranking=ranking(problem.options, totals),
        crossings=sensitivity.crossings(values, weights),
        dominated=sensitivity.dominated(values),
        acceptability=acceptability.rank_acceptability(values, draws=draws, seed=seed),
        draws=draws,
        seed=seed,
    )


def as_json(found: Appraised) -> dict[str, Any]:
    """The analysis as plain objects, ready for `json.dumps`: numbers are floats, options and leaves go by name."""
    options, leaves = found.problem.options, [leaf.name for leaf in found.problem.leaves]
    return {
        "weights": _floats(leaves, found.weights),
        "values": _floats(options, found.totals),
        "ranking": list(found.ranking),
        "crossings": [
            {
                "criterion": leaves[crossing.leaf],
                "between": [options[place] for place in crossing.between],
                "weight": float(crossing.weight),
            }
            for crossing in found.crossings
            if 0 < float(crossing.weight) < 1  # as printed, too: floats round what is next to an end
        ],
        "rank_acceptability": dict(zip(options, map(list, found.acceptability.shares), strict=True)),
        "standard_error": dict(zip(options, map(list, found.acceptability.errors), strict=True)),
        "dominated": [{"option": options[option], "by": options[by]} for option, by in found.dominated],
    }


def _floats(names: Sequence[str], numbers: Sequence[Fraction]) -> Mapping[str, float]:
    return {name: float(number) for name, number in zip(names, numbers, strict=True)}
