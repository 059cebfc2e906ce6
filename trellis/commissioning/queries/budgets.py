"""Reads of a commission's budget: its scenarios worked out, and how quoted figures relate to them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from trellis.commissioning.budget import Budget, tapered_budget
from trellis.commissioning.models import BudgetScenario, Commission, QuotedFigure
from trellis.commissioning.queries.commissions import Progress
from trellis.commissioning.rules.budget_prices import Prices, prices_of
from trellis.commissioning.rules.budgets import MOST_COMPARED, Relation, relate
from trellis.core import rulebook
from trellis.core.money import pounds_and_pence
from trellis.core.periods import FinancialYear
from trellis.web.words import counted


@dataclass(frozen=True)
class Scenario:
    """A scenario with its figures worked out."""

    number: int
    name: str
    is_proposed: bool
    is_illustrative: bool
    budget: Budget
    start: date


@dataclass(frozen=True)
class RelatedFigure:
    """A quoted figure, and how it relates to the scenario in which it is found (else to the proposed one)."""

    figure: QuotedFigure
    scenario: Scenario
    relation: Relation


def scenario_rows(commission: Commission) -> QuerySet[BudgetScenario]:
    """Its scenarios, the proposed one first."""
    return BudgetScenario.objects.filter(commission=commission).select_related("commission")


def scenarios(commission: Commission) -> tuple[Scenario, ...]:
    """Its scenarios worked out, the proposed one first."""
    return tuple(worked_out(row) for row in scenario_rows(commission))


def worked_out(row: BudgetScenario) -> Scenario:
    """A scenario with its figures. Its terms were checked when it was kept."""
    step_down = row.step_down.normalize()
    budget = tapered_budget(
        baseline=row.baseline, step_down=step_down, years=row.years, extensions=row.extensions, start=row.starts_on
    )
    return Scenario(row.pk, row.name, row.is_proposed, row.is_illustrative, budget, row.starts_on)


def proposed_scenario(commission: Commission) -> Scenario | None:
    """The one that the commission proposes; None as long as there are no scenarios."""
    row = scenario_rows(commission).filter(is_proposed=True).first()
    return worked_out(row) if row else None


def compared(every: tuple[Scenario, ...], chosen: list[str]) -> tuple[Scenario, ...]:
    """Those whose numbers were chosen; without a choice, the first few."""
    return tuple(one for one in every if str(one.number) in chosen) or every[:MOST_COMPARED]


def quoted_figures(commission: Commission) -> QuerySet[QuotedFigure]:
    """What documents quote, in the order in which it was written down."""
    return QuotedFigure.objects.filter(commission=commission).select_related("commission")


def related_figures(commission: Commission, every: tuple[Scenario, ...]) -> tuple[RelatedFigure, ...]:
    """Each quoted figure with what it is in the model: in the first scenario that has it. None without scenarios."""
    return tuple(_related(figure, every) for figure in quoted_figures(commission)) if every else ()


def price_index(on: date) -> dict[str, Decimal]:
    """The price level of each financial year, as known on a day."""
    return dict(rulebook.value("budget.gdp_deflator", on=on))


def prices(on: date, base: str = "", *, start: date) -> Prices:
    """The prices of a base year, as known on a day; of the year in which the contract starts when none is named.

    Where the index does not have that year, the last one known. RuleBroken for a named year that it does not have.
    """
    parameter = rulebook.parameter("budget.gdp_deflator", on=on)
    first_year = str(FinancialYear.of(start))
    known = first_year if first_year in parameter.value else max(parameter.value)
    return prices_of(base or known, parameter.value, source=parameter.source, verified=parameter.verified)


def progress(commission: Commission) -> Progress:
    """How the budget of a commission stands: a proposed scenario is what planning needs."""
    proposed = proposed_scenario(commission)
    if proposed is None:
        return Progress("commission_budget", "Budget", "plan", False, "", "No scenario yet: what may it cost?")
    budget, number = proposed.budget, scenario_rows(commission).count()
    total = pounds_and_pence(budget.term_total)
    words = f"{counted(number, 'scenario')}. Proposed: {proposed.name}, {total} over {counted(budget.term, 'year')}."
    return Progress("commission_budget", "Budget", "plan", True, words)


def _related(figure: QuotedFigure, every: tuple[Scenario, ...]) -> RelatedFigure:
    found = [RelatedFigure(figure, one, relate(figure.amount, figure.span, one.budget)) for one in every]
    return next((one for one in found if one.relation.match), found[0])
