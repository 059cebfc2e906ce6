"""How every write changes a proposal: only from the status and the version that were checked, with a row of history."""

from typing import Any

from trellis.audit import commands as audit
from trellis.contracts.models import Contract, Proposal, ProposalStatus
from trellis.contracts.queries.proposals import Mandate, mandate
from trellis.contracts.rules import proposals as rules
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken

MOVED_ON = "Somebody changed this proposal a moment ago. Read it again before you go on."


def mandate_of(by: Actor, contract: Contract) -> Mandate:
    """For which member somebody speaks today; RuleBroken for whoever speaks for none."""
    found = mandate(by, contract, clock.today())
    if found is None:
        raise RuleBroken("Only whoever holds a member’s seat, or deputises for them, can do this.")
    return found


def hold(proposal: Proposal, action: str) -> None:
    """Check that an action may be done as things stand, and keep others from changing that until this is done.

    An update that changes nothing takes the row's lock on both databases. What is read after it is what holds.
    """
    rules.next_status(proposal.status, action)
    if not _as_read(proposal).update(status=proposal.status):
        raise RuleBroken(MOVED_ON)


def move(proposal: Proposal, action: str, *, by: Actor, note: str = "", **changes: Any) -> None:
    """Change a proposal only if it is still in the status and version that were checked: two may press at once."""
    status = rules.next_status(proposal.status, action)
    if not _as_read(proposal).update(status=status, **changes):
        raise RuleBroken(MOVED_ON)
    proposal.status = status
    for name, value in changes.items():
        setattr(proposal, name, value)
    tell(proposal, by=by, note=note)


def _as_read(proposal: Proposal):
    return Proposal.objects.filter(
        pk=proposal.pk, status=proposal.status, version=proposal.version, stage=proposal.stage
    )


def tell(proposal: Proposal, *, by: Actor, note: str = "") -> None:
    """The row of history that people see."""
    ProposalStatus.objects.create(proposal=proposal, status=proposal.status, by=by.actor_name, note=note[:500])


def record(proposal: Proposal, verb: str, by: Actor, *, reason: str = "", **facts: Any) -> None:
    """The row that the audit keeps."""
    subject = f"proposal {proposal.reference}"
    audit.record(by=by, action=f"contracts.{verb}", subject=subject, reason=reason[:500], facts=facts)
