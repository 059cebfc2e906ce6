"""Findings, themes, notes and consultations in words and rows, for officers."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.commissioning.models import Commission, Consultation, FieldNote, Finding, Theme
from trellis.commissioning.presenters.commissions import Trail, trail
from trellis.commissioning.queries import findings as queries
from trellis.commissioning.queries import surveys, themes
from trellis.commissioning.queries.themes import Text
from trellis.web.table import Column, Table
from trellis.web.words import counted

COLOURS = {"draft": "grey", "released": "blue", "closed": "yellow", "told": "green"}


def status_of(consultation: Consultation) -> tuple[str, str]:
    """How far a consultation is, as a tag."""
    return consultation.get_status_display(), COLOURS[consultation.status]


def below(commission: Commission, *further: tuple[str, str]) -> Trail:
    """Breadcrumbs down to a page under the findings of a commission."""
    return trail(commission, ("Findings", reverse("findings", args=[commission.reference])), *further)


def below_consultation(consultation: Consultation) -> Trail:
    """Breadcrumbs down to a page under a consultation."""
    return below(consultation.commission, (consultation.title, consultation_url(consultation)))


def consultation_url(consultation: Consultation) -> str:
    """The officers' page of a consultation."""
    return reverse("consultation_room", args=[consultation.commission.reference, consultation.reference])


def finding_url(finding: Finding) -> str:
    """The officers' page of a finding."""
    return reverse("finding", args=[finding.commission.reference, finding.number])


def page(commission: Commission, title: str, button: str, **more: Any) -> dict[str, Any]:
    """The frame of a page that does one thing to findings."""
    home = reverse("findings", args=[commission.reference])
    return {"title": title, "button": button, "cancel": home, "breadcrumbs": below(commission), **more}


def consultation_page(consultation: Consultation, title: str, button: str, **more: Any) -> dict[str, Any]:
    """The frame of a page that does one thing to a consultation."""
    return {
        "title": title,
        "button": button,
        "cancel": consultation_url(consultation),
        "breadcrumbs": below_consultation(consultation),
        **more,
    }


def tables(request: HttpRequest, commission: Commission, *, can_edit: bool) -> dict[str, Table]:
    """All that a commission has to find from, and what was found."""
    return {
        "findings": _findings(request, commission),
        "consultations": _consultations(request, commission),
        "notes": _notes(request, commission, can_edit=can_edit),
        "themes": _themes(request, commission, can_edit=can_edit),
    }


def _findings(request: HttpRequest, commission: Commission) -> Table:
    return Table(
        request,
        list(queries.findings(commission)),
        columns=[
            Column("number", "Number"),
            Column("statement", "Finding", link=finding_url),
            Column("people", "People who said so", value=queries.people_behind, numeric=True),
            Column("heard", "Interviews and workshops", value=queries.notes_behind, numeric=True),
        ],
        caption="What we found",
        empty="Nothing yet. Ask people, code what they say to themes, then state here what is wrong or wanted.",
        name="findings",
        prefix="findings-",
    )


def _consultations(request: HttpRequest, commission: Commission) -> Table:
    return Table(
        request,
        list(surveys.consultations(commission)),
        columns=[
            Column("title", "Title", link=consultation_url),
            Column("status", "Status", tag=status_of),
            Column("opens_on", "Opens"),
            Column("closes_on", "Closes"),
            Column("sent", "Answers", value=queries.sent_count, numeric=True),
        ],
        caption="Consultations and surveys",
        empty="None yet. Build one here: it opens and closes on the days that you give it.",
        name="consultations",
        prefix="consultations-",
    )


def _notes(request: HttpRequest, commission: Commission, *, can_edit: bool) -> Table:
    def address(note: FieldNote) -> str:
        return reverse("change_note", args=[commission.reference, note.pk])

    return Table(
        request,
        list(themes.notes(commission)),
        columns=[
            Column("who", "Who", link=address if can_edit else None),
            Column("kind", "What", value=lambda note: note.get_kind_display()),
            Column("held_on", "When"),
            Column("people", "People", numeric=True),
        ],
        caption="Interviews and workshops",
        empty="None yet. Keep what you heard as a note, with the kind of people they were and no names.",
        name="notes",
        prefix="notes-",
    )


def _themes(request: HttpRequest, commission: Commission, *, can_edit: bool) -> Table:
    def address(theme: Theme) -> str:
        return reverse("change_theme", args=[commission.reference, theme.pk])

    return Table(
        request,
        list(themes.themes(commission)),
        columns=[
            Column("name", "Theme", link=address if can_edit else None),
            Column("answers", "Answers", numeric=True),
            Column("notes", "Interviews and workshops", numeric=True),
        ],
        caption="Themes",
        empty="None yet. A theme is one thing that people say in many ways.",
        name="themes",
        prefix="themes-",
    )


def text_kind(text: Text) -> str:
    """The word by which an address knows an answer from a note."""
    return "note" if hasattr(text, "held_on") else "answer"


def left_to_code(commission: Commission) -> str:
    """How much still waits for a theme, in words; nothing when nothing does."""
    left = themes.uncoded(commission)
    return f"{counted(left, 'answer or note has', 'answers and notes have')} no theme yet." if left else ""
