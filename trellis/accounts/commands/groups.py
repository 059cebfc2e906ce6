"""Somebody adds their own group, and speaks for it."""

from typing import Any

from django.db import transaction

from trellis.accounts.commands.memberships import add_membership
from trellis.accounts.models import User
from trellis.accounts.roles import GROUP_MEMBER
from trellis.organisations.commands import groups as register
from trellis.organisations.models import Organisation


@transaction.atomic
def add_own_group(*, none_of_these: bool = False, by: User, **values: Any) -> Organisation:
    """Add a group that is in no register; whoever adds it speaks for it. Raises RuleBroken as `add_group` does."""
    group = register.add_group(values=values, none_of_these=none_of_these, by=by)
    add_membership(user=by, organisation=group, role=GROUP_MEMBER, by=by)
    return group
