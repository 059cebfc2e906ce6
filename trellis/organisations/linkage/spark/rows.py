"""Rows, folded in the workers: equal ones as one, and each with its number in the order of what they say."""

from collections.abc import Iterator
from itertools import accumulate
from typing import TYPE_CHECKING

import pyarrow as pa

from trellis.organisations.linkage.records import FIELDS, Record, record
from trellis.organisations.linkage.spark import columns
from trellis.organisations.linkage.spark.settling import settled

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

PART_BITS = 33  # Spark numbers rows within their part of a table below these bits, and parts above


def folded(given: "DataFrame") -> "DataFrame":
    """The rows that say something: `number`, their cells, `id` (the least of them) and `ids` of all that say the same.

    The order of the numbers is that of the records, as `records.records` puts them.
    """
    from pyspark.sql import functions as F

    text = given.select(*(F.col(name).cast("string") for name in given.columns if name in FIELDS))
    found = text.mapInArrow(_fold, columns.schema({"id": "string"} | columns.OF_RECORD))
    alike = found.groupBy(*columns.CELLS).agg(F.sort_array(F.collect_list("id")).alias("ids"))
    return _numbered(alike.withColumn("id", F.col("ids")[0]).orderBy(*columns.CELLS))


def _fold(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    nothing = dict.fromkeys(FIELDS)
    for batch in batches:
        rows = [(row["id"], record(nothing | row)) for row in batch.to_pylist()]
        said = [(one, row) for one, row in rows if row != Record()]
        values = {field: [getattr(row, field) for _, row in said] for field in columns.CELLS}
        yield columns.batch({"id": [one for one, _ in said]} | values, {"id": "string"} | columns.OF_RECORD)


def _numbered(ordered: "DataFrame") -> "DataFrame":
    """Rows in order with their numbers from 0."""
    from pyspark.sql import functions as F

    kept = settled(ordered.withColumn("at", F.monotonically_increasing_id()))
    part = F.shiftright("at", PART_BITS)
    counts = {row["part"]: row["count"] for row in kept.groupBy(part.alias("part")).count().collect()}
    parts = range(max(counts, default=0) + 1)
    begins = accumulate((counts.get(one, 0) for one in parts), initial=0)
    begin = F.array(*(F.lit(one).cast("bigint") for one in begins))[part.cast("int")]
    return kept.withColumn("number", begin + F.col("at").bitwiseAND((1 << PART_BITS) - 1)).drop("at")
