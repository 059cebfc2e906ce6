"""Reads of claims to speak for an organisation: each within what somebody may see."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from trellis.accounts import claim_rules as rules
from trellis.accounts import queries as people
from trellis.accounts.models import ProfileClaim, User
from trellis.accounts.models.claims import GOES_ON
from trellis.core import clock, rulebook
from trellis.core.permissions import Permission
from trellis.organisations import conflicts
from trellis.organisations.models import Organisation


def claims() -> QuerySet[ProfileClaim]:
    """Every claim, the latest first."""
    return ProfileClaim.objects.select_related("organisation", "claimed_by", "proved_by", "objected_by")


def claims_visible_to(user: User) -> QuerySet[ProfileClaim]:
    """Their own; those about organisations that they speak for; those to vouch for; for keepers, every one."""
    if user.can(Permission.REGISTER_KEEP):
        return claims()
    seen = Q(claimed_by=user) | Q(organisation__in=user.organisation_ids(Permission.ORGANISATION_EDIT))
    if user.can(Permission.ORGANISATION_VOUCH):
        seen |= Q(pk__in=claims_to_vouch(user).values("pk")) | Q(proved_by=user)
    return claims().filter(seen)


def own_claims(user: User) -> QuerySet[ProfileClaim]:
    """What somebody asked for."""
    return claims().filter(claimed_by=user)


def claims_that_go_on(user: User) -> QuerySet[ProfileClaim]:
    """Somebody's own that are not decided."""
    return own_claims(user).filter(status__in=GOES_ON)


def claims_on(user: User) -> QuerySet[ProfileClaim]:
    """Open claims of others on organisations that somebody speaks for."""
    mine = user.organisation_ids(Permission.ORGANISATION_EDIT)
    return claims().filter(organisation__in=mine, status__in=(rules.OPEN, rules.PROVED)).exclude(claimed_by=user)


def claims_to_vouch(user: User) -> QuerySet[ProfileClaim]:
    """Claims that wait for an adviser who knows the person; nobody's own, and none with which the adviser competes."""
    waiting = claims().filter(proof=rules.VOUCH, status=rules.OPEN).exclude(claimed_by=user)
    return waiting.exclude(pk__in=[one.pk for one in waiting if competes(one, user)])


def competes(claim: ProfileClaim, user: User) -> bool:
    """Whether an organisation for which somebody advises is the one that is claimed, or competes with it today."""
    return conflicts.competes(user, claim.organisation, clock.today())


def partners_that_vouched(claim: ProfileClaim) -> list[Organisation]:
    """For whom whoever vouched for a claim advised at that time."""
    if claim.proof != rules.VOUCH or claim.proved_by is None:
        return []
    then = claim.proved_by.memberships.filter(started_at__lte=claim.proved_at).select_related("organisation")
    held = then.exclude(ended_at__lte=claim.proved_at).order_by("pk")
    advised = [one.organisation for one in held if Permission.ORGANISATION_VOUCH in one.as_role.permissions]
    return list(dict.fromkeys(advised))


def letters_to_post() -> QuerySet[ProfileClaim]:
    """Claims whose letter has not been made."""
    return claims().filter(proof=rules.LETTER, status=rules.OPEN, posted_at__isnull=True)


def claims_to_settle() -> QuerySet[ProfileClaim]:
    """Claims to which the organisation objects."""
    return claims().filter(status=rules.OBJECTED)


def speakers(organisation: Organisation) -> list[User]:
    """Those who speak for an organisation now."""
    return people.people_who_may(Permission.ORGANISATION_EDIT, organisation)


def organisations_spoken_for() -> list[Organisation]:
    """Every organisation that stands and that somebody speaks for now."""
    return list(Organisation.objects.listed().filter(pk__in=people.organisations_with(Permission.ORGANISATION_EDIT)))


def recent_claims(user: User, days: int) -> int:
    """How often somebody asked within so many days."""
    return ProfileClaim.objects.filter(claimed_by=user, claimed_at__gt=clock.now() - timedelta(days=days)).count()


def granted_from(claim: ProfileClaim) -> datetime | None:
    """When a proved claim is granted if nobody objects; None before it is proved."""
    if claim.proved_at is None:
        return None
    days = rulebook.value("accounts.claim_objection_days", on=claim.proved_at.date())
    return rules.may_be_granted_at(claim.proved_at, days)
