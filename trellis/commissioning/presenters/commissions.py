"""Commissions in words and rows."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from trellis.commissioning.models import Commission, Milestone
from trellis.web.table import Column, Table

Trail = list[tuple[str, str]]


def trail(commission: Commission | None = None, *further: tuple[str, str]) -> Trail:
    """Breadcrumbs down to a page of a commission: `further` are (words, address) below the commission's own page."""
    start = [("Commissions", reverse("commissions"))]
    if commission is None:
        return start
    return [*start, (commission.title, reverse("commission", args=[commission.reference])), *further]


def commissions_table(request: HttpRequest, rows: QuerySet[Commission]) -> Table:
    """Every commission that the visitor may see."""
    return Table(
        request,
        rows,
        columns=[
            Column("title", "Title", sort="title", link=lambda row: reverse("commission", args=[row.reference])),
            Column("stage", "Stage", value=lambda row: row.get_stage_display(), sort="stage"),
            Column("owner", "Owner", value=lambda row: row.owner.name, sort="owner__name"),
            Column("opened_on", "Opened", sort="opened_on"),
        ],
        caption="Commissions",
        empty="No commission is open. Open one to begin with what people say is wrong.",
        name="commissions",
    )


def timetable(request: HttpRequest, milestones: Sequence[Milestone], *, can_edit: bool) -> Table:
    """The dates of a commission, those planned and those that came."""
    return Table(
        request,
        milestones,
        columns=[
            Column("name", "What", link=_address if can_edit else None),
            Column("planned_on", "Planned for"),
            Column("happened_on", "Happened on", absent="Not yet"),
        ],
        caption="Dates, planned and real",
        empty="No dates yet. Put in when procurement opens, the award and the start. The law has a say in them.",
        name="timetable",
    )


def page(commission: Commission, title: str, button: str, **more: Any) -> dict[str, Any]:
    """The frame of a page that does one thing to a commission."""
    home = reverse("commission", args=[commission.reference])
    return {"title": title, "button": button, "cancel": home, "breadcrumbs": trail(commission), **more}


def _address(milestone: Milestone) -> str:
    return reverse("milestone", args=[milestone.commission.reference, milestone.pk])
