"""Keys that few rows share, as `blocking` has them, counted where the rows are."""

from typing import TYPE_CHECKING

from trellis.organisations.linkage.blocking import MOST, PARTED
from trellis.organisations.linkage.spark.settling import settled

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

# Only a key that was made longer has this sign, or one of somebody who has it in an address: both are counted together.
LONGER = "contains(key, '|')"


def keys(rows: "DataFrame") -> "DataFrame":
    """`number` and `keys` of the rows that share one. `rows`: number, keys, lengthening and in_order of each."""
    from pyspark.sql import functions as F

    met = _counted(rows.select("number", F.explode("keys").alias("key")))
    usual = met.where(f"met <= {MOST}")
    again = _counted(_lengthened(met, rows).union(usual.where(LONGER).select("number", "key")).distinct())
    last = _counted(_parted(again, rows).union(again.where(f"met <= {MOST}").select("number", "key")).distinct())
    shared = usual.where(f"met > 1 and not {LONGER}").union(last.where("met > 1"))
    return shared.groupBy("number").agg(F.collect_list("key").alias("keys"))


def _counted(keys: "DataFrame") -> "DataFrame":
    """The keys with how many rows have them, without those of one row that no longer key can equal."""
    from pyspark.sql import Window
    from pyspark.sql import functions as F

    met = F.count("*").over(Window.partitionBy("key"))
    return settled(keys.withColumn("met", met).where(f"met > 1 or {LONGER}"))


def _lengthened(met: "DataFrame", rows: "DataFrame") -> "DataFrame":
    from pyspark.sql import functions as F

    crowded = met.where(f"met > {MOST} and (left(key, 1) <> 'w' or contains(key, ' '))")
    words = crowded.join(rows.select("number", "lengthening"), "number")
    return words.select("number", "key", F.explode("lengthening").alias("word")).select(
        "number", F.concat_ws("|", "key", "word").alias("key")
    )


def _parted(met: "DataFrame", rows: "DataFrame") -> "DataFrame":
    from pyspark.sql import Window
    from pyspark.sql import functions as F

    kinds = ", ".join(f"'{kind}'" for kind in PARTED)
    crowded = met.where(f"met > {MOST} and left(key, 1) in ({kinds})")
    order = Window.partitionBy("key").orderBy("in_order", "number")
    placed = crowded.join(rows.select("number", "in_order"), "number").withColumn("place", F.row_number().over(order))
    part = F.floor(2 * (F.col("place") - 1) / MOST)
    parts = placed.select("number", "key", F.explode(F.array(part, part + 1)).alias("part"))
    return parts.select("number", F.concat_ws("#", "key", F.col("part").cast("string")).alias("key"))
