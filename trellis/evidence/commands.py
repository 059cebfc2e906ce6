"""Recording facts. There is no command to change one: a correction is a new fact."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from trellis.audit import chain
from trellis.audit import commands as audit
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.evidence import rules
from trellis.evidence.models import Evidence, EvidenceLink
from trellis.organisations.models import Organisation
from trellis.places.models import District


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
    RuleBroken. `quantity` is in `unit` to two decimals (finer: ValueError); None says that it is known to be unknown.
    No argument may hold personal data; `subject` is a pseudonym.
    """
    fields = {
        "kind": kind,
        "occurred_on": occurred_on,
        "recorded_at": clock.now(),
        "contract": contract,
        "partner_id": partner.pk if partner else None,
        "organisation_id": organisation.pk if organisation else None,
        "district_id": district.pk if district else None,
        "quantity": rules.in_hundredths(quantity),
        "unit": unit,
        "subject": subject,
        "source": source,
        "corrects_id": None,
        "retracts": False,
    }
    return _append(fields, by=by, action="evidence.record")


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

    The old fact stays as it was. A fact is corrected once: whoever finds another mistake corrects the correction.
    Raises RuleBroken without a reason, without a difference, or when the fact stands no longer.
    """
    rules.check_can_correct(
        reason=reason,
        corrected=Evidence.objects.filter(corrects=fact).exists(),
        retraction=fact.retracts,
        retract=retract,
        quantity=quantity,
        occurred_on=occurred_on,
    )
    fields = {name: getattr(fact, name) for name in Evidence.digested}
    fields |= {
        "recorded_at": clock.now(),
        "source": f"correction of evidence {fact.pk}",
        "corrects_id": fact.pk,
        "retracts": retract,
        "quantity": fact.quantity if quantity is None else rules.in_hundredths(quantity),
        "occurred_on": occurred_on or fact.occurred_on,
    }
    return _append(fields, by=by, action="evidence.correct", reason=reason)


@transaction.atomic
def _append(fields: dict[str, Any], *, by: Actor, action: str, reason: str = "") -> Evidence:
    """One savepoint at most and no question beforehand: the unique constraint decides who was first."""
    fact = Evidence(**fields, digest=chain.digest_of(fields))
    try:
        fact.save(force_insert=True)
    except IntegrityError as error:
        raise _refusal(error, fields["source"]) from error
    audit.record(by=by, action=action, subject=f"evidence {fact.pk}", reason=reason, facts={"source": fact.source})
    chain.seal_when_due(EvidenceLink, fact.pk)
    return fact


def _refusal(error: IntegrityError, source: str) -> Exception:
    """What a broken constraint means. PostgreSQL names the constraint, SQLite the column."""
    diagnosis = getattr(error.__cause__, "diag", None)
    broken = diagnosis.constraint_name if diagnosis else str(error)
    if "corrects" in broken:
        return RuleBroken("This fact is already corrected. Correct the newest one instead.")
    if "source" in broken:
        return RuleBroken(f"This is already recorded: {source}.")
    return error
