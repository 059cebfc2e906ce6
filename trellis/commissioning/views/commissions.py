"""Commissions: the list, and what their owner does to one. The page of one is home's, for its thread spans areas."""

from functools import partial

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from trellis.accounts.requests import Request
from trellis.commissioning.commands import commissions as commands
from trellis.commissioning.forms.commissions import CommissionForm, HappenedForm, MilestoneForm
from trellis.commissioning.models import Commission
from trellis.commissioning.presenters import commissions as presenters
from trellis.commissioning.queries import commissions as queries
from trellis.core.permissions import Permission, requires
from trellis.web.acts import ask_and_do, press


@requires(Permission.COMMISSION_VIEW)
def commissions(request: Request) -> HttpResponseBase:
    """Every commission of the visitor's authority."""
    table = presenters.commissions_table(request, queries.commissions_visible_to(request.user))
    if table.wants_csv:
        return table.csv_response()
    can_open = request.user.can(Permission.COMMISSION_EDIT)
    return render(request, "commissioning/commissions/commissions.html", {"table": table, "can_open": can_open})


@requires(Permission.COMMISSION_EDIT)
def open_commission(request: Request) -> HttpResponse:
    """Begin one; whoever opens it owns it."""
    authority = queries.authority_of(request.user)
    return ask_and_do(
        request,
        CommissionForm(request.POST or None),
        partial(commands.open_commission, authority=authority, owner=request.user, by=request.user),
        done="The commission is open.",
        then=lambda made: reverse("commission", args=[made.reference]),
        page={
            "title": "Open a commission",
            "button": "Open the commission",
            "cancel": reverse("commissions"),
            "breadcrumbs": presenters.trail(),
        },
    )


@requires(Permission.COMMISSION_EDIT)
def describe_commission(request: Request, reference: str) -> HttpResponse:
    """Change its title and purpose."""
    commission = editable(request, reference)
    initial = {"title": commission.title, "purpose": commission.purpose}
    return ask_and_do(
        request,
        CommissionForm(request.POST or None, initial=initial),
        partial(commands.describe_commission, commission=commission, by=request.user),
        done="Saved.",
        then=_home(commission),
        page=presenters.page(commission, "Title and purpose", "Save"),
    )


@requires(Permission.COMMISSION_EDIT)
def plan_milestone(request: Request, reference: str) -> HttpResponse:
    """Put a date into the timetable, or move one."""
    commission = editable(request, reference)
    return ask_and_do(
        request,
        MilestoneForm(request.POST or None),
        partial(commands.plan_milestone, commission=commission, by=request.user),
        done="The date is in the timetable.",
        then=_home(commission),
        page=presenters.page(commission, "Plan a date", "Save the date"),
    )


@requires(Permission.COMMISSION_EDIT)
def milestone(request: Request, reference: str, number: int) -> HttpResponse:
    """Say when a date of the timetable did happen, or take it out."""
    commission = editable(request, reference)
    found = get_object_or_404(queries.milestones(commission), pk=number)
    return ask_and_do(
        request,
        HappenedForm(request.POST or None, initial={"happened_on": found.happened_on}),
        partial(commands.reach_milestone, milestone=found, by=request.user),
        done="Saved.",
        then=_home(commission),
        page=presenters.page(commission, found.name, "Save", milestone=found),
        template="commissioning/commissions/milestone.html",
    )


@requires(Permission.COMMISSION_EDIT)
@require_POST
def drop_milestone(request: Request, reference: str, number: int) -> HttpResponse:
    """Take a date out of the timetable."""
    commission = editable(request, reference)
    found = get_object_or_404(queries.milestones(commission), pk=number)
    drop = partial(commands.drop_milestone, milestone=found, by=request.user)
    return press(request, drop, done="The date is out of the timetable.", then=_home(commission))


def visible(request: Request, reference: str) -> Commission:
    """A commission that the visitor may see; 404 for any other. What every topic's pages begin with."""
    return get_object_or_404(queries.commissions_visible_to(request.user), reference=reference)


def editable(request: Request, reference: str) -> Commission:
    """A commission that the visitor may change; 404 for any other."""
    return get_object_or_404(queries.commissions_editable_by(request.user), reference=reference)


def may_edit(request: Request, commission: Commission) -> bool:
    """Whether the visitor may change a commission that they see."""
    return queries.commissions_editable_by(request.user).filter(pk=commission.pk).exists()


def _home(commission: Commission) -> str:
    return reverse("commission", args=[commission.reference])
