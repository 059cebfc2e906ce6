"""Promising to be there, recording that one was, and planning how the sector is to stand by itself."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction

from trellis.audit import commands as audit
from trellis.contracts.models import Contract, DependencePlan, Partner, PresenceMonth, PresencePromise
from trellis.contracts.rules import presence as rules
from trellis.contracts.rules.presence import Presence
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.places.models import District


@transaction.atomic
def promise_presence(
    *, partner: Partner, district: District, hours: Decimal, days: int, starts_on: date, by: Actor
) -> PresencePromise:
    """Agree the least that a partner is there in a district each month, from the first day of a month on.

    An earlier promise stays for the months before.
    """
    contract = partner.contract
    rules.check_promise(starts_on=starts_on, term=(contract.starts_on, contract.ends_on))
    rules.check_presence(place=district.name, presence=Presence(hours, days))
    try:
        with transaction.atomic():
            promise = PresencePromise.objects.create(
                partner=partner, district=district, hours=hours, days=days, starts_on=starts_on,
                promised_by=by.actor_name,
            )  # fmt: skip
    except IntegrityError as error:
        raise RuleBroken("There is a promise for this partner and district from that day already.") from error
    _record(contract, "promise_presence", by, partner, district=district.code, hours=str(hours), since=str(starts_on))
    return promise


@transaction.atomic
def record_presence(
    *, partner: Partner, month: date, presences: Mapping[District, tuple[Decimal, int]], note: str = "", by: Actor
) -> None:
    """Record how much a partner was there in a month that is over: hours and days, by district.

    What was recorded before for the same month is corrected; the audit keeps both.
    """
    contract, month = partner.contract, rules.first_of_month(month)
    rules.check_month(month=month, term=(contract.starts_on, contract.ends_on), today=clock.today())
    for district, (hours, days) in presences.items():
        rules.check_presence(place=district.name, presence=Presence(hours, days))
        said = {"hours": hours, "days": days, "note": note, "recorded_at": clock.now(), "recorded_by": by.actor_name}
        PresenceMonth.objects.update_or_create(partner=partner, district=district, month=month, defaults=said)
    facts = {district.code: f"{hours} in {days}" for district, (hours, days) in presences.items()}
    _record(contract, "record_presence", by, partner, month=str(month), **facts)


@transaction.atomic
def plan_dependence(*, contract: Contract, fractions: Mapping[int, Decimal], by: Actor) -> None:
    """Plan what part of the income may come from the contract, by contract year: fractions that do not rise."""
    rules.check_plan([fractions[year] for year in sorted(fractions)])
    for year, fraction in fractions.items():
        said = {"fraction": fraction, "planned_at": clock.now(), "planned_by": by.actor_name}
        DependencePlan.objects.update_or_create(contract=contract, year=year, defaults=said)
    audit.record(
        by=by,
        action="contracts.plan_dependence",
        subject=f"contract {contract.reference}",
        facts={f"year {year}": str(fraction) for year, fraction in fractions.items()},
    )


def _record(contract: Contract, verb: str, by: Actor, partner: Partner, **facts: str) -> None:
    audit.record(
        by=by,
        action=f"contracts.{verb}",
        subject=f"partner {partner.organisation.reference}",
        facts={"contract": contract.reference, **facts},
    )
