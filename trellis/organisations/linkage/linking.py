"""The road from rows to links: folded, blocked and compared by Splink, told apart by the model, clustered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import log2

import numpy as np

from trellis.organisations.linkage import clusters, comparisons, engines, reasons, training
from trellis.organisations.linkage.likeness import LEVEL, Likeness, Likenesses
from trellis.organisations.linkage.links import SAME, Evidence, Linkage, Pair
from trellis.organisations.linkage.records import Record, records
from trellis.organisations.linkage.vocabulary import Name, Vocabulary

FEWEST_NAMES = 1_000  # a list is part of a world of at least so many
REVIEW_FROM = 0.05
BALANCED = 0.5  # the threshold that leaves as many links out as it lets wrong ones in
CERTAIN = 0.95  # the precision that is expected of links that nobody looks at
HIGHEST = 0.9  # the threshold is never set higher than this, only asked for
ALIKE_IN_ALL = 0.95  # the least probability of two rows that say the same in every cell


@dataclass(frozen=True)
class Compared:
    """Pairs of rows worth a second look: their places among `rows`, how alike their names are, and all levels."""

    rows: list[Record]
    names: list[tuple[Name, ...]]
    known: Vocabulary
    left: np.ndarray
    right: np.ndarray
    likenesses: list[Likeness]
    patterns: np.ndarray


def compared(rows: list[dict[str, str | None]]) -> Compared:
    """The rows, folded, and their pairs."""
    folded = records(rows)
    known = Vocabulary(folded)
    names = [tuple(map(known.name, row.names)) for row in folded]
    pairs = engines.pairs(comparisons.table(folded, names, known))
    likeness = cache(Likenesses(known, 1000 * log2(max(known.names, FEWEST_NAMES))).best)
    left, right = pairs.left.tolist(), pairs.right.tolist()
    alike = [likeness(names[one], names[two]) for one, two in zip(left, right, strict=True)]
    kinds = [
        LEVEL[found.kind] if names[one] and names[two] else training.UNKNOWN
        for found, one, two in zip(alike, left, right, strict=True)
    ]
    patterns = np.column_stack([np.array(kinds, dtype=int), pairs.levels])
    return Compared(folded, names, known, pairs.left, pairs.right, alike, patterns)


def linked(rows: list[dict[str, str | None]], *, threshold: float | None) -> Linkage:
    """The linkage of rows, each with an `id` and the fields that are known of it."""
    found = compared(rows)
    patterns, places, counts = training.distinct(found.patterns)
    model = training.trained(patterns, counts, training.priors())
    probabilities = np.round(model.kinds(patterns)[:, training.SAME].sum(axis=1), 6)[places]
    chosen = _certain(probabilities) if threshold is None else threshold
    pairs = zip(probabilities.tolist(), found.left.tolist(), found.right.tolist(), strict=True)
    firsts = clusters.clusters(found.rows, found.names, pairs, chosen)
    of = np.array(firsts, dtype=int)
    made = probabilities[(probabilities >= chosen) & (of[found.left] == of[found.right])]
    weights = model.weights(patterns)[places]
    return Linkage(
        threshold=chosen,
        review_from=min(REVIEW_FROM, chosen),
        expected_precision=round(float(made.mean()), 4) if len(made) else 1.0,
        pairs=sorted(
            [*_pairs(found, probabilities, weights, min(REVIEW_FROM, chosen)), *_alike(found.rows)],
            key=lambda pair: (-pair.probability, pair.left, pair.right),
        ),
        clusters=_cluster_ids(rows, found.rows, firsts),
    )


def _certain(probabilities: np.ndarray) -> float:
    """The lowest threshold whose links are expected to be right as often as `CERTAIN`."""
    for threshold in np.arange(BALANCED, HIGHEST, 0.05):
        sure = probabilities[probabilities >= threshold]
        if not len(sure) or sure.mean() >= CERTAIN:
            return round(float(threshold), 2)
    return HIGHEST


def _pairs(found: Compared, probabilities: np.ndarray, weights: np.ndarray, least: float) -> Iterator[Pair]:
    """The pairs from `least` up, and those below that are near in another way."""
    pairs = zip(
        probabilities.tolist(), weights.tolist(), found.patterns.tolist(), found.likenesses,
        found.left.tolist(), found.right.tolist(), strict=True,
    )  # fmt: skip
    for probability, bits, levels, likeness, left, right in pairs:
        relation = SAME if probability >= BALANCED else reasons.relation(likeness, levels)
        if probability >= least or relation != SAME and (levels[1] >= comparisons.HERE or max(levels[2:4]) > 0):
            one, two = found.rows[left], found.rows[right]
            written = found.known.written(one.names) | found.known.written(two.names)
            said = reasons.evidence(one, two, likeness, levels, bits, written)
            first, second = sorted((one.ids[0], two.ids[0]))
            yield Pair(first, second, probability, relation, said)


def _alike(rows: Sequence[Record]) -> Iterator[Pair]:
    """The pairs of rows that say the same in every cell: each with the first of them."""
    for row in rows:
        for other in row.ids[1:]:
            yield Pair(row.ids[0], other, ALIKE_IN_ALL, SAME, (Evidence("all", "The rows say the same", log2(1e6)),))


def _cluster_ids(rows: list[dict[str, str | None]], folded: Sequence[Record], firsts: Sequence[int]) -> dict[str, str]:
    """The cluster of each row by its least id."""
    least: dict[int, str] = {}
    for row, first in zip(folded, firsts, strict=True):
        least[first] = min(least.get(first, row.ids[0]), row.ids[0])
    of = {one: least[first] for row, first in zip(folded, firsts, strict=True) for one in row.ids}
    return {str(row["id"]): of.get(str(row["id"]), str(row["id"])) for row in rows}
