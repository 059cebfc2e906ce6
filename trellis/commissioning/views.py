"""Pages of this area."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from trellis.commissioning import queries
from trellis.commissioning.budget import Budget, tapered_budget
from trellis.commissioning.forms import BudgetForm
from trellis.commissioning.presenters.page import budget_page
from trellis.core import clock, rulebook
from trellis.core.errors import RuleBroken
from trellis.core.periods import FinancialYear
from trellis.core.permissions import Permission, public, requires


@public
def outcomes(request: HttpRequest) -> HttpResponseBase:
    """What the authority wants from the support, and how anyone can tell."""
    return render(request, "commissioning/outcomes.html", {"outcomes": queries.outcomes()})


@requires(Permission.BUDGET_EXPLORE)
def budget(request: HttpRequest) -> HttpResponseBase:
    """What a contract would be worth. The address holds the figures, so it can be sent to a colleague."""
    today = clock.today()
    next_april = FinancialYear.of(today).next().start
    form = BudgetForm(request.GET or None, initial={"years": 3, "extensions": 2, "start": next_april})
    plan = _budget(form)
    if plan is None:
        return render(request, "commissioning/budget.html", {"form": form, "page": None})
    page = budget_page(request, plan, rate=rulebook.parameter("appraisal.discount_rate", on=today))
    for table in page.tables:
        if table.wants_csv:
            return table.csv_response()
    return render(request, "commissioning/budget.html", {"form": form, "page": page})


def _budget(form: BudgetForm) -> Budget | None:
    """The budget that a form asks for; None, with the reasons on the form, when there is none."""
    if not form.is_valid():
        return None
    try:
        return tapered_budget(**form.cleaned_data)
    except RuleBroken as refusal:
        form.refuse(refusal)
        return None
