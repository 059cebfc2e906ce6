import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction

from tests.cast import person
from tests.races import at_once, losers, winners
from trellis.accounts import commands, queries, roles
from trellis.accounts.models import Invitation, Membership, User
from trellis.audit.models import AuditEntry
from trellis.core import clock
from trellis.core.actors import COMMAND_LINE
from trellis.core.errors import RuleBroken


@pytest.fixture
def invited(cast, django_capture_on_commit_callbacks):
    """Anna has invited a new adviser."""
    return invite(cast, django_capture_on_commit_callbacks)


def invite(cast, capture, **change) -> Invitation:
    asked = {"email": "New@Example.org", "organisation": cast.ash_vale, "role": roles.ADVISER, "by": cast.anna}
    with capture(execute=True):
        return commands.invite_person(**asked | change)


def secret_in(message) -> str:
    return re.search(r"/account/invitation/([^/]+)/", message.body)[1]


def audited(action: str, **facts) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(action=f"accounts.{action}", **facts))


# --- Inviting


def test_invite_person_sends_a_secret_that_the_database_does_not_hold(cast, invited):
    secret = secret_in(mail.outbox[0])

    assert mail.outbox[0].to == ["new@example.org"]
    assert "Anna invites you to join Ash Vale CVS" in mail.outbox[0].body
    assert secret not in json.dumps(list(Invitation.objects.values()), default=str)
    assert queries.invitation_by_secret(secret) == invited
    assert invited.expires_at == clock.now() + timedelta(days=14)


def test_invite_person_audits_without_the_address(cast, invited):
    (entry,) = audited("invite_person")

    assert entry.subject == f"invitation {invited.reference}"
    assert entry.facts == {"role": "adviser", "organisation": cast.ash_vale.reference}
    assert not AuditEntry.objects.filter(detail__isnull=False).exists()


@pytest.mark.parametrize(
    ("who", "where", "role"),
    [
        ("anna", "bramble", roles.ADVISER),
        ("anna", "ash_vale", roles.PARTNER_LEAD),
        ("alice", "ash_vale", roles.ADVISER),
        ("dora", "choir", roles.GROUP_MEMBER),
        ("dora", "pantry", roles.ADVISER),
        ("ada", "pantry", roles.FINANCE),
        ("ada", "council", roles.ADVISER),
        ("olive", "council", roles.FINANCE),
        ("vera", "pantry", roles.GROUP_MEMBER),
    ],
)
def test_invite_person_refuses_whoever_may_not_give_the_role(cast, who, where, role):
    with pytest.raises(RuleBroken, match="You cannot invite somebody as"):
        commands.invite_person(
            email="new@example.org", organisation=getattr(cast, where), role=role, by=getattr(cast, who)
        )

    assert not Invitation.objects.exists()
    assert not audited("invite_person")
    assert not mail.outbox


@pytest.mark.parametrize(
    "email", ["", "vera", "vera@", "vera@example.org, bob@example.org", f"{'v' * 250}@example.org"]
)
def test_invite_person_refuses_what_is_no_address(cast, email):
    with pytest.raises(RuleBroken, match="Enter an email address in full") as refusal:
        commands.invite_person(email=email, organisation=cast.ash_vale, role=roles.ADVISER, by=cast.anna)
    assert refusal.value.field == "email"
    assert not audited("invite_person") and not mail.outbox


def test_invite_person_refuses_for_somebody_who_is_that_already(cast):
    with pytest.raises(RuleBroken, match="They already have this role here"):
        commands.invite_person(email="ALICE@example.org", organisation=cast.ash_vale, role=roles.ADVISER, by=cast.anna)


def test_inviting_again_kills_the_link_that_was_sent_before(cast, invited, django_capture_on_commit_callbacks):
    again = invite(cast, django_capture_on_commit_callbacks)
    new = person("New")

    with pytest.raises(RuleBroken, match="withdrawn"):
        commands.accept_invitation(invitation=queries.invitation_by_secret(secret_in(mail.outbox[0])), by=new)
    assert commands.accept_invitation(invitation=again, by=new).as_role is roles.ADVISER


def test_a_mail_server_that_is_down_leaves_the_invitation_and_says_so(
    cast, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1

    with pytest.raises(RuleBroken, match="the email could not be sent"):
        invite(cast, django_capture_on_commit_callbacks)
    assert queries.people_at(cast.ash_vale, seen_by=cast.anna).invitations


def test_the_command_line_invites_the_first_administrator(cast, django_capture_on_commit_callbacks):
    found = invite(
        cast,
        django_capture_on_commit_callbacks,
        organisation=cast.council,
        role=roles.ADMINISTRATOR,
        by=COMMAND_LINE,
    )

    assert found.invited_by is None
    assert audited("invite_person", actor="service:command-line")
    assert "You are invited to join Trellisshire Council" in mail.outbox[0].body


def test_the_database_keeps_one_open_invitation(cast, invited):
    twin = Invitation(
        reference="INV-TWIN", email="NEW@example.org", organisation=cast.ash_vale, role="adviser",
        secret_digest="0" * 64, invited_by=cast.anna, expires_at=clock.now(),
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


# --- Withdrawing


def test_withdraw_invitation_stops_the_link(cast, invited):
    commands.withdraw_invitation(invitation=invited, by=cast.anna)

    invited.refresh_from_db()
    with pytest.raises(RuleBroken, match="withdrawn"):
        commands.accept_invitation(invitation=invited, by=person("New"))
    assert audited("withdraw_invitation", subject=f"invitation {invited.reference}")


def test_withdraw_invitation_refuses_twice_and_strangers(cast, invited):
    with pytest.raises(RuleBroken, match="You cannot end the role"):
        commands.withdraw_invitation(invitation=invited, by=cast.bella)
    commands.withdraw_invitation(invitation=invited, by=cast.anna)
    with pytest.raises(RuleBroken, match="used or withdrawn meanwhile"):
        commands.withdraw_invitation(invitation=invited, by=cast.anna)

    assert len(audited("withdraw_invitation")) == 1


# --- Accepting


def test_accept_invitation_makes_a_member(cast, invited):
    new = person("New")

    membership = commands.accept_invitation(invitation=invited, by=new)

    assert (membership.user, membership.organisation, membership.role) == (new, cast.ash_vale, "adviser")
    assert audited("accept_invitation", actor=f"person:{new.pk}")
    assert audited("add_membership", subject=f"membership {membership.pk}")


def test_accept_invitation_refuses_another_address_and_an_unverified_one(cast, invited):
    new = person("New")
    new.emailaddress_set.update(verified=False)

    for somebody in (cast.erin, new):
        with pytest.raises(RuleBroken, match="another email address"):
            commands.accept_invitation(invitation=invited, by=somebody)

    assert not audited("accept_invitation")
    assert not Membership.objects.filter(user__in=[cast.erin, new], role="adviser").exists()


def test_accept_invitation_refuses_when_it_ran_out(cast, invited):
    new = person("New")

    with time_machine.travel(invited.expires_at, tick=False), pytest.raises(RuleBroken, match="run out"):
        commands.accept_invitation(invitation=invited, by=new)


def test_accept_invitation_works_once(cast, invited):
    new = person("New")
    stale = Invitation.objects.get(pk=invited.pk)
    commands.accept_invitation(invitation=invited, by=new)

    with pytest.raises(RuleBroken, match="has been used"):
        commands.accept_invitation(invitation=stale, by=new)


@pytest.mark.real_time
def test_two_who_accept_at_once_make_one_membership(committed_cast):
    cast = committed_cast
    invitation = commands.invite_person(
        email="new@example.org", organisation=cast.ash_vale, role=roles.ADVISER, by=cast.anna
    )
    new = person("New")

    def accept():
        return commands.accept_invitation(
            invitation=Invitation.objects.get(pk=invitation.pk), by=User.objects.get(pk=new.pk)
        )

    outcomes = at_once(accept, accept)

    assert len(winners(outcomes)) == 1
    assert [error.sentence for error in losers(outcomes)] == [
        "This invitation has been used. If it was not you, tell the person who invited you."
    ]
    assert Membership.objects.filter(user=new).count() == 1


@pytest.mark.real_time
def test_two_who_invite_the_same_person_at_once_leave_one_open_invitation(committed_cast):
    cast = committed_cast

    def ask():
        return commands.invite_person(
            email="new@example.org",
            organisation=cast.ash_vale,
            role=roles.ADVISER,
            by=User.objects.get(pk=cast.anna.pk),
        )

    outcomes = at_once(ask, ask)

    assert winners(outcomes)
    assert all(isinstance(error, RuleBroken) for error in losers(outcomes))
    assert Invitation.objects.filter(withdrawn_at__isnull=True, accepted_at__isnull=True).count() == 1


# --- Memberships


def test_end_membership_takes_the_role_at_once_and_keeps_the_row(cast):
    membership = cast.alice.memberships.get()

    commands.end_membership(membership=membership, by=cast.anna)

    membership.refresh_from_db()
    assert (membership.ended_by, membership.ended_at) == (cast.anna, clock.now())
    assert User.objects.get(pk=cast.alice.pk).roles == []
    assert audited("end_membership", subject=f"membership {membership.pk}")


def test_end_membership_refuses_strangers_and_second_times(cast):
    membership = cast.alice.memberships.get()

    for somebody in (cast.bella, cast.bob, cast.dora):
        with pytest.raises(RuleBroken, match="You cannot end"):
            commands.end_membership(membership=membership, by=somebody)
    assert not audited("end_membership")
    commands.end_membership(membership=membership, by=cast.anna)
    with pytest.raises(RuleBroken, match="already ended"):
        commands.end_membership(membership=membership, by=cast.anna)

    assert len(audited("end_membership")) == 1


def test_anyone_may_leave_but_not_the_last_administrator(cast):
    commands.end_membership(membership=cast.alice.memberships.get(), by=cast.alice)

    with pytest.raises(RuleBroken, match="at least 1 administrator"):
        commands.end_membership(membership=cast.ada.memberships.get(), by=cast.ada)


def test_restore_membership_begins_a_new_one(cast):
    old = cast.alice.memberships.get()
    commands.end_membership(membership=old, by=cast.anna)

    new = commands.restore_membership(membership=old, by=cast.anna)

    assert new.pk != old.pk
    assert User.objects.get(pk=cast.alice.pk).roles == [roles.ADVISER]
    with pytest.raises(RuleBroken, match="already have this role"):
        commands.restore_membership(membership=old, by=cast.anna)
    with pytest.raises(RuleBroken, match="You cannot give back"):
        commands.restore_membership(membership=old, by=cast.bella)
    assert len(audited("add_membership")) == 1


# --- Accounts


def test_add_person_counts_the_address_as_verified_and_has_no_password(db):
    user = commands.add_person(email="Vera@Example.org", name="Vera Okafor", by=COMMAND_LINE, is_demo=True)

    assert user.email == "vera@example.org"
    assert user.is_demo and not user.has_usable_password()
    assert user.emailaddress_set.get().verified
    assert audited("add_person", subject=f"person {user.pk}")


def test_change_name_keeps_the_name_out_of_the_audit(cast):
    commands.change_name(name=" Vera   Okafor ", by=cast.vera)

    cast.vera.refresh_from_db()
    assert cast.vera.name == "Vera Okafor"
    (entry,) = audited("change_name")
    assert entry.facts == {}


def test_change_name_refuses_an_empty_one(cast):
    with pytest.raises(RuleBroken, match="Enter your name"):
        commands.change_name(name=" ", by=cast.vera)
    assert not audited("change_name")
