"""Asking somebody by email to join an organisation. The link holds a secret; the database only its digest."""

import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from trellis.accounts import queries, rules
from trellis.accounts.commands.memberships import add_membership
from trellis.accounts.models import Invitation, Membership, User
from trellis.accounts.roles import Role
from trellis.audit import commands as audit
from trellis.core import clock, rulebook
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.core.references import create_with_reference
from trellis.organisations.models import Organisation
from trellis.web import mail

NOT_SENT = "The invitation is made, but the email could not be sent. Wait a few minutes, then send it again."


@transaction.atomic
def invite_person(*, email: str, organisation: Organisation, role: Role, by: Actor) -> Invitation:
    """Ask somebody to join, by an email whose link works once, for as many days as accounts.invitation_days says.

    An earlier open invitation for the same address and role is withdrawn: its link dies when the new one is sent.
    Returns the invitation. Raises RuleBroken when that is no address, when the role is not `by`'s to give, when the
    person has it, and, after the invitation is safely made, when the mail server does not take the email.
    """
    email, secret, now = email.strip().lower(), secrets.token_urlsafe(32), clock.now()
    _check_address(email)
    has_it = Membership.objects.filter(
        user__email=email, organisation=organisation, role=role.code, ended_at__isnull=True
    ).exists()
    rules.check_can_invite(role=role, may_give=queries.roles_given_by(by, organisation), holds_it_already=has_it)
    _open(email, organisation, role).update(withdrawn_at=now)
    try:
        invitation = create_with_reference(
            Invitation,
            "INV",
            email=email,
            organisation=organisation,
            role=role.code,
            secret_digest=rules.digest_of(secret),
            invited_at=now,
            invited_by_id=by.person_id,
            expires_at=now + timedelta(days=rulebook.value("accounts.invitation_days", on=clock.today())),
        )
    except IntegrityError:
        raise RuleBroken(rules.ALREADY_INVITED, field="email") from None
    _record("accounts.invite_person", invitation, by=by)
    transaction.on_commit(lambda: _send(invitation, secret))
    return invitation


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Actor) -> None:
    """Take an invitation back: its link stops working. Raises RuleBroken when it was used or withdrawn before."""
    rules.check_can_end(
        role=invitation.as_role,
        may_give=queries.roles_given_by(by, invitation.organisation),
        is_own=False,
        others_with_it=1,
    )
    still_open = Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True, withdrawn_at__isnull=True)
    if not still_open.update(withdrawn_at=clock.now()):
        raise RuleBroken("This invitation was used or withdrawn meanwhile. Nothing was changed.")
    _record("accounts.withdraw_invitation", invitation, by=by)


@transaction.atomic
def accept_invitation(*, invitation: Invitation, by: User) -> Membership:
    """Join, as the person whom the invitation was sent to. Returns the membership.

    Raises RuleBroken when it was used, withdrawn or ran out, and when none of `by`'s verified addresses is the one it
    was sent to: whoever holds the link but not the mailbox cannot use it.
    """
    now = clock.now()
    rules.check_can_accept(
        invited=invitation.email,
        verified_addresses=EmailAddress.objects.filter(user=by, verified=True).values_list("email", flat=True),
        at=now,
        expires_at=invitation.expires_at,
        accepted_at=invitation.accepted_at,
        withdrawn_at=invitation.withdrawn_at,
    )
    usable = Invitation.objects.filter(
        pk=invitation.pk, accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now
    )
    if not usable.update(accepted_at=now, accepted_by=by):
        raise RuleBroken(rules.USED)
    _record("accounts.accept_invitation", invitation, by=by)
    return add_membership(user=by, organisation=invitation.organisation, role=invitation.as_role, by=by)


def _check_address(email: str) -> None:
    """A page's form has seen to this; a command line has not."""
    try:
        Invitation._meta.get_field("email").clean(email, None)
    except ValidationError as error:
        raise RuleBroken("Enter an email address in full, like name@example.com.", field="email") from error


def _open(email: str, organisation: Organisation, role: Role):
    return Invitation.objects.filter(
        email=email, organisation=organisation, role=role.code, accepted_at__isnull=True, withdrawn_at__isnull=True
    )


def _record(action: str, invitation: Invitation, *, by: Actor) -> None:
    facts = {"role": invitation.role, "organisation": invitation.organisation.reference}
    audit.record(by=by, action=action, subject=f"invitation {invitation.reference}", facts=facts)


def _send(invitation: Invitation, secret: str) -> None:
    link = settings.BASE_URL + reverse("invitation", kwargs={"secret": secret})
    if not mail.send("account/email/invitation", [invitation.email], {"invitation": invitation, "link": link}):
        raise RuleBroken(NOT_SENT)
