"""How organisations join and leave the alliance: for those who sit at its table."""

from datetime import date

from django.db.models import QuerySet

from trellis.contracts.models import Contract, Membership, MembershipCheck, Partner
from trellis.contracts.rules import membership as rules
from trellis.organisations.models import Organisation


def memberships(contract: Contract) -> QuerySet[Membership]:
    """Every membership of an alliance, those that did not come about too, by name."""
    return Membership.objects.filter(contract=contract).select_related("contract", "organisation", "partner")


def memberships_on_the_way(contract: Contract) -> QuerySet[Membership]:
    """Those at which something is to be done: on the way in, on the way out, or on a remedy plan."""
    settled = [rules.ACTIVE, rules.LEFT, rules.WITHDRAWN]
    return memberships(contract).exclude(status__in=settled)


def memberships_to_exclude(contract: Contract, on: date) -> QuerySet[Membership]:
    """Those whose remedy plan has had its time on the date."""
    return memberships(contract).filter(status=rules.REMEDY, remedy_review_on__lte=on)


def latest_membership(contract: Contract, organisation_reference: str) -> QuerySet[Membership]:
    """An organisation's membership: the one that counts, not one that did not come about before."""
    found = memberships(contract).filter(organisation__reference=organisation_reference)
    counting = found.exclude(status=rules.WITHDRAWN)
    if counting.exists():
        return counting
    latest = found.order_by("-pk").values("pk")[:1]
    return found.filter(pk__in=list(latest.values_list("pk", flat=True)))


def membership_of(partner: Partner) -> Membership:
    """The membership of a partner."""
    return memberships(partner.contract).get(partner=partner)


def is_known(contract: Contract, organisation: Organisation) -> bool:
    """Whether an organisation is, was or is about to be a member."""
    there = memberships(contract).filter(organisation=organisation).exclude(status=rules.WITHDRAWN)
    return there.exists() or Partner.objects.filter(contract=contract, organisation=organisation).exists()


def checks(contract: Contract) -> QuerySet[MembershipCheck]:
    """The questions of every checklist of an alliance, with who answered and who verified."""
    found = MembershipCheck.objects.filter(membership__contract=contract)
    return found.select_related("membership__contract", "membership__organisation", "answered_by", "verified_by")


def partner_of_membership(membership: Membership) -> QuerySet[Partner]:
    """The partner that it is of, if it has become one."""
    return Partner.objects.filter(membership=membership).select_related("contract", "organisation")
