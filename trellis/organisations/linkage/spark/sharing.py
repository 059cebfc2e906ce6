"""How many organisations seem to share a value, as `sharing` has it, one value after the other in the workers."""

from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from trellis.organisations.linkage import sharing
from trellis.organisations.linkage.comparisons import SHARED
from trellis.organisations.linkage.spark import columns
from trellis.organisations.linkage.spark.settling import settled
from trellis.organisations.linkage.spark.words import here
from trellis.organisations.linkage.vocabulary import Name, Vocabulary

if TYPE_CHECKING:
    from pyspark import Broadcast
    from pyspark.sql import DataFrame

HELD = {"number": "bigint", "name": "string", "value": "string"}
LEVELS = {"number": "bigint", "kind": "string", "level": "tinyint"}


def with_shared(rows: "DataFrame", known: "Broadcast", parts: int) -> "DataFrame":
    """The rows, each with levels in place of its values. `rows`: number, names, and each kind of value."""
    from pyspark.sql import functions as F

    kinds = list(enumerate(SHARED))
    values = F.array(*(F.concat(F.lit(str(kind)), one) for kind, one in kinds))  # the kind is the first letter
    name = F.substring_index("names", columns.BETWEEN_LISTS, 1).alias("name")
    held = rows.select("number", name, F.explode(values).alias("value")).where("value is not null")
    found = held.repartition(parts, "value").mapInArrow(partial(_shared, known=known), columns.schema(LEVELS))
    each = (F.max(F.when(F.col("kind") == str(kind), F.col("level"))).alias(one) for kind, one in kinds)
    levels = settled(found.groupBy("number").agg(*each))  # small, and Spark asks for it once for each side of a pair
    own = dict.fromkeys(SHARED, sharing.OWN)
    return rows.drop(*SHARED).join(levels, "number", "left").fillna(own)


def _shared(batches: Iterator[pa.RecordBatch], *, known: "Broadcast") -> Iterator[pa.RecordBatch]:
    """The rows with values that several names share."""
    words = here(known)
    table = columns.table(batches, HELD)
    codes, values = columns.coded(table["value"])
    numbers = table["number"].to_numpy()
    counts = np.bincount(codes, minlength=len(values))
    order = np.lexsort((numbers, codes))
    some = order[counts[codes[order]] >= sharing.SEVERAL]
    edges = np.append(np.flatnonzero(np.diff(codes[some], prepend=-1)), len(some))
    names = table["name"].take(some).to_pylist()
    levels = [_level(names[begin:end], words) for begin, end in pairwise(edges.tolist())]
    level = np.repeat(np.array(levels, dtype=int), np.diff(edges))
    kinds = pc.utf8_slice_codeunits(values.take(codes[some]), 0, 1)
    told = level != sharing.OWN
    yield columns.batch({"number": numbers[some][told], "kind": kinds.filter(told), "level": level[told]}, LEVELS)


def _level(names: list[str], words: Vocabulary) -> int:
    """Of the names of rows with one value, in the order of the rows. A name that was there counts once."""
    held: list[Name] = []
    for text in dict.fromkeys(names):
        for name in columns.names(text):
            sharing.take(held, words.name(name))
    return sharing.level(len(held))
