"""Taking a position for a member, taking an objection back, and closing a proposal that is agreed."""

from django.db import IntegrityError, transaction

from trellis.contracts.models import Position, Proposal
from trellis.contracts.proposal_moves import MOVED_ON, hold, mandate_of, move, record
from trellis.contracts.queries import proposals as queries
from trellis.contracts.queries.proposals import Mandate
from trellis.contracts.rules import positions as rules
from trellis.contracts.rules import proposal_clock
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken


@transaction.atomic
def take_position(
    *,
    proposal: Proposal,
    version: int,
    stance: str,
    reason: str = "",
    interest: str = "",
    stead_reason: str = "",
    by: Actor,
) -> Position:
    """Say where a member stands on the version that somebody has read, in the place of what it said before.

    A deputy says why they act in the holder's place. RuleBroken for whoever has no seat, for a version that does not
    stand any more, and after the last day.
    """
    speaks = mandate_of(by, proposal.contract)
    hold(proposal, "position")
    _check_open(proposal, version)
    ballot = queries.ballot(proposal, clock.today())
    member = speaks.organisation.reference
    rules.with_position(ballot, member, stance, reason=reason, interest=interest)
    if speaks.is_deputy and not stead_reason.strip():
        raise RuleBroken(f"Say why you act in the place of {speaks.seat.holder}.", field="stead_reason")
    row = _say(
        proposal, speaks, by, stance=stance, reason=reason.strip(),
        interest=interest.strip() if stance == rules.RECUSE else "",
        stead_reason=stead_reason.strip() if speaks.is_deputy else "",
    )  # fmt: skip
    record(proposal, "take_position", by, stance=stance, version=version, member=member, in_stead_of=speaks.in_stead_of)
    return row


@transaction.atomic
def withdraw_objection(*, proposal: Proposal, version: int, reason: str, by: Actor) -> Position:
    """Take an objection back because it is met. The member has no position then, until it takes one."""
    speaks = mandate_of(by, proposal.contract)
    hold(proposal, "position")
    _check_open(proposal, version)
    member = speaks.organisation.reference
    rules.with_objection_withdrawn(queries.ballot(proposal, clock.today()), member)
    if not reason.strip():
        raise RuleBroken("Say what has met your objection.", field="reason")
    row = _say(proposal, speaks, by, stance=rules.NONE, reason=reason.strip())
    record(proposal, "withdraw_objection", by, version=version, member=member, in_stead_of=speaks.in_stead_of)
    return row


@transaction.atomic
def decide_proposal(*, proposal: Proposal, by: Actor) -> None:
    """Close a proposal as carried, once it is. Any member can, and the nightly run does.

    RuleBroken while an objection stands, and while agreement is missing: silence is not agreement.
    """
    if by.person_id is not None:
        mandate_of(by, proposal.contract)
    hold(proposal, "carry")
    today = clock.today()
    ballot = queries.ballot(proposal, today)
    rules.check_can_carry(ballot, time_is_over=queries.discussion_is_over(proposal, today))
    note = f"{len(ballot.agreed)} agree" + (f", {len(ballot.recused)} stood aside" if ballot.recused else "")
    move(proposal, "carry", by=by, note=note, closed_on=today)
    record(proposal, "decide_proposal", by, version=proposal.version, agreed=len(ballot.agreed))


def _check_open(proposal: Proposal, version: int) -> None:
    if proposal.clock_ends_on is not None:
        proposal_clock.check_time_is_left(on=clock.today(), ends_on=proposal.clock_ends_on)
    if version != proposal.version:
        raise RuleBroken("The words were amended after you read them. Read them again before you take a position.")


def _say(proposal: Proposal, speaks: Mandate, by: Actor, **said: str) -> Position:
    version = queries.current_version(proposal)
    before = queries.latest_position(version, speaks.organisation)
    try:
        with transaction.atomic():
            return Position.objects.create(
                version=version, organisation=speaks.organisation, number=before.number + 1 if before else 1,
                said_by=by.actor_name, in_stead_of=speaks.in_stead_of, **said,
            )  # fmt: skip
    except IntegrityError as error:
        raise RuleBroken(MOVED_ON) from error
