"""Writes to the budget of a commission: its scenarios, and the figures that documents quote."""

from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction

from trellis.audit import commands as audit
from trellis.commissioning.budget import check_terms
from trellis.commissioning.models import BudgetScenario, Commission, QuotedFigure
from trellis.commissioning.rules import budgets as rules
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken


@transaction.atomic
def add_scenario(
    *,
    commission: Commission,
    name: str,
    baseline: Decimal,
    step_down: Decimal,
    years: int,
    extensions: int,
    start: date,
    is_illustrative: bool = False,
    by: Actor,
) -> BudgetScenario:
    """Keep a tapered budget under a name; the terms are those of `budget.tapered_budget`. The first is proposed.

    `is_illustrative`: the figures only show how it is done, and the page says so.
    """
    check_terms(baseline=baseline, step_down=step_down, years=years, extensions=extensions, start=start)
    Commission.objects.select_for_update().get(pk=commission.pk)  # two who add the first at once: one is proposed
    scenario = BudgetScenario(
        commission=commission,
        name=name,
        baseline=baseline,
        step_down=step_down,
        years=years,
        extensions=extensions,
        starts_on=start,
        is_illustrative=is_illustrative,
        is_proposed=not BudgetScenario.objects.filter(commission=commission).exists(),
    )
    _keep(scenario)
    _record(by, "add_scenario", commission, **_terms(scenario))
    return scenario


@transaction.atomic
def change_scenario(
    *,
    scenario: BudgetScenario,
    name: str,
    baseline: Decimal,
    step_down: Decimal,
    years: int,
    extensions: int,
    start: date,
    by: Actor,
) -> None:
    """Put other figures under a scenario's name, or another name on it."""
    check_terms(baseline=baseline, step_down=step_down, years=years, extensions=extensions, start=start)
    was = _terms(scenario)
    scenario.name, scenario.baseline, scenario.step_down = name, baseline, step_down
    scenario.years, scenario.extensions, scenario.starts_on = years, extensions, start
    _keep(scenario, only=["name", "baseline", "step_down", "years", "extensions", "starts_on"])
    _record(by, "change_scenario", scenario.commission, was=was, now=_terms(scenario))


@transaction.atomic
def propose_scenario(*, scenario: BudgetScenario, by: Actor) -> None:
    """Make this the one that the commission proposes; it was another until now."""
    Commission.objects.select_for_update().get(pk=scenario.commission_id)
    scenarios = BudgetScenario.objects.filter(commission_id=scenario.commission_id)
    if not scenarios.filter(pk=scenario.pk, is_proposed=False).exists():
        raise RuleBroken("This is the proposed scenario already, or it is gone.")
    scenarios.filter(is_proposed=True).update(is_proposed=False)
    scenarios.filter(pk=scenario.pk).update(is_proposed=True)
    _record(by, "propose_scenario", scenario.commission, name=scenario.name)


@transaction.atomic
def drop_scenario(*, scenario: BudgetScenario, by: Actor) -> None:
    """Take a scenario out. RuleBroken for the proposed one while there are others."""
    Commission.objects.select_for_update().get(pk=scenario.commission_id)
    scenarios = BudgetScenario.objects.filter(commission_id=scenario.commission_id)
    found = scenarios.filter(pk=scenario.pk).first()
    if found is None:
        raise RuleBroken("Somebody took this scenario out just now.")
    rules.check_can_drop(is_proposed=found.is_proposed, others=scenarios.count() - 1)
    found.delete()
    _record(by, "drop_scenario", scenario.commission, name=scenario.name)


@transaction.atomic
def quote_figure(
    *, commission: Commission, source: str, label: str, amount: Decimal, span: str, by: Actor
) -> QuotedFigure:
    """Write down a figure as a document quotes it: `label` in its words, `amount` in pounds.

    `span` is what the document says that it is of: "year", "whole" or "unsaid".
    """
    if amount <= 0:
        raise RuleBroken("The amount must be more than £0.", field="amount")
    if span not in QuotedFigure.Span.values:
        raise RuleBroken("Say what the document says that the figure is of.", field="span")
    figure = QuotedFigure.objects.create(commission=commission, source=source, label=label, amount=amount, span=span)
    _record(by, "quote_figure", commission, source=source, label=label, amount=str(amount))
    return figure


@transaction.atomic
def drop_figure(*, figure: QuotedFigure, by: Actor) -> None:
    """Take a quoted figure out, as when it was written down wrong."""
    dropped, _ = QuotedFigure.objects.filter(pk=figure.pk).delete()
    if not dropped:
        raise RuleBroken("Somebody took this figure out just now.")
    _record(by, "drop_figure", figure.commission, label=figure.label, amount=str(figure.amount))


def _keep(scenario: BudgetScenario, only: list[str] | None = None) -> None:
    try:
        with transaction.atomic():
            scenario.save(update_fields=only)
    except IntegrityError as error:
        sentence = f"There is a scenario “{scenario.name}” already: give this one another name."
        raise RuleBroken(sentence, field="name") from error


def _terms(scenario: BudgetScenario) -> dict[str, str]:
    return {
        "name": scenario.name,
        "baseline": str(scenario.baseline),
        "step_down": str(scenario.step_down),
        "years": str(scenario.years),
        "extensions": str(scenario.extensions),
        "start": scenario.starts_on.isoformat(),
    }


def _record(by: Actor, verb: str, commission: Commission, **facts: object) -> None:
    audit.record(by=by, action=f"commissioning.{verb}", subject=f"commission {commission.reference}", facts=facts)
