"""The tapered budget as a page."""

from django.http import HttpResponseBase
from django.shortcuts import render

from trellis.accounts.requests import Request
from trellis.commissioning.budget import Budget, tapered_budget
from trellis.commissioning.forms.budget import BudgetForm
from trellis.commissioning.presenters.budget import budget_page
from trellis.commissioning.queries.commissions import commissions_editable_by
from trellis.core import clock, rulebook
from trellis.core.errors import RuleBroken
from trellis.core.periods import FinancialYear
from trellis.core.permissions import Permission, requires

FEW = 5  # commissions offered to keep a scenario in: the newest


@requires(Permission.BUDGET_EXPLORE)
def budget(request: Request) -> HttpResponseBase:
    """What a contract would be worth. The address holds the figures, so it can be sent to a colleague."""
    today = clock.today()
    next_april = FinancialYear.of(today).next().start
    form = BudgetForm(request.GET or None, initial={"years": 3, "extensions": 2, "start": next_april})
    plan = _budget(form)
    if plan is None:
        return render(request, "commissioning/budget/budget.html", {"form": form, "page": None})
    page = budget_page(request, plan, rate=rulebook.parameter("appraisal.discount_rate", on=today))
    for table in page.tables:
        if table.wants_csv:
            return table.csv_response()
    keep_in = commissions_editable_by(request.user)[:FEW]
    return render(request, "commissioning/budget/budget.html", {"form": form, "page": page, "keep_in": keep_in})


def _budget(form: BudgetForm) -> Budget | None:
    """The budget that a form asks for; None, with the reasons on the form, when there is none."""
    if not form.is_valid():
        return None
    try:
        return tapered_budget(**form.cleaned_data)
    except RuleBroken as refusal:
        form.refuse(refusal)
        return None
