"""Moving a commission to another stage."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from trellis.accounts.requests import Request
from trellis.commissioning.queries import commissions
from trellis.commissioning.rules.commissions import next_stage
from trellis.core.permissions import Permission, requires
from trellis.decisions.commands import stages as commands
from trellis.decisions.forms.stages import StageForm
from trellis.web.acts import ask_and_do


@requires(Permission.COMMISSION_EDIT)
def move_to_stage(request: Request, commission: str) -> HttpResponse:
    """On to the next stage, or back."""
    of = get_object_or_404(commissions.commissions_editable_by(request.user), reference=commission)
    home = reverse("commission", args=[of.reference])
    return ask_and_do(
        request,
        StageForm(request.POST or None, initial={"stage": next_stage(of.stage)}),
        partial(commands.move_to_stage, commission=of, by=request.user),
        done="The stage has changed.",
        then=home,
        page={
            "title": "Move to another stage",
            "button": "Move it",
            "cancel": home,
            "breadcrumbs": [(of.title, home)],
            "intro": f"It is at {of.get_stage_display()} now.",
        },
    )
