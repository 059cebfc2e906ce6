"""What the model, trained on how often each pattern of levels is met, says of pairs of that pattern."""

from dataclasses import dataclass

import numpy as np

from trellis.organisations.linkage import comparisons, likeness, reasons, training
from trellis.organisations.linkage.links import SAME

REVIEW_FROM = 0.05
BALANCED = 0.5  # the threshold that leaves as many links out as it lets wrong ones in
CERTAIN = 0.95  # the precision that is expected of links that nobody looks at
HIGHEST = 0.9  # the threshold is never set higher than this, only asked for


@dataclass(frozen=True)
class Scores:
    """For each of `patterns` the probability of one organisation, what each level weighs, what two rows are to each
    other, and whether such pairs are told of. `threshold`: the probability from which a link is certain.
    """

    patterns: np.ndarray
    probabilities: np.ndarray
    weights: np.ndarray
    relations: list[str]
    told: np.ndarray
    threshold: float

    @property
    def review_from(self) -> float:
        """The probability from which a pair is worth a look."""
        return min(REVIEW_FROM, self.threshold)


def scored(patterns: np.ndarray, counts: np.ndarray, threshold: float | None) -> Scores:
    """The scores of patterns, each met so many times. Without a threshold it is set by `CERTAIN`."""
    model = training.trained(patterns, counts, training.priors())
    probabilities = np.round(model.kinds(patterns)[:, training.SAME].sum(axis=1), 6)
    chosen = _certain(probabilities, counts) if threshold is None else threshold
    relations = [
        SAME if probability >= BALANCED else reasons.relation(likeness.kind(levels[0]), levels)
        for probability, levels in zip(probabilities.tolist(), patterns.tolist(), strict=True)
    ]
    return Scores(
        patterns, probabilities, model.weights(patterns), relations,
        _told(patterns, probabilities, relations, min(REVIEW_FROM, chosen)), chosen,
    )  # fmt: skip


def _certain(probabilities: np.ndarray, counts: np.ndarray) -> float:
    """The lowest threshold whose links are expected to be right as often as `CERTAIN`."""
    for threshold in np.arange(BALANCED, HIGHEST, 0.05):
        sure = probabilities >= threshold
        if not sure.any() or np.average(probabilities[sure], weights=counts[sure]) >= CERTAIN:
            return round(float(threshold), 2)
    return HIGHEST


def _told(patterns: np.ndarray, probabilities: np.ndarray, relations: list[str], least: float) -> np.ndarray:
    """Pairs from `least` up, and those below that are near in another way."""
    related = np.array([relation != SAME for relation in relations], dtype=bool)
    near = (patterns[:, 1] >= comparisons.HERE) | (patterns[:, 2:4].max(axis=1, initial=training.UNKNOWN) > 0)
    return (probabilities >= least) | related & near
