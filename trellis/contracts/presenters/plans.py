"""The words and rows of the pages about mobilisation and exit."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.accounts.models import User
from trellis.contracts.models import Contract, ContractPlan, PlanTask
from trellis.contracts.presenters.rooms import step, summary, trail
from trellis.contracts.queries import plans as queries
from trellis.contracts.queries import rooms
from trellis.contracts.queries.plans import Due
from trellis.contracts.rules.plans import FINISHED
from trellis.core import clock, rulebook
from trellis.core.permissions import Permission
from trellis.web.table import Column, Table
from trellis.web.words import counted, day

COLOURS = {"to-do": "yellow", "doing": "blue", "done": "green", "not-needed": "grey"}
SINCE = {"award": "the award", "start": "the start", "end": "the end"}


def room(contract: Contract) -> tuple[str, str]:
    """Its name and its address."""
    return ("Mobilisation and exit", reverse("plans", args=[contract.reference]))


def plans_page(request: HttpRequest, contract: Contract, user: User) -> dict[str, Any]:
    """The plans that there are, each with its tasks."""
    found = list(queries.plans(contract))
    make = ("Make a plan", reverse("make_plan", args=[contract.reference]))
    can_make = rooms.manages(user, contract) and len(found) < len(ContractPlan.Kind.values)
    return {
        "contract": contract,
        "title": "Mobilisation and exit",
        "lead": "How the contract begins and how it ends: what is to be done, by whom and when.",
        "inset": _tupe(contract),
        "actions": [make] if can_make else [],
        "links": _links(contract, user),
        "facts": summary(*((plan.get_kind_display(), _progress(queries.tasks(plan))) for plan in found)),
        "tables": [_tasks(request, plan, user) for plan in found] or [_no_plan(request)],
        "breadcrumbs": trail(contract),
    }


def _tupe(contract: Contract) -> str:
    figure = rulebook.parameter("contracts.tupe_information_days", on=max(contract.starts_on, clock.today()))
    return (
        f"TUPE: where staff transfer, their employer tells the next one what is known about them at least "
        f"{counted(figure.value, 'day')} before ({figure.source})."
    )


def _links(contract: Contract, user: User) -> list[tuple[str, str]]:
    links = [("The data that is handed on", reverse("contract_data", args=[contract.reference]))]
    if user.can(Permission.COMMISSION_VIEW):
        links.append(("The grants that the contract takes the place of", _page(contract, "grant_endings")))
    return links


def _progress(tasks: list[Due]) -> str:
    finished = sum(1 for one in tasks if one.task.status in FINISHED)
    late = sum(1 for one in tasks if one.is_late)
    return f"{finished} of {counted(len(tasks), 'task')} finished" + (f", {late} late" if late else "")


def _tasks(request: HttpRequest, plan: ContractPlan, user: User) -> Table:
    contract = plan.contract
    can_work = rooms.alliances_of(user, Permission.ALLIANCE_WORK).filter(pk=contract.pk).exists()

    def change(row: Due) -> str:
        return reverse("set_task", args=[contract.reference, row.task.pk]) if can_work else ""

    return Table(
        request,
        queries.tasks(plan),
        columns=[
            Column("title", "To be done", value=lambda row: row.task.title, link=change),
            Column("owner", "Seen to by", value=owner_words),
            Column("on", "By", value=lambda row: row.on, absent="Not known yet"),
            Column("counted", "Counted", value=_counted),
            Column("waits_for", "Waits for", value=lambda row: "; ".join(one.title for one in row.waits_for)),
            Column("status", "Status", tag=due_tag),
        ],
        caption=plan.get_kind_display(),
        name=plan.kind,
        prefix=f"{plan.kind}-",
    )


def owner_words(row: Due) -> str:
    """Who sees to it."""
    return row.task.owner.name if row.task.owner else "Every partner"


def _counted(row: Due) -> str:
    """Two weeks before the start, as its working."""
    number, since = row.task.days, SINCE[row.task.counts_from]
    if not number:
        return f"On the day of {since}"
    return f"{counted(abs(number), 'day')} {'before' if number < 0 else 'after'} {since}"


def due_tag(row: Due) -> tuple[str, str]:
    """Where it is, in a word and a colour."""
    if row.is_late:
        return ("Late", "red")
    return (row.task.get_status_display(), COLOURS[row.task.status])


def _no_plan(request: HttpRequest) -> Table:
    return Table(
        request, [], columns=[Column("title", "To be done")], caption="Plans", name="plans",
        empty="There is no plan yet. The contract manager makes one from a template, with owners and days.",
    )  # fmt: skip


def plan_step(contract: Contract, title: str, button: str, **more: Any) -> dict[str, Any]:
    """The frame of a page that does one thing here."""
    return step(contract, room(contract), title, button, **more)


def task_page(row: Due, user: User) -> dict[str, Any]:
    """The frame of the page of one task."""
    task, contract = row.task, row.task.plan.contract
    page = plan_step(contract, task.title, "Save")
    waits_for = [one.title for one in row.waits_for]
    return page | {
        "means": task.means,
        "facts": summary(
            ("By", day(row.on) if row.on else "Not known yet"),
            ("Counted", _counted(row)),
            ("Waits for", "; ".join(waits_for)),
        ),
        "where": _page(contract, task.page) if _may_follow(task, user) else "",
    }


def _may_follow(task: PlanTask, user: User) -> bool:
    """Whether the page on which a task is done is one that a person gets to."""
    needed = {"grant_endings": Permission.COMMISSION_VIEW, "interests": Permission.INTEREST_DECLARE}
    return bool(task.page) and (task.page not in needed or user.can(needed[task.page]))


def _page(contract: Contract, name: str) -> str:
    return reverse(name) if name == "interests" else reverse(name, args=[contract.reference])
