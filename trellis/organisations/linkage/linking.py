"""The road from rows to links: folded, blocked and compared by Splink, told apart by the model, clustered."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import log2
from operator import attrgetter

import numpy as np

from trellis.organisations.linkage import clusters, comparisons, engines, reasons, scoring, training
from trellis.organisations.linkage.likeness import LEVEL, Likeness, Likenesses
from trellis.organisations.linkage.links import SAME, Evidence, Linkage, Pair
from trellis.organisations.linkage.records import Record, records
from trellis.organisations.linkage.vocabulary import Name, Vocabulary

FEWEST_NAMES = 1_000  # a list is part of a world of at least so many
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
    likeness = likenesses(known)
    left, right = pairs.left.tolist(), pairs.right.tolist()
    found = [likeness(names[one], names[two]) for one, two in zip(left, right, strict=True)]
    named = np.array(list(map(bool, names)), bool)
    levels = np.array([LEVEL[one.kind] for one in found], int)
    of_names = np.where(named[pairs.left] & named[pairs.right], levels, training.UNKNOWN)
    patterns = np.column_stack([of_names, pairs.levels])
    return Compared(folded, names, known, pairs.left, pairs.right, found, patterns)


def likenesses(known: Vocabulary) -> Callable[[tuple[Name, ...], tuple[Name, ...]], Likeness]:
    """How alike the names of two rows of a list are; remembered, as many pairs have the same ones."""
    return cache(Likenesses(known, 1000 * log2(max(known.names, FEWEST_NAMES))).best)


def level(likeness: Likeness, one: tuple[Name, ...], two: tuple[Name, ...]) -> int:
    """The level of the names of two rows."""
    return LEVEL[likeness.kind] if one and two else training.UNKNOWN


def linked(rows: list[dict[str, str | None]], *, threshold: float | None) -> Linkage:
    """The linkage of rows, each with an `id` and the fields that are known of it."""
    found = compared(rows)
    patterns, places, counts = training.distinct(found.patterns)
    scores = scoring.scored(patterns, counts, threshold)
    probabilities = scores.probabilities[places]
    pairs = zip(probabilities.tolist(), found.left.tolist(), found.right.tolist(), strict=True)
    firsts = clusters.clusters(found.rows, found.names, pairs, scores.threshold)
    of = np.array(firsts, dtype=int)
    made = probabilities[(probabilities >= scores.threshold) & (of[found.left] == of[found.right])]
    return Linkage(
        threshold=scores.threshold,
        review_from=scores.review_from,
        expected_precision=round(float(made.mean()), 4) if len(made) else 1.0,
        pairs=in_order([*_pairs(found, scores, places), *(pair for row in found.rows for pair in alike(row.ids))]),
        clusters=_cluster_ids(rows, found.rows, firsts),
    )


def in_order(pairs: Iterable[Pair]) -> list[Pair]:
    """The surest first."""
    return sorted(sorted(pairs, key=attrgetter("left", "right")), key=attrgetter("probability"), reverse=True)


def _pairs(found: Compared, scores: scoring.Scores, patterns: np.ndarray) -> Iterator[Pair]:
    """The pairs that are told of. `patterns`: the place of each one's among those that are scored."""
    told = np.flatnonzero(scores.told[patterns])
    levels, weights, probabilities = (one.tolist() for one in (scores.patterns, scores.weights, scores.probabilities))
    columns = (column.tolist() for column in (told, patterns[told], found.left[told], found.right[told]))
    for place, pattern, left, right in zip(*columns, strict=True):
        yield reasons.pair(
            found.rows[left], found.rows[right], found.likenesses[place], levels[pattern], weights[pattern],
            found.known, probability=probabilities[pattern], relation=scores.relations[pattern],
        )  # fmt: skip


def alike(ids: Sequence[str]) -> Iterator[Pair]:
    """The pairs of rows that say the same in every cell: each with the first of them."""
    for other in ids[1:]:
        yield Pair(ids[0], other, ALIKE_IN_ALL, SAME, (Evidence("all", "The rows say the same", log2(1e6)),))


def _cluster_ids(rows: list[dict[str, str | None]], folded: Sequence[Record], firsts: Sequence[int]) -> dict[str, str]:
    """The cluster of each row by its least id."""
    least: dict[int, str] = {}
    for row, first in zip(folded, firsts, strict=True):
        least[first] = min(least.get(first, row.ids[0]), row.ids[0])
    of = {one: least[first] for row, first in zip(folded, firsts, strict=True) for one in row.ids}
    return {str(row["id"]): of.get(str(row["id"]), str(row["id"])) for row in rows}
