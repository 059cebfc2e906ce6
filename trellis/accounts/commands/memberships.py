"""Who is what to which organisation. A membership ends; it is never deleted, and to undo is to begin a new one."""

from django.db import IntegrityError, transaction

from trellis.accounts import queries, rules
from trellis.accounts.models import Membership, User
from trellis.accounts.roles import Role
from trellis.audit import commands as audit
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.organisations.models import Organisation


@transaction.atomic
def add_membership(*, user: User, organisation: Organisation, role: Role, by: Actor) -> Membership:
    """Make somebody something at an organisation, now. Raises RuleBroken when they are that already.

    Whether `by` may is decided by whoever calls: an accepted invitation, a restored membership, the simulator.
    """
    try:
        with transaction.atomic():
            membership = Membership.objects.create(user=user, organisation=organisation, role=role.code)
    except IntegrityError:
        raise RuleBroken("They already have this role here.") from None
    _record("accounts.add_membership", membership, by=by)
    return membership


@transaction.atomic
def end_membership(*, membership: Membership, by: User) -> None:
    """From now on they are not that any more. Raises RuleBroken when `by` may not say so, or somebody did already."""
    others = Membership.objects.filter(
        organisation=membership.organisation, role=membership.role, ended_at__isnull=True, user__is_active=True
    ).exclude(pk=membership.pk)
    rules.check_can_end(
        role=membership.as_role,
        may_give=queries.roles_given_by(by, membership.organisation),
        is_own=membership.user_id == by.pk,
        others_with_it=others.count(),
    )
    open_one = Membership.objects.filter(pk=membership.pk, ended_at__isnull=True)
    if not open_one.update(ended_at=clock.now(), ended_by=by):
        raise RuleBroken(rules.ALREADY_ENDED)
    _record("accounts.end_membership", membership, by=by)


@transaction.atomic
def end_role(*, membership: Membership, on_behalf_of: User, by: Actor) -> bool:
    """End somebody's role because their organisation's own part has ended; False when it had ended already.

    Whether that is so is decided by whoever calls. `on_behalf_of` answers for it where a service of ours does it.
    """
    open_one = Membership.objects.filter(pk=membership.pk, ended_at__isnull=True)
    if not open_one.update(ended_at=clock.now(), ended_by=on_behalf_of):
        return False
    _record("accounts.end_role", membership, by=by)
    return True


@transaction.atomic
def restore_membership(*, membership: Membership, by: Actor) -> Membership:
    """Undo an end: the same role at the same organisation, from now. Raises RuleBroken as the others do."""
    rules.check_can_restore(role=membership.as_role, may_give=queries.roles_given_by(by, membership.organisation))
    return add_membership(user=membership.user, organisation=membership.organisation, role=membership.as_role, by=by)


def _record(action: str, membership: Membership, *, by: Actor) -> None:
    facts = {
        "person": membership.user_id,
        "role": membership.role,
        "organisation": membership.organisation.reference,
    }
    audit.record(by=by, action=action, subject=f"membership {membership.pk}", facts=facts)
