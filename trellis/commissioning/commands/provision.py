"""Writes of current provision: who is funded today, and the ending that is planned for each. Doing it is contracts'."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from trellis.audit import commands as audit
from trellis.commissioning.models import Commission, EndingPlan, FundedBody, FundingSource, Grant
from trellis.commissioning.rules import provision as rules
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.organisations.models import Organisation
from trellis.places.models import District


@transaction.atomic
def add_funding_source(*, commission: Commission, name: str, by: Actor) -> FundingSource:
    """Name a budget that grants are paid from."""
    try:
        with transaction.atomic():
            source = FundingSource.objects.create(commission=commission, name=name)
    except IntegrityError as error:
        raise RuleBroken(f"“{name}” is there already.", field="name") from error
    _record(by, "add_funding_source", commission, name=name)
    return source


@transaction.atomic
def drop_funding_source(*, source: FundingSource, by: Actor) -> None:
    """Take out a budget that pays no grant."""
    if source.grants.exists():
        raise RuleBroken("Grants are paid from it. Change those first.")
    source.delete()
    _record(by, "drop_funding_source", source.commission, name=source.name)


@transaction.atomic
def add_funded_body(
    *,
    commission: Commission,
    name: str,
    kind: str,
    yearly: Mapping[FundingSource, Decimal | None],
    districts: Sequence[District],
    award_starts_on: date,
    award_ends_on: date,
    notice_months: int | None = None,
    terms: str = "",
    organisation: Organisation | None = None,
    is_illustrative: bool = False,
    by: Actor,
) -> FundedBody:
    """Set down a body that is funded today.

    `yearly` gives pounds a year by source; `districts` is empty for one that serves the whole area;
    `award_ends_on` is the last day that the award pays for. `notice_months` is what the award asks for, and `terms`
    where it does; None: what the rulebook says.
    """
    _check(yearly, award_starts_on, award_ends_on, notice_months, terms)
    body = FundedBody(
        commission=commission,
        name=name,
        kind=kind,
        organisation=organisation,
        award_starts_on=award_starts_on,
        award_ends_on=award_ends_on,
        notice_months=notice_months,
        terms=terms,
        is_illustrative=is_illustrative,
    )
    _save(body, yearly, districts)
    _record(by, "add_funded_body", commission, name=name, yearly=str(_total(yearly)))
    return body


@transaction.atomic
def change_funded_body(
    *,
    body: FundedBody,
    name: str,
    kind: str,
    yearly: Mapping[FundingSource, Decimal | None],
    districts: Sequence[District],
    award_starts_on: date,
    award_ends_on: date,
    notice_months: int | None,
    terms: str,
    organisation: Organisation | None,
    by: Actor,
) -> None:
    """Correct what is said of a funded body. RuleBroken once notice has been served on it."""
    _check_no_notice(body)
    _check(yearly, award_starts_on, award_ends_on, notice_months, terms)
    body.name, body.kind, body.organisation = name, kind, organisation
    body.award_starts_on, body.award_ends_on = award_starts_on, award_ends_on
    body.notice_months, body.terms = notice_months, terms
    _save(body, yearly, districts)
    _record(by, "change_funded_body", body.commission, name=name, yearly=str(_total(yearly)))


@transaction.atomic
def drop_funded_body(*, body: FundedBody, by: Actor) -> None:
    """Take out a body named by mistake, its grants and its planned ending with it."""
    _check_no_notice(body)
    EndingPlan.objects.filter(body=body).delete()
    body.grants.all().delete()
    name = body.name
    FundedBody.objects.filter(pk=body.pk).delete()
    _record(by, "drop_funded_body", body.commission, name=name)


@transaction.atomic
def plan_endings(*, bodies: Sequence[FundedBody], stops_on: date, by: Actor) -> list[EndingPlan]:
    """Plan the day on which bodies' grants stop, or move it: `stops_on` is the first day without the grant."""
    return [_plan(body, stops_on, by) for body in bodies]


@transaction.atomic
def drop_ending(*, plan: EndingPlan, by: Actor) -> None:
    """Plan no ending for a body after all."""
    gone, _ = EndingPlan.objects.filter(pk=plan.pk, notice_served_on__isnull=True).delete()
    if not gone:
        raise RuleBroken("Notice has been served: withdraw it in the contract first.")
    _record(by, "drop_ending", plan.body.commission, body=plan.body.name)


@transaction.atomic
def note_notice(*, plan: EndingPlan, served_on: date, by: Actor) -> None:
    """The contract has served notice: from now on the plan stands fast. RuleBroken when it was served before."""
    served = EndingPlan.objects.filter(pk=plan.pk, notice_served_on__isnull=True).update(notice_served_on=served_on)
    if not served:
        raise RuleBroken("Notice has been served on this grant already.")
    plan.notice_served_on = served_on
    _record(by, "note_notice", plan.body.commission, body=plan.body.name, served_on=served_on.isoformat())


@transaction.atomic
def forget_notice(*, plan: EndingPlan, by: Actor) -> None:
    """The contract has withdrawn its notice: the ending is only planned again."""
    if not EndingPlan.objects.filter(pk=plan.pk, notice_served_on__isnull=False).update(notice_served_on=None):
        raise RuleBroken("No notice has been served on this grant.")
    plan.notice_served_on = None
    _record(by, "forget_notice", plan.body.commission, body=plan.body.name)


def _plan(body: FundedBody, stops_on: date, by: Actor) -> EndingPlan:
    before = EndingPlan.objects.filter(body=body).first()
    rules.check_can_plan(
        stops_on=stops_on,
        award_starts_on=body.award_starts_on,
        notice_served_on=before.notice_served_on if before else None,
    )
    if before is None:
        plan = EndingPlan.objects.create(body=body, stops_on=stops_on, planned_by=by.actor_name)
    else:
        said = {"stops_on": stops_on, "planned_at": clock.now(), "planned_by": by.actor_name}
        if not EndingPlan.objects.filter(pk=before.pk, notice_served_on__isnull=True).update(**said):
            raise RuleBroken("Somebody served notice just now: the ending stands fast.")
        plan = EndingPlan.objects.get(pk=before.pk)
    _record(by, "plan_ending", body.commission, body=body.name, stops_on=stops_on.isoformat())
    return plan


def _check_no_notice(body: FundedBody) -> None:
    if EndingPlan.objects.filter(body=body, notice_served_on__isnull=False).exists():
        raise RuleBroken("Notice has been served on this body: what it says of it stands fast.")


def _check(
    yearly: Mapping[FundingSource, Decimal | None], starts_on: date, ends_on: date, months: int | None, terms: str
) -> None:
    rules.check_grants({source.name: amount for source, amount in yearly.items()})
    rules.check_body(award_starts_on=starts_on, award_ends_on=ends_on, notice_months=months, terms=terms)


def _save(body: FundedBody, yearly: Mapping[FundingSource, Decimal | None], districts: Sequence[District]) -> None:
    try:
        with transaction.atomic():
            body.save()
    except IntegrityError as error:
        raise RuleBroken(f"“{body.name}” is there already.", field="name") from error
    body.districts.set(districts)
    body.grants.all().delete()
    Grant.objects.bulk_create(Grant(body=body, source=source, yearly=sum_) for source, sum_ in yearly.items() if sum_)


def _total(yearly: Mapping[FundingSource, Decimal | None]) -> Decimal:
    return sum((amount for amount in yearly.values() if amount), Decimal(0))


def _record(by: Actor, verb: str, commission: Commission, **facts: Any) -> None:
    audit.record(by=by, action=f"commissioning.{verb}", subject=f"commission {commission.reference}", facts=facts)
