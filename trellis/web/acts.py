"""A page that does one thing: ask, call one command, and say what came of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from trellis.core.errors import RuleBroken
from trellis.web.forms import Form

Text = str | Callable[[Any], str]


def ask_and_do(
    request: HttpRequest,
    form: Form,
    do: Callable[..., Any],
    *,
    done: Text,
    then: Text,
    page: dict[str, Any],
    template: str = "layouts/act.html",
) -> HttpResponse:
    """Show a form; once it is filled in, call `do` with its answers.

    A refusal (RuleBroken) stands at the field that it names, and all that was written is kept. Else the message `done`
    and a redirect to the address `then`; either may be a function that makes it of what `do` returned. `page` is the
    rest of the context: title, intro, button, cancel, breadcrumbs, caption, as the template asks.
    """
    if form.is_bound and form.is_valid():
        try:
            made = do(**form.cleaned_data)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, done(made) if callable(done) else done)
            return redirect(then(made) if callable(then) else then)
    return render(request, template, {"form": form, **page})


def press(request: HttpRequest, do: Callable[[], Any], *, done: str, then: str) -> HttpResponse:
    """What a button without questions does: call `do`, then say `done` or why not, and go to the address `then`."""
    try:
        do()
    except RuleBroken as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, done)
    return redirect(then)
