"""Rows, folded in the workers: equal ones as one, and each with a number in the order of what they say."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyarrow as pa

from trellis.organisations.linkage.records import FIELDS, Record, record
from trellis.organisations.linkage.spark import columns
from trellis.organisations.linkage.spark.settling import settled

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

FOLDED = {"id": "string"} | columns.OF_RECORD


def folded(given: "DataFrame") -> "DataFrame":
    """The rows that say something: `number`, their cells, `id` (the least of them) and `ids` of all that say the same.

    The order of the numbers is that of the records, as `records.records` puts them; they leave some out, as Spark
    counts in each part of a table by itself.
    """
    from pyspark.sql import functions as F

    text = given.select(*(F.col(name).cast("string") for name in given.columns if name in FIELDS))
    alike = text.mapInArrow(_fold, columns.schema(FOLDED)).groupBy(*columns.CELLS)
    ordered = alike.agg(F.sort_array(F.collect_list("id")).alias("ids")).orderBy(*columns.CELLS)
    return settled(ordered.select(F.monotonically_increasing_id().alias("number"), "*", F.col("ids")[0].alias("id")))


def _fold(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        known = batch.schema.names
        given = [batch.column(name).to_pylist() if name in known else [None] * len(batch) for name in FIELDS]
        rows = ((cells[0], record(dict(zip(FIELDS, cells, strict=True)))) for cells in zip(*given, strict=True))
        said = [(one, *columns.cells(row)) for one, row in rows if row != Record()]
        values = zip(*said, strict=True) if said else ([] for _ in FOLDED)
        yield columns.batch(dict(zip(FOLDED, values, strict=True)), FOLDED)
