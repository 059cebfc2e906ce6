"""What every change to an equality impact assessment shares: it is on record, and a version is begun once."""

from typing import Any

from django.db import IntegrityError, transaction

from trellis.audit import commands as audit
from trellis.commissioning.models import Commission, EqualityAssessment
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.core.references import create_with_reference


@transaction.atomic
def record_change(*, assessment: EqualityAssessment, verb: str, by: Actor, **facts: Any) -> None:
    """Write a change down in the audit, as `commissioning.<verb>`."""
    subject = f"equality assessment {assessment.reference}"
    audit.record(by=by, action=f"commissioning.{verb}", subject=subject, facts=facts)


@transaction.atomic
def create_version(*, commission: Commission, verb: str, by: Actor, **fields: Any) -> EqualityAssessment:
    """A version of a commission's assessment, on record. Two who begin one at once are told apart by the database."""
    try:
        with transaction.atomic():
            made = create_with_reference(EqualityAssessment, "EQIA", commission=commission, **fields)
    except IntegrityError as error:
        raise RuleBroken("Somebody began this version just now. Look at it before you begin another.") from error
    record_change(assessment=made, verb=verb, by=by, version=made.version, assessed_on=made.assessed_on.isoformat())
    return made
