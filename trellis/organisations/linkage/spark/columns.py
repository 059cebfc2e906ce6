"""Rows as columns of Spark and of Arrow, and as records again in the workers."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from trellis.organisations.linkage.records import Record

EVIDENCE = "array<struct<field:string,words:string,weight:double>>"
ARROW = {
    "string": pa.string(), "bigint": pa.int64(), "int": pa.int32(), "tinyint": pa.int8(), "double": pa.float64(),
    "array<int>": pa.list_(pa.int32()), "array<string>": pa.list_(pa.string()),
    "array<array<string>>": pa.list_(pa.list_(pa.string())),
    EVIDENCE: pa.list_(pa.struct({"field": pa.string(), "words": pa.string(), "weight": pa.float64()})),
}  # fmt: skip
IN_LISTS = {"names": "array<array<string>>", "streets": "array<string>", "town": "array<string>"}
CELLS = tuple(field for field in Record._fields if field != "ids")
OF_RECORD = {field: IN_LISTS.get(field, "string") for field in CELLS}


def schema(types: Mapping[str, str]) -> str:
    """The types of columns as Spark writes them."""
    return ", ".join(f"{name} {kind}" for name, kind in types.items())


def batch(values: Mapping[str, Any], types: Mapping[str, str]) -> pa.RecordBatch:
    """Columns as a batch that Spark takes."""
    arrays = [pa.array(values[name], ARROW[kind]) for name, kind in types.items()]
    return pa.RecordBatch.from_arrays(arrays, names=list(types))


def records(rows: pa.RecordBatch, before: str = "") -> list[Record]:
    """The records of a batch, whose columns have names with `before` before them."""
    cells = [rows.column(before + field).to_pylist() for field in CELLS]
    cells[0] = [tuple(map(tuple, names)) for names in cells[0]]
    for field in ("streets", "town"):
        cells[CELLS.index(field)] = list(map(tuple, cells[CELLS.index(field)]))
    ids = [(one,) for one in rows.column(f"{before}id").to_pylist()]
    return list(map(Record, *cells, ids))
