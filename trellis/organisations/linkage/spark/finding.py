"""The road from rows to links on Spark: what `linking` does, with the rows left where the workers are."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from trellis.organisations.linkage import comparisons, scoring
from trellis.organisations.linkage.spark import groups, pairs, words
from trellis.organisations.linkage.spark.rows import folded
from trellis.organisations.linkage.spark.settling import settled

if TYPE_CHECKING:
    from pyspark import Broadcast
    from pyspark.sql import DataFrame

ROWS_A_PART = 20_000  # what one task of a worker has in its hands


@dataclass(frozen=True)
class Found:
    """Tables of Spark: the folded `rows`; their `pairs` with levels, the place of these among the `scores`, probability
    and whether they are told of; `clusters` of the rows that have certain links. `known`: what the workers know.
    """

    rows: "DataFrame"
    pairs: "DataFrame"
    clusters: "DataFrame"
    scores: scoring.Scores
    known: "Broadcast"


def found(given: "DataFrame", threshold: float | None, parts: int | None = None) -> Found:
    """What is found about rows, each an `id` and the fields that are known of it; the work cut into so many `parts`."""
    session = given.sparkSession
    parts = parts or max(2 * session.sparkContext.defaultParallelism, -(-given.count() // ROWS_A_PART))
    session.conf.set("spark.sql.shuffle.partitions", parts)
    rows = folded(given)
    known = session.sparkContext.broadcast(words.vocabulary(rows))
    met = pairs.pairs(rows, rows.count(), known, parts)
    patterns, counts = _patterns(met)
    scores = scoring.scored(patterns, counts, threshold)
    scored = settled(met.join(_table(scores, session), list(comparisons.NAMES)))
    clusters = settled(groups.clustered(rows, scored, scores.threshold, known, parts))
    return Found(rows, scored, clusters, scores, known)


def _patterns(met: "DataFrame") -> tuple[np.ndarray, np.ndarray]:
    """The patterns of levels in order, and how many pairs have each: all that the model learns from."""
    counted = met.groupBy(*comparisons.NAMES).count().toArrow()
    ordered = counted.sort_by([(name, "ascending") for name in comparisons.NAMES])
    levels = [ordered[name].to_numpy().astype(int) for name in comparisons.NAMES]
    return np.column_stack(levels), ordered["count"].to_numpy()


def _table(scores: scoring.Scores, session) -> "DataFrame":
    from pyspark.sql import functions as F

    levels = {name: pa.array(scores.patterns[:, at], pa.int32()) for at, name in enumerate(comparisons.NAMES)}
    values = {"pattern": range(len(scores.patterns)), "probability": scores.probabilities, "told": scores.told}
    return F.broadcast(
        session.createDataFrame(pa.table(levels | {name: pa.array(one) for name, one in values.items()}))
    )
