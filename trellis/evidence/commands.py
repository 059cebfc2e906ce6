"""Recording facts. There is no command to change one: a correction is a new fact."""

from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction

from trellis.audit import commands as audit
from trellis.audit.chain import digest_of
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.evidence.models import Evidence
from trellis.organisations.models import Organisation
from trellis.places.models import District

DIGESTED = (
    "kind", "occurred_on", "recorded_at", "contract", "partner_id", "organisation_id", "district_id",
    "quantity", "unit", "subject", "source", "corrects_id", "retracts",
)  # fmt: skip


@transaction.atomic
def record(
    *,
    by: Actor,
    kind: str,
    occurred_on: date,
    source: str,
    unit: str,
    quantity: Decimal | int | None = 1,
    contract: str = "",
    partner: Organisation | None = None,
    organisation: Organisation | None = None,
    district: District | None = None,
    subject: str = "",
) -> Evidence:
    """Append one fact, and the audit row that says who recorded it.

    `source` is what makes the fact unique, such as `case CASE-7K2M completed`; a second fact from it is refused with
    RuleBroken. `quantity` is in `unit`; None says that it is known to be unknown. No argument may hold personal data.
    """
    fields = {
        "kind": kind,
        "occurred_on": occurred_on,
        "recorded_at": clock.now(),
        "contract": contract,
        "partner_id": partner.pk if partner else None,
        "organisation_id": organisation.pk if organisation else None,
        "district_id": district.pk if district else None,
        "quantity": None if quantity is None else Decimal(quantity),
        "unit": unit,
        "subject": subject,
        "source": source,
        "corrects_id": None,
        "retracts": False,
    }
    return _append(fields, by=by, action="evidence.record")


@transaction.atomic
def correct(
    *,
    by: Actor,
    fact: Evidence,
    reason: str,
    quantity: Decimal | int | None = None,
    occurred_on: date | None = None,
    retract: bool = False,
) -> Evidence:
    """Append a fact that takes another's place, or with `retract` says that it did not happen.

    The old fact stays as it was. A fact can be corrected once; a second correction corrects the first one.
    """
    fields = {name: getattr(fact, name) for name in DIGESTED}
    fields |= {
        "recorded_at": clock.now(),
        "source": f"correction of {fact.pk}",
        "corrects_id": fact.pk,
        "retracts": retract,
        "quantity": Decimal(quantity) if quantity is not None else fact.quantity,
        "occurred_on": occurred_on or fact.occurred_on,
    }
    return _append(fields, by=by, action="evidence.correct", reason=reason)


def _append(fields: dict, *, by: Actor, action: str, reason: str = "") -> Evidence:
    try:
        with transaction.atomic():
            fact = Evidence.objects.create(**fields, digest=digest_of(fields))
    except IntegrityError as error:
        if Evidence.objects.filter(source=fields["source"]).exists():
            raise RuleBroken(f"This is already recorded: {fields['source']}.") from error
        raise
    audit.record(by=by, action=action, subject=f"evidence {fact.pk}", reason=reason, facts={"source": fact.source})
    return fact
