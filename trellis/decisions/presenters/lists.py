"""The forward plan and the register as tables, and how a decision stands, in a word."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from trellis.core import clock
from trellis.decisions.forms.forward_plan import ForwardPlanFilters, RegisterFilters
from trellis.decisions.models import Decision
from trellis.decisions.queries import register as queries
from trellis.web.table import Column, Table, address

COLOURS = {"taken": "yellow", "called-in": "orange", "referred": "orange", "council": "orange", "withdrawn": "grey"}
ORDER_OF_DATE = "-decided_on"


def standing(decision: Any, today: date) -> tuple[str, str]:
    """How a decision stands, as a tag; it has the annotations of queries.register.with_standing."""
    if decision.stands_irregular:
        return "Irregular", "red"
    if decision.status == Decision.Status.DRAFT:
        return ("On the forward plan", "blue") if decision.is_announced else ("In preparation", "grey")
    if decision.status != Decision.Status.PUBLISHED:
        return decision.get_status_display(), COLOURS[decision.status]
    since = max(filter(None, [decision.record_effective_on, decision.let_through_on]))
    if since <= today:
        return "In effect", "green"
    return ("Open to call-in", "yellow") if decision.record_call_in_ends_on >= today else ("Published", "blue")


def link(decision: Decision) -> str:
    """Where its page is."""
    return reverse("decision", args=[decision.slug])


def forward_plan_page(request: HttpRequest, decisions: QuerySet[Decision]) -> dict[str, Any]:
    """What is coming, narrowed as the address asks: ?q=words&department=…"""
    filters = ForwardPlanFilters(initial=request.GET.dict(), departments=queries.departments(decisions))
    decisions, tags = _narrowed(request, decisions)
    table = Table(
        request,
        decisions,
        columns=[
            Column("reference", "Reference", sort="reference", link=link),
            Column("title", "Decision", sort="title"),
            Column("maker", "Taken by"),
            Column("first_notice_on", "Announced", sort="first_notice_on"),
            Column("due_from", "Not before", sort="due_from"),
            Column("due_to", "Not after", sort="due_to"),
            Column("department", "Department", sort="department"),
        ],
        caption="Decisions to come",
        name="forward-plan",
        order="due_from",
        filters=tags,
        empty="No decision is announced here. Clear a filter, or look at the register for those that were taken.",
    )
    return {"table": table, "filters": filters}


def register_page(request: HttpRequest, decisions: QuerySet[Decision]) -> dict[str, Any]:
    """What was decided, narrowed as the address asks: ?q=words&department=…&key=yes&year=2016."""
    filters = RegisterFilters(
        initial=request.GET.dict(), departments=queries.departments(decisions), years=queries.years(decisions)
    )
    decisions, tags = _narrowed(request, decisions)
    key, year = request.GET.get("key", ""), request.GET.get("year", "")
    if key in ("yes", "no"):
        decisions = decisions.filter(is_key=key == "yes")
        words = "Key decisions" if key == "yes" else "Other decisions"
        tags.append((words, address(request, key=None, page=None)))
    if year.isascii() and year.isdigit() and len(year) == 4 and int(year):
        decisions = decisions.filter(decided_on__year=int(year))
        tags.append((f"Decided in {year}", address(request, year=None, page=None)))
    today = clock.today()
    table = Table(
        request,
        decisions,
        columns=[
            Column("reference", "Reference", sort="reference", link=link),
            Column("title", "Decision", sort="title"),
            Column("maker", "Taken by"),
            Column("is_key", "Key", sort="is_key"),
            Column("decided_on", "Decided", sort="decided_on"),
            Column("record_published_on", "Published", sort="record_published_on"),
            Column("standing", "How it stands", tag=lambda row: standing(row, today)),
        ],
        caption="Decisions",
        name="decisions",
        order=ORDER_OF_DATE,
        filters=tags,
        empty="No decision is recorded here. Clear a filter, or look at the forward plan for those to come.",
    )
    return {"table": table, "filters": filters}


def _narrowed(request: HttpRequest, decisions: QuerySet[Decision]) -> tuple[QuerySet[Decision], list[tuple[str, str]]]:
    tags = []
    text, department = (request.GET.get(name, "").strip().replace("\0", "") for name in ("q", "department"))
    if text:
        decisions = queries.containing(decisions, text)
        tags.append((f"Search: {text}", address(request, q=None, page=None)))
    if department:
        decisions = decisions.filter(department=department)
        tags.append((department, address(request, department=None, page=None)))
    return decisions, tags
