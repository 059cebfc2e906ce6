"""Runs the indicators on an in-memory DuckDB that is fed with Arrow and can open nothing else.

Imported only where figures are worked out: DuckDB and Ibis take longer to load than the rest of Trellis.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

import duckdb
import ibis
import pyarrow as pa

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
    question = _question(indicator, fewest_cases)
    with database(os.getpid()).cursor() as engine:  # what is registered with a cursor, no other sees, and goes with it
        engine.register("evidence", evidence.cast(indicators.FACTS.to_pyarrow()))
        engine.register("limits", _limits(limits))
        found = []
        for starts_on, ends_on in periods:
            engine.register("period", _period(starts_on, ends_on))
            found += [Figure(indicator, starts_on, ends_on, *row) for row in _rows(engine, question)]
    return found


@cache
def database(process: int) -> duckdb.DuckDBPyConnection:
    """The empty database of a process (its id): opening one takes longer than most questions, and it survives no fork.

    It can open no file. Take a cursor of it for each question.
    """
    return duckdb.connect(":memory:", config=SEALED)


@cache
def _question(indicator: str, fewest_cases: int) -> str:
    """The indicator as SQL. To put an expression into words takes Ibis far longer than DuckDB takes to answer it."""
    evidence, period = ibis.table(indicators.FACTS, "evidence"), ibis.table(indicators.PERIOD, "period")
    terms = indicators.Terms(ibis.table(indicators.LIMITS, "limits"), fewest_cases)
    facts = indicators.within(indicators.standing(evidence), period)
    return ibis.to_sql(indicators.MEASURES[indicator](facts, terms), dialect="duckdb", pretty=False)


def _period(starts_on: date, ends_on: date) -> pa.Table:
    return pa.table({"starts_on": [starts_on], "ends_on": [ends_on]}, schema=indicators.PERIOD.to_pyarrow())


def _limits(limits: Mapping[date, Decimal]) -> pa.Table:
    columns = {"on": list(limits), "income_limit": list(limits.values())}
    return pa.table(columns, schema=indicators.LIMITS.to_pyarrow())


def _rows(engine: duckdb.DuckDBPyConnection, question: str) -> list[tuple]:
    rows = engine.sql(question).to_arrow_table().to_pylist()
    rows.sort(key=lambda row: row["district"] or "")
    return [(row["district"], _decimal(row["value"]), row["counted"], row["unknown"]) for row in rows]


def _decimal(value: float | None) -> Decimal | None:
    """Medians of whole days end in .0 or .5, so four places lose nothing."""
    return None if value is None else Decimal(value).quantize(FOUR_PLACES, rounding=ROUND_HALF_UP)
