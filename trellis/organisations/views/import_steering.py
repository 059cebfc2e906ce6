"""Pausing an import, taking it up again, giving it up."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from trellis.core.actors import person
from trellis.core.permissions import Permission, requires
from trellis.organisations.imports import steering
from trellis.organisations.queries import imports as queries
from trellis.web.acts import press


@requires(Permission.REGISTER_IMPORT)
@require_POST
def pause_import(request: HttpRequest, reference: str) -> HttpResponse:
    """Stop it after the rows that it is at."""
    return _steer(request, reference, steering.pause_import, "It is paused. What has come in stays.")


@requires(Permission.REGISTER_IMPORT)
@require_POST
def resume_import(request: HttpRequest, reference: str) -> HttpResponse:
    """Go on where it stopped."""
    return _steer(request, reference, steering.resume_import, "It goes on where it stopped.")


@requires(Permission.REGISTER_IMPORT)
@require_POST
def cancel_import(request: HttpRequest, reference: str) -> HttpResponse:
    """Give it up. Whoever takes back one of several files that wait goes on with the others."""
    run = get_object_or_404(queries.imports(), reference=reference)
    if run.status in queries.FOR_YOU:
        done = f"{run.file_name} is taken back, and deleted here. Nothing of it has come in."
        return _steer(request, reference, steering.cancel_import, done, then=reverse("import_lists"))
    return _steer(request, reference, steering.cancel_import, "It is cancelled, and its file is deleted.")


def _steer(request: HttpRequest, reference: str, deed: Callable, done: str, then: str = "") -> HttpResponse:
    run = get_object_or_404(queries.imports(), reference=reference)
    then = then or reverse("import_run", args=[reference])
    return press(request, lambda: deed(run=run, by=person(request)), done=done, then=then)
