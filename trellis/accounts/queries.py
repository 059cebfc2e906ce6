"""Reads of people, memberships and invitations: always within what somebody may see."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import QuerySet

from trellis.accounts import rules
from trellis.accounts.models import Invitation, Membership, User
from trellis.accounts.roles import ALL, Role
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.permissions import Permission
from trellis.organisations.models import Organisation, stands_for


def roles_given_by(by: Actor, organisation: Organisation) -> list[Role]:
    """The roles that `by` may give at an organisation; a service of ours gives any."""
    return rules.roles_they_may_give(by.held, organisation.pk) if isinstance(by, User) else list(ALL)


@dataclass(frozen=True)
class People:
    """Everybody at one organisation, as its page shows them, and what the reader may do there."""

    members: list[Membership]
    past_members: list[Membership]
    invitations: list[Invitation]
    may_give: list[Role]


@dataclass(frozen=True)
class SecondFactor:
    """What somebody has set up for a second step at sign-in."""

    is_on: bool
    recovery_codes_left: int


def organisations_managed_by(user: User) -> QuerySet[Organisation]:
    """The organisations whose people somebody may see and invite: their own; for an administrator, every one."""
    listed = Organisation.objects.listed()
    if user.can(Permission.PEOPLE_INVITE_ELSEWHERE):
        return listed
    return listed.filter(pk__in=user.organisation_ids(Permission.PEOPLE_INVITE))


def own_organisations_managed_by(user: User) -> list[Organisation]:
    """The organisations at which they themselves are somebody who may invite: what their account's page links to."""
    return sorted(user.organisations_for(Permission.PEOPLE_INVITE), key=lambda one: one.name)


def people_at(organisation: Organisation, *, seen_by: User) -> People:
    """Members now and before, and invitations that wait, each by name or address."""
    memberships = memberships_at(organisation)
    now = list(memberships.filter(ended_at__isnull=True).order_by("user__name", "user__email", "role"))
    present = {(membership.user_id, membership.role) for membership in now}
    before = memberships.filter(ended_at__isnull=False).order_by("-ended_at")
    return People(
        members=now,
        past_members=[member for member in before if (member.user_id, member.role) not in present],
        invitations=list(open_invitations(organisation)),
        may_give=rules.roles_they_may_give(seen_by.held, organisation.pk),
    )


def memberships_at(organisation: Organisation) -> QuerySet[Membership]:
    """Every membership of an organisation, now and before; of those merged with it too."""
    here = Membership.objects.filter(organisation__in=Organisation.objects.same_as([organisation.pk]))
    return here.select_related("user", "ended_by", "organisation")


def open_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """Neither accepted nor withdrawn; those that ran out too, so that they can be sent again."""
    here = Invitation.objects.filter(organisation__in=Organisation.objects.same_as([organisation.pk]))
    return here.filter(accepted_at__isnull=True, withdrawn_at__isnull=True).select_related("organisation", "invited_by")


def invitation_by_secret(secret: str) -> Invitation | None:
    """The invitation whose emailed link holds this secret; used, withdrawn and past ones too."""
    return (
        Invitation.objects.filter(secret_digest=rules.digest_of(secret))
        .select_related("organisation", "invited_by")
        .first()
    )


def is_past(invitation: Invitation, at: datetime | None = None) -> bool:
    """Whether it can no longer be accepted."""
    return bool(invitation.accepted_at or invitation.withdrawn_at) or invitation.expires_at <= (at or clock.now())


def has_authenticator(user: User) -> bool:
    """Whether an authenticator app is set up."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def second_factor_of(user: User) -> SecondFactor:
    """Whether an authenticator app is set up, and how many recovery codes are left."""
    found = {one.type: one for one in Authenticator.objects.filter(user=user)}
    codes = found.get(Authenticator.Type.RECOVERY_CODES)
    left = len(codes.wrap().get_unused_codes()) if codes else 0
    return SecondFactor(is_on=Authenticator.Type.TOTP in found, recovery_codes_left=left)


def own_sessions(user: User) -> QuerySet[UserSession]:
    """Their sessions, as rows to choose from."""
    return UserSession.objects.filter(user=user)


def sessions_of(user: User) -> list[UserSession]:
    """Their sessions that still work, newest first."""
    return sorted(UserSession.objects.purge_and_list(user), key=lambda session: session.created_at, reverse=True)


def demo_people() -> QuerySet[User]:
    """The sign-ins of the demo."""
    return User.objects.filter(is_demo=True, is_active=True)


def demo_people_beside(emails: Collection[str], role: str) -> QuerySet[Membership]:
    """What the demo's other people are who have a role: with them and their organisations, by its name."""
    found = Membership.objects.filter(user__in=demo_people(), role=role, ended_at__isnull=True)
    found = found.exclude(user__email__in=emails).select_related("user", "organisation")
    return found.order_by("organisation__name", "user__name")


def people_who_may(permission: Permission, organisation: Organisation) -> list[User]:
    """Those whose role at an organisation carries a permission, by name."""
    here = _carrying(permission).filter(pk__in=memberships_at(organisation))
    return list(User.objects.filter(pk__in=here.values("user")).order_by("name", "email"))


def organisations_with(permission: Permission) -> set[int]:
    """The numbers of the organisations that stand at which somebody's role carries a permission."""
    return set(_carrying(permission).values_list(stands_for(), flat=True))


def _carrying(permission: Permission) -> QuerySet[Membership]:
    """The roles that people hold now, of those that carry a permission."""
    codes = [role.code for role in ALL if permission in role.permissions]
    return Membership.objects.filter(role__in=codes, ended_at__isnull=True, user__is_active=True)


def person_by_email(email: str) -> User | None:
    """Whose address this is, if anybody's; for the command line."""
    return User.objects.filter(email__iexact=email.strip()).first()
