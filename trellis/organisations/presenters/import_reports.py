"""The report of an import, row by row."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.core.money import pounds_and_pence
from trellis.organisations.imports import gone, reported
from trellis.organisations.imports.mapping import FIELDS
from trellis.organisations.imports.reported import NOT_TAKEN
from trellis.organisations.models import ImportLine, ImportRefusal, ImportRun, Organisation
from trellis.organisations.queries import imports as queries
from trellis.organisations.rules import sources as rules
from trellis.web.table import Column, Table, address
from trellis.web.words import counted

REFUSED = "refused"
OUTCOMES = {REFUSED: "Refused", **dict(ImportLine.Outcome.choices)}
FIELD_NAMES = {
    "latest_income": "Income", "latest_year_end": "Year end", "registered_on": "Registered", "removed_on": "Removed",
    "legal_form": "Legal form", "activities": "What it does", "phone": "Telephone",
}  # fmt: skip
CHOICES = {"legal_form": dict(Organisation.LegalForm.choices), "status": dict(Organisation.Status.choices)}
LONGEST = 120  # characters of a value in the table


def report(request: HttpRequest, run: ImportRun) -> dict[str, Any]:
    """Counts with where their rows are, what the file held, and what the columns mean."""
    return {"tabs": _tabs(request, run), "notes": notes(run), "meanings": _meanings(run), "aside": run.aside}


def report_table(request: HttpRequest, run: ImportRun) -> Table:
    """The rows of one outcome."""
    outcome = _asked(request, run)
    return _refusals(request, run) if outcome == REFUSED else _lines(request, run, outcome)


def notes(run: ImportRun) -> list[str]:
    """What a file held that was made harmless or left out, in sentences."""
    held, said = run.notes, []
    if held.get("contacts"):
        columns = ", ".join(f"{name} ({number:,})" for name, number in held["contacts"].items())
        said.append(f"There is no legal basis for personal contacts in this list, so these were left out: {columns}.")
    if held.get("addresses"):
        said.append(f"The addresses of {counted(held['addresses'], 'group')} in no register were left out: an address "
                    "like that is often somebody’s home. Postcodes and towns stay.")  # fmt: skip
    if held.get("formulas"):
        said.append(
            f"{_verb(held['formulas'], 'cell', 'begin')} with =, as a formula does: kept as text, and never run."
        )
    if held.get("faulty"):
        said.append(f"{counted(held['faulty'], 'row')} held something that could not be read, such as a number that is "
                    "none. We take the rest: beside each row stands what was left out.")  # fmt: skip
    if held.get("markup"):
        said.append(f"{_verb(held['markup'], 'cell', 'hold')} HTML. It is kept as text and shown as text.")
    if held.get("unreadable"):
        said.append(
            f"{_verb(held['unreadable'], 'row', 'hold')} a letter that could not be read: is the encoding right?"
        )
    if why := rules.NONE_IS_GONE.get(held.get(gone.NOTE, "")):
        said.append(why)
    if held.get("apart"):
        said.append("The list is long, so we tried it in parts: an organisation that is in it twice may be counted as "
                    "added twice here.")  # fmt: skip
    return said


def _verb(number: int, noun: str, verb: str) -> str:
    """1 cell begins, 2 cells begin"""
    return f"{counted(number, noun)} {verb}{'s' if number == 1 else ''}"


def _tabs(request: HttpRequest, run: ImportRun) -> list[dict[str, Any]]:
    """Each outcome with its number of rows; unchanged rows are listed by a trial only."""
    asked = _asked(request, run)
    tabs = []
    for outcome, words in OUTCOMES.items():
        number = getattr(run, outcome)
        is_listed = outcome != "unchanged" or run.status == ImportRun.Status.CHECKED
        url = address(request, outcome=outcome, page=None, sort=None) + "#rows" if number and is_listed else ""
        tabs.append({"words": words, "number": f"{number:,}", "url": url, "current": outcome == asked})
    return tabs


def _asked(request: HttpRequest, run: ImportRun) -> str:
    """The outcome that the address asks for; else the first that has rows."""
    asked = request.GET.get("outcome", "")
    if asked in OUTCOMES:
        return asked
    return next((outcome for outcome in OUTCOMES if getattr(run, outcome)), REFUSED)


def _refusals(request: HttpRequest, run: ImportRun) -> Table:
    columns: list[Column] = [
        Column("line", "Line", value=lambda refusal: str(refusal.line), sort="line"),
        Column("name", "What it calls itself", value=lambda refusal: reported.parted(refusal.reason)[0]),
        Column("reason", "Why it was refused", sort="reason", value=lambda refusal: reported.parted(refusal.reason)[1]),
    ]
    rows = queries.refusals(run)
    if rows.exclude(table="").exists():
        columns.insert(0, Column("table", "Table", sort="table", value=_table_name))
    return Table(request, rows, columns=columns, caption="Refused lines", empty="No line was refused.",
                 name=f"refused-{run.reference}", stacks=True)  # fmt: skip


def _table_name(refusal: ImportRefusal) -> str:
    return refusal.table


def _lines(request: HttpRequest, run: ImportRun, outcome: str) -> Table:
    columns = [
        Column("line", "Line", value=lambda line: str(line.line), sort="line"),
        Column("name", "Organisation", sort="name", link=_profile),
    ]
    if outcome == ImportLine.Outcome.CHANGED:
        columns.append(Column("changes", "What changes: before → after", value=change_words))
    if run.notes.get("faulty"):
        columns.append(Column("not_taken", "Left out of it", value=_not_taken))
    words = OUTCOMES[outcome]
    caption, empty = f"{words} lines", f"No line was {words.lower()}."
    if outcome == ImportLine.Outcome.GONE:
        columns, caption, empty = columns[1:], words, "No row has gone from the list."
    return Table(request, queries.lines(run, outcome), columns=columns, caption=caption, empty=empty,
                 name=f"{outcome}-{run.reference}", stacks=True)  # fmt: skip


def _profile(line: ImportLine) -> str:
    return reverse("organisation", args=[line.organisation]) if line.organisation else ""


def change_words(line: ImportLine) -> str:
    """Field: before → after, one after the other."""
    changes = {field: pair for field, pair in line.changes.items() if field != NOT_TAKEN}
    if not changes:
        return "Nothing of it: it is known here already, and this row is now kept with it"
    return "; ".join(
        f"{_field(field)}: {_value(field, before)} → {_value(field, after)}"
        for field, (before, after) in changes.items()
    )


def _not_taken(line: ImportLine) -> str:
    return line.changes.get(NOT_TAKEN, ("", ""))[1]


def _field(name: str) -> str:
    return FIELD_NAMES.get(name, name.replace("_", " ").capitalize())


def _value(field: str, value: Any) -> str:
    if value is None or value == "":
        return "nothing"
    if field == "latest_income":
        return pounds_and_pence(Decimal(value) / 100)
    words = CHOICES.get(field, {}).get(value, str(value))
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"


def _meanings(run: ImportRun) -> list[tuple[str, str]]:
    """Each column with what it means."""
    return [
        (column, FIELDS[field].label if field in FIELDS else "Kept with the row only")
        for column, field in run.mapping.items()
    ]
