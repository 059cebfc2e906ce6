"""Notes of interviews and workshops, themes, and coding: which text is about which theme."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from trellis.accounts.requests import Request
from trellis.commissioning.commands import themes as commands
from trellis.commissioning.forms.findings import CodingForm, NoteForm, ThemeForm
from trellis.commissioning.models import Commission
from trellis.commissioning.presenters import findings as presenters
from trellis.commissioning.queries import themes as queries
from trellis.commissioning.queries.themes import Text
from trellis.commissioning.views.commissions import editable
from trellis.core.permissions import Permission, requires
from trellis.web.acts import ask_and_do, press


@requires(Permission.COMMISSION_EDIT)
def add_note(request: Request, reference: str) -> HttpResponse:
    """Keep what an interview or a workshop brought."""
    commission = editable(request, reference)
    return ask_and_do(
        request,
        NoteForm(request.POST or None),
        partial(commands.add_note, commission=commission, by=request.user),
        done="The note is kept.",
        then=_home(commission),
        page=presenters.page(commission, "Add an interview or workshop", "Keep this note"),
    )


@requires(Permission.COMMISSION_EDIT)
def change_note(request: Request, reference: str, note: int) -> HttpResponse:
    """Put a note right."""
    commission = editable(request, reference)
    found = get_object_or_404(queries.notes(commission), pk=note)
    initial = {name: getattr(found, name) for name in ("kind", "held_on", "who", "people", "text")}
    return ask_and_do(
        request,
        NoteForm(request.POST or None, initial=initial),
        partial(commands.change_note, note=found, by=request.user),
        done="Saved.",
        then=_home(commission),
        page=presenters.page(commission, str(found), "Save"),
    )


@requires(Permission.COMMISSION_EDIT)
def name_theme(request: Request, reference: str) -> HttpResponse:
    """Set down a theme."""
    commission = editable(request, reference)
    return ask_and_do(
        request,
        ThemeForm(request.POST or None),
        partial(commands.name_theme, commission=commission, by=request.user),
        done="The theme is there.",
        then=_home(commission),
        page=presenters.page(commission, "Add a theme", "Add the theme"),
    )


@requires(Permission.COMMISSION_EDIT)
def change_theme(request: Request, reference: str, theme: int) -> HttpResponse:
    """Call a theme something else, or take it away."""
    commission = editable(request, reference)
    found = get_object_or_404(queries.themes(commission), pk=theme)
    return ask_and_do(
        request,
        ThemeForm(request.POST or None, initial={"name": found.name, "description": found.description}),
        partial(commands.change_theme, theme=found, by=request.user),
        done="Saved.",
        then=_home(commission),
        page=presenters.page(commission, found.name, "Save", theme=found),
        template="commissioning/findings/theme.html",
    )


@requires(Permission.COMMISSION_EDIT)
@require_POST
def drop_theme(request: Request, reference: str, theme: int) -> HttpResponse:
    """Take a theme away that nothing stands on."""
    commission = editable(request, reference)
    found = get_object_or_404(queries.themes(commission), pk=theme)
    drop = partial(commands.drop_theme, theme=found, by=request.user)
    return press(request, drop, done="The theme is gone.", then=_home(commission))


@requires(Permission.COMMISSION_EDIT)
def code_next(request: Request, reference: str) -> HttpResponse:
    """On to the first text that has no theme yet."""
    commission = editable(request, reference)
    return redirect(_next(request, commission)) if queries.themes(commission) else _to_first_theme(request, commission)


@requires(Permission.COMMISSION_EDIT)
def code_text(request: Request, reference: str, kind: str, text: int) -> HttpResponse:
    """Decide which themes an answer or a note is about, and go on to the next."""
    commission = editable(request, reference)
    found = queries.text(commission, kind, text)
    if found is None:
        raise Http404
    if not queries.themes(commission):
        return _to_first_theme(request, commission)
    suggested = {one.theme: one.likeness for one in queries.suggestions(commission, found)}
    chosen = [str(theme.pk) for theme in queries.themes_of(found)]
    return ask_and_do(
        request,
        CodingForm(
            request.POST or None,
            themes=list(queries.themes(commission)),
            suggested={pk: likeness for pk, likeness in suggested.items() if str(pk) not in chosen},
            initial={"themes": chosen},
        ),
        partial(commands.code_text, commission=commission, text=found, suggested=list(suggested), by=request.user),
        done="Saved.",
        then=lambda _: _next(request, commission, found),
        page=presenters.page(
            commission,
            "What is this about?",
            "Save and go on",
            text=found,
            add_theme=reverse("name_theme", args=[reference]),
            source=queries.source_words(found),
            skip=_after(commission, found),
            left=presenters.left_to_code(commission),
        ),
        template="commissioning/findings/code.html",
    )


def _to_first_theme(request: Request, commission: Commission) -> HttpResponse:
    """Nothing can be put under a theme while there is none."""
    messages.error(request, "There is no theme yet. Add the first one, and then say what each text is about.")
    return redirect("name_theme", reference=commission.reference)


def _home(commission: Commission) -> str:
    return reverse("findings", args=[commission.reference])


def _after(commission: Commission, text: Text | None) -> str:
    """The address of the next text without a theme, or of the findings when there is none."""
    found = queries.next_uncoded(commission, text)
    return reverse("code_text", args=[commission.reference, *found]) if found else _home(commission)


def _next(request: Request, commission: Commission, text: Text | None = None) -> str:
    where = _after(commission, text)
    if where == _home(commission):
        messages.success(request, presenters.left_to_code(commission) or "Every answer and note has a theme.")
    return where
