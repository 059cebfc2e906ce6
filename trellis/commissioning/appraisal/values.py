"""From swings to weights, from scores to values."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from operator import mul

from trellis.commissioning.appraisal.problem import Criterion, Fixed, Problem

FULL = 100  # the value of the best end of a scale

Values = tuple[tuple[Fraction, ...], ...]  # of each option, on each leaf


def leaf_weights(criteria: Sequence[Criterion]) -> tuple[Fraction, ...]:
    """The weight of each leaf; they sum to 1.

    Siblings' swings are normalised, and multiplied down the tree (DCLG 2009, section 6.2.10).
    """
    return tuple(_weights(criteria, Fraction(1)))


def leaf_values(problem: Problem) -> Values:
    """What each option is worth on each leaf, from 0 to 100."""
    columns = [_on_scale(leaf, [problem.scores[option][leaf.name] for option in problem.options])
               for leaf in problem.leaves]  # fmt: skip
    return tuple(zip(*columns, strict=True))


def overall(values: Values, weights: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """The value of each option over all leaves, from 0 to 100: Σ weight × value."""
    return tuple(sum(map(mul, weights, row), Fraction(0)) for row in values)


def ranking(options: Sequence[str], totals: Sequence[Fraction]) -> tuple[str, ...]:
    """The options from the best down; ties take the order of `options`."""
    worth = dict(zip(options, totals, strict=True))
    return tuple(sorted(options, key=lambda option: -worth[option]))


def _weights(siblings: Sequence[Criterion], share: Fraction) -> Iterator[Fraction]:
    total = sum(criterion.swing for criterion in siblings)
    for criterion in siblings:
        weight = share * criterion.swing / total
        if criterion.children:
            yield from _weights(criterion.children, weight)
        else:
            yield weight


def _on_scale(leaf: Criterion, scores: Sequence[Fraction]) -> list[Fraction]:
    """Scores as values from 0 to 100; on a relative scale where all are equal, each is worth 0."""
    ends = (leaf.scale.worst, leaf.scale.best) if isinstance(leaf.scale, Fixed) else (min(scores), max(scores))
    worst, best = ends
    if worst == best:
        return [Fraction(0)] * len(scores)
    return [FULL * (score - worst) / (best - worst) for score in scores]
