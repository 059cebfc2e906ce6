"""The one frozen object of a quarter: the page, PDF, CSV, JSON and the statement of payment all take it.

Every figure here is as it is shown: already rounded to the indicator's decimals, so that what is compared with the
target is what people read.
"""

import hashlib
import json
import types
import typing
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class DistrictFigure:
    """An indicator in one district. `value` is None where there is nothing to measure, or too little to publish."""

    code: str
    name: str
    column: int
    row: int
    value: Decimal | None
    counted: int
    withheld: bool


@dataclass(frozen=True)
class Point:
    """An indicator in an earlier quarter, as it is known now."""

    quarter: str
    period: str
    value: Decimal | None
    corrected: bool


@dataclass(frozen=True)
class IndicatorResult:
    """One indicator in the quarter.

    `counted` is how many cases or organisations the figure rests on, `unknown` how many could not be counted because
    the fact was known to be unknown. `rating` and `direction` are words of performance.rules.
    """

    code: str
    name: str
    definition: str
    unit: str
    decimals: int
    polarity: str
    value: Decimal | None
    counted: int
    unknown: int
    target: Decimal | None
    floor: Decimal | None
    rating: str
    direction: str
    history: tuple[Point, ...]
    districts: tuple[DistrictFigure, ...]


@dataclass(frozen=True)
class OutcomeResult:
    """An outcome in the authority's own words, and the indicators that tell how it goes."""

    code: str
    name: str
    statement: str
    indicators: tuple[IndicatorResult, ...]


@dataclass(frozen=True)
class Correction:
    """An earlier quarter's published figure that later facts have changed. The earlier report stays as it was."""

    quarter: str
    period: str
    indicator: str
    name: str
    unit: str
    decimals: int
    published: Decimal | None
    now: Decimal | None


@dataclass(frozen=True)
class Share:
    """A partner's fraction of the quarter's money."""

    organisation: str
    name: str
    share: Decimal


@dataclass(frozen=True)
class QuarterlyReport:
    """One quarter of a contract, frozen. Money in pounds; `evidence_up_to` is the last evidence row looked at."""

    contract: str
    title: str
    authority: str
    quarter: str
    period: str
    starts_on: date
    ends_on: date
    evidence_up_to: int
    fewest_cases: int
    contract_year: int
    value: Decimal
    shares: tuple[Share, ...]
    outcomes: tuple[OutcomeResult, ...]
    corrections: tuple[Correction, ...]

    @property
    def indicators(self) -> tuple[IndicatorResult, ...]:
        """Every indicator, in the order of the outcomes."""
        return tuple(indicator for outcome in self.outcomes for indicator in outcome.indicators)

    def indicator(self, code: str) -> IndicatorResult | None:
        """The indicator of that code, if the report has it."""
        return next((indicator for indicator in self.indicators if indicator.code == code), None)


def to_json(report: QuarterlyReport) -> dict[str, Any]:
    """The report as JSON values: money and figures as text, dates as 2018-06-30."""
    return json.loads(json.dumps(asdict(report), default=str))


def from_json(content: dict[str, Any]) -> QuarterlyReport:
    """The report that `to_json` wrote. Raises KeyError or TypeError when the content is something else."""
    return _read(QuarterlyReport, content)


def _read(kind: Any, value: Any) -> Any:
    """A JSON value as the type that a dataclass says it has."""
    if isinstance(kind, types.UnionType):
        return None if value is None else _read(typing.get_args(kind)[0], value)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return kind(**{field.name: _read(hints[field.name], value[field.name]) for field in fields(kind)})
    if typing.get_origin(kind) is tuple:
        return tuple(_read(typing.get_args(kind)[0], item) for item in value)
    if kind is Decimal:
        return Decimal(value)
    return date.fromisoformat(value) if kind is date else value


def canonical(content: dict[str, Any]) -> str:
    """The content as the text that is digested: keys sorted, no spaces, UTF-8 (after RFC 8785)."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(content: dict[str, Any]) -> str:
    """SHA-256, in hexadecimal, of the content: what a signature is put to."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()
