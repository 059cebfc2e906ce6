"""The pairs that share a key, compared by Splink on Spark by the settings that it has on DuckDB, and by their names."""

from collections.abc import Callable, Iterator
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from trellis.organisations.linkage import blocking, comparisons, engines, linking, training
from trellis.organisations.linkage.spark import columns, keys, sharing
from trellis.organisations.linkage.spark.settling import settled
from trellis.organisations.linkage.spark.words import here
from trellis.organisations.linkage.vocabulary import Name, Vocabulary

if TYPE_CHECKING:
    from pyspark import Broadcast
    from pyspark.sql import DataFrame

LISTS = {"marks": "array<int>", "called": "array<string>", "streets": "array<string>", "contact": "tinyint"}
CELLS = ("town", "letters", "postcode", "sector", "district", "phone", "email", "mail_domain", "website", "domain",
         "charity", "company")  # fmt: skip
BLOCKED = {"keys": "array<string>", "lengthening": "array<string>", "in_order": "string"}
PREPARED = {
    "number": "bigint", "names": "string", **BLOCKED, **LISTS, **dict.fromkeys(CELLS, "string"),
    **dict.fromkeys(comparisons.SHARED, "string"),
}  # fmt: skip
PAIRS = {"left": "bigint", "right": "bigint", "pattern": "int"}
SIZES = [levels + 1 for levels in training.LEVELS.values()]


def pairs(rows: "DataFrame", number: int, known: "Broadcast", parts: int) -> "DataFrame":
    """`left`, `right` (numbers of rows, the lesser first) and the `pattern` of their levels. `number`: of rows."""
    prepared = settled(rows.mapInArrow(partial(_prepared, known=known), columns.schema(PREPARED)))
    table = sharing.with_shared(prepared.drop(*BLOCKED), known, parts)
    found = _predicted(table, keys.pairs(prepared, parts))
    weights = [f"mw_{field}" for field in comparisons.NAMES[1:]]
    needed = found.select("number_l", "number_r", "names_l", "names_r", "match_weight", *weights)
    levelled = partial(_levelled, known=known, least=engines.least_weight(number))
    return settled(needed.mapInArrow(levelled, columns.schema(PAIRS)))


def levels(patterns: np.ndarray) -> np.ndarray:
    """The levels of patterns, as `pairs` has them."""
    return np.column_stack(np.unravel_index(patterns, SIZES)) + training.UNKNOWN


def _prepared(batches: Iterator[pa.RecordBatch], *, known: "Broadcast") -> Iterator[pa.RecordBatch]:
    """What each row has by itself: what is compared, its keys, and the values that it may share."""
    words, marks = here(known), _marks(known)
    for batch in batches:
        rows = columns.records(batch)
        names = [tuple(map(words.name, row.names)) for row in rows]
        values = {
            "number": batch.column("number"), "names": batch.column("names"),
            "keys": [list(some) for some in blocking.first_keys(rows, names, words)],
            "lengthening": [blocking.lengthening(its, words) for its in names],
            "in_order": [columns.text(blocking.in_order(its)) for its in names],
            **{column: [value(row) or None for row in rows] for column, value in comparisons.SHARED.items()},
        }  # fmt: skip
        yield columns.batch(values | comparisons.columns(rows, names, marks), PREPARED)


@lru_cache(maxsize=1)
def _marks(known: "Broadcast") -> dict[str, list[int]]:
    """The marks of all words, once for all the parts that come to a worker."""
    return comparisons.marks(known.value)


def _predicted(table: "DataFrame", met: "DataFrame") -> "DataFrame":
    from pyspark.sql import functions as F
    from splink import Linker, SparkAPI

    class OneQuery(SparkAPI):
        """Splink would keep each of its tables, with all that it holds."""

        def _break_lineage_and_repartition(self, table, *_):
            return table

    database = OneQuery(spark_session=table.sparkSession, register_udfs_automatically=False)
    settings = comparisons.settings(comparisons.SPARK, kept=["names"])
    linker = Linker(database.register(table), settings, validate_settings=False, log_level=None)
    blocked = met.withColumnsRenamed({"left": "join_key_l", "right": "join_key_r"}).withColumn("match_key", F.lit("0"))
    linker.table_management.register_blocked_pairs_for_predict(database.register(blocked))
    return linker.inference.predict(warning_mode="never").as_spark_dataframe()


def _levelled(batches: Iterator[pa.RecordBatch], *, known: "Broadcast", least: float) -> Iterator[pa.RecordBatch]:
    """Pairs that are not wholly unlike. Spark, told of the least weight, would ask for it while it joins rows, with
    each comparison written out again wherever it counts.
    """
    words = here(known)
    named, likeness = _named(words), linking.likenesses(words)
    for batch in batches:
        batch = batch.filter(pc.greater_equal(batch.column("match_weight"), least))
        names = (map(named, batch.column(side).to_pylist()) for side in ("names_l", "names_r"))
        of_names = [linking.level(likeness(one, two), one, two) for one, two in zip(*names, strict=True)]
        weights = ((field, batch.column(f"mw_{field}").to_numpy()) for field in comparisons.NAMES[1:])
        others = (comparisons.level_of(field, weight) for field, weight in weights)
        levels = np.array([np.array(of_names, dtype=int), *others], dtype=int)
        patterns = np.ravel_multi_index(levels - training.UNKNOWN, SIZES)
        values = {"left": batch.column("number_l"), "right": batch.column("number_r"), "pattern": patterns}
        yield columns.batch(values, PAIRS)


def _named(words: Vocabulary) -> Callable[[str], tuple[Name, ...]]:
    return cache(lambda text: tuple(map(words.name, columns.names(text))))
