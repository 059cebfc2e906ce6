"""Rows as columns of Spark and of Arrow, and as records again in the workers."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from trellis.organisations.linkage.records import Record

EVIDENCE = "array<struct<field:string,words:string,weight:double>>"
ARROW = {
    "string": pa.string(), "bigint": pa.int64(), "int": pa.int32(), "tinyint": pa.int8(), "double": pa.float64(),
    "boolean": pa.bool_(), "array<int>": pa.list_(pa.int32()), "array<string>": pa.list_(pa.string()),
    EVIDENCE: pa.list_(pa.struct({"field": pa.string(), "words": pa.string(), "weight": pa.float64()})),
}  # fmt: skip
CELLS = tuple(field for field in Record._fields if field != "ids")
OF_RECORD = dict.fromkeys(CELLS, "string")
# Words and lists of them travel as texts, which Spark and Arrow take a fraction of the time for. These two
# signs are below all that words are made of, so that texts have the order of the lists that they stand for.
BETWEEN_WORDS, BETWEEN_LISTS = " ", "\n"


def schema(types: Mapping[str, str]) -> str:
    """The types of columns as Spark writes them."""
    return ", ".join(f"{name} {kind}" for name, kind in types.items())


def arrow(types: Mapping[str, str]) -> pa.Schema:
    """The types of columns as Arrow has them."""
    return pa.schema([(name, ARROW[kind]) for name, kind in types.items()])


def table(batches: Iterable[pa.RecordBatch], types: Mapping[str, str]) -> pa.Table:
    """All batches of a part as one table; there may be none."""
    found = list(batches)
    return pa.Table.from_batches(found) if found else arrow(types).empty_table()


def batch(values: Mapping[str, Any], types: Mapping[str, str]) -> pa.RecordBatch:
    """Columns as a batch that Spark takes."""
    arrays = [pa.array(values[name], ARROW[kind]) for name, kind in types.items()]
    return pa.RecordBatch.from_arrays(arrays, names=list(types))


def coded(texts: pa.ChunkedArray) -> tuple[np.ndarray, pa.Array]:
    """For each text the place of it among the different ones, and these."""
    found = texts.combine_chunks().dictionary_encode()
    return found.indices.to_numpy(), found.dictionary


def text(names: Iterable[Iterable[str]]) -> str:
    """Lists of words as one text."""
    return BETWEEN_LISTS.join(map(BETWEEN_WORDS.join, names))


def names(text: str) -> tuple[tuple[str, ...], ...]:
    """The lists of words that a text stands for."""
    return tuple(tuple(name.split(BETWEEN_WORDS)) for name in text.split(BETWEEN_LISTS)) if text else ()


def cells(row: Record) -> tuple[str, ...]:
    """A record without its ids, as texts."""
    told = {"names": text(row.names), "streets": BETWEEN_LISTS.join(row.streets), "town": BETWEEN_WORDS.join(row.town)}
    return tuple(told.get(field) or getattr(row, field) or "" for field in CELLS)


def records(rows: pa.RecordBatch, before: str = "") -> list[Record]:
    """The records of a batch, whose columns have names with `before` before them."""
    found = {field: rows.column(before + field).to_pylist() for field in (*CELLS, "id")}
    found["names"] = list(map(names, found["names"]))
    for field, between in (("streets", BETWEEN_LISTS), ("town", BETWEEN_WORDS)):
        found[field] = [tuple(one.split(between)) if one else () for one in found[field]]
    found["id"] = [(one,) for one in found["id"]]
    return list(map(Record, *found.values()))
