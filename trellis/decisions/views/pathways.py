"""The authority's usual ways to a decision: the list of them, a new one, and changing one."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from trellis.accounts.requests import Request
from trellis.core.permissions import Permission, requires
from trellis.decisions.commands import pathway as commands
from trellis.decisions.forms.pathways import PathwayForm
from trellis.decisions.presenters.decision import trail
from trellis.decisions.queries import pathway as queries
from trellis.web.acts import ask_and_do
from trellis.web.forms import sent

FORM = "decisions/pathways/pathway.html"


@requires(Permission.DECISION_VIEW)
def pathways(request: Request) -> HttpResponse:
    """Every pathway with its bodies in order."""
    page = {
        "pathways": queries.pathways_visible_to(request.user),
        "can_change": request.user.can(Permission.DECISION_RECORD),
        "breadcrumbs": trail(),
    }
    return render(request, "decisions/pathways/pathways.html", page)


@requires(Permission.DECISION_RECORD)
def define_pathway(request: Request) -> HttpResponse:
    """Set down a new one."""
    authority = queries.authority_of(request.user, Permission.DECISION_RECORD)
    return ask_and_do(
        request,
        PathwayForm(sent(request)),
        partial(commands.define_pathway, authority=authority, by=request.user),
        done="Saved. Whoever opens a decision can choose it.",
        then=reverse("pathways"),
        page=_page("Add a pathway"),
        template=FORM,
    )


@requires(Permission.DECISION_RECORD)
def change_pathway(request: Request, pathway: int) -> HttpResponse:
    """Name it differently, and change its bodies; decisions that were opened by it stay as they are."""
    row = get_object_or_404(queries.pathways_kept_by(request.user), pk=pathway)
    return ask_and_do(
        request,
        PathwayForm(sent(request), pathway=row),
        partial(commands.change_pathway, pathway=row, by=request.user),
        done="Saved. It holds for the decisions that are opened from now on.",
        then=reverse("pathways"),
        page=_page("Change the pathway")
        | {"intro": "Decisions that were opened by it keep the bodies that they have."},
        template=FORM,
    )


def _page(title: str) -> dict[str, Any]:
    here = reverse("pathways")
    return {"title": title, "button": "Save the pathway", "cancel": here, "breadcrumbs": [*trail(), ("Pathways", here)]}
