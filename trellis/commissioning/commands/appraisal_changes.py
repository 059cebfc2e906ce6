"""What every change to an appraisal shares: it is still a draft, and the change is on record."""

from typing import Any

from django.db import transaction
from django.db.models import F

from trellis.audit import commands as audit
from trellis.commissioning.models import Appraisal
from trellis.commissioning.rules import appraisal as rules
from trellis.core.actors import Actor


@transaction.atomic
def record_change(*, appraisal: Appraisal, verb: str, by: Actor, facts: dict[str, Any]) -> None:
    """Count a change and audit it as `commissioning.<verb>`. RuleBroken when the version is concluded.

    Counting it on the appraisal's own row is what makes a change and a conclusion at the same moment take turns.
    """
    counted = Appraisal.objects.filter(pk=appraisal.pk, status=Appraisal.Status.DRAFT).update(changes=F("changes") + 1)
    rules.check_is_draft(bool(counted))
    reference = appraisal.commission.reference
    audit.record(
        by=by,
        action=f"commissioning.{verb}",
        subject=f"commission {reference}",
        facts={"version": appraisal.version} | facts,
    )
