"""Changing a contract that runs: drafted and tested, then carried at once or not at all."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal

from django.db import transaction

from trellis.audit import commands as audit
from trellis.contracts.models import Contract, ContractQuarter, Variation, VariationYear
from trellis.contracts.queries import variations as queries
from trellis.contracts.rules import variations as rules
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.core.periods import ContractYear, contract_years
from trellis.core.references import create_with_reference

Status = Variation.Status


@transaction.atomic
def draft_variation(
    *,
    contract: Contract,
    title: str,
    reason: str,
    ground: str,
    effective_on: date,
    values: Mapping[int, Decimal],
    clause: str = "",
    scope_before: str = "",
    scope_after: str = "",
    changes_nature: bool = False,
    admits_others: bool = False,
    shifts_balance: bool = False,
    extends_scope: bool = False,
    by: Actor,
) -> Variation:
    """Draft a change, to be tested against the law of the contract's award (queries.variations.working).

    `values` is what each contract year is to be worth, in pounds; years left out stay, and a year after the last makes
    the term longer by it. RuleBroken for a day that is not the first of a quarter to come, and for values that the
    quarters left cannot have.
    """
    before = queries.values_by_year(contract)
    after = before | dict(values)
    rules.check_ground(ground=ground, regime=queries.standing(contract).regime)
    rules.check_changes_something(before=before, after=after, scope=scope_before != scope_after)
    rules.check_years_follow(last=max(before), added=sorted(set(after) - set(before)))
    _check_quarters(contract, effective_on, before, after)
    variation = create_with_reference(
        Variation, "VAR", contract=contract, title=title, reason=reason, ground=ground, clause=clause,
        effective_on=effective_on, scope_before=scope_before, scope_after=scope_after, ends_before=contract.ends_on,
        ends_after=max(contract.ends_on, _year(contract, max(after)).period.end), changes_nature=changes_nature,
        admits_others=admits_others, shifts_balance=shifts_balance, extends_scope=extends_scope,
        drafted_by=by.actor_name,
    )  # fmt: skip
    VariationYear.objects.bulk_create(
        VariationYear(variation=variation, year=year, before=before.get(year, Decimal(0)), after=after[year])
        for year in sorted(after)
    )
    _record(variation, "draft", by, ground=ground)
    return variation


@transaction.atomic
def carry_variation(*, variation: Variation, note: str = "", by: Actor) -> None:
    """Make the change part of the contract: the quarters from its day on, the years that it adds, its last day.

    The test is asked again, as the contract stands now; `note` says where the alliance agreed. A proposal that is
    carried calls this. RuleBroken where the law does not allow it, or the contract has changed since it was drafted.
    """
    contract = Contract.objects.select_for_update().get(pk=variation.contract_id)
    working = queries.working(variation)
    rules.check_can_carry(status=variation.status, working=working)
    years = {year.year: year for year in queries.years(variation)}
    now = queries.values_by_year(contract)
    if {year: one.before for year, one in years.items() if one.before} != now:
        raise RuleBroken("The contract has changed since this was drafted. Draft it again.")
    _check_quarters(contract, variation.effective_on, now, {year: one.after for year, one in years.items()})
    _move(
        variation, Status.CARRIED, note=note, carried_at=clock.now(), carried_by=by.actor_name,
        working=[asdict(line) for line in working],
    )  # fmt: skip
    for year, one in years.items():
        if one.after != one.before:
            _set_year(contract, year, one.after, variation.effective_on)
    Contract.objects.filter(pk=contract.pk).update(ends_on=variation.ends_after)
    variation.contract.ends_on = variation.ends_after
    _record(variation, "carry", by, value=str(queries.change_of(variation)), ends_on=str(variation.ends_after))


@transaction.atomic
def drop_variation(*, variation: Variation, note: str, by: Actor) -> None:
    """Give up on a change that is drafted, and say why."""
    _move(variation, Status.DROPPED, note=note)
    _record(variation, "drop", by)


def _check_quarters(
    contract: Contract, effective_on: date, before: Mapping[int, Decimal], after: Mapping[int, Decimal]
) -> None:
    """Whether the change can be laid out on quarters to come."""
    starts = [one.starts_on for one in contract.quarters.all()]
    starts += [quarter.start for year in sorted(set(after) - set(before)) for quarter in _year(contract, year).quarters]
    rules.check_effective_on(effective_on=effective_on, quarter_starts=starts, today=clock.today())
    for year in sorted(after):
        if year in before and after[year] != before[year]:
            _left_of(contract, year, after[year], effective_on)


def _set_year(contract: Contract, year: int, value: Decimal, effective_on: date) -> None:
    if not contract.quarters.filter(year=year).exists():
        parts = _year(contract, year).quarters
        worth = rules.quarters_after(year=year, value=value, kept=Decimal(0), number=len(parts))
        ContractQuarter.objects.bulk_create(
            ContractQuarter(contract=contract, year=year, quarter=number, starts_on=part.start, ends_on=part.end,
                            value=each)
            for number, (part, each) in enumerate(zip(parts, worth, strict=True), start=1)
        )  # fmt: skip
        return
    for quarter, each in _left_of(contract, year, value, effective_on):
        ContractQuarter.objects.filter(pk=quarter.pk).update(value=each)


def _left_of(
    contract: Contract, year: int, value: Decimal, effective_on: date
) -> list[tuple[ContractQuarter, Decimal]]:
    """The quarters of a year from a day on, each with what it is worth when the year is worth `value`."""
    quarters = list(contract.quarters.filter(year=year))
    left = [one for one in quarters if one.starts_on >= effective_on]
    kept = sum((one.value for one in quarters if one.starts_on < effective_on), Decimal(0))
    worth = rules.quarters_after(year=year, value=value, kept=kept, number=len(left))
    return list(zip(left, worth, strict=True))


def _year(contract: Contract, number: int) -> ContractYear:
    return contract_years(contract.starts_on, number)[-1]


def _move(variation: Variation, status: str, **changes: object) -> None:
    drafted = Variation.objects.filter(pk=variation.pk, status=Status.DRAFTED)
    if not drafted.update(status=status, **changes):
        raise RuleBroken("This change is in the contract already, or it was dropped.")
    variation.refresh_from_db(fields=["status", *changes])


def _record(variation: Variation, verb: str, by: Actor, **facts: str) -> None:
    audit.record(
        by=by,
        action=f"contracts.{verb}_variation",
        subject=f"variation {variation.reference}",
        reason=variation.note,
        facts={"contract": variation.contract.reference, **facts},
    )
