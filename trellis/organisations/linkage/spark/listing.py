"""What is said of each row of a list, as `listing` has it, put together by the workers."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyarrow as pa

from trellis.organisations.linkage import linking, listing
from trellis.organisations.linkage.links import Evidence, Pair
from trellis.organisations.linkage.spark import answers, columns

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from trellis.organisations.linkage.spark.finding import Found

ALONE = "No other row is like it"
ENDS = (("left", "right"), ("right", "left"))
SAID = {"id": "string", "probability": "double", "reason": "string"}


def told(found: "Found", records: "DataFrame") -> "DataFrame":
    """`id`, `cluster_id`, `probability` and `reason` of each row that says something."""
    from pyspark.sql import functions as F

    of = answers.cluster_ids(found)
    label = F.concat("id", F.lit(" ("), F.coalesce("name", F.lit("no name")), F.lit(")")).alias("label")
    best = _best(answers.told(found).unionByName(_alike(found)), of)
    said = best.join(records.select(F.col("id").alias("other"), label), "other").mapInArrow(_said, columns.schema(SAID))
    return of.withColumnRenamed("cluster", "cluster_id").join(said, "id", "left")


def _best(pairs: "DataFrame", of: "DataFrame") -> "DataFrame":
    """For each row the pair that says most about it: the surest within its cluster, else the surest of all."""
    from pyspark.sql import functions as F

    # Not a union of the two, for which Spark would tell of each pair twice.
    ways = [F.struct(F.col(one).alias("id"), F.col(two).alias("other")) for one, two in ENDS]
    sides = pairs.select(F.explode(F.array(*ways)).alias("side"), *pairs.columns).select("side.*", *pairs.columns)
    others = of.withColumnsRenamed({"id": "other", "cluster": "of_other"})
    both = sides.join(of, "id").join(others, "other")
    both = both.withColumn("apart", F.expr("cluster <> of_other"))
    order = F.struct("apart", -F.col("probability"), "left", "right")
    best = both.groupBy("id").agg(F.min_by(F.struct("other", "apart", *pairs.columns), order).alias("best"))
    return best.select("id", "best.*")


def _alike(found: "Found") -> "DataFrame":
    return found.rows.where("size(ids) > 1").select("ids").mapInArrow(_pairs, columns.schema(answers.TOLD))


def _pairs(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        pairs = [pair for ids in batch.column("ids").to_pylist() for pair in linking.alike(ids)]
        yield answers.batch(pairs)


def _said(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        rows = batch.to_pylist()
        values = {
            "id": batch.column("id"), "probability": [round(row["probability"], 4) for row in rows],
            "reason": list(map(_reason, rows)),
        }  # fmt: skip
        yield columns.batch(values, SAID)


def _reason(row: dict) -> str:
    evidence = tuple(Evidence(**said) for said in row["evidence"])
    pair = Pair(row["left"], row["right"], row["probability"], row["relation"], evidence)
    opening = listing.RELATIONS[pair.relation] if row["apart"] else "The same as {0}"
    return f"{opening.format(row['label'])}: {listing.reasons(pair)}"
