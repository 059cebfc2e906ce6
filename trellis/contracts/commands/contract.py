"""Making the alliance contract, and saying what it asks of an indicator."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction

from trellis.audit import commands as audit
from trellis.commissioning import budget
from trellis.commissioning.models import Indicator
from trellis.commissioning.rules.outcomes import check_target
from trellis.contracts.models import Contract, ContractQuarter, Membership, Partner, PartnerShare, Target, WorkShare
from trellis.contracts.moving import tell
from trellis.contracts.rules.shares import check_shares
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.organisations.models import Organisation


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
    before year 1. `shares` gives each partner's fraction of the money and, until restated, of the work; they sum to 1.
    The independent route may not be a partner.
    """
    check_shares({organisation.name: share for organisation, share in shares.items()})
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
        _sign(contract, organisation, share, by)
    audit.record(
        by=by,
        action="contracts.create_contract",
        subject=f"contract {reference}",
        facts={"value": str(plan.term_total), "partners": len(shares)},
    )
    return contract


def _sign(contract: Contract, organisation: Organisation, share: Decimal, by: Actor) -> None:
    """An organisation signs the contract: it is a partner from its start."""
    partner = Partner.objects.create(contract=contract, organisation=organisation, joined_on=contract.starts_on)
    membership = Membership.objects.create(
        contract=contract, organisation=organisation, partner=partner, status=Membership.Status.ACTIVE
    )
    tell(membership, by=by, note="It signed the contract at its start.")
    PartnerShare.objects.create(partner=partner, starts_on=contract.starts_on, share=share)
    WorkShare.objects.create(partner=partner, starts_on=contract.starts_on, share=share)


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
