"""The budget of a commission: scenarios side by side, each in full, and the figures that documents quote."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from trellis.accounts.requests import Request
from trellis.commissioning.commands import budgets as commands
from trellis.commissioning.forms.budget import BudgetForm
from trellis.commissioning.forms.budgets import CompareForm, QuotedFigureForm, ScenarioForm
from trellis.commissioning.models import BudgetScenario, Commission
from trellis.commissioning.presenters import budgets as presenters
from trellis.commissioning.presenters.budget import budget_page
from trellis.commissioning.queries import budgets as queries
from trellis.commissioning.queries import provision
from trellis.commissioning.rules.budget_prices import Prices
from trellis.commissioning.views.commissions import editable, may_edit, visible
from trellis.core import clock, rulebook
from trellis.core.errors import RuleBroken
from trellis.core.permissions import Permission, requires
from trellis.core.rulebook import Parameter
from trellis.web.acts import ask_and_do, press


@requires(Permission.COMMISSION_VIEW)
def commission_budget(request: Request, reference: str) -> HttpResponseBase:
    """Up to four scenarios side by side, and how quoted figures relate to them."""
    commission = visible(request, reference)
    every = queries.scenarios(commission)
    form = CompareForm(
        request.GET if {"scenarios", "base"} & request.GET.keys() else None,
        scenarios=[(str(one.number), one.name) for one in every],
        years=queries.price_index(clock.today()),
    )
    answers = form.cleaned_data if form.is_bound and form.is_valid() else {}
    chosen = queries.compared(every, answers.get("scenarios", []))
    prices = _prices(answers.get("base", ""), every)
    tables = presenters.side_by_side(request, commission, chosen, prices, _rate()) if chosen else ()
    for table in tables:
        if table.wants_csv:
            return table.csv_response()
    context = {
        "commission": commission,
        "can_edit": may_edit(request, commission),
        "form": form,
        "every": every,
        "tables": tables,
        "chart": presenters.chart(chosen) if chosen else None,
        "quoted": presenters.quoted(queries.related_figures(commission, every)),
        "figures": list(queries.quoted_figures(commission)),
        "prices": presenters.prices_words(prices),
        "breadcrumbs": presenters.trail(commission),
    }
    return render(request, "commissioning/budgets/budgets.html", context)


@requires(Permission.COMMISSION_VIEW)
def commission_budget_json(request: Request, reference: str) -> HttpResponse:
    """The same as JSON; `?base=2016-17` names the year of the prices."""
    commission = visible(request, reference)
    every = queries.scenarios(commission)
    prices = _prices(request.GET.get("base", ""), every)
    figures = queries.related_figures(commission, every)
    facts = presenters.facts(commission, every, figures, prices, _rate())
    return JsonResponse(facts, json_dumps_params={"indent": 2, "ensure_ascii": False})


@requires(Permission.COMMISSION_VIEW)
def scenario(request: Request, reference: str, number: int) -> HttpResponseBase:
    """One scenario in full: years, quarters, financial years, present value, real terms."""
    commission = visible(request, reference)
    found = queries.worked_out(get_object_or_404(queries.scenario_rows(commission), pk=number))
    page, prices = budget_page(request, found.budget, rate=_rate()), _prices(request.GET.get("base", ""), (found,))
    real = presenters.real_tables(request, found, prices)
    for table in (*page.tables, *real):
        if table.wants_csv:
            return table.csv_response()
    context = {
        "commission": commission,
        "scenario": found,
        "page": page,
        "real": real,
        "prices": presenters.prices_words(prices),
        "can_edit": may_edit(request, commission),
        "status": ("Proposed", "green") if found.is_proposed else None,
        "breadcrumbs": presenters.budget_trail(commission),
    }
    return render(request, "commissioning/budgets/scenario.html", context)


@requires(Permission.COMMISSION_EDIT)
def add_scenario(request: Request, reference: str) -> HttpResponse:
    """Keep a scenario; the address may bring the figures of the calculator."""
    commission = editable(request, reference)
    calculated = BudgetForm(request.GET)
    initial = calculated.cleaned_data if request.GET and calculated.is_valid() else _begins(commission)
    return ask_and_do(
        request,
        ScenarioForm(request.POST or None, initial=initial),
        partial(commands.add_scenario, commission=commission, by=request.user),
        done="The scenario is kept.",
        then=_home(commission),
        page=presenters.act_page(commission, "Add a scenario", "Keep the scenario"),
    )


def _begins(commission: Commission) -> dict[str, Any]:
    """What a new scenario begins with: the grants of today, and the day on which the contract is planned to start."""
    today = provision.provision(commission)
    return {"baseline": today.total or None, "start": today.starts_on, "years": 3, "extensions": 0}


@requires(Permission.COMMISSION_EDIT)
def change_scenario(request: Request, reference: str, number: int) -> HttpResponse:
    """Other figures, or another name."""
    commission, found = _scenario(request, reference, number)
    return ask_and_do(
        request,
        ScenarioForm(request.POST or None, initial=presenters.terms_of(found)),
        partial(commands.change_scenario, scenario=found, by=request.user),
        done="Saved.",
        then=_home(commission),
        page=presenters.act_page(commission, f"Change “{found.name}”", "Save"),
    )


@requires(Permission.COMMISSION_EDIT)
@require_POST
def propose_scenario(request: Request, reference: str, number: int) -> HttpResponse:
    """Make it the proposed one."""
    commission, found = _scenario(request, reference, number)
    propose = partial(commands.propose_scenario, scenario=found, by=request.user)
    return press(request, propose, done=f"“{found.name}” is the proposed scenario now.", then=_home(commission))


@requires(Permission.COMMISSION_EDIT)
@require_POST
def drop_scenario(request: Request, reference: str, number: int) -> HttpResponse:
    """Take it out."""
    commission, found = _scenario(request, reference, number)
    drop = partial(commands.drop_scenario, scenario=found, by=request.user)
    return press(request, drop, done=f"“{found.name}” is gone.", then=_home(commission))


@requires(Permission.COMMISSION_EDIT)
def quote_figure(request: Request, reference: str) -> HttpResponse:
    """Write down a figure as a document quotes it."""
    commission = editable(request, reference)
    return ask_and_do(
        request,
        QuotedFigureForm(request.POST or None),
        partial(commands.quote_figure, commission=commission, by=request.user),
        done="Written down, and compared with the model.",
        then=f"{_home(commission)}#quoted",
        page=presenters.act_page(commission, "Compare a quoted figure", "Compare it"),
    )


@requires(Permission.COMMISSION_EDIT)
@require_POST
def drop_figure(request: Request, reference: str, number: int) -> HttpResponse:
    """Take a quoted figure out."""
    commission = editable(request, reference)
    found = get_object_or_404(queries.quoted_figures(commission), pk=number)
    drop = partial(commands.drop_figure, figure=found, by=request.user)
    return press(request, drop, done="The figure is taken out.", then=_home(commission))


def _scenario(request: Request, reference: str, number: int) -> tuple[Commission, BudgetScenario]:
    commission = editable(request, reference)
    return commission, get_object_or_404(queries.scenario_rows(commission), pk=number)


def _prices(base: str, every: Sequence[queries.Scenario]) -> Prices:
    """The prices of a year: of that in which the first scenario starts, if none is named."""
    today = clock.today()
    try:
        return queries.prices(today, base, start=every[0].start if every else today)
    except RuleBroken as unknown:
        raise Http404(unknown.sentence) from unknown


def _rate() -> Parameter:
    return rulebook.parameter("appraisal.discount_rate", on=clock.today())


def _home(commission: Commission) -> str:
    return reverse("commission_budget", args=[commission.reference])
