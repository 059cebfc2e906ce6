"""Splink at work, on DuckDB within this process."""

from contextlib import closing
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from trellis.organisations.linkage import comparisons, training

# log2 of the odds of Splink's first look below which a pair is left alone; a short list can look at them all
LEAST_WEIGHT, LEAST_OF_SHORT, SHORT = -8.0, -20.0, 5_000


@dataclass(frozen=True)
class Pairs:
    """Places of two rows, `left` before `right`, with the level of each comparison after the name's."""

    left: np.ndarray
    right: np.ndarray
    levels: np.ndarray


def pairs(table: pa.Table) -> Pairs:
    """The pairs that share a key and are not wholly unlike, in their order."""
    if not len(table["keys"].combine_chunks().values):
        return Pairs(np.zeros(0, int), np.zeros(0, int), np.zeros((0, len(training.FIELDS) - 1), int))
    found = _predicted(table)
    left, right = found["number_l"].to_numpy(), found["number_r"].to_numpy()
    low, high = np.minimum(left, right), np.maximum(left, right)
    order = np.lexsort((high, low))
    levels = [comparisons.level_of(field, found[f"mw_{field}"].to_numpy()) for field in training.FIELDS[1:]]
    return Pairs(low[order], high[order], np.column_stack(levels)[order])


def least_weight(rows: int) -> float:
    """The weight from which Splink gives back a pair of a list of so many rows."""
    return LEAST_OF_SHORT if rows < SHORT else LEAST_WEIGHT


def _predicted(table: pa.Table) -> pa.Table:
    from splink import DuckDBAPI, Linker

    database = DuckDBAPI()
    with closing(database.duckdb_con):
        database.duckdb_con.execute(comparisons.shared_marks())
        linker = Linker(database.register(table), comparisons.settings(), validate_settings=False, log_level=None)
        return linker.inference.predict(
            threshold_match_weight=least_weight(table.num_rows), warning_mode="never"
        ).as_pyarrow_table()
