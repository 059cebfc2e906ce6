"""Clusters: what certain links hold together is found here, and put into clusters in the workers."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from trellis.organisations.linkage import clusters
from trellis.organisations.linkage.records import Record
from trellis.organisations.linkage.spark import columns
from trellis.organisations.linkage.spark.words import here

if TYPE_CHECKING:
    from pyspark import Broadcast
    from pyspark.sql import DataFrame

MILLION = 1_000_000
ROWS = {
    "number": "bigint", "id": "string", "names": "string", "charity": "string", "company": "string", "said": "string",
}  # fmt: skip
SAID = [cell for cell in columns.CELLS if cell not in ROWS]
PAIRS = {"left": "bigint", "right": "bigint", "probability": "double"}
CLUSTERED = {"number": "bigint", "cluster": "string", "links": "bigint", "millionths": "bigint"}


def clustered(rows: "DataFrame", scored: "DataFrame", threshold: float, known: "Broadcast", parts: int) -> "DataFrame":
    """The rows that have certain links: `number` and the `cluster` by its least id; of how many `links` within it the
    row is the left one, and the sum of their probabilities in `millionths`.

    Clusters grow by certain links alone, so what these do not hold together can be clustered apart, with the weaker
    pairs inside it.
    """
    from pyspark.sql import functions as F

    certain = scored.where(F.col("probability") >= threshold).select("left", "right").toArrow()
    held = held_together(certain["left"].to_numpy(), certain["right"].to_numpy())
    of = rows.sparkSession.createDataFrame(pa.table(dict(zip(("number", "whole"), held, strict=True))))
    left, right = (
        of.select(F.col("number").alias(side), F.col("whole").alias(f"of_{side}")) for side in ("left", "right")
    )
    inside = scored.join(left, "left").join(right, "right").where("of_left = of_right")
    pairs = inside.select(*PAIRS, F.col("of_left").alias("whole"))
    # Of what else a row says, clusters ask only whether it says anything.
    with_said = rows.withColumn("said", F.substring(F.concat(*SAID), 1, 1)).select(*ROWS)
    everything = with_said.join(of, "number").unionByName(pairs, allowMissingColumns=True)
    parted = everything.repartition(parts, "whole").select(*ROWS, *PAIRS)
    return parted.mapInArrow(partial(_clustered, threshold=threshold, known=known), columns.schema(CLUSTERED))


def held_together(left: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """All numbers that are in links, in order, and for each the least that links lead to from it."""
    numbers, places = np.unique(np.concatenate([left, right]), return_inverse=True)
    one, two = places[: len(left)], places[len(left) :]
    least = np.arange(len(numbers))
    while (least[one] != least[two]).any():
        low = np.minimum(least[one], least[two])
        for side in (one, two):
            np.minimum.at(least, least[side], low)
        while (least[least] != least).any():
            least = least[least]
    return numbers, numbers[least]


def _clustered(batches: Iterator[pa.RecordBatch], *, threshold: float, known: "Broadcast") -> Iterator[pa.RecordBatch]:
    """The clusters of a part of the table: wholes that have nothing to do with each other, as if they were one list."""
    table = columns.table(batches, ROWS | PAIRS)
    rows = table.filter(pc.is_valid(table["number"])).sort_by("number")
    pairs = table.filter(pc.is_null(table["number"]))
    numbers = rows["number"].to_numpy()
    left, right = (np.searchsorted(numbers, pairs[side].to_numpy()) for side in ("left", "right"))
    words = here(known)
    names = [tuple(map(words.name, columns.names(its))) for its in rows["names"].to_pylist()]
    traits = zip(*(rows[name].to_pylist() for name in ("charity", "company", "said")), strict=True)
    records = [Record(charity=charity, company=company, town=tuple(said)) for charity, company, said in traits]
    probability = pairs["probability"].to_numpy()
    firsts = np.array(clusters.clusters(
        records, names, zip(probability.tolist(), left.tolist(), right.tolist(), strict=True), threshold
    ), dtype=int)  # fmt: skip
    made = (probability >= threshold) & (firsts[left] == firsts[right])
    sums = np.bincount(left[made], np.rint(probability[made] * MILLION), minlength=len(numbers)).astype(int)
    links = np.bincount(left[made], minlength=len(numbers))
    least = _least(firsts.tolist(), rows["id"].to_pylist())
    yield columns.batch(dict(zip(CLUSTERED, (numbers, least, links, sums), strict=True)), CLUSTERED)


def _least(firsts: list[int], ids: list[str]) -> list[str]:
    """For each row the least id of its cluster."""
    of: dict[int, str] = {}
    for first, one in zip(firsts, ids, strict=True):
        of[first] = min(of.get(first, one), one)
    return [of[first] for first in firsts]
