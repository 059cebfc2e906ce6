"""The quarter in five figures: what anybody may read on the front page."""

from dataclasses import dataclass

from django.urls import reverse

from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract
from trellis.core import clock
from trellis.core.money import whole_pounds
from trellis.organisations import queries as organisations
from trellis.performance import queries as performance
from trellis.performance.models import QuarterReport
from trellis.performance.report import IndicatorResult
from trellis.performance.rules import FINAL


@dataclass(frozen=True)
class Figure:
    """A number, what it is, and where it comes from."""

    number: str
    words: str
    url: str


@dataclass(frozen=True)
class FiveFigures:
    """The latest published quarter. `period` is empty while none is published."""

    period: str
    figures: tuple[Figure, ...]


def five_figures() -> FiveFigures:
    """The register's size, what the service costs, and the three measures of the last signed report."""
    contract = contracts.current_contract(clock.today())
    about = [Figure(f"{organisations.number_listed():,}", "organisations in the register", reverse("directory"))]
    if contract is None:
        return FiveFigures("", tuple(about))
    about.append(
        Figure(
            whole_pounds(contracts.value(contract)),
            "for the contract’s whole term",
            reverse("contract", args=[contract.reference]),
        )
    )
    published = _last_signed(contract)
    if published is None:
        return FiveFigures("", tuple(about))
    report = performance.frozen(published)
    url = reverse("quarterly_report", args=[contract.reference, published.quarter])
    measures = [Figure(_number(one), _words(one), url) for one in report.indicators]
    return FiveFigures(report.period, (*measures, *about))


def _last_signed(contract: Contract) -> QuarterReport | None:
    signed = contract.reports.filter(status__in=FINAL)
    return signed.order_by("-quarter").first()


def _number(result: IndicatorResult) -> str:
    return "–" if result.value is None else f"{result.value:,}"


def _words(result: IndicatorResult) -> str:
    name = result.name[:1].lower() + result.name[1:]
    return name if result.unit in name else f"{name} ({result.unit})"
