"""A commission's budget as pages: scenarios side by side, real terms, and quoted figures beside the model's."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.commissioning.budget import present_value
from trellis.commissioning.models import BudgetScenario, Commission
from trellis.commissioning.presenters.budget import year_name
from trellis.commissioning.presenters.budget_text import budget_facts
from trellis.commissioning.presenters.commissions import Trail, trail
from trellis.commissioning.queries.budgets import RelatedFigure, Scenario
from trellis.commissioning.rules import budget_prices
from trellis.commissioning.rules.budget_prices import Prices
from trellis.commissioning.rules.budgets import ModelFigure, Relation
from trellis.core.money import pounds_and_pence, whole_pounds
from trellis.core.rulebook import Parameter
from trellis.web.charts import LineChart, Series
from trellis.web.charts.figures import Figure
from trellis.web.table import Column, Table
from trellis.web.words import counted

SPANS = {"year": "that it is for one year", "whole": "that it is for the whole contract"}


@dataclass(frozen=True)
class Row:
    """A line of a comparison: what it is, and its value in each scenario by the scenario's number."""

    name: str
    values: dict[int, str]


@dataclass(frozen=True)
class Quoted:
    """A quoted figure with how it relates to the model, in words."""

    related: RelatedFigure
    state: tuple[str, str]
    words: str


def budget_trail(commission: Commission) -> Trail:
    """Breadcrumbs down to a page below the budget of a commission."""
    return trail(commission, ("Budget", reverse("commission_budget", args=[commission.reference])))


def act_page(commission: Commission, title: str, button: str, **more: Any) -> dict[str, Any]:
    """The frame of a page that does one thing to a commission's budget."""
    home = reverse("commission_budget", args=[commission.reference])
    return {"title": title, "button": button, "cancel": home, "breadcrumbs": budget_trail(commission), **more}


def terms_of(row: BudgetScenario) -> dict[str, Any]:
    """The terms of a scenario as its form asks for them."""
    terms = {name: getattr(row, name) for name in ("name", "baseline", "years", "extensions")}
    return terms | {"step_down": row.step_down.normalize(), "start": row.starts_on}


def side_by_side(
    request: HttpRequest, commission: Commission, chosen: Sequence[Scenario], prices: Prices, rate: Parameter
) -> tuple[Table, ...]:
    """Scenarios compared: in short, by contract year and by financial year, as they are and in real terms."""
    rows = {
        "short": ("In short", _in_short(chosen, prices, rate)),
        "years": ("Each contract year", _by_year(chosen, lambda one: one.years, lambda year: year.value)),
        "financial_years": (
            "Each financial year of the council, 1 April to 31 March",
            _by_year(chosen, lambda one: one.financial_years, lambda part: part.value),
        ),
        "real_years": (
            f"Each contract year at {prices.words}",
            _by_year(chosen, lambda one: budget_prices.real_contract_years(one, prices), lambda part: part.real),
        ),
        "real_financial_years": (
            f"Each financial year at {prices.words}",
            _by_year(chosen, lambda one: budget_prices.real_financial_years(one, prices), lambda part: part.real),
        ),
    }
    columns = [Column("name", "What"), *(_column(commission, one) for one in chosen)]
    return tuple(
        Table(request, list(lines), columns=columns, caption=caption, name=f"budget-{name}", prefix=f"{name}_",
              page_size=101)
        for name, (caption, lines) in rows.items()
    )  # fmt: skip


def real_tables(request: HttpRequest, scenario: Scenario, prices: Prices) -> tuple[Table, ...]:
    """One scenario's years as they are and in real terms."""
    return tuple(
        Table(request, rows, caption=f"{caption}, also at {prices.words}", name=f"budget-{name}", prefix=f"{name}_",
              page_size=101,
              columns=[
                  Column("year", heading, value=lambda row: _year_words(scenario, row.year)),
                  Column("nominal", "As paid", value=lambda row: pounds_and_pence(row.nominal), numeric=True),
                  Column("real", f"At {prices.words}", value=lambda row: _pounds(row.real), numeric=True),
              ])
        for name, caption, heading, rows in (
            ("real_years", "Each contract year", "Year", budget_prices.real_contract_years(scenario.budget, prices)),
            ("real_financial_years", "Each financial year", "Financial year",
             budget_prices.real_financial_years(scenario.budget, prices)),
        )
    )  # fmt: skip


def chart(chosen: Sequence[Scenario]) -> LineChart:
    """What each scenario costs a year, from the year before the contract on."""
    longest = max(len(one.budget.years) for one in chosen)
    ends = sorted(one.budget.years[one.budget.term - 1].value for one in chosen)
    low, high = whole_pounds(ends[0]), whole_pounds(ends[-1])
    finding = f"In its last certain year the contract costs {low if low == high else f'from {low} to {high}'}"
    return LineChart(
        title=finding,
        description="What each contract year costs in each scenario. Year 0 is a year before the contract.",
        labels=[f"Year {number}" for number in range(longest + 1)],
        series=[Series(one.name, [one.budget.baseline, *(year.value for year in one.budget.years)]) for one in chosen],
        value_heading="Pounds a year",
        label_heading="Contract year",
        write=_in_thousands,
    )


def quoted(figures: Sequence[RelatedFigure]) -> list[Quoted]:
    """Each quoted figure with its verdict."""
    return [Quoted(one, _state(one.relation), relation_words(one)) for one in figures]


def relation_words(one: RelatedFigure) -> str:
    """How a quoted figure relates to the model, in sentences that give both savings their names."""
    relation = one.relation
    if relation.match is None:
        nearest = relation.nearest
        apart = pounds_and_pence(abs(nearest.amount - one.figure.amount))
        return (
            f"No figure of the model is within £1 of it. The nearest, in “{one.scenario.name}”, is {nearest.words}: "
            f"{pounds_and_pence(nearest.amount)}, which is {apart} away."
        )
    found = f"In “{one.scenario.name}” it is {_figure(relation.match)}."
    said = "" if relation.agrees else f"The document says {SPANS[one.figure.span]}. "
    told_apart = relation.other and ("saving" in relation.match.kind or not relation.agrees)
    other = f" Not to be taken for {_figure(relation.other)}." if relation.other and told_apart else ""
    return f"{said}{found}{other}"


def prices_words(prices: Prices) -> str:
    """At which prices real terms are, and by which index."""
    checked = "" if prices.verified else " Nobody has checked these figures at their source yet."
    return f"Real terms are at {prices.words}. The price index: {prices.source}.{checked}"


def facts(
    commission: Commission, every: Sequence[Scenario], figures: Sequence[RelatedFigure], prices: Prices, rate: Parameter
) -> dict[str, Any]:
    """The whole budget of a commission as JSON holds it: money as text with two decimals."""
    return {
        "commission": commission.reference,
        "discount_rate": str(rate.value),
        "prices": {"base": prices.base, "index": {year: str(level) for year, level in prices.index.items()},
                   "source": prices.source, "verified": prices.verified},
        "scenarios": [_scenario_facts(one, prices, rate) for one in every],
        "quoted_figures": [
            {"source": one.figure.source, "label": one.figure.label, "amount": str(one.figure.amount),
             "said_to_be_of": one.figure.span, "scenario": one.scenario.name,
             "is": one.relation.match.words if one.relation.match else None, "relation": relation_words(one)}
            for one in figures
        ],
    }  # fmt: skip


def _scenario_facts(one: Scenario, prices: Prices, rate: Parameter) -> dict[str, Any]:
    return {
        "name": one.name,
        "proposed": one.is_proposed,
        "illustrative": one.is_illustrative,
        "baseline": str(one.budget.baseline),
        "step_down": str(one.budget.step_down),
        **budget_facts(one.budget, discount_rate=rate.value),
        "real_financial_years": [
            {"year": str(part.year), "value": None if part.real is None else str(part.real)}
            for part in budget_prices.real_financial_years(one.budget, prices)
        ],
    }


def _in_short(chosen: Sequence[Scenario], prices: Prices, rate: Parameter) -> Iterator[Row]:
    def row(name: str, tell: Callable[[Scenario], str]) -> Row:
        return Row(name, {one.number: tell(one) for one in chosen})

    def last(one: Scenario) -> Any:
        return one.budget.years[one.budget.term - 1]

    yield row("A year before the contract", lambda one: pounds_and_pence(one.budget.baseline))
    yield row("Comes off each year", lambda one: f"{one.budget.step_down.normalize():f}%")
    yield row("How long", _length)
    yield row("Value over the certain years", lambda one: pounds_and_pence(one.budget.term_total))
    yield row("Annual saving in the last certain year", lambda one: pounds_and_pence(last(one).annual_saving))
    yield row("Cumulative saving over the certain years", lambda one: pounds_and_pence(last(one).cumulative_saving))
    yield row(
        f"Value over the certain years at {prices.words}",
        lambda one: _pounds(budget_prices.real_years(one.budget.years[: one.budget.term], prices)),
    )
    yield row(
        f"Present value of the certain years, at {rate.value}% a year",
        lambda one: pounds_and_pence(present_value(one.budget, years=one.budget.term, discount_rate=rate.value)),
    )
    yield row("Value with every extension", lambda one: pounds_and_pence(one.budget.total_with_extensions))


def _by_year(
    chosen: Sequence[Scenario], years: Callable[[Any], Sequence[Any]], value: Callable[[Any], Decimal | None]
) -> Iterator[Row]:
    """A line to each year that any of the scenarios has, in order."""
    told = {one.number: {part.year: _pounds(value(part)) for part in years(one.budget)} for one in chosen}
    for year in sorted({year for parts in told.values() for year in parts}):
        name = f"Year {year}" if isinstance(year, int) else str(year)
        yield Row(name, {number: parts.get(year, "") for number, parts in told.items()})


def _column(commission: Commission, one: Scenario) -> Column:
    heading = f"{one.name} (proposed)" if one.is_proposed else one.name
    return Column(f"scenario-{one.number}", heading, value=lambda row: row.values[one.number], numeric=True)


def _year_words(scenario: Scenario, year: Any) -> str:
    return year_name(scenario.budget, year) if isinstance(year, int) else str(year)


def _length(one: Scenario) -> str:
    certain = counted(one.budget.term, "year")
    more = len(one.budget.years) - one.budget.term
    return f"{certain}, and {more} more if extended" if more else certain


def _state(relation: Relation) -> tuple[str, str]:
    if relation.match is None:
        return ("Not in the model", "red")
    return ("As in the model", "green") if relation.agrees else ("Called something else", "orange")


def _figure(figure: ModelFigure) -> str:
    return f"{figure.words}, {pounds_and_pence(figure.amount)}"


def _pounds(amount: Decimal | None) -> str:
    return "Not known" if amount is None else pounds_and_pence(amount)


def _in_thousands(value: Figure) -> str:
    """£554k: short enough to stand beside a line."""
    return "Not known" if value is None else f"£{float(value) / 1000:,.0f}k"
