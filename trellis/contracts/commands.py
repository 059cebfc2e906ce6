"""Writes to the alliance contract: making it, declaring what a partner also delivers, ending the grants before it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction

from trellis.audit import commands as audit
from trellis.commissioning import budget
from trellis.commissioning.commands import provision as provision_commands
from trellis.commissioning.models import EndingPlan, Indicator
from trellis.commissioning.rules.outcomes import check_target
from trellis.contracts import queries, rules
from trellis.contracts.models import Contract, ContractQuarter, GrantEnding, Interest, Partner, PartnerShare, Target
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.decisions.queries import records as decisions
from trellis.decisions.queries.progress import decision_of
from trellis.organisations.models import Organisation, ServiceType
from trellis.places.models import District


@transaction.atomic
def create_contract(
    *,
    reference: str,
    title: str,
    authority: Organisation,
    starts_on: date,
    years: int,
    baseline: Decimal,
    step_down: Decimal,
    shares: Mapping[Organisation, Decimal],
    independent_route: Organisation,
    by: Actor,
) -> Contract:
    """Enter an alliance contract with its partners and the value of each quarter.

    `baseline` is pounds a year before the contract; `step_down` the fraction that comes off each year (0.1), the first
    before year 1. `shares` gives each partner's fraction and must sum to 1. The independent route may not be a partner.
    """
    rules.check_shares({organisation.name: share for organisation, share in shares.items()})
    if independent_route in shares:
        raise RuleBroken("The independent route cannot be a partner: it is for when all partners have a conflict.")
    plan = budget.tapered_budget(
        baseline=baseline, step_down=step_down * 100, years=years, extensions=0, start=starts_on
    )
    contract = Contract.objects.create(
        reference=reference,
        title=title,
        authority=authority,
        starts_on=starts_on,
        ends_on=plan.years[-1].end,
        baseline=baseline,
        step_down=step_down,
        independent_route=independent_route,
    )
    _lay_out_quarters(contract, plan)
    for organisation, share in shares.items():
        partner = Partner.objects.create(contract=contract, organisation=organisation, joined_on=starts_on)
        PartnerShare.objects.create(partner=partner, starts_on=starts_on, share=share)
    audit.record(
        by=by,
        action="contracts.create_contract",
        subject=f"contract {reference}",
        facts={"value": str(plan.term_total), "partners": len(shares)},
    )
    return contract


def _lay_out_quarters(contract: Contract, plan: budget.Budget) -> None:
    ContractQuarter.objects.bulk_create(
        ContractQuarter(
            contract=contract, year=year.year, quarter=number, starts_on=part.start, ends_on=part.end, value=part.value
        )
        for year in plan.years
        for number, part in enumerate(year.quarters, start=1)
    )


@transaction.atomic
def set_target(
    *, contract: Contract, indicator: Indicator, starts_on: date, target: Decimal, floor: Decimal, by: Actor
) -> Target:
    """Set what the contract asks of an indicator from a date; the earlier target stays for the time before it."""
    check_target(target=target, floor=floor, higher_is_better=indicator.polarity == Indicator.Polarity.HIGHER)
    row = Target.objects.create(contract=contract, indicator=indicator, starts_on=starts_on, target=target, floor=floor)
    audit.record(
        by=by,
        action="contracts.set_target",
        subject=f"contract {contract.reference}",
        facts={"indicator": indicator.code, "target": str(target), "floor": str(floor), "from": str(starts_on)},
    )
    return row


@transaction.atomic
def declare_interest(
    *,
    partner: Partner,
    service_type: ServiceType,
    district: District,
    starts_on: date,
    ends_on: date | None = None,
    by: Actor,
) -> Interest:
    """Declare that a partner also runs a kind of service in a district.

    From then on it is neither offered nor shown the cases of organisations in that field there
    (support.commands.declare_interest also hands back those that it holds).
    """
    rules.check_interest_dates(starts_on=starts_on, ends_on=ends_on)
    try:
        with transaction.atomic():
            interest = Interest.objects.create(
                partner=partner,
                service_type=service_type,
                district=district,
                starts_on=starts_on,
                ends_on=ends_on,
                declared_by=by.actor_name,
            )
    except IntegrityError as error:
        raise RuleBroken("You have already declared this interest from that date.") from error
    _record_interest(interest, "contracts.declare_interest", by)
    return interest


@transaction.atomic
def end_interest(*, interest: Interest, ends_on: date, by: Actor) -> None:
    """Say on which day a partner stops running a service; the interest stands until that day is over."""
    rules.check_can_end_interest(starts_on=interest.starts_on, ends_on=interest.ends_on, ending_on=ends_on)
    if not Interest.objects.filter(pk=interest.pk, ends_on__isnull=True).update(ends_on=ends_on):
        raise RuleBroken("This interest has already ended.")
    interest.ends_on = ends_on
    _record_interest(interest, "contracts.end_interest", by)


@transaction.atomic
def sign_award(*, contract: Contract, signed_on: date, by: Actor) -> None:
    """Say that the award is signed: from that day on, notice may be served on the grants before it."""
    rules.check_can_sign_award(award_signed_on=contract.award_signed_on, signed_on=signed_on, today=clock.today())
    if not Contract.objects.filter(pk=contract.pk, award_signed_on__isnull=True).update(award_signed_on=signed_on):
        raise RuleBroken("Somebody said so just now: the award is signed.")
    contract.award_signed_on = signed_on
    _record(by, "sign_award", contract, signed_on=str(signed_on))


@transaction.atomic
def record_beginning(*, contract: Contract, began_on: date, by: Actor) -> None:
    """Say on which day the support did begin. The grants before it end no earlier, and move with it."""
    rules.check_can_begin(starts_on=contract.starts_on, began_on=began_on, today=clock.today())
    Contract.objects.filter(pk=contract.pk).update(began_on=began_on)
    contract.began_on = began_on
    _record(by, "record_beginning", contract, began_on=str(began_on))


@transaction.atomic
def serve_notice(
    *, grant_plan: EndingPlan, contract: Contract, served_on: date | None = None, by: Actor
) -> GrantEnding:
    """Carry out a planned ending: serve notice on a body whose grants the contract takes the place of.

    `served_on` None: today. When the grants stop is worked out from the plan, the contract's start and the months of
    notice (queries.grant_endings). RuleBroken while the award is not signed, and while the decision that the commission
    led to is not in effect, was taken irregularly, or has a condition on all that it allows. An authority that keeps
    its decisions elsewhere has none here to ask.
    """
    served_on = served_on or clock.today()
    rules.check_can_serve_notice(award_signed_on=contract.award_signed_on, served_on=served_on, today=clock.today())
    if grant_plan.body.commission.authority_id != contract.authority_id:
        raise RuleBroken("This grant is another authority’s: the contract does not take its place.")
    decision = decision_of(grant_plan.body.commission)
    if decision:
        decisions.check_can_act(decision, on=served_on)
    provision_commands.note_notice(plan=grant_plan, served_on=served_on, by=by)
    ending = GrantEnding.objects.create(
        contract=contract,
        plan=grant_plan,
        served_on=served_on,
        notice_months=grant_plan.body.notice_months,
        served_by=by.actor_name,
    )
    _record(by, "serve_notice", contract, body=grant_plan.body.name, served_on=str(served_on))
    return ending


@transaction.atomic
def withdraw_notice(*, ending: GrantEnding, reason: str, by: Actor) -> None:
    """Take back a notice served by mistake, before the grant has stopped. The ending is only planned again."""
    rules.check_can_withdraw_notice(stops_on=queries.stops_on(ending), today=clock.today())
    gone, _ = GrantEnding.objects.filter(pk=ending.pk).delete()
    if not gone:
        raise RuleBroken("Somebody took the notice back just now.")
    provision_commands.forget_notice(plan=ending.plan, by=by)
    _record(by, "withdraw_notice", ending.contract, reason=reason, body=ending.plan.body.name)


def _record(by: Actor, verb: str, contract: Contract, *, reason: str = "", **facts: str) -> None:
    subject = f"contract {contract.reference}"
    audit.record(by=by, action=f"contracts.{verb}", subject=subject, reason=reason, facts=facts)


def _record_interest(interest: Interest, action: str, by: Actor) -> None:
    audit.record(
        by=by,
        action=action,
        subject=f"partner {interest.partner.organisation.reference}",
        facts={
            "service_type": interest.service_type_id,
            "district": interest.district_id,
            "from": str(interest.starts_on),
            "to": str(interest.ends_on or ""),
        },
    )
