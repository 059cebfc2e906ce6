"""How every write changes a dossier: only from the status that was checked, with a row of history and of audit."""

from typing import Any

from trellis.audit import commands as audit
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.renewal.models import Dossier, DossierStatus
from trellis.renewal.rules import dossiers as rules

MOVED_ON = "Somebody else changed this dossier a moment ago. Look at it again before you go on."


def move(dossier: Dossier, action: str, *, by: Actor, note: str = "", **changes: Any) -> None:
    """Change a dossier only if it is still in the status that was checked: two may press at once."""
    before, status = dossier.status, rules.next_status(dossier.status, action)
    if not Dossier.objects.filter(pk=dossier.pk, status=before).update(status=status, **changes):
        raise RuleBroken(MOVED_ON)
    dossier.status = status
    for name, value in changes.items():
        setattr(dossier, name, value)
    if status != before or note:
        tell(dossier, by=by, note=note)


def tell(dossier: Dossier, *, by: Actor, note: str = "") -> None:
    """The row of history that people see."""
    DossierStatus.objects.create(dossier=dossier, status=dossier.status, by=by.actor_name, note=note[:500])


def record(dossier: Dossier, verb: str, by: Actor, *, reason: str = "", **facts: Any) -> None:
    """The row that the audit keeps."""
    subject = f"contract {dossier.contract.reference}"
    facts = {"extension": dossier.extension} | facts
    audit.record(by=by, action=f"renewal.{verb}", subject=subject, reason=reason[:500], facts=facts)
