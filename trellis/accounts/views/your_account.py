"""Your account: name, address, password, second step, sessions."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from trellis.accounts import commands, presenters, queries
from trellis.accounts.forms import NameForm
from trellis.accounts.requests import Request
from trellis.core.permissions import signed_in
from trellis.web.acts import ask_and_do


@signed_in
def your_account(request: Request) -> HttpResponse:
    """Everything about the reader's own account, each with its one action."""
    return render(
        request,
        "account/your_account.html",
        {
            "second_factor": queries.second_factor_of(request.user),
            "sessions": queries.sessions_of(request.user),
            "memberships": request.user.current_memberships,
            "manages": queries.own_organisations_managed_by(request.user),
        },
    )


@signed_in
def change_name(request: Request) -> HttpResponse:
    """What others see them called."""
    form = NameForm(request.POST or None, initial={"name": request.user.name})
    return ask_and_do(
        request, form, partial(commands.change_name, by=request.user), done="Your name is changed.",
        then=reverse("your_account"), page={}, template="account/change_name.html",
    )  # fmt: skip


@signed_in
def your_sessions(request: Request) -> HttpResponse:
    """Every browser that is signed in; POST ends one, or all others."""
    if request.method != "POST":
        rows = presenters.session_rows(queries.sessions_of(request.user), here=request.session.session_key)
        return render(request, "usersessions/usersession_list.html", {"rows": rows})
    if request.POST.get("session") == "others":
        commands.end_other_sessions(but=request.session.session_key, by=request.user)
        messages.success(request, "Every other browser is signed out.")
    else:
        session = get_object_or_404(queries.own_sessions(request.user), pk=number_of(request.POST.get("session")))
        commands.end_session(session=session, by=request.user)
        messages.success(request, "That browser is signed out.")
    return redirect("usersessions_list")


@signed_in
def second_factor(request: HttpRequest) -> HttpResponse:
    """Where allauth sends people back to: it is a part of the account's page."""
    return redirect("your_account")


def number_of(text: str | None) -> int:
    """A number sent by a form; 0, which no row has, when it is none."""
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0
