"""How many organisations seem to share a value, as `sharing` has it, one value after the other in the workers."""

from collections.abc import Iterator
from copy import copy
from functools import partial
from typing import TYPE_CHECKING

import pyarrow as pa

from trellis.organisations.linkage import sharing
from trellis.organisations.linkage.comparisons import SHARED
from trellis.organisations.linkage.spark import columns
from trellis.organisations.linkage.spark.settling import settled
from trellis.organisations.linkage.vocabulary import Name

if TYPE_CHECKING:
    from pyspark import Broadcast
    from pyspark.sql import DataFrame

LEVELS = {"kind": "string", "value": "string", "level": "tinyint"}


def with_shared(rows: "DataFrame", known: "Broadcast") -> "DataFrame":
    """The rows, each with levels in place of its values. `rows`: number, first_name, and each kind of value."""
    from pyspark.sql import functions as F

    levels = settled(_levels(rows, known))
    for column in SHARED:
        mine = levels.where(F.col("kind") == column).select(F.col("value").alias(column), "level")
        rows = rows.join(mine, column, "left").drop(column)
        rows = rows.withColumn(column, F.coalesce("level", F.lit(sharing.OWN).cast("tinyint"))).drop("level")
    return rows


def _levels(rows: "DataFrame", known: "Broadcast") -> "DataFrame":
    """The values that several names share. A name that was there counts once, so its first row is enough."""
    from pyspark.sql import functions as F

    values = F.array(*(F.struct(F.lit(one).alias("kind"), F.col(one).alias("value")) for one in SHARED))
    held = (
        rows.where("first_name is not null").select("number", "first_name", F.inline(values)).where("value is not null")
    )
    first = held.groupBy("kind", "value", "first_name").agg(F.min("number").alias("number"))
    ordered = first.repartition("kind", "value").sortWithinPartitions("kind", "value", "number")
    return ordered.select("kind", "value", "first_name").mapInArrow(
        partial(_shared, known=known), columns.schema(LEVELS)
    )


def _shared(batches: Iterator[pa.RecordBatch], *, known: "Broadcast") -> Iterator[pa.RecordBatch]:
    last: tuple[str, str] | None = None
    some: list[Name] = []
    words = copy(known.value)
    for batch in batches:
        found = []
        for kind, value, name in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            if (kind, value) != last:
                found += _level(last, some)
                last, some = (kind, value), []
            sharing.take(some, words.name(tuple(name)))
        yield _batch(found)
    yield _batch(_level(last, some))


def _level(held: tuple[str, str] | None, some: list[Name]) -> list[tuple[str, str, int]]:
    level = sharing.level(len(some))
    return [(*held, level)] if held and level != sharing.OWN else []


def _batch(found: list[tuple[str, str, int]]) -> pa.RecordBatch:
    return columns.batch({name: [row[at] for row in found] for at, name in enumerate(LEVELS)}, LEVELS)
