"""Organisations that a register or all lists have lost: are they closed?"""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from trellis.core.actors import person
from trellis.core.permissions import Permission, requires
from trellis.organisations.commands import gone as commands
from trellis.organisations.forms.gone import GoneForm
from trellis.organisations.presenters import gone as presenters
from trellis.organisations.queries import gone as queries
from trellis.web.acts import ask_and_do, press
from trellis.web.forms import sent


@requires(Permission.REGISTER_KEEP)
def gone_organisations(request: HttpRequest) -> HttpResponseBase:
    """Those that wait for an answer, and the latest answers."""
    table = presenters.gone_table(request)
    if table.wants_csv:
        return table.csv_response()
    context = {"table": table, "answered": presenters.answered()}
    return render(request, "organisations/gone_organisations.html", context)


@requires(Permission.REGISTER_KEEP)
def answer_gone(request: HttpRequest, reference: str) -> HttpResponse:
    """Say of one whether it is closed."""
    lost = get_object_or_404(queries.asked_about(), reference=reference)
    return ask_and_do(
        request, GoneForm(sent(request)), partial(commands.answer_gone, organisation=lost, by=person(request)),
        done=presenters.done_words, then=reverse("gone_organisations"), page=presenters.asking(lost),
    )  # fmt: skip


@requires(Permission.REGISTER_KEEP)
@require_POST
def undo_gone_answer(request: HttpRequest, answer: int) -> HttpResponse:
    """Take an answer back."""
    said = get_object_or_404(queries.answers(), pk=answer)
    deed = partial(commands.undo_gone_answer, said=said, by=person(request))
    return press(request, deed, done="Undone. It is asked about again.", then=reverse("gone_organisations"))
