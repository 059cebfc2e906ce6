"""Accounts themselves. Most people make their own by signing up; the demo and the simulator make theirs here."""

from allauth.account.models import EmailAddress
from django.db import transaction

from trellis.accounts import rules
from trellis.accounts.models import User
from trellis.audit import commands as audit
from trellis.core.actors import Actor


@transaction.atomic
def add_person(*, email: str, name: str, by: Actor, is_demo: bool = False) -> User:
    """An account without a password, whose address counts as verified: whoever adds it answers for that.

    `is_demo` marks a sign-in of the demo, which production refuses. Returns the account; raises IntegrityError when
    the address has one already.
    """
    user = User.objects.create_user(email, name=rules.check_name(name), is_demo=is_demo)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    audit.record(by=by, action="accounts.add_person", subject=f"person {user.pk}", facts={"is_demo": is_demo})
    return user


@transaction.atomic
def change_name(*, name: str, by: User) -> None:
    """What a person is called on pages. Raises RuleBroken for an empty name.

    The audit keeps that it changed, not to what.
    """
    by.name = rules.check_name(name)
    by.save(update_fields=["name"])
    audit.record(by=by, action="accounts.change_name", subject=f"person {by.pk}")
