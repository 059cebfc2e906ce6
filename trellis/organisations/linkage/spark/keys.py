"""Pairs of rows that share a key few others have, as `blocking` has them, counted where the rows are."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from trellis.organisations.linkage.blocking import MOST, PARTED
from trellis.organisations.linkage.spark import columns
from trellis.organisations.linkage.spark.settling import settled

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

LONGER = "|"  # only a longer key has this sign: `blocking.first_keys` takes it out of values
FIRST = {"left": "bigint", "right": "bigint", "key": "string", "crowded": "boolean"}
LONG = {"number": "bigint", "key": "string", "in_order": "string"}
PAIRS = {"left": "bigint", "right": "bigint"}


def pairs(rows: "DataFrame", parts: int) -> "DataFrame":
    """`left` and `right`, the lesser first. `rows`: number, keys, lengthening and in_order of each."""
    from pyspark.sql import functions as F

    exploded = rows.select("number", F.explode("keys").alias("key")).repartition(parts, "key")
    first = settled(exploded.mapInArrow(_first, columns.schema(FIRST)))
    on = first.where("key is not null").withColumnRenamed("left", "number")
    words = F.when(F.col("crowded"), F.col("lengthening")).otherwise(F.array(F.lit(None).cast("string")))
    longer = on.join(rows.select("number", "lengthening", "in_order"), "number").select(
        "number", "key", "in_order", F.explode(words).alias("word")
    )
    parted = longer.select("number", F.concat_ws(LONGER, "key", "word").alias("key"), "in_order")
    again = parted.repartition(parts, "key").mapInArrow(_again, columns.schema(PAIRS))
    found = first.where("key is null").select(*PAIRS).union(again)
    return found.repartition(parts, "left").distinct()  # the rows that are `left` are looked up next, in the same parts


def _first(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The pairs of keys that few rows have; and the rows, as `left`, whose `key` is looked at again: it is to be made
    longer because it is `crowded`, or is as long already.
    """
    table = columns.table(batches, LONG)
    codes, keys = columns.coded(table["key"])
    numbers = table["number"].to_numpy()
    counts = np.bincount(codes, minlength=len(keys))
    long = _true(pc.match_substring(keys, LONGER))
    of_a_word = _true(pc.starts_with(keys, "w")) & ~_true(pc.match_substring(keys, " "))
    left, right = _beside(codes, numbers, ((counts <= MOST) & ~long)[codes], np.zeros_like(codes))
    on = np.where(counts > MOST, ~of_a_word, long)[codes]
    yield columns.batch(dict(zip(FIRST, (left, right, *[pa.nulls(len(left))] * 2), strict=True)), FIRST)
    again = (numbers[on], pa.nulls(int(on.sum())), keys.take(codes[on]), (counts > MOST)[codes[on]])
    yield columns.batch(dict(zip(FIRST, again, strict=True)), FIRST)


def _again(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The pairs of longer keys; where too many rows have one, those near each other in the order of their names."""
    table = columns.table(batches, LONG).group_by(["key", "in_order", "number"]).aggregate([])
    table = table.sort_by([(name, "ascending") for name in ("key", "in_order", "number")])
    codes, keys = columns.coded(table["key"])
    counts = np.bincount(codes, minlength=len(keys))
    begins = np.cumsum(counts) - counts
    crowded = counts > MOST
    may = ~crowded | _true(pc.is_in(pc.utf8_slice_codeunits(keys, 0, 1), pa.array(list(PARTED), pa.string())))
    part = np.where(crowded[codes], 2 * (np.arange(len(codes)) - begins[codes]) // MOST, 0)
    left, right = _beside(codes, table["number"].to_numpy(), may[codes], part, sort=False)
    yield columns.batch({"left": np.minimum(left, right), "right": np.maximum(left, right)}, PAIRS)


def _beside(
    codes: np.ndarray, numbers: np.ndarray, may: np.ndarray, part: np.ndarray, *, sort: bool = True
) -> tuple[np.ndarray, np.ndarray]:
    """The pairs within each key, of those that `may`, whose parts are one or follow each other."""
    codes, numbers, part = codes[may], numbers[may], part[may]
    if sort:
        order = np.lexsort((numbers, codes))
        codes, numbers, part = codes[order], numbers[order], part[order]
    found = []
    for apart in range(1, MOST):
        pair = np.flatnonzero((codes[:-apart] == codes[apart:]) & (part[apart:] - part[:-apart] <= 1))
        found.append((numbers[pair], numbers[pair + apart]))
    return np.concatenate([one for one, _ in found]), np.concatenate([two for _, two in found])


def _true(found: pa.Array) -> np.ndarray:
    return found.to_numpy(zero_copy_only=False).astype(bool)
