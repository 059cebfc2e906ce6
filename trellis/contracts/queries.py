"""Reads of the alliance contract. Contracts are public; only the grants before it are scoped by person."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, OuterRef, Q, QuerySet, Sum

from trellis.accounts.models import User
from trellis.commissioning.models import EndingPlan, FundedBody
from trellis.commissioning.queries import provision
from trellis.commissioning.rules import provision as provision_rules
from trellis.contracts.models import Contract, ContractQuarter, GrantEnding, Interest, Partner, PartnerShare, Target
from trellis.core.periods import Quarter
from trellis.core.permissions import Permission
from trellis.decisions.models import Condition, Decision
from trellis.decisions.queries import records
from trellis.decisions.queries.progress import decision_of
from trellis.organisations.models import Organisation


def contracts() -> QuerySet[Contract]:
    """Every contract, the newest first, with its authority."""
    return Contract.objects.select_related("authority", "independent_route").order_by("-starts_on")


def contract(reference: str) -> Contract | None:
    """The contract of that reference, if there is one."""
    return contracts().filter(reference=reference).first()


def current_contract(on: date) -> Contract | None:
    """The contract whose term holds the date: the one under which new requests are made."""
    return contracts().filter(starts_on__lte=on, ends_on__gte=on).first()


def partners(contract: Contract, on: date) -> QuerySet[Partner]:
    """The partners that are members on the date, by name."""
    members = Partner.objects.filter(_members(on), contract=contract)
    return members.select_related("organisation").order_by("organisation__name")


def partnerships(organisation_ids: list[int], on: date) -> QuerySet[Partner]:
    """What these organisations are partners of on the date, in any contract."""
    return Partner.objects.filter(_members(on), organisation_id__in=organisation_ids)


def _members(on: date) -> Q:
    return Q(joined_on__lte=on) & (Q(left_on__isnull=True) | Q(left_on__gte=on))


def partner_of(contract: Contract, organisation_ids: list[int], on: date) -> Partner | None:
    """The partner that one of these organisations is on the date."""
    return partners(contract, on).filter(organisation_id__in=organisation_ids).first()


def shares(contract: Contract, on: date) -> dict[Partner, Decimal]:
    """Each partner's fraction of the money on the date, in the order of their names; they sum to 1."""
    latest = (
        PartnerShare.objects.filter(partner=OuterRef("pk"), starts_on__lte=on).order_by("-starts_on").values("share")
    )
    members = partners(contract, on).annotate(share_then=latest[:1])
    return {partner: partner.share_then for partner in members if partner.share_then is not None}


def quarters(contract: Contract) -> list[ContractQuarter]:
    """The contract's quarters in order."""
    return list(contract.quarters.all())


def quarter(contract: Contract, quarter: Quarter) -> ContractQuarter | None:
    """The contract quarter in which a calendar quarter begins.

    A contract that starts on a quarter day (all of ours do) has the two coincide.
    """
    return contract.quarters.filter(starts_on__lte=quarter.start, ends_on__gte=quarter.start).first()


def value(contract: Contract) -> Decimal:
    """Pounds over the whole term."""
    return contract.quarters.aggregate(total=Sum("value"))["total"] or Decimal(0)


def targets(contract: Contract, on: date) -> dict[str, Target]:
    """The target in force on the date, by indicator code."""
    in_force: dict[str, Target] = {}
    for target in contract.targets.filter(starts_on__lte=on).order_by("starts_on").select_related("indicator"):
        in_force[target.indicator_id] = target
    return in_force


def interests(contract: Contract, on: date | None = None) -> QuerySet[Interest]:
    """What the partners have declared that they also deliver; all of it, or what stands on a date."""
    declared = Interest.objects.filter(partner__contract=contract).select_related(
        "partner__organisation", "service_type", "district"
    )
    return declared if on is None else declared.filter(_standing(on))


def _standing(on: date) -> Q:
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))


def interest_in(organisation: OuterRef | int, on: date) -> QuerySet[Interest]:
    """The interests that stand in an organisation's way: the same kind of service, in its district.

    Where the organisation's district is not known, the kind of service alone is enough: the firewall errs on its side.
    """
    here = Q(district=F("service_type__organisation__district"))
    nowhere = Q(service_type__organisation__district__isnull=True)
    # one filter(), so that both conditions speak of the same organisation
    return Interest.objects.filter(_standing(on), here | nowhere, service_type__organisation=organisation)


def conflicted_partner_organisation_ids(organisation: Organisation, on: date) -> set[int]:
    """The partner organisations that compete with an organisation on the date, itself included if it is one."""
    interested = interest_in(organisation.pk, on)
    return set(interested.values_list("partner__organisation_id", flat=True)) | {organisation.pk}


@dataclass(frozen=True)
class GrantBefore:
    """A grant that the contract takes the place of: planned to end or, with `ending`, ending.

    `yearly` is pounds a year; `stops_on` the first day without the grant, as it stands now; `cost` what it still costs
    once the contract runs, as a rules.Overlap.
    """

    plan: EndingPlan
    body: FundedBody
    yearly: Decimal
    notice: provision.Notice
    ending: GrantEnding | None
    stops_on: date
    overlap: provision_rules.Overlap

    @property
    def notice_by(self) -> date:
        """The last day for notice that has run out when the grant stops."""
        return provision_rules.notice_by(stops_on=self.stops_on, months=self.notice.months)

    @property
    def is_short(self) -> bool:
        """Whether the notice that was served still runs when the grant stops: less than the body is owed."""
        served = self.ending.served_on if self.ending else None
        return served is not None and self.stops_on < provision_rules.earliest_stop(
            served_on=served, months=self.notice.months
        )

    @property
    def moved(self) -> bool:
        """Whether it stops later than was planned."""
        return self.stops_on > self.plan.stops_on


def start_of(contract: Contract) -> date:
    """The day on which the contract's support starts: as it did, else as agreed."""
    return contract.began_on or contract.starts_on


def stops_on(ending: GrantEnding) -> date:
    """The first day without the grant: as planned, but neither before the contract starts nor while its notice runs."""
    return provision_rules.stops_on(
        planned=ending.plan.stops_on,
        contract_starts_on=start_of(ending.contract),
        served_on=ending.served_on,
        notice_months=ending.notice_months,
    )


def grants_before(contract: Contract) -> list[GrantBefore]:
    """The grants that the contract takes the place of, by the body's name, each with where its ending stands."""
    endings = {row.plan_id: row for row in grant_endings(contract)}
    plans = provision.endings_of(contract.authority_id)
    elsewhere = GrantEnding.objects.exclude(contract=contract).values("plan_id")
    found = [_before(contract, plan, endings.get(plan.pk)) for plan in plans.exclude(pk__in=elsewhere)]
    return sorted(found, key=lambda one: one.body.name)


def conditions_on_ending(grants: list[GrantBefore]) -> list[tuple[Decision, Condition]]:
    """What the grants must not end before: the open conditions of the decisions that end them."""
    commissions = {grant.body.commission_id: grant.body.commission for grant in grants}
    decisions = [decision for one in commissions.values() if (decision := decision_of(one))]
    return [(decision, row) for decision in decisions for row in records.open_conditions(decision, "end-grants")]


def grant_endings(contract: Contract) -> QuerySet[GrantEnding]:
    """The notices that were served for a contract."""
    return GrantEnding.objects.filter(contract=contract).select_related("contract", "plan__body__commission")


def grants_visible_to(user: User) -> QuerySet[Contract]:
    """The contracts whose earlier grants a person may see: those of the authority that they commission for."""
    return Contract.objects.filter(authority_id__in=user.organisation_ids(Permission.COMMISSION_VIEW))


def grants_managed_by(user: User) -> QuerySet[Contract]:
    """The contracts whose earlier grants a person may end."""
    return Contract.objects.filter(authority_id__in=user.organisation_ids(Permission.CONTRACT_MANAGE))


def _before(contract: Contract, plan: EndingPlan, ending: GrantEnding | None) -> GrantBefore:
    yearly = sum((grant.yearly for grant in plan.body.grants.all()), Decimal("0.00"))
    start = start_of(contract)
    stops = stops_on(ending) if ending else max(plan.stops_on, start)
    return GrantBefore(
        plan=plan,
        body=plan.body,
        yearly=yearly,
        notice=provision.notice_of(plan.body),
        ending=ending,
        stops_on=stops,
        overlap=provision_rules.overlap(yearly=yearly, stops_on=stops, starts_on=start),
    )
