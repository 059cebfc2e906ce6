"""Rows and words of the pages of reported errors."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from trellis.organisations.models import ErrorReport, Organisation
from trellis.organisations.presenters import keeping
from trellis.web.table import Column, Table

Status = ErrorReport.Status
COLOURS: dict[str, str] = {Status.OPEN: "yellow", Status.PUT_RIGHT: "green", Status.NOT_CHANGED: "grey"}
EMPTY = "No error has been reported. Reports show here when somebody finds a mistake on a profile."


def reports_table(request: HttpRequest, reports: QuerySet[ErrorReport], *, own: bool) -> Table:
    """The reports, each leading to its answer."""
    return Table(
        request,
        reports,
        columns=[
            Column("reference", "Report", link=lambda one: _address(one, own=own)),
            Column("organisation", "Organisation", value=lambda one: one.organisation.name, sort="organisation__name"),
            Column("about", "About", value=lambda one: one.get_about_display(), sort="about"),
            Column("reported_at", "Reported", sort="reported_at"),
            Column("status", "Status", sort="status", tag=lambda one: (one.get_status_display(), COLOURS[one.status])),
        ],
        caption="Reported errors",
        name="reported-errors",
        stacks=True,
        empty=EMPTY,
    )


def report_page(report: ErrorReport, *, own: bool) -> dict[str, Any]:
    """One report, what was said, and what came of it."""
    organisation = report.organisation
    return keeping.act(organisation, title="An error was reported", button="Send this answer") | {
        "report": report,
        "status": (report.get_status_display(), COLOURS[report.status]),
        "change": reverse("edit_organisation" if own else "correct_organisation", args=[organisation.reference]),
    }


def reporting(organisation: Organisation) -> dict[str, Any]:
    """The page on which anybody reports an error."""
    intro = "Tell us what is wrong on this profile. You need no account. Those who keep the register look at it."
    return keeping.act(organisation, title="Report an error", button="Send this report", intro=intro)


def _address(report: ErrorReport, *, own: bool) -> str:
    if own:
        return reverse("own_error_report", args=[report.organisation.reference, report.reference])
    return reverse("error_report", args=[report.reference])
