"""The words of all names, counted by the workers: what they mean is worked out here and sent to all workers."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from copy import copy
from functools import lru_cache, partial
from typing import TYPE_CHECKING

import pyarrow as pa

from trellis.organisations.linkage import folding, shortening, vocabulary
from trellis.organisations.linkage.spark import columns
from trellis.organisations.linkage.spark.settling import settled

if TYPE_CHECKING:
    from pyspark import Broadcast
    from pyspark.sql import DataFrame

MOST_NAMES = 100_000  # some 150 MB of a worker
NAME, WORD, SHORT, TOWN = "n", "w", "s", "t"
COUNTED = {"kind": "string", "word": "string", "times": "bigint"}
APART = {"rest": "string", "word": "string"}
TWO = {"one": "string", "other": "string"}  # a short form and its word; initials and what names begin with


def here(known: "Broadcast") -> vocabulary.Vocabulary:
    """The vocabulary in a worker, which remembers names from one part to the next, but not without end."""
    if _copy(known).name.cache_info().currsize > MOST_NAMES:
        _copy.cache_clear()
    return _copy(known)


@lru_cache(maxsize=1)
def _copy(known: "Broadcast") -> vocabulary.Vocabulary:
    return copy(known.value)


def known(rows: "DataFrame", parts: int) -> vocabulary.Vocabulary:
    """The vocabulary of rows. What comes here grows with the words that there are, not with the rows or names."""
    from pyspark.sql import functions as F

    names = rows.where("names <> ''").select(F.explode(F.split("names", columns.BETWEEN_LISTS)).alias("name"))
    once = settled(names.distinct())
    towns = rows.where("town <> ''").select(F.explode(F.split("town", columns.BETWEEN_WORDS)).alias("word"))
    counted = once.mapInArrow(_counted, columns.schema(COUNTED)).union(
        towns.select(F.lit(TOWN), "word", F.lit(1).cast("bigint"))
    )
    of: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in counted.groupBy("kind", "word").agg(F.sum("times").alias("times")).toArrow().to_pylist():
        of[row["kind"]][row["word"]] = row["times"]
    given = vocabulary.Counted(
        of[NAME].total(), of[WORD], set(of[SHORT]), set(of[TOWN]),
        _short_forms(once, of[WORD], parts), _beginnings(once, set(of[SHORT])),
    )  # fmt: skip
    return vocabulary.Vocabulary(given=given)


def _counted(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for names in _names(batches):
        found = Counter((WORD, word) for name in names for word in set(map(folding.one_form, name)))
        found.update((SHORT, word) for name in names for word in name if vocabulary.may_be_initials(word))
        found[NAME, ""] = len(names)
        rows = [(*one, times) for one, times in found.items()]
        yield columns.batch(dict(zip(COUNTED, zip(*rows, strict=True), strict=True)), COUNTED)


def _short_forms(names: "DataFrame", counted: Counter[str], parts: int) -> dict[str, str]:
    """What `shortening.short_forms` finds: here names that differ in one word meet where the rest of their words is."""
    apart = names.mapInArrow(_apart, columns.schema(APART)).repartition(parts, "rest")
    found = apart.mapInArrow(_shortened, columns.schema(TWO)).groupBy("one", "other").count().toArrow()
    said: dict[str, tuple[int, str]] = {}
    for short, word, times in zip(*(column.to_pylist() for column in found.columns), strict=True):
        if counted[short] < counted[word]:
            said[short] = max(said.get(short, (0, "")), (times, word))
    return {short: word for short, (times, word) in said.items() if times >= shortening.TIMES}


def _apart(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Each word of a name, with the rest of them."""
    for names in _names(batches):
        told = {frozenset(map(folding.one_form, name)) - folding.SILENT for name in names}
        rows = [(columns.text([sorted(one - {word})]), word) for one in told if len(one) > 1 for word in one]
        yield columns.batch({name: [row[at] for row in rows] for at, name in enumerate(APART)}, APART)


def _shortened(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    table = columns.table(batches, APART).group_by(list(APART)).aggregate([])
    beside: defaultdict[str, list[str]] = defaultdict(list)
    for rest, word in zip(*(table[name].to_pylist() for name in APART), strict=True):
        beside[rest].append(word)
    rows = [(short, word) for words in beside.values() for short in _short(words) for word in words
            if shortening.abbreviates(short, word)]  # fmt: skip
    yield columns.batch({name: [row[at] for row in rows] for at, name in enumerate(TWO)}, TWO)


def _short(words: list[str]) -> list[str]:
    """Those that may be short for one of the others."""
    fits = range(shortening.SHORTEST, shortening.LONGEST + 1)
    return [word for word in words if len(words) > 1 and len(word) in fits and word not in vocabulary.KNOWN_WORDS]


def _beginnings(names: "DataFrame", short: set[str]) -> dict[str, set[str]]:
    told = names.sparkSession.sparkContext.broadcast(short)
    found = names.mapInArrow(partial(_begun, short=told), columns.schema(TWO)).distinct().toArrow()
    begin: defaultdict[str, set[str]] = defaultdict(set)
    for letters, word in zip(*(column.to_pylist() for column in found.columns), strict=True):
        begin[letters].add(word)
    return dict(begin)


def _begun(batches: Iterator[pa.RecordBatch], *, short: "Broadcast") -> Iterator[pa.RecordBatch]:
    for names in _names(batches):
        begin = vocabulary.beginnings(names, short.value)
        rows = [(letters, word) for letters, words in begin.items() for word in words]
        yield columns.batch({name: [row[at] for row in rows] for at, name in enumerate(TWO)}, TWO)


def _names(batches: Iterator[pa.RecordBatch]) -> Iterator[list[tuple[str, ...]]]:
    for batch in batches:
        yield [name for text in batch.column("name").to_pylist() for name in columns.names(text)]
