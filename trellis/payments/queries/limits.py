"""Up to how much somebody may authorise on a day."""

from datetime import date
from decimal import Decimal

from trellis.accounts import queries as accounts
from trellis.accounts.models import User
from trellis.core import rulebook
from trellis.core.permissions import Permission
from trellis.organisations.models import Organisation
from trellis.payments.models import AuthorisationLimit


def limit_of(user: User, authority: Organisation, on: date) -> Decimal:
    """In pounds: their own limit, or else the highest of their roles at the authority; nought where neither says."""
    own = AuthorisationLimit.objects.filter(user=user, authority=authority, starts_on__lte=on).order_by("-starts_on")
    if limit := own.first():
        return limit.limit
    by_role = rulebook.value("payments.authorisation_limit", on=on)
    held = [one.role for one in user.current_memberships if one.organisation_id == authority.pk]
    return Decimal(max((by_role[role] for role in held if role in by_role), default=0))


def able_to_authorise(authority: Organisation, amount: Decimal, on: date) -> list[str]:
    """The names of those at the authority who may authorise so many pounds on a day."""
    people = accounts.people_who_may(Permission.STATEMENT_AUTHORISE, authority)
    return [str(user) for user in people if limit_of(user, authority, on) >= amount]
