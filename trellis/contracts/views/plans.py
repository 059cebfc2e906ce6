"""Mobilisation and exit, as pages for members of the alliance."""

from functools import partial

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from trellis.accounts.requests import Request
from trellis.contracts.commands import plans as commands
from trellis.contracts.forms import plans as forms
from trellis.contracts.presenters import plans as presenters
from trellis.contracts.queries import plans as queries
from trellis.contracts.queries import rooms
from trellis.contracts.views.rooms import managed, shared, worked_on
from trellis.core.permissions import Permission, requires
from trellis.web.acts import ask_and_do


@requires(Permission.ALLIANCE_VIEW)
def plans(request: Request, reference: str) -> HttpResponseBase:
    """Every plan with its tasks."""
    page = presenters.plans_page(request, shared(request, reference), request.user)
    for table in page["tables"]:
        if table.wants_csv:
            return table.csv_response()
    return render(request, "contracts/rooms/room.html", page)


@requires(Permission.CONTRACT_MANAGE)
def make_plan(request: Request, reference: str) -> HttpResponse:
    """Make one from its template."""
    contract = managed(request, reference)
    return ask_and_do(
        request, forms.PlanForm(request.POST or None),
        partial(commands.make_plan, contract=contract, by=request.user),
        done="The plan is made. Say who sees to each task.", then=reverse("plans", args=[reference]),
        page=presenters.plan_step(contract, "Make a plan", "Make it"),
    )  # fmt: skip


@requires(Permission.ALLIANCE_WORK)
def set_task(request: Request, reference: str, number: int) -> HttpResponse:
    """Say where a task is, and who sees to it."""
    contract = worked_on(request, reference)
    task = get_object_or_404(queries.all_tasks(contract), pk=number)
    initial = {"status": task.status, "note": task.note}
    initial["owner"] = task.owner.reference if task.owner else forms.EVERYBODY
    return ask_and_do(
        request, forms.TaskForm(request.POST or None, members=rooms.members(contract), initial=initial),
        partial(commands.set_task, task=task, by=request.user),
        done="Saved.", then=reverse("plans", args=[reference]),
        page=presenters.task_page(queries.due(task), request.user), template="contracts/rooms/task.html",
    )  # fmt: skip
