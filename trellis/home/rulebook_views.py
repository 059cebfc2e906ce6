"""The rulebook as a page: which figures of law and policy the service works by, since when, and who says so."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from trellis.core import clock, rulebook
from trellis.core.money import whole_pounds
from trellis.core.permissions import Permission, requires
from trellis.core.rulebook import Parameter
from trellis.web.table import Column, Table
from trellis.web.words import day

POUNDS, PERCENT = "pounds", "percent"


@requires(Permission.RULEBOOK_VIEW)
def rulebook_page(request: HttpRequest) -> HttpResponseBase:
    """Every figure, with the days on which it holds, its source, and whether anyone has checked it there."""
    today, parameters = clock.today(), rulebook.parameters()
    table = Table(
        request,
        parameters,
        columns=[
            Column("means", "What it says"),
            Column("value", "Figure", value=figure),
            Column("effective_from", "Holds", value=holds, sort="effective_from"),
            Column("source", "Source", sort="source"),
            Column("verified", "At its source", tag=checked, sort="verified"),
        ],
        caption="Figures of law and policy",
        page_size=100,
        name="rulebook",
    )
    if table.wants_csv:
        return table.csv_response()
    unchecked = sum(not parameter.verified for parameter in parameters if parameter.holds(today))
    return render(request, "home/rulebook.html", {"table": table, "unchecked": unchecked})


def figure(parameter: Parameter) -> str:
    """A figure with its unit: `£500,000 a year`, `3.5% a year`, `30 calendar days`; bands and lists in their order."""
    value, unit = parameter.value, parameter.unit
    if isinstance(value, Mapping) and not unit.startswith(POUNDS):
        return ", ".join(f"{name}: {each}" for name, each in value.items())
    if isinstance(value, Mapping):
        return ", ".join(f"{name} from {amount(start, unit.partition(' ')[0])}" for name, start in value.items())
    return amount(value, unit)


def amount(value: Any, unit: str) -> str:
    """One value in its unit."""
    if isinstance(value, str):
        return value
    if unit.startswith(POUNDS):
        return whole_pounds(Decimal(value)) + unit.removeprefix(POUNDS)
    if unit.startswith(PERCENT):
        return f"{value}%" + unit.removeprefix(PERCENT)
    return f"{value:,} {unit}"


def holds(parameter: Parameter) -> str:
    """The days on which it holds."""
    since = f"From {day(parameter.effective_from)}"
    return f"{since} to {day(parameter.effective_to)}" if parameter.effective_to else since


def checked(parameter: Parameter) -> tuple[str, str]:
    """Whether somebody has seen the figure at its source, as a tag."""
    return ("Checked", "green") if parameter.verified else ("Not yet checked", "yellow")
