"""Words and rows of the import pages."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.core import clock
from trellis.organisations.imports.days import DayOrder
from trellis.organisations.imports.reading import DAY_FIRST, Reading
from trellis.organisations.imports.sheets import Sheet
from trellis.organisations.models import ImportRun, Organisation
from trellis.organisations.queries import imports as queries
from trellis.organisations.rules.sources import may_be_read
from trellis.web.pieces import Step
from trellis.web.table import Column, Table
from trellis.web.words import counted, day

Status = ImportRun.Status
COLOURS: dict[str, str] = {
    Status.MAPPING: "yellow",
    Status.CHECKING: "blue",
    Status.CHECKED: "yellow",
    Status.WAITING: "blue",
    Status.RUNNING: "blue",
    Status.PAUSED: "yellow",
    Status.FINISHED: "green",
    Status.FAILED: "red",
    Status.CANCELLED: "grey",
}
UNDER_WAY = (Status.CHECKING, Status.WAITING, Status.RUNNING, Status.PAUSED)
LOOK_AGAIN = 3  # seconds
MINUTE = 60
MOST_SHEETS = 10  # that are named


def breadcrumbs() -> list[tuple[str, str]]:
    """Where every page of an import hangs."""
    return [("Lists", reverse("import_lists"))]


def waiting_table(request: HttpRequest) -> Table:
    """Lists that were sent, and what each of them needs."""
    return Table(
        request,
        queries.waiting_for_somebody(),
        columns=[
            Column("file_name", "File", link=lambda run: reverse("import_run", args=[run.reference])),
            Column("source", "List", value=_whose, link=lambda run: reverse("import_source", args=[run.reference])),
            Column("status", "Next", tag=_next_step),
            Column("added", "Would add", numeric=True, value=_once_checked("added")),
            Column("changed", "Would change", numeric=True, value=_once_checked("changed")),
            Column("refused", "Refused", numeric=True, value=_once_checked("refused")),
            Column("gone", "Gone", numeric=True, value=_once_checked("gone")),
        ],
        caption="Waiting for your word",
        empty="No list is waiting.",
        name="waiting",
        stacks=True,
        prefix="waiting_",
    )


def waiting_words(request: HttpRequest) -> dict[str, Any]:
    """How many lists can be confirmed at once, and whether some are still being checked."""
    statuses = list(queries.waiting_for_somebody().values_list("status", flat=True))
    ready = statuses.count(Status.CHECKED)
    return {
        "has_waiting": bool(statuses),
        "confirm_all": f"Bring in {'this list' if ready == 1 else f'these {ready} lists'}" if ready else "",
        "refresh": LOOK_AGAIN if Status.CHECKING in statuses else 0,
    }


def imports_table(request: HttpRequest) -> Table:
    """Every import that somebody has given their word for, the latest first."""
    return Table(
        request,
        queries.others(),
        columns=[
            Column("reference", "Import", link=lambda run: reverse("import_run", args=[run.reference])),
            Column("source", "List", value=lambda run: run.source.name, sort="source__name"),
            Column("started_at", "Started", sort="started_at"),
            Column("status", "Status", tag=lambda run: (run.get_status_display(), COLOURS[run.status])),
            Column("added", "Added", numeric=True),
            Column("changed", "Changed", numeric=True),
            Column("refused", "Refused", numeric=True),
            Column("gone", "Gone", numeric=True),
        ],
        caption="Lists brought in",
        empty="No list has been brought in yet. Begin with “Bring in lists”.",
        name="imports",
        stacks=True,
    )


def page(run: ImportRun) -> dict[str, Any]:
    """What every page of a run has."""
    return {
        "run": run,
        "caption": f"{run.source.name}, {run.file_name}",
        "status": (run.get_status_display(), COLOURS[run.status]),
        "breadcrumbs": breadcrumbs(),
    }


def running(run: ImportRun) -> dict[str, Any]:
    """The page of a run that is under way."""
    return page(run) | progress(run, clock.now())


def progress(run: ImportRun, now: datetime) -> dict[str, Any]:
    """How far a run has come, for the progress page."""
    done = run.added + run.changed + run.unchanged + run.refused + run.aside
    if run.status == Status.CHECKING:
        done = 0
    is_reading = run.status == Status.RUNNING
    return {
        "run": run,
        "steps": _steps(run, done),
        "done": done,
        "total": max(run.rows_total, done, 1),
        "unit": "rows",
        "refresh": 0 if run.status == Status.PAUSED else LOOK_AGAIN,
        "left": _left(run, done, now) if is_reading else "",
        "can_pause": run.status in (Status.WAITING, Status.RUNNING),
        "can_resume": run.status == Status.PAUSED and bool(run.stored_file),
        "is_elsewhere": run.status == Status.PAUSED and not run.stored_file,
        "can_cancel": not is_reading,
    }


def _steps(run: ImportRun, done: int) -> list[Step]:
    if run.status == Status.CHECKING:
        return [Step("Columns proposed", "done"), Step("Trying the rows", "now"), Step("Your word", "next")]
    is_waiting = run.status == Status.WAITING
    name = "Reading the rows, paused" if run.status == Status.PAUSED else "Reading the rows"
    return [
        Step("Columns confirmed", "done"),
        Step("Waiting for its turn", "now" if is_waiting else "done"),
        Step(name, "next" if is_waiting else "now", f"{done:,} of {run.rows_total:,}" if run.rows_total else ""),
    ]


def _left(run: ImportRun, done: int, now: datetime) -> str:
    """The time left if the rest goes as what is done went."""
    if not done or done >= run.rows_total:
        return ""
    seconds = (now - run.started_at).total_seconds() * (run.rows_total - done) / done
    if seconds < MINUTE:
        return "less than a minute"
    minutes = round(seconds / MINUTE)
    return f"about {minutes} minute{'s' if minutes > 1 else ''}"


def unreadable(run: ImportRun, why: str) -> dict[str, Any]:
    """The page of a run whose file cannot be read any more."""
    return page(run) | {"why": why, "table": None, "tabs": [], "notes": []}


def how_it_is_read(run: ImportRun, sheet: Sheet, days: DayOrder | None, reading: Reading) -> list[str]:
    """What we guessed of a file, in sentences."""
    said = [f"We read your list as {sheet.kind}{_heading_words(sheet)}."]
    said += not_read(sheet)
    if days and days.day:
        order = "day first" if days.order == DAY_FIRST else "month first"
        sure = "" if days.is_sure or reading.day_order else ", though the list does not show which"
        said.append(f"Its dates have the {order}{sure}: “{days.example}” is {day(days.day)}.")
    if reading.forms:
        forms = dict(Organisation.LegalForm.choices)
        kinds = ", ".join(forms[form].lower() for form in reading.forms if form in forms)
        said.append(f"We take only organisations of these kinds: {kinds}.")
    if reading.served:
        said.append("We take only organisations in the districts that we serve.")
    return said


def not_read(sheet: Sheet) -> list[str]:
    """What else there is in a workbook or a zip, in sentences."""
    others = {
        "other sheet": [name for name in sheet.choices if name != sheet.reading.sheet],
        "other list": sheet.beside,
    }
    return [
        f"It has {counted(len(names), one)}, not read: {', '.join(f'“{name}”' for name in names[:MOST_SHEETS])}."
        for one, names in others.items()
        if names
    ]


def guessed_name(column: str) -> list[str]:
    """Which column was taken for the name by what is in it, if one was."""
    if not column:
        return []
    return [f"No column is called what names of organisations are called. We took “{column}”, by what is in it."]


def reading_as_it_is(run: ImportRun) -> dict[str, Any]:
    """What the form on how a list is read begins with."""
    return dict(run.reading)


def _heading_words(sheet: Sheet) -> str:
    return f", with its heading on line {sheet.heading_line}" if sheet.heading_line else ""


def _whose(run: ImportRun) -> str:
    return run.source.name if run.source.recorded_at else "Say whose list it is"


def _next_step(run: ImportRun) -> tuple[str, str]:
    """What the list needs now."""
    if run.source.recorded_at is None:
        return "Say whose it is", "yellow"
    if not may_be_read(run.source, clock.today()):
        return "Its agreement is not in force", "red"
    if run.status == Status.CHECKED:
        return "Checked, ready", "green"
    return (run.failure and "Look at it", "red") if run.failure else (run.get_status_display(), COLOURS[run.status])


def _once_checked(name: str):
    return lambda run: getattr(run, name) if run.status == Status.CHECKED else None
