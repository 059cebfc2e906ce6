"""What was found on Spark, brought here."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import pyarrow as pa

from trellis.organisations.linkage import linking, reasons
from trellis.organisations.linkage.links import Evidence, Linkage, Pair
from trellis.organisations.linkage.scoring import Scores
from trellis.organisations.linkage.spark import columns
from trellis.organisations.linkage.spark.groups import MILLION
from trellis.organisations.linkage.spark.words import here

if TYPE_CHECKING:
    from pyspark import Broadcast
    from pyspark.sql import DataFrame

    from trellis.organisations.linkage.spark.finding import Found

TOLD = {
    "left": "string", "right": "string", "probability": "double", "relation": "string", "evidence": columns.EVIDENCE,
}  # fmt: skip


def linkage(found: "Found", ids: list[str]) -> Linkage:
    """All pairs that are told of and the cluster of each row, of `ids` in their order."""
    of = cluster_ids(found).toArrow()
    clusters = dict(zip(of["id"].to_pylist(), of["cluster"].to_pylist(), strict=True))
    return Linkage(
        threshold=found.scores.threshold,
        review_from=found.scores.review_from,
        expected_precision=expected_precision(found),
        pairs=linking.in_order([*_pairs(told(found)), *_alike(found.rows)]),
        clusters={one: clusters.get(one, one) for one in ids},
    )


def cluster_ids(found: "Found") -> "DataFrame":
    """`id` and `cluster`, the least id of its cluster, of each row that says something."""
    from pyspark.sql import functions as F

    of = found.rows.select("number", "id", "ids").join(found.clusters, "number", "left")
    return of.select(F.explode("ids").alias("id"), F.coalesce("cluster", of["id"]).alias("cluster"))


def expected_precision(found: "Found") -> float:
    """The part of the links within clusters that is expected to be right."""
    from pyspark.sql import functions as F

    links, millionths = found.clusters.agg(F.sum("links"), F.sum("millionths")).first()
    return round(millionths / links / MILLION, 4) if links else 1.0


def told(found: "Found") -> "DataFrame":
    """The pairs that are told of, each with its reasons."""
    one, two = (
        found.rows.select([found.rows[name].alias(f"{side}_{name}") for name in ("number", "id", *columns.CELLS)])
        for side in ("left", "right")
    )
    pairs = found.pairs.where("told").withColumnsRenamed({"left": "left_number", "right": "right_number"})
    both = pairs.join(one, "left_number").join(two, "right_number")
    say = partial(_told, scores=found.scores, known=found.known)
    return both.mapInArrow(say, columns.schema(TOLD))


def _told(batches: Iterator[pa.RecordBatch], *, scores: Scores, known: "Broadcast") -> Iterator[pa.RecordBatch]:
    words = here(known)
    likeness = linking.likenesses(words)
    for rows in batches:
        sides = (columns.records(rows, before) for before in ("left_", "right_"))
        found = []
        for one, two, place in zip(*sides, rows.column("place").to_pylist(), strict=True):
            names = (tuple(map(words.name, row.names)) for row in (one, two))
            found.append(reasons.pair(
                one, two, likeness(*names), scores.patterns[place].tolist(), scores.weights[place].tolist(), words,
                probability=float(scores.probabilities[place]), relation=scores.relations[place],
            ))  # fmt: skip
        yield batch(found)


def batch(pairs: list[Pair]) -> pa.RecordBatch:
    """Pairs as a batch that Spark takes."""
    values = {name: [getattr(pair, name) for pair in pairs] for name in TOLD}
    values["evidence"] = [[said._asdict() for said in pair.evidence] for pair in pairs]
    return columns.batch(values, TOLD)


def _pairs(told: "DataFrame") -> Iterator[Pair]:
    for batch in told.toArrow().to_batches():
        for row in batch.to_pylist():
            yield Pair(**row | {"evidence": tuple(Evidence(**said) for said in row["evidence"])})


def _alike(rows: "DataFrame") -> Iterator[Pair]:
    for ids in rows.where("size(ids) > 1").select("ids").toArrow()["ids"].to_pylist():
        yield from linking.alike(ids)
