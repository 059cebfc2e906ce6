"""What happens to proposals by themselves: the clock moves on, what is agreed is closed, what is carried is done."""

from collections.abc import Iterable
from contextlib import suppress

from django.db import transaction

from trellis.contracts.commands.positions import decide_proposal
from trellis.contracts.models import Proposal, ProposalEffect
from trellis.contracts.proposal_effects import DATED, bring_about
from trellis.contracts.proposal_moves import hold, mandate_of, move, record
from trellis.contracts.queries import proposals as queries
from trellis.contracts.rules import proposal_clock
from trellis.contracts.rules import proposals as rules
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken


@transaction.atomic
def carry_out_proposal(*, proposal: Proposal, by: Actor) -> ProposalEffect | None:
    """Do what was agreed, once. None where it cannot be done any more: the proposal then says why, and can be amended.

    RuleBroken for a proposal that is not carried, and before its day. Shares and targets take effect on a day by
    themselves, so they are entered as soon as they are carried.
    """
    if by.person_id is not None:
        mandate_of(by, proposal.contract)
    version = queries.current_version(proposal) if proposal.version else None
    rules.next_status(proposal.status, "carry_out")
    assert version is not None, "a carried proposal has words"
    rules.check_can_carry_out(
        status=proposal.status, effective_on=version.effective_on, waits=proposal.matter not in DATED,
        today=clock.today(),
    )  # fmt: skip
    hold(proposal, "carry_out")
    try:
        with transaction.atomic():
            what = bring_about(proposal, version, by)
    except RuleBroken as refusal:
        _stop(proposal, refusal.sentence, by)
        return None
    made = ProposalEffect.objects.create(proposal=proposal, version=version, what=what, carried_out_by=by.actor_name)
    move(proposal, "carry_out", by=by, note=what, refusal="")
    record(proposal, "carry_out_proposal", by, version=version.number)
    return made


def _stop(proposal: Proposal, why: str, by: Actor) -> None:
    """Write down why it could not be done, once for each reason."""
    if proposal.refusal == why:
        return
    move(proposal, "stop", by=by, note=f"Could not be carried out: {why}", refusal=why)
    record(proposal, "stop_proposal", by, reason=why)


@transaction.atomic
def move_clock(*, proposal: Proposal, by: Actor) -> str:
    """Bring an open proposal to where the day has it: carried if it is agreed, the next stage, or lapsed.

    Gives what it became; nothing, where it is there already: safe to do twice.
    """
    today = clock.today()
    if queries.can_be_carried(proposal, today):
        decide_proposal(proposal=proposal, by=by)
        return proposal.status
    stage = queries.live_stage(proposal, today)
    if stage == proposal_clock.OVER:
        move(proposal, "lapse", by=by, note="The time to decide is over, so things stay as they are", closed_on=today)
        record(proposal, "lapse_proposal", by, version=proposal.version)
        return proposal.status
    if stage == proposal.stage:
        return ""
    move(proposal, "escalate", by=by, note=f"{proposal_clock.NAMES[stage].capitalize()} begins", stage=stage)
    record(proposal, "move_clock", by, stage=stage)
    return stage


def run_proposals(*, by: Actor) -> dict[str, int]:
    """The nightly run over every proposal: how many moved on, were carried out, and could not be. Safe to run twice.

    Each in a transaction of its own: a run that is broken off has done some of them whole, and the next does the rest.
    """
    found = Proposal.objects.select_related("contract__authority", "terms").order_by("pk")
    moved = done = stopped = 0
    for one in found.filter(status=Proposal.Status.OPEN):
        with suppress(RuleBroken):  # somebody is at it this minute; the next run finds it
            moved += bool(move_clock(proposal=one, by=by))
    for one in _due(found.filter(status=Proposal.Status.CARRIED)):
        with suppress(RuleBroken):
            done += carry_out_proposal(proposal=one, by=by) is not None
        stopped += bool(one.refusal)
    return {"moved": moved, "done": done, "stopped": stopped}


def _due(carried: Iterable[Proposal]) -> list[Proposal]:
    """Those whose day has come."""
    today = clock.today()
    return [one for one in carried if one.matter in DATED or queries.current_version(one).effective_on <= today]
