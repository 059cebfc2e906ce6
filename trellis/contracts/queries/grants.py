"""The grants before a contract: for the authority's own people."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from trellis.accounts.models import User
from trellis.commissioning.models import Commission, EndingPlan, FundedBody
from trellis.commissioning.queries import provision
from trellis.commissioning.rules import provision as provision_rules
from trellis.contracts.models import Contract, GrantEnding
from trellis.core import clock
from trellis.core.permissions import Permission
from trellis.decisions.models import Condition, Decision
from trellis.decisions.queries import records
from trellis.decisions.queries.progress import decision_of


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
    """The first day without the grant, as it stands now.

    As planned, but neither before the contract starts, nor while its notice runs, nor while the decision that ends it
    has a condition on that which is not met.
    """
    return _stops_on(ending, _may_stop_from(ending.plan.body.commission))


def _stops_on(ending: GrantEnding, may_stop_from: date | None) -> date:
    return provision_rules.stops_on(
        planned=ending.plan.stops_on,
        contract_starts_on=start_of(ending.contract),
        served_on=ending.served_on,
        notice_months=ending.notice_months,
        conditions_allow_from=may_stop_from,
    )


def _may_stop_from(commission: Commission) -> date | None:
    """From which day the conditions of its decision let grants end; None where there is no condition on that."""
    decision = decision_of(commission)
    gate = Condition.Gates.END_GRANTS
    return records.conditions_allow_from(decision, gate, clock.today()) if decision else None


def grants_before(contract: Contract) -> list[GrantBefore]:
    """The grants that the contract takes the place of, by the body's name, each with where its ending stands."""
    endings = {row.plan_id: row for row in grant_endings(contract)}
    elsewhere = GrantEnding.objects.exclude(contract=contract).values("plan_id")
    plans = list(provision.endings_of(contract.authority_id).exclude(pk__in=elsewhere))
    commissions = {plan.body.commission_id: plan.body.commission for plan in plans}
    may_stop_from = {number: _may_stop_from(commission) for number, commission in commissions.items()}
    found = [_before(contract, plan, endings.get(plan.pk), may_stop_from[plan.body.commission_id]) for plan in plans]
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


def _before(
    contract: Contract, plan: EndingPlan, ending: GrantEnding | None, may_stop_from: date | None
) -> GrantBefore:
    yearly = sum((grant.yearly for grant in plan.body.grants.all()), Decimal("0.00"))
    start = start_of(contract)
    stops = _stops_on(ending, may_stop_from) if ending else max(plan.stops_on, start, may_stop_from or date.min)
    return GrantBefore(
        plan=plan,
        body=plan.body,
        yearly=yearly,
        notice=provision.notice_of(plan.body),
        ending=ending,
        stops_on=stops,
        overlap=provision_rules.overlap(yearly=yearly, stops_on=stops, starts_on=start),
    )


def check_decision_allows_award(decision: Decision | None, *, signed_on: date | None) -> None:
    """Refuse an award that the decision does not allow on that day; a contract from before Trellis may name none."""
    if decision and signed_on:
        records.check_can_act(decision, on=signed_on, gates=Condition.Gates.AWARD)
