"""The road from rows to links on Spark: what `linking` does, with the rows left where the workers are."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from trellis.organisations.linkage import scoring
from trellis.organisations.linkage.spark import groups, pairs, words
from trellis.organisations.linkage.spark.rows import folded
from trellis.organisations.linkage.spark.settling import settled

if TYPE_CHECKING:
    from pyspark import Broadcast
    from pyspark.sql import DataFrame

ROWS_A_PART = 20_000  # what one task of a worker has in its hands, at most
FEWEST_A_PART = 2_500  # rows for which it is worth while to begin another task
PARTS_A_CORE = 2


@dataclass(frozen=True)
class Found:
    """Tables of Spark: the folded `rows`; their `pairs` with the `pattern` of their levels, its `place` among the
    `scores`, probability and whether they are told of; `clusters` of the rows that have certain links. `known`: what
    the workers know.
    """

    rows: "DataFrame"
    pairs: "DataFrame"
    clusters: "DataFrame"
    scores: scoring.Scores
    known: "Broadcast"


def found(given: "DataFrame", number: int, threshold: float | None, parts: int | None = None) -> Found:
    """What is found about so many rows, each an `id` and the fields that are known of it; the work cut into `parts`."""
    session = given.sparkSession
    parts = parts or _parts(number, session.sparkContext.defaultParallelism)
    session.conf.set("spark.sql.shuffle.partitions", parts)
    rows = folded(given)
    known = session.sparkContext.broadcast(words.known(rows, parts))
    met = pairs.pairs(rows, rows.count(), known, parts)
    counted = met.groupBy("pattern").count().toArrow().sort_by("pattern")
    patterns = counted["pattern"].to_numpy()
    scores = scoring.scored(pairs.levels(patterns), counted["count"].to_numpy(), threshold)
    scored = met.join(_table(patterns, scores, session), "pattern")
    clusters = settled(groups.clustered(rows, scored, scores.threshold, known, parts))
    return Found(rows, scored, clusters, scores, known)


def _parts(rows: int, cores: int) -> int:
    """Enough for all cores, where there are rows enough for them."""
    return max(-(-rows // ROWS_A_PART), min(PARTS_A_CORE * cores, -(-rows // FEWEST_A_PART)), 1)


def _table(patterns, scores: scoring.Scores, session) -> "DataFrame":
    from pyspark.sql import functions as F

    values = {"pattern": pa.array(patterns, pa.int32()), "place": pa.array(range(len(patterns)), pa.int32())}
    said = {"probability": pa.array(scores.probabilities), "told": pa.array(scores.told)}
    return F.broadcast(session.createDataFrame(pa.table(values | said)))
