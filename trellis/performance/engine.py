"""Runs the indicators on an in-memory DuckDB that is fed with Arrow and can open nothing else.

Imported only where figures are worked out: DuckDB and Ibis take longer to load than the rest of Trellis.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import duckdb
import ibis
import pyarrow as pa
from ibis.backends.duckdb import Backend

from trellis.performance import indicators

FOUR_PLACES = Decimal("0.0001")
SEALED: dict[str, str | bool | int | float | list[str]] = {"enable_external_access": "false", "threads": 2}


@dataclass(frozen=True)
class Figure:
    """An indicator's value in a period, for a district or (None) the whole area."""

    indicator: str
    starts_on: date
    ends_on: date
    district: str | None
    value: Decimal | None
    counted: int
    unknown: int


def figures(
    evidence: pa.Table,
    *,
    indicator: str,
    periods: Iterable[tuple[date, date]],
    limits: Mapping[date, Decimal],
    fewest_cases: int,
) -> list[Figure]:
    """An indicator for each period (first and last day), over evidence with the columns of `indicators.FACTS`.

    `limits` holds the income limit, in pounds, of each day on which a fact occurred; `fewest_cases` is the number of
    cases below which a district is not compared. Raises KeyError for an indicator that nobody has written.
    """
    engine = ibis.duckdb.from_connection(duckdb.connect(":memory:", config=SEALED))
    terms = indicators.Terms(ibis.memtable(_limits(limits)), fewest_cases)
    facts = indicators.standing(ibis.memtable(evidence.cast(indicators.FACTS.to_pyarrow())))
    measure = indicators.MEASURES[indicator]
    found = []
    for starts_on, ends_on in periods:
        expression = measure(indicators.within(facts, starts_on, ends_on), terms)
        found += [Figure(indicator, starts_on, ends_on, *row) for row in _rows(engine, expression)]
    engine.disconnect()
    return found


def _limits(limits: Mapping[date, Decimal]) -> pa.Table:
    columns = {"on": list(limits), "income_limit": list(limits.values())}
    return pa.table(columns, schema=indicators.LIMITS.to_pyarrow())


def _rows(engine: Backend, expression: ibis.Table) -> list[tuple]:
    rows = engine.to_pyarrow(expression).to_pylist()
    rows.sort(key=lambda row: row["district"] or "")
    return [(row["district"], _decimal(row["value"]), row["counted"], row["unknown"]) for row in rows]


def _decimal(value: float | None) -> Decimal | None:
    """Medians of whole days end in .0 or .5, so four places lose nothing."""
    return None if value is None else Decimal(value).quantize(FOUR_PLACES, rounding=ROUND_HALF_UP)
