"""Which rows of lists are one organisation: blocked and compared by Splink, told apart by a model that needs no labels.

Pure: rows in, pairs and clusters out. No database, and nothing heavy is loaded before `link` is called.
"""

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

from trellis.organisations.linkage.links import Evidence, Linkage, Pair, mean_between

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

DUCKDB, SPARK = "duckdb", "spark"
__all__ = ["DUCKDB", "SPARK", "Evidence", "Linkage", "Pair", "link", "mean_between"]


def link(
    records: "pa.Table", *, threshold: float | None = None, engine: str = DUCKDB, master: str | None = None
) -> Linkage:
    """Link rows that are one organisation.

    `records` has a column `id` and any of name, other_names (parted by "; "), postcode, address, town, phone, email,
    website, charity_no and company_no; all text, empty or null where not known. `threshold` is the probability
    from which a link is certain; without one it is set so that links are expected to be right in 95 of 100 cases. The
    same rows give the same answer, in whatever order they come: nothing is drawn by chance.

    `engine` is duckdb, which works within this process, or spark: then the cluster of that `master` does the work, such
    as spark://10.0.0.5:7077, with the same links. Raises RuleBroken where Spark or its cluster cannot be had.
    """
    if engine == SPARK:
        from trellis.organisations.linkage import spark

        return spark.linked(records, threshold=threshold, master=master or "")
    from trellis.organisations.linkage import linking
    from trellis.organisations.linkage.records import FIELDS

    nothing = [None] * records.num_rows
    columns = [records[field].to_pylist() if field in records.column_names else nothing for field in FIELDS]
    with _uncollected():
        rows = [dict(zip(FIELDS, cells, strict=True)) for cells in zip(*columns, strict=True)]
        return linking.linked(rows, threshold=threshold)


@contextmanager
def _uncollected() -> "Iterator[None]":
    """Spare the search for cycles, of which there are few: among so many small objects it takes a fifth of the time.

    Frozen and unfrozen, what was made counts as old, and is not searched through the moment the search begins again.
    """
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.unfreeze()
        if before:
            gc.enable()
