"""The people of an organisation: who is what, who is asked, and the end of it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from trellis.accounts import commands, queries
from trellis.accounts.forms import InviteForm
from trellis.accounts.models import Invitation, Membership
from trellis.accounts.requests import Request
from trellis.core.permissions import Permission, requires
from trellis.organisations.models import Organisation
from trellis.web.acts import ask_and_do, press


@requires(Permission.PEOPLE_INVITE)
def people(request: Request, reference: str) -> HttpResponse:
    """Members, invitations that wait, and those who were members."""
    organisation = organisation_managed(request, reference)
    context = {"organisation": organisation, "people": queries.people_at(organisation, seen_by=request.user)}
    return render(request, "account/people.html", context)


@requires(Permission.PEOPLE_INVITE)
def invite(request: Request, reference: str) -> HttpResponse:
    """Ask somebody to join."""
    organisation = organisation_managed(request, reference)
    may_give = queries.people_at(organisation, seen_by=request.user).may_give
    return ask_and_do(
        request, InviteForm(request.POST or None, may_give=may_give),
        partial(commands.invite_person, organisation=organisation, by=request.user),
        done=lambda invitation: f"The invitation is on its way to {invitation.email}.",
        then=reverse("people", args=[reference]), page={"organisation": organisation}, template="account/invite.html",
    )  # fmt: skip


@requires(Permission.PEOPLE_INVITE)
def invitation_again(request: Request, reference: str, invitation: str) -> HttpResponse:
    """Send an open invitation again, with a new link; POST only, from the button on the page of people."""
    found = open_invitation(request, reference, invitation)
    return on_its_row(
        request,
        reference,
        partial(
            commands.invite_person,
            email=found.email,
            organisation=found.organisation,
            role=found.as_role,
            by=request.user,
        ),
        f"A new email is on its way to {found.email}. The link in the old one no longer works.",
    )


@requires(Permission.PEOPLE_INVITE)
def withdraw(request: Request, reference: str, invitation: str) -> HttpResponse:
    """Take an invitation back; POST only."""
    found = open_invitation(request, reference, invitation)
    return on_its_row(
        request,
        reference,
        partial(commands.withdraw_invitation, invitation=found, by=request.user),
        f"The invitation to {found.email} no longer works. To undo this, invite them again.",
    )


@requires(Permission.PEOPLE_INVITE)
def end(request: Request, reference: str, membership: int) -> HttpResponse:
    """End somebody's role. They lose it at once, and the page of people can give it back."""
    found = membership_at(request, reference, membership)
    if request.method != "POST":
        return render(request, "account/end_membership.html", {"membership": found})
    return on_its_row(
        request,
        reference,
        partial(commands.end_membership, membership=found, by=request.user),
        f"{found.user} is no longer {found.as_role.name.lower()} here. You can undo this under “People who left”.",
    )


@requires(Permission.PEOPLE_INVITE)
def restore(request: Request, reference: str, membership: int) -> HttpResponse:
    """Undo an end; POST only."""
    found = membership_at(request, reference, membership)
    return on_its_row(
        request,
        reference,
        partial(commands.restore_membership, membership=found, by=request.user),
        f"{found.user} is {found.as_role.name.lower()} here again.",
    )


def organisation_managed(request: Request, reference: str) -> Organisation:
    """The organisation, if its people are theirs to manage; 404 for any other."""
    return get_object_or_404(queries.organisations_managed_by(request.user), reference=reference)


def open_invitation(request: Request, reference: str, invitation: str) -> Invitation:
    """An invitation of an organisation that they manage."""
    organisation = organisation_managed(request, reference)
    return get_object_or_404(queries.open_invitations(organisation), reference=invitation)


def membership_at(request: Request, reference: str, membership: int) -> Membership:
    """A membership, now or before, of an organisation that they manage."""
    organisation = organisation_managed(request, reference)
    return get_object_or_404(queries.memberships_at(organisation), pk=membership)


def on_its_row(request: HttpRequest, reference: str, act: Callable[[], Any], done: str) -> HttpResponse:
    """One act on one row of the page of people, and back to it with what happened. GET does nothing."""
    back = reverse("people", args=[reference])
    return press(request, act, done=done, then=back) if request.method == "POST" else redirect(back)
