"""The pairs that Splink finds on Spark by the settings that it has on DuckDB, and how alike their names are."""

from collections.abc import Iterator
from copy import copy
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from trellis.organisations.linkage import blocking, comparisons, engines, linking
from trellis.organisations.linkage.spark import columns, keys, sharing
from trellis.organisations.linkage.spark.settling import settled

if TYPE_CHECKING:
    from pyspark import Broadcast
    from pyspark.sql import DataFrame

LISTS = {"marks": "array<int>", "called": "array<string>", "streets": "array<string>", "contact": "tinyint"}
CELLS = ("town", "letters", "postcode", "sector", "district", "phone", "email", "mail_domain", "website", "domain",
         "charity", "company")  # fmt: skip
PREPARED = {
    "number": "bigint", "names": "array<array<string>>", "keys": "array<string>", "lengthening": "array<string>",
    "in_order": "array<array<string>>", "first_name": "array<string>", **LISTS, **dict.fromkeys(CELLS, "string"),
    **dict.fromkeys(comparisons.SHARED, "string"),
}  # fmt: skip
LEVELS = dict.fromkeys(comparisons.NAMES, "int")
PAIRS = {"left": "bigint", "right": "bigint"} | LEVELS


def pairs(rows: "DataFrame", number: int, known: "Broadcast", parts: int) -> "DataFrame":
    """`left`, `right` (numbers of rows, the lesser first) and the level of each comparison. `number`: of rows."""
    prepared = settled(rows.mapInArrow(partial(_prepared, known=known), columns.schema(PREPARED)))
    table = sharing.with_shared(prepared.drop("keys", "lengthening", "in_order"), known)
    found = _predicted(settled(table.drop("first_name").join(keys.keys(prepared), "number")), number, parts)
    weights = [f"mw_{field}" for field in comparisons.NAMES[1:]]
    needed = found.select("number_l", "number_r", "names_l", "names_r", *weights)
    return settled(needed.mapInArrow(partial(_levelled, known=known), columns.schema(PAIRS)))


def _prepared(batches: Iterator[pa.RecordBatch], *, known: "Broadcast") -> Iterator[pa.RecordBatch]:
    """What each row has by itself: what is compared, its keys, and the values that it may share."""
    words = copy(known.value)
    marks = comparisons.marks(words)
    for batch in batches:
        rows = columns.records(batch)
        names = [tuple(map(words.name, row.names)) for row in rows]
        values = {
            "number": batch.column("number"), "names": batch.column("names"),
            "keys": [list(some) for some in blocking.first_keys(rows, names, words)],
            "lengthening": [blocking.lengthening(its, words) for its in names],
            "in_order": [blocking.in_order(its) for its in names],
            "first_name": [row.names[0] if row.names else None for row in rows],
            **{column: [value(row) or None for row in rows] for column, value in comparisons.SHARED.items()},
        }  # fmt: skip
        yield columns.batch(values | comparisons.columns(rows, names, marks), PREPARED)


def _predicted(table: "DataFrame", number: int, parts: int) -> "DataFrame":
    from splink import Linker, SparkAPI

    database = SparkAPI(
        spark_session=table.sparkSession, break_lineage_method="persist", register_udfs_automatically=False,
        num_partitions_on_repartition=parts,
    )  # fmt: skip
    settings = comparisons.settings(comparisons.SPARK, kept=["names"])
    linker = Linker(database.register(table), settings, validate_settings=False, log_level=None)
    # The least weight is asked for afterwards: told of it before, Spark asks already while it joins rows, with each
    # comparison written out again wherever it counts, which takes most of the time there is.
    found = linker.inference.predict(warning_mode="never").as_spark_dataframe()
    return found.where(found["match_weight"] >= engines.least_weight(number))


def _levelled(batches: Iterator[pa.RecordBatch], *, known: "Broadcast") -> Iterator[pa.RecordBatch]:
    words = copy(known.value)
    likeness = linking.likenesses(words)
    for batch in batches:
        one, two = (batch.column(side).to_numpy() for side in ("number_l", "number_r"))
        values: dict[str, Any] = {"left": np.minimum(one, two), "right": np.maximum(one, two), "name": []}
        for field in comparisons.NAMES[1:]:
            values[field] = comparisons.level_of(field, batch.column(f"mw_{field}").to_numpy())
        names = (batch.column(side).to_pylist() for side in ("names_l", "names_r"))
        for later, *both in zip((one > two).tolist(), *names, strict=True):
            left, right = (tuple(words.name(tuple(name)) for name in its) for its in (both[::-1] if later else both))
            values["name"].append(linking.level(likeness(left, right), left, right))
        yield columns.batch(values, PAIRS)
