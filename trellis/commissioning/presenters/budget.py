"""The tapered budget as a page: its figures in words, its tables and its chart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from trellis.commissioning.budget import Budget, QuarterValue, discounted_years, present_value
from trellis.core import money
from trellis.core.money import pounds_and_pence, whole_pounds
from trellis.core.rulebook import Parameter
from trellis.web.charts import Bar, BarChart
from trellis.web.table import Column, Table
from trellis.web.words import counted


@dataclass(frozen=True)
class KeyFigure:
    """A figure, what it is called, and what it means."""

    name: str
    amount: str
    meaning: str


@dataclass(frozen=True)
class BudgetPage:
    """Everything on the page that is worked out from the figures asked for."""

    key_figures: tuple[KeyFigure, ...]
    chart: BarChart
    tables: tuple[Table, ...]


def budget_page(request: HttpRequest, budget: Budget, *, rate: Parameter) -> BudgetPage:
    """The page of a budget; `rate` is the rulebook's discount rate, in percent a year."""
    return BudgetPage(tuple(_key_figures(budget, rate)), _chart(budget), tuple(_tables(request, budget, rate)))


def year_name(budget: Budget, year: int) -> str:
    """`Year 2`, or `Year 4 (extension)`."""
    return f"Year {year}" if year <= budget.term else f"Year {year} (extension)"


def _key_figures(budget: Budget, rate: Parameter) -> Iterator[KeyFigure]:
    term, last = counted(budget.term, "year"), budget.years[budget.term - 1]
    meaning = f"The value in the money of year 1: each later year counts {rate.value}% less a year ({rate.source})."
    yield KeyFigure(f"Value over {term}", pounds_and_pence(budget.term_total), "What the contract costs in all.")
    yield KeyFigure(
        f"Annual saving by year {budget.term}",
        pounds_and_pence(last.annual_saving),
        f"How much less year {budget.term} alone costs than a year before the contract.",
    )
    yield KeyFigure(
        f"Cumulative saving over {term}",
        pounds_and_pence(last.cumulative_saving),
        f"How much less the {term} cost together than as many years at the baseline.",
    )
    yield KeyFigure(f"Present value of {term}", _worth(budget, budget.term, rate), meaning)
    if (years := len(budget.years)) > budget.term:
        total = pounds_and_pence(budget.total_with_extensions)
        yield KeyFigure(f"Value over {years} years", total, "What it costs when every extension is taken up.")
        worth = _worth(budget, years, rate)
        yield KeyFigure(f"Present value of {years} years", worth, "The same in the money of year 1.")


def _worth(budget: Budget, years: int, rate: Parameter) -> str:
    return pounds_and_pence(present_value(budget, years=years, discount_rate=rate.value))


def _chart(budget: Budget) -> BarChart:
    first, last = whole_pounds(budget.baseline), whole_pounds(budget.years[-1].value)
    bars = [Bar("A year before the contract", budget.baseline, whole_pounds(budget.baseline))]
    bars += [Bar(year_name(budget, year.year), year.value, whole_pounds(year.value)) for year in budget.years]
    return BarChart(
        title=f"A year costs {first} before, and {last} in year {len(budget.years)}",
        description=f"What each contract year costs. {budget.step_down.normalize():f}% comes off each year.",
        bars=bars,
        value_heading="Pounds a year",
        label_heading="Year",
    )


def _tables(request: HttpRequest, budget: Budget, rate: Parameter) -> Iterator[Table]:
    def table(name: str, caption: str, rows: Sequence[Any], columns: list[Column]) -> Table:
        return Table(request, rows, columns=columns, caption=caption, name=f"budget-{name}", prefix=f"{name}_")

    named = Column("year", "Year", value=lambda row: year_name(budget, row.year))
    dates = [Column("start", "From"), Column("end", "To")]
    yield table(
        "years",
        "Each contract year",
        budget.years,
        [named, *dates, _pounds("value", "Value"), *_savings()],
    )
    yield table(
        "financial_years",
        "Each financial year of the council, 1 April to 31 March",
        budget.financial_years,
        [Column("year", "Financial year", value=lambda row: str(row.year)), _pounds("value", "Value")],
    )
    yield table(
        "quarters",
        "Each quarter of the contract",
        list(_quarters(budget)),
        [Column("name", "Quarter"), *dates, _pounds("value", "Value")],
    )
    yield table(
        "present_value",
        f"How the present value is worked out, at {rate.value}% a year",
        discounted_years(budget, discount_rate=rate.value),
        [
            named,
            _pounds("value", "Value"),
            Column("factor", "Times", value=lambda row: f"{float(row.factor):.6f}", numeric=True),
            _pounds("present_value", "Present value"),
        ],
    )


def _pounds(key: str, heading: str) -> Column:
    def amount(row: Any) -> str:
        return pounds_and_pence(money.rounded(getattr(row, key)))

    return Column(key, heading, value=amount, numeric=True)


def _savings() -> list[Column]:
    return [_pounds("annual_saving", "Annual saving"), _pounds("cumulative_saving", "Cumulative saving")]


@dataclass(frozen=True)
class _Quarter(QuarterValue):
    """A quarter with its name."""

    name: str


def _quarters(budget: Budget) -> Iterator[_Quarter]:
    for year in budget.years:
        for number, part in enumerate(year.quarters, start=1):
            yield _Quarter(part.start, part.end, part.value, f"Year {year.year}, quarter {number}")
