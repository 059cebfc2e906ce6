"""How every write of this area changes a decision: only from the status that was checked, with a row of history."""

from typing import Any

from trellis.audit import commands as audit
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.decisions.models import Decision, DecisionStatus
from trellis.decisions.rules import pathway as rules

MOVED_ON = "Somebody else changed this decision a moment ago. Look at it again before you go on."


def hold(decision: Decision, action: str) -> None:
    """Check that an action may be done as things stand, and keep others from changing that until this is done.

    An update that changes nothing takes the row's lock on both databases.
    """
    rules.next_status(decision.status, action)
    if not Decision.objects.filter(pk=decision.pk, status=decision.status).update(status=decision.status):
        raise RuleBroken(MOVED_ON)


def move(decision: Decision, action: str, *, by: Actor, note: str = "", **changes: Any) -> None:
    """Change a decision only if it is still in the status that was checked: two may press at once."""
    status = rules.next_status(decision.status, action)
    if not Decision.objects.filter(pk=decision.pk, status=decision.status).update(status=status, **changes):
        raise RuleBroken(MOVED_ON)
    decision.status = status
    for name, value in changes.items():
        setattr(decision, name, value)
    tell(decision, by=by, note=note)


def tell(decision: Decision, *, by: Actor, note: str = "") -> None:
    """The row of history that people see."""
    DecisionStatus.objects.create(decision=decision, status=decision.status, by=by.actor_name, note=note[:500])


def record(decision: Decision, verb: str, by: Actor, *, reason: str = "", **facts: Any) -> None:
    """The row that the audit keeps."""
    subject = f"decision {decision.reference}"
    audit.record(by=by, action=f"decisions.{verb}", subject=subject, reason=reason[:500], facts=facts)
