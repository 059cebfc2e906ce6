"""Making the alliance contract, extending it, and saying what it asks of an indicator."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction

from trellis.audit import commands as audit
from trellis.commissioning.models import Indicator
from trellis.commissioning.rules.outcomes import check_target
from trellis.contracts.models import (
    Contract,
    ContractQuarter,
    ExtensionOption,
    FundingShare,
    Membership,
    Partner,
    PartnerShare,
    Target,
    WorkShare,
)
from trellis.contracts.moving import tell
from trellis.contracts.queries.grants import check_decision_allows_award
from trellis.contracts.rules import contract as rules
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.core.periods import ONE_DAY
from trellis.decisions.models import Decision
from trellis.decisions.queries import records as decisions
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
    step_down: Decimal | None = None,
    values: Sequence[Decimal] | None = None,
    extensions: int = 0,
    shares: Mapping[Organisation, Decimal],
    funding: Mapping[str, Decimal] | None = None,
    independent_route: Organisation,
    regime: str = "",
    award_signed_on: date | None = None,
    leaving_notice_months: int | None = None,
    decision: Decision | None = None,
    by: Actor,
) -> Contract:
    """Enter an alliance contract with its partners, the value of each quarter, and the years it may be extended by.

    `baseline` is pounds a year before the contract; `step_down` the fraction that comes off each year (0.1), the first
    before year 1, or else `values` gives each year's pounds, extensions last. `shares`: each partner's fraction of the
    money and, until restated, of the work; `funding`: of each budget; each sums to 1. The independent route may be no
    partner. RuleBroken for a reference that is taken or is none, and for an award that the decision does not allow.
    """
    plan = rules.years_of(
        baseline=baseline, step_down=step_down, values=values, years=years, extensions=extensions, starts_on=starts_on
    )
    _check(reference, authority, shares, funding or {}, independent_route)
    check_decision_allows_award(decision, signed_on=award_signed_on)
    try:
        with transaction.atomic():
            contract = Contract.objects.create(
                reference=reference, title=title, authority=authority, regime=regime, decision=decision,
                starts_on=starts_on, ends_on=plan[years - 1].period.end, baseline=baseline, step_down=step_down,
                independent_route=independent_route, award_signed_on=award_signed_on,
                leaving_notice_months=leaving_notice_months,
            )  # fmt: skip
    except IntegrityError as error:
        raise RuleBroken(f"There is already a contract {reference}.", field="reference") from error
    _lay_out(contract, plan[:years])
    _keep_options(contract, plan[years:])
    _fund(contract, starts_on, funding or {})
    for organisation, share in shares.items():
        _sign(contract, organisation, share, by)
    value = str(sum(year.value for year in plan[:years]))
    _record(contract, "create_contract", by, value=value, partners=len(shares), extensions=extensions)
    return contract


def _check(
    reference: str,
    authority: Organisation,
    shares: Mapping[Organisation, Decimal],
    funding: Mapping[str, Decimal],
    independent_route: Organisation,
) -> None:
    rules.check_reference(reference)
    if funding:
        rules.check_funding(funding, field="funding")
    rules.check_partners(
        shares={organisation.reference: share for organisation, share in shares.items()},
        authority=authority.reference,
        independent_route=independent_route.reference,
    )


def _lay_out(contract: Contract, years: Iterable[rules.YearOfContract]) -> None:
    ContractQuarter.objects.bulk_create(
        ContractQuarter(
            contract=contract, year=year.number, quarter=number, starts_on=part.start, ends_on=part.end, value=value
        )
        for year in years
        for number, (part, value) in enumerate(year.quarters, start=1)
    )


def _keep_options(contract: Contract, years: Iterable[rules.YearOfContract]) -> None:
    ExtensionOption.objects.bulk_create(
        ExtensionOption(
            contract=contract, number=number, starts_on=year.period.start, ends_on=year.period.end, value=year.value
        )
        for number, year in enumerate(years, start=1)
    )


@transaction.atomic
def set_funding(*, contract: Contract, starts_on: date, shares: Mapping[str, Decimal], by: Actor) -> None:
    """Say which budgets pay for a contract from a date, as fractions that sum to 1. It replaces that date's own."""
    rules.check_funding(shares, field="shares")
    _fund(contract, starts_on, shares)
    _record(contract, "set_funding", by, starts_on=str(starts_on), **{name: str(part) for name, part in shares.items()})


def _fund(contract: Contract, starts_on: date, shares: Mapping[str, Decimal]) -> None:
    FundingShare.objects.filter(contract=contract, starts_on=starts_on).delete()
    FundingShare.objects.bulk_create(
        FundingShare(contract=contract, starts_on=starts_on, source=source, share=share)
        for source, share in shares.items()
    )


def _sign(contract: Contract, organisation: Organisation, share: Decimal, by: Actor) -> None:
    """An organisation signs the contract: it is a partner from its start."""
    partner = Partner.objects.create(contract=contract, organisation=organisation, joined_on=contract.starts_on)
    membership = Membership.objects.create(
        contract=contract, organisation=organisation, partner=partner, status=Membership.Status.ACTIVE
    )
    tell(membership, by=by, note="It signed the contract at its start.")
    PartnerShare.objects.create(partner=partner, starts_on=contract.starts_on, share=share)
    WorkShare.objects.create(partner=partner, starts_on=contract.starts_on, share=share)


@transaction.atomic
def extend_term(*, contract: Contract, extension: int, decision: Decision, by: Actor) -> bool:
    """Apply an extension year: its quarters become part of the term, and the term ends with it, at once or not at all.

    `extension` counts from 1; `decision` is what decided it. False, and nothing changes, when it is applied already.
    RuleBroken for an option that is none or that does not follow the term's last day, and for a decision of another
    authority or one that nothing may rest on today.
    """
    contract.refresh_from_db(fields=["ends_on"], from_queryset=Contract.objects.select_for_update())
    option = ExtensionOption.objects.filter(contract=contract, number=extension).first()
    if option is None:
        raise RuleBroken(f"The contract has no extension {extension}.")
    if option.applied_at is not None:
        return False
    rules.check_can_extend(
        number=extension, ends_on=contract.ends_on, option_starts_on=option.starts_on,
        is_own=decision.authority_id == contract.authority_id,
    )  # fmt: skip
    decisions.check_can_act(decision, on=clock.today())
    mine = ExtensionOption.objects.filter(pk=option.pk, applied_at__isnull=True)
    if not mine.update(applied_at=clock.now(), applied_by=by.actor_name, decision=decision.reference):
        return False
    _lay_out(contract, [_year_of(contract, option)])
    Contract.objects.filter(pk=contract.pk, ends_on=option.starts_on - ONE_DAY).update(ends_on=option.ends_on)
    contract.ends_on = option.ends_on
    _record(
        contract, "extend_term", by, extension=extension, decision=decision.reference, value=str(option.value),
        ends_on=str(option.ends_on),
    )  # fmt: skip
    return True


def _year_of(contract: Contract, option: ExtensionOption) -> rules.YearOfContract:
    years = ContractQuarter.objects.filter(contract=contract).values("year").distinct().count()
    values = [Decimal(0)] * years + [option.value]
    return rules.years_of(
        baseline=contract.baseline, step_down=None, values=values, years=years, extensions=1,
        starts_on=contract.starts_on,
    )[-1]  # fmt: skip


@transaction.atomic
def set_target(
    *, contract: Contract, indicator: Indicator, starts_on: date, target: Decimal, floor: Decimal, by: Actor
) -> Target:
    """Set what the contract asks of an indicator from a date; the earlier target stays for the time before it."""
    check_target(target=target, floor=floor, higher_is_better=indicator.polarity == Indicator.Polarity.HIGHER)
    row = Target.objects.create(contract=contract, indicator=indicator, starts_on=starts_on, target=target, floor=floor)
    facts = {"indicator": indicator.code, "target": str(target), "floor": str(floor), "from": str(starts_on)}
    _record(contract, "set_target", by, **facts)
    return row


def _record(contract: Contract, verb: str, by: Actor, **facts: str | int) -> None:
    audit.record(by=by, action=f"contracts.{verb}", subject=f"contract {contract.reference}", facts=facts)
