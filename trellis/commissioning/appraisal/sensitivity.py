"""What would change the answer: other weights, and options that no weight can help."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, permutations
from operator import ge, mul

from trellis.commissioning.appraisal.values import Values


@dataclass(frozen=True)
class Crossing:
    """The weight of a leaf at which two options change places. Leaf and options are places in their lists."""

    leaf: int
    between: tuple[int, int]
    weight: Fraction


def crossings(values: Values, weights: Sequence[Fraction]) -> tuple[Crossing, ...]:
    """Every weight strictly between 0 and 1 at which two options change places, in the order of leaves, then of pairs.

    As the weight w of one leaf goes from 0 to 1, the others keeping their proportions, an option's value is a line:
    w × its value there + (1 − w) × its value on the rest. Two lines cross once at most, so the weight is solved for and
    not searched for. A leaf that has all the weight leaves no proportions to keep, and so has none.
    """
    pairs = list(combinations(range(len(values)), 2))
    return tuple(
        crossing
        for leaf, weight in enumerate(weights)
        if weight < 1
        for crossing in _crossings_of(leaf, ends_of(values, weights, leaf), pairs)
    )


def ends_of(values: Values, weights: Sequence[Fraction], leaf: int) -> list[tuple[Fraction, Fraction]]:
    """Each option's value where the leaf has no weight, and where it has all: the ends of its line."""
    rest = 1 - weights[leaf]
    found = []
    for row in values:
        total = sum(map(mul, weights, row), Fraction(0))
        found.append(((total - weights[leaf] * row[leaf]) / rest, row[leaf]))
    return found


def dominated(values: Values) -> tuple[tuple[int, int], ...]:
    """Every (option, by), as places in their list: `by` is worth at least as much on every leaf, and more on one."""
    return tuple(
        (option, by)
        for option, by in permutations(range(len(values)), 2)
        if values[by] != values[option] and all(map(ge, values[by], values[option]))
    )


def _crossings_of(
    leaf: int, lines: Sequence[tuple[Fraction, Fraction]], pairs: Sequence[tuple[int, int]]
) -> Iterator[Crossing]:
    for one, other in pairs:
        without, alone = (lines[one][end] - lines[other][end] for end in (0, 1))
        if without * alone < 0:  # one is ahead at one end, the other at the other
            yield Crossing(leaf, (one, other), without / (without - alone))
