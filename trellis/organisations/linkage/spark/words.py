"""The words of all names: their meaning is worked out here and sent to all workers."""

from typing import TYPE_CHECKING

from trellis.organisations.linkage.records import Record
from trellis.organisations.linkage.vocabulary import Vocabulary

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def vocabulary(rows: "DataFrame") -> Vocabulary:
    """The vocabulary of rows. Each name comes here once, and each word of a town: what short forms names teach shows
    only when they are beside each other.
    """
    names, words = (_once(rows, column) for column in ("names", "town"))
    return Vocabulary([
        *(Record(names=(tuple(name),)) for name in names),
        *(Record(town=(word,)) for word in words),
    ])  # fmt: skip


def _once(rows: "DataFrame", column: str) -> list:
    from pyspark.sql import functions as F

    return rows.select(F.explode(column).alias("one")).distinct().toArrow()["one"].to_pylist()
