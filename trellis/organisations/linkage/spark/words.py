"""The words of all names, counted where the rows are; their meaning is worked out here and sent to all workers."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyarrow as pa

from trellis.organisations.linkage import folding
from trellis.organisations.linkage.spark import columns
from trellis.organisations.linkage.vocabulary import Counted, Vocabulary, may_be_initials

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

NAMES, WORD, SHORT, TOWN = "names", "word", "short", "town"
COUNTS = {"kind": "string", "word": "string", "count": "bigint"}


def vocabulary(rows: "DataFrame") -> Vocabulary:
    """The vocabulary of rows. Only its words come here, each with its count: there are far fewer than rows."""
    from pyspark.sql import functions as F

    names = rows.select(F.explode("names").alias("name")).distinct().mapInArrow(_counted, columns.schema(COUNTS))
    towns = rows.select(F.explode("town").alias("word")).distinct()
    found = names.groupBy("kind", "word").agg(F.sum("count").alias("count"))
    every = found.union(towns.select(F.lit(TOWN), "word", F.lit(1).cast("bigint"))).toArrow()
    of: dict[str, Counter[str]] = {kind: Counter() for kind in (NAMES, WORD, SHORT, TOWN)}
    for kind, word, count in zip(*(column.to_pylist() for column in every.columns), strict=True):
        of[kind][word] = count
    return Vocabulary(given=Counted(of[NAMES][""], of[WORD], set(of[SHORT]), set(of[TOWN])))


def _counted(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """In how many of the names each word is, and which may be initials."""
    for batch in batches:
        names = batch.column("name").to_pylist()
        words = Counter(word for name in names for word in set(map(folding.one_form, name)))
        short = Counter(word for name in names for word in name if may_be_initials(word))
        rows = [
            (NAMES, "", len(names)),
            *((WORD, word, count) for word, count in words.items()),
            *((SHORT, word, count) for word, count in short.items()),
        ]
        yield columns.batch(dict(zip(COUNTS, zip(*rows, strict=True), strict=True)), COUNTS)
