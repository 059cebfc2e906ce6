"""How every write changes a membership: only from the status that was checked, with a row of history."""

from typing import Any

from trellis.audit import commands as audit
from trellis.contracts import checklists
from trellis.contracts.models import Membership, MembershipCheck, MembershipStatus
from trellis.contracts.rules import membership as rules
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken

MOVED_ON = "Somebody else changed this membership a moment ago. Look at it again before you go on."


def move(membership: Membership, action: str, *, by: Actor, note: str = "", **changes: Any) -> None:
    """Change a membership only if it is still in the status that was checked: two may press at once."""
    before, status = membership.status, rules.next_status(membership.status, action)
    here = Membership.objects.filter(pk=membership.pk, status=before)
    if not here.update(status=status, **changes):
        raise RuleBroken(MOVED_ON)
    membership.status = Membership.Status(status)
    for name, value in changes.items():
        setattr(membership, name, value)
    if status != before or note:
        tell(membership, by=by, note=note)


def tell(membership: Membership, *, by: Actor, note: str = "") -> None:
    """The row of history that people see."""
    MembershipStatus.objects.create(membership=membership, status=membership.status, by=by.actor_name, note=note[:500])


def record(membership: Membership, verb: str, by: Actor, *, reason: str = "", **facts: Any) -> None:
    """The row that the audit keeps."""
    subject = f"contract {membership.contract.reference}"
    facts = {"organisation": membership.organisation.reference} | facts
    audit.record(by=by, action=f"contracts.{verb}", subject=subject, reason=reason[:500], facts=facts)


def ask(membership: Membership, kind: str) -> None:
    """Copy a checklist's questions as they are now; those that are there already stay."""
    if membership.checks.filter(kind=kind).exists():
        return
    MembershipCheck.objects.bulk_create(
        MembershipCheck(membership=membership, kind=kind, order=order, question=one.question, hint=one.hint)
        for order, one in enumerate(checklists.questions(kind), start=1)
    )


def as_checks(membership: Membership, kind: str) -> list[rules.Check]:
    """A checklist as far as rules care."""
    rows = membership.checks.filter(kind=kind)
    return [rules.Check(row.question, row.outcome, row.verified_by_id is not None) for row in rows]
