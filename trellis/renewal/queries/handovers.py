"""Reads of handovers: what a partner that leaves has to hand over, what it did, and what it is still owed."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum

from trellis.accounts.models import Membership, User
from trellis.accounts.roles import ALL, PARTNER
from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract, MembershipCheck, Partner
from trellis.contracts.queries import membership as memberships
from trellis.core import clock
from trellis.core.periods import Quarter
from trellis.core.permissions import Permission
from trellis.evidence.models import Evidence
from trellis.payments.models import Statement
from trellis.payments.rules.lines import parts
from trellis.renewal.models import Handover
from trellis.renewal.rules import handovers as rules
from trellis.support import queries as support
from trellis.support.models import Case

PARTNER_ROLES = [role.code for role in ALL if role.of == PARTNER]
ONE_DAY = timedelta(days=1)
NOTHING = Decimal("0.00")


def leaving(contract: Contract) -> QuerySet[Partner]:
    """The partners of a contract with a last day, past or to come."""
    rows = Partner.objects.filter(contract=contract, left_on__isnull=False)
    return rows.select_related("organisation", "contract__authority", "handover").order_by("left_on")


def leaving_seen_by(user: User) -> QuerySet[Partner]:
    """Those whose handover somebody may read: the authority's contract people, and the partner's own lead."""
    managed = user.organisation_ids(Permission.CONTRACT_MANAGE)
    led = user.organisation_ids(Permission.ALLIANCE_VIEW)
    rows = Partner.objects.filter(Q(contract__authority_id__in=managed) | Q(organisation_id__in=led))
    return rows.filter(left_on__isnull=False).select_related("organisation", "contract__authority", "handover")


def handovers_managed_by(user: User) -> QuerySet[Handover]:
    """The handovers that somebody carries out."""
    mine = user.organisation_ids(Permission.CONTRACT_MANAGE)
    rows = Handover.objects.filter(partner__contract__authority_id__in=mine)
    return rows.select_related("partner__organisation", "partner__contract__authority", "opened_by")


def due() -> QuerySet[Handover]:
    """The open handovers whose last day is over: what the nightly service goes on with."""
    rows = Handover.objects.filter(status=Handover.Status.OPEN, partner__left_on__lt=clock.today())
    return rows.select_related("partner__organisation", "partner__contract__authority", "opened_by")


def handover_of(partner: Partner) -> Handover | None:
    """The handover of a partner, once it is begun."""
    return Handover.objects.filter(partner=partner).select_related("opened_by", "closed_by").first()


def cases_to_hand_over(partner: Partner) -> QuerySet[Case]:
    """The open cases that the partner holds, or that wait for it alone."""
    theirs = Q(held_by_id=partner.organisation_id) | Q(chosen_partner=partner)
    return support.unfinished(partner.contract).filter(theirs).order_by("pk")


def roles_to_end(partner: Partner) -> QuerySet[Membership]:
    """The roles that people hold at the partner because it is one; none where it is a partner elsewhere too."""
    rows = Membership.objects.filter(
        organisation_id=partner.organisation_id, role__in=PARTNER_ROLES, ended_at__isnull=True
    ).select_related("user", "organisation")
    elsewhere = contracts.partnerships([partner.organisation_id], clock.today()).exclude(pk=partner.pk)
    serves = Contract.objects.filter(independent_route_id=partner.organisation_id)
    return rows.none() if elsewhere.exists() or serves.exists() else rows


@dataclass(frozen=True)
class Shares:
    """The shares on the partner's last day and the day after, by name. Restated: those after sum to 1."""

    before: dict[str, Decimal]
    after: dict[str, Decimal]
    term_goes_on: bool

    @property
    def are_restated(self) -> bool:
        """Whether the money of the day after is all somebody's; a term that ends with the partner has none."""
        return not self.term_goes_on or sum(self.after.values(), Decimal(0)) == 1


def shares(partner: Partner) -> Shares:
    """How the money is shared before and after."""
    contract, last = partner.contract, _last_day(partner)
    before, after = (
        {one.organisation.name: share for one, share in contracts.shares(contract, on).items()}
        for on in (last, last + ONE_DAY)
    )
    return Shares(before, after, last < contract.ends_on)


@dataclass(frozen=True)
class Due:
    """What a partner has of one quarter, in pounds; `state` says how far its payment is."""

    quarter: str
    amount: Decimal
    state: str


def money(partner: Partner) -> list[Due]:
    """Every quarter up to its last day, in order: as stated, or its share of the value where nothing is stated yet."""
    found = {Quarter.parse(quarter): (amount, words) for quarter, amount, words in _stated(partner)}
    for row in contracts.quarters(partner.contract):
        quarter = Quarter.of(row.starts_on)
        if partner.joined_on <= row.starts_on <= _last_day(partner) and quarter not in found:
            now = {str(one.pk): share for one, share in contracts.shares(partner.contract, row.starts_on).items()}
            mine = parts(row.value, now).get(str(partner.pk), NOTHING) if now else NOTHING
            found[quarter] = (mine, "Not stated yet: its share of the value")
    return [Due(quarter.words, *found[quarter]) for quarter in sorted(found)]


def _stated(partner: Partner) -> list[tuple[str, Decimal, str]]:
    mine = Q(lines__partner=partner)
    rows = Statement.objects.filter(mine).order_by("report__quarter").select_related("report")
    rows = rows.annotate(
        mine=Sum("lines__amount", filter=mine),
        lines_in_all=Count("lines", filter=mine),
        lines_sent=Count("lines", filter=mine & Q(lines__payment_line__isnull=False)),
        lines_paid=Count("lines", filter=mine & Q(lines__payment_line__payment__paid_on__isnull=False)),
    )
    return [(row.report.quarter, row.mine, _how_far(row)) for row in rows]


def _how_far(row: Any) -> str:
    """How far the payment of one partner's lines of a statement is."""
    if row.lines_paid == row.lines_in_all:
        return "Paid"
    return "On its way" if row.lines_sent == row.lines_in_all else row.get_status_display()


@dataclass(frozen=True)
class Progress:
    """How far the cases are. `is_at_work`: a worker has them in hand."""

    done: int
    left: int
    is_at_work: bool

    @property
    def total(self) -> int:
        """All of them."""
        return self.done + self.left


def progress(handover: Handover) -> Progress:
    """How many cases were handed over, and how many are left."""
    found = handover.cases.aggregate(done=Count("pk"), last=Max("handed_at"))
    left = cases_to_hand_over(handover.partner).count()
    at_work = rules.is_at_work(asked_at=handover.asked_at, last_at=found["last"], left=left, now=clock.now())
    return Progress(found["done"], left, at_work)


def where_cases_went(handover: Handover) -> list[tuple[str, int]]:
    """How many cases each organisation got; those that wait for whoever is free last."""
    rows = handover.cases.values_list("to__name").annotate(number=Count("pk")).order_by("to__name")
    found = [(name or "Waiting for whoever is free", number) for name, number in rows]
    return sorted(found, key=lambda one: (one[0].startswith("Waiting"), one[0]))


def open_questions(partner: Partner) -> int:
    """How many questions of the handover nobody has answered."""
    asked = memberships.checks(partner.contract).filter(membership__partner=partner, outcome="")
    return asked.filter(kind=MembershipCheck.Kind.HANDOVER).count()


def facts_kept(partner: Partner) -> int:
    """How many facts are recorded as this partner's: they stay so."""
    return Evidence.objects.filter(contract=partner.contract.reference, partner_id=partner.organisation_id).count()


def _last_day(partner: Partner) -> date:
    assert partner.left_on is not None, "asked only of partners that leave"
    return partner.left_on
