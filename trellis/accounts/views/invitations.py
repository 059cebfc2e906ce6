"""What the link in an invitation opens."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from trellis.accounts import commands, queries
from trellis.accounts.models import Invitation, User
from trellis.core.errors import RuleBroken
from trellis.core.permissions import public


@public
@never_cache
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Says who asks and for what; POST joins, or first signs up with the address that the email came to."""
    found = queries.invitation_by_secret(secret)
    if found is None or queries.is_past(found):
        return render(request, "account/invitation_past.html", status=404 if found is None else 410)
    if request.method == "POST":
        return join(request, found, request.user) if request.user.is_authenticated else sign_up_first(request, found)
    context = {"invitation": found, "sign_in": f"{reverse('account_login')}?{urlencode({'next': request.path})}"}
    return render(request, "account/invitation.html", context)


def join(request: HttpRequest, found: Invitation, by: User) -> HttpResponse:
    """Accept, and go home with the new role."""
    try:
        commands.accept_invitation(invitation=found, by=by)
    except RuleBroken as error:
        messages.error(request, error.sentence)
        return redirect(request.path)
    messages.success(request, f"You have joined {found.organisation.name} as {found.as_role.name.lower()}.")
    return redirect("home")


def sign_up_first(request: HttpRequest, found: Invitation) -> HttpResponse:
    """Whoever holds the secret has read that mailbox, so a new account with that address needs no second email.

    An account that is there already gets nothing from this: it is signed in to, with its own password.
    """
    get_adapter().stash_verified_email(request, found.email)
    return redirect(f"{reverse('account_signup')}?{urlencode({'next': request.path})}")
