"""Lists that the workers read and write themselves: Parquet, at a path that they all see."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

import pyarrow as pa

from trellis.core.errors import RuleBroken
from trellis.organisations.linkage import columns as headings
from trellis.organisations.linkage.listing import FOUND
from trellis.organisations.linkage.records import FIELDS
from trellis.organisations.linkage.spark import columns, listing

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

ID, FILE, PATH, ROW = "__trellis_id", "__trellis_file", "__trellis_path", "__trellis_row"
RECORDS = dict.fromkeys(FIELDS, "string")


def read(session: "SparkSession", path: str) -> "DataFrame":
    """The rows of a Parquet file or of a folder of them, all as text, each by the number of its file and its own."""
    from pyspark.sql import functions as F

    given = session.read.parquet(path)
    taken = [name for name in given.columns if name.casefold() in (*FOUND, ID, FILE, PATH, ROW)]
    if taken:
        raise RuleBroken(f"{path} has a column called {taken[0]} already: leave it out, or call it otherwise.")
    placed = given.select("*", F.col("_metadata.file_path").alias(PATH), F.col("_metadata.row_index").alias(ROW))
    files = placed.select(PATH).distinct().orderBy(PATH).toArrow()[PATH]
    numbers = session.createDataFrame(pa.table({PATH: files, FILE: pa.array(range(len(files)), pa.int64())}))
    named = placed.join(F.broadcast(numbers), PATH).withColumn(ID, F.format_string("%05d-%010d", FILE, ROW))
    return named.select(ID, *(F.col(f"`{name}`").cast("string") for name in given.columns))


def records(given: "DataFrame", path: str, said: Sequence[str]) -> "DataFrame":
    """The fields of rows, each with its `id`. `said`: what columns are, as `link_list --map` has it."""
    heading = given.columns[1:]
    fields = headings.mapped(heading, said)
    if "name" not in fields:
        raise RuleBroken(f"None of the columns of {path} is called name or the like: say which, --map COLUMN=name.")
    return given.mapInArrow(partial(_records, fields=fields), columns.schema(RECORDS))


def write(given: "DataFrame", told: "DataFrame", path: str) -> None:
    """Write the rows with what was found about each. A row that says nothing is an organisation of its own."""
    from pyspark.sql import functions as F

    whole = given.join(told.withColumnRenamed("id", ID), ID, "left")
    found = (F.coalesce("cluster_id", ID), F.col("probability"), F.coalesce("reason", F.lit(listing.ALONE)))
    named = (column.alias(name) for column, name in zip(found, FOUND, strict=True))
    whole.select(*(f"`{name}`" for name in given.columns[1:]), *named).write.parquet(path)


def counts(session: "SparkSession", path: str) -> tuple[int, int]:
    """How many rows and organisations were written."""
    from pyspark.sql import functions as F

    rows, organisations = session.read.parquet(path).agg(F.count("*"), F.countDistinct("cluster_id")).first()
    return rows, organisations


def _records(batches: Iterator[pa.RecordBatch], *, fields: Mapping[str, Sequence[int]]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        ids, *cells = (column.to_pylist() for column in batch.columns)
        rows = [headings.record(fields, [cell or "" for cell in row]) for row in zip(*cells, strict=True)]
        found = {field: [row.get(field) for row in rows] for field in FIELDS}
        yield columns.batch(found | {"id": ids}, RECORDS)
