"""Declaring what a partner also delivers."""

from datetime import date

from django.db import IntegrityError, transaction

from trellis.audit import commands as audit
from trellis.contracts.models import Interest, Partner, Tie
from trellis.contracts.rules import interests as rules
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.organisations.models import Organisation, ServiceType
from trellis.places.models import District


@transaction.atomic
def declare_interest(
    *,
    partner: Partner,
    service_type: ServiceType,
    district: District,
    starts_on: date,
    ends_on: date | None = None,
    kind: str = Interest.Kind.DELIVERS,
    by: Actor,
) -> Interest:
    """Declare that a partner also runs, or bids for, a kind of service in a district.

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
                kind=kind,
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
def declare_tie(
    *,
    partner: Partner,
    organisation: Organisation,
    kind: str,
    starts_on: date,
    ends_on: date | None = None,
    by: Actor,
) -> Tie:
    """Declare that a partner bids against a named organisation, or is tied to it.

    From then on it is neither offered nor shown the cases of that organisation (support.commands.declare_tie also
    hands back those that it holds).
    """
    rules.check_interest_dates(starts_on=starts_on, ends_on=ends_on)
    rules.check_is_another(is_itself=organisation.pk == partner.organisation_id)
    try:
        with transaction.atomic():
            tie = Tie.objects.create(
                partner=partner,
                organisation=organisation,
                kind=kind,
                starts_on=starts_on,
                ends_on=ends_on,
                declared_by=by.actor_name,
            )
    except IntegrityError as error:
        raise RuleBroken("You have already declared this organisation from that date.") from error
    _record_tie(tie, "contracts.declare_tie", by)
    return tie


@transaction.atomic
def end_tie(*, tie: Tie, ends_on: date, by: Actor) -> None:
    """Say on which day nothing stands between a partner and an organisation any more; it stands until that day is
    over."""
    rules.check_can_end_interest(starts_on=tie.starts_on, ends_on=tie.ends_on, ending_on=ends_on)
    if not Tie.objects.filter(pk=tie.pk, ends_on__isnull=True).update(ends_on=ends_on):
        raise RuleBroken("This has already ended.")
    tie.ends_on = ends_on
    _record_tie(tie, "contracts.end_tie", by)


def _record_tie(tie: Tie, action: str, by: Actor) -> None:
    audit.record(
        by=by,
        action=action,
        subject=f"partner {tie.partner.organisation.reference}",
        facts={"organisation": tie.organisation.reference, "kind": tie.kind, "to": str(tie.ends_on or "")},
    )


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
