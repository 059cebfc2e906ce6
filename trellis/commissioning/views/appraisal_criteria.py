"""The tree of criteria, and its weights."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from trellis.accounts.requests import Request
from trellis.commissioning.commands import appraisal_criteria as commands
from trellis.commissioning.forms import appraisal as forms
from trellis.commissioning.models import Criterion
from trellis.commissioning.presenters import appraisal as presenters
from trellis.commissioning.queries import appraisal as queries
from trellis.commissioning.views.appraisal import can_edit, editable, visible
from trellis.core.permissions import Permission, requires
from trellis.web.acts import ask_and_do, press
from trellis.web.forms import sent


@requires(Permission.COMMISSION_VIEW)
def appraisal_criteria(request: Request, reference: str, version: int) -> HttpResponseBase:
    """What matters, how it is scored, and how much it weighs."""
    found = visible(request, reference, version)
    levels = queries.tree(found)
    context = {
        "appraisal": found,
        "can_edit": can_edit(request, found),
        "branches": presenters.branches(levels),
        "groups": list(presenters.sibling_groups(levels)),
        "status": presenters.status(found),
        "caption": f"{found.commission.title}, version {found.version}",
        "breadcrumbs": presenters.crumbs(found),
    }
    return render(request, "commissioning/appraisal/criteria.html", context)


@requires(Permission.COMMISSION_EDIT)
def add_criterion(request: Request, reference: str, version: int) -> HttpResponse:
    """Add a criterion, at the top or under another."""
    found = editable(request, reference, version)
    criteria = [level.criterion for level in queries.tree(found)]
    initial = {"scale": Criterion.Scale.FIXED, "worst": 0, "best": 100, "unit": "points"}
    return ask_and_do(
        request,
        forms.CriterionForm(sent(request), criteria=criteria, initial=initial),
        partial(commands.add_criterion, appraisal=found, by=request.user),
        done="Added. Weigh it beside its siblings.",
        then=presenters.address("appraisal_criteria", found),
        page=presenters.page(found, "Add a criterion", "Add the criterion", back="appraisal_criteria"),
    )


@requires(Permission.COMMISSION_EDIT)
@require_POST
def remove_criterion(request: Request, reference: str, version: int, number: int) -> HttpResponse:
    """Take a criterion out, with its scores."""
    found = editable(request, reference, version)
    criterion = get_object_or_404(found.criteria, pk=number)
    do = partial(commands.remove_criterion, criterion=criterion, by=request.user)
    done = f"{criterion.name} is taken out."
    return press(request, do, done=done, then=presenters.address("appraisal_criteria", found))


@requires(Permission.COMMISSION_EDIT)
def weigh_criteria(request: Request, reference: str, version: int, number: int = 0) -> HttpResponse:
    """Weigh the criteria that stand under one (`number`), or at the top."""
    found = editable(request, reference, version)
    groups = {
        parent.pk if parent else 0: siblings for parent, siblings in presenters.sibling_groups(queries.tree(found))
    }
    if number not in groups:
        raise Http404
    siblings = groups[number]
    form = forms.WeightsForm(sent(request), criteria=siblings, initial=_weights_now(siblings))

    def weigh(*, basis: str, **_weights: Any) -> None:
        commands.set_weights(appraisal=found, basis=basis, weights=form.weights(), by=request.user)

    return ask_and_do(
        request,
        form,
        weigh,
        done="Weighed.",
        then=presenters.address("appraisal_criteria", found),
        page=presenters.page(found, "Weigh the criteria", "Save the weights", back="appraisal_criteria"),
        template="commissioning/appraisal/weigh.html",
    )


def _weights_now(siblings: list[Criterion]) -> dict[str, Any]:
    initial: dict[str, Any] = {"basis": siblings[0].basis}
    for criterion in siblings:
        if criterion.swing is not None:
            initial[f"weight_{criterion.pk}"] = presenters.plain(criterion.swing)
            initial[f"reason_{criterion.pk}"] = criterion.swing_reason
    return initial
