"""Words and rows of the import pages."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.core import clock
from trellis.organisations.imports import runs
from trellis.organisations.models import ImportRun
from trellis.organisations.queries import imports as queries
from trellis.web.pieces import Step
from trellis.web.table import Column, Table

Status = ImportRun.Status
COLOURS: dict[str, str] = {
    Status.MAPPING: "yellow",
    Status.CHECKED: "yellow",
    Status.WAITING: "blue",
    Status.RUNNING: "blue",
    Status.FINISHED: "green",
    Status.FAILED: "red",
}
LOOK_AGAIN = 3  # seconds
MINUTE = 60


def imports_table(request: HttpRequest) -> Table:
    """Every import, the latest first."""
    return Table(
        request,
        queries.imports(),
        columns=[
            Column("reference", "Import", link=lambda run: reverse("import_run", args=[run.reference])),
            Column("source", "List", value=lambda run: run.source.name, sort="source__name"),
            Column("file_name", "File", sort="file_name"),
            Column("started_at", "Started", sort="started_at"),
            Column("status", "Status", tag=lambda run: (run.get_status_display(), COLOURS[run.status])),
            Column("added", "Added", numeric=True),
            Column("changed", "Changed", numeric=True),
            Column("refused", "Refused", numeric=True),
        ],
        caption="Lists brought in",
        empty="No list has been brought in yet. Begin with “Bring in a list”.",
        name="imports",
    )


def refusals_table(request: HttpRequest, run: ImportRun) -> Table:
    """The lines that were refused, and why."""
    columns = [
        Column("line", "Line", value=lambda refusal: str(refusal.line), sort="line"),
        Column("reason", "Why it was refused", sort="reason"),
    ]
    if run.refusals.exclude(table="").exists():
        columns.insert(0, Column("table", "Table", sort="table"))
    return Table(
        request,
        queries.refusals(run),
        columns=columns,
        caption="Refused lines",
        empty="No line was refused.",
        name=f"refused-{run.reference}",
    )


def counts(run: ImportRun) -> list[tuple[str, str]]:
    """What the run did, or would do."""
    return [(name.capitalize(), f"{getattr(run, name):,}") for name in runs.COUNTS]


def progress(run: ImportRun, now: datetime) -> dict[str, Any]:
    """How far a run has come, for the progress page."""
    done = sum(getattr(run, name) for name in runs.COUNTS)
    is_waiting = run.status == Status.WAITING
    return {
        "run": run,
        "steps": [
            Step("Columns confirmed", "done"),
            Step("Waiting for its turn", "now" if is_waiting else "done"),
            Step("Reading the rows", "next" if is_waiting else "now", f"{done:,} of {run.rows_total:,}"),
        ],
        "done": done,
        "total": max(run.rows_total, done, 1),
        "unit": "rows",
        "refresh": LOOK_AGAIN,
        "left": _left(run, done, now) if not is_waiting else "",
    }


def page(run: ImportRun) -> dict[str, Any]:
    """What every page of a run has."""
    return {
        "run": run,
        "caption": f"{run.source.name}, {run.file_name}",
        "status": (run.get_status_display(), COLOURS[run.status]),
        "breadcrumbs": [("Lists", reverse("import_lists"))],
        "counts": counts(run),
    }


def _left(run: ImportRun, done: int, now: datetime) -> str:
    """The time left if the rest goes as what is done went."""
    if not done or done >= run.rows_total:
        return ""
    seconds = (now - run.started_at).total_seconds() * (run.rows_total - done) / done
    if seconds < MINUTE:
        return "less than a minute"
    minutes = round(seconds / MINUTE)
    return f"about {minutes} minute{'s' if minutes > 1 else ''}"


def running(run: ImportRun) -> dict[str, Any]:
    """The page of a run that is under way."""
    return page(run) | progress(run, clock.now())
