"""Working a proposal through: what members say to each other, and what a facilitator or an expert says."""

from datetime import date

from django.db import transaction

from trellis.contracts.models import Proposal, ProposalMessage, ProposalOpinion
from trellis.contracts.proposal_moves import hold, mandate_of, record, tell
from trellis.contracts.queries import proposals as queries
from trellis.contracts.rules import proposal_clock
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken


@transaction.atomic
def discuss_proposal(*, proposal: Proposal, message: str, by: Actor) -> ProposalMessage:
    """Say something for a member. A member without a position on the matter can speak too."""
    speaks = mandate_of(by, proposal.contract)
    if not message.strip():
        raise RuleBroken("Write what you want to say.", field="message")
    hold(proposal, "discuss")
    row = ProposalMessage.objects.create(
        proposal=proposal, version=proposal.version, organisation=speaks.organisation, text=message.strip(),
        said_by=by.actor_name, in_stead_of=speaks.in_stead_of,
    )  # fmt: skip
    record(proposal, "discuss_proposal", by, member=speaks.organisation.reference)
    return row


@transaction.atomic
def record_opinion(
    *, proposal: Proposal, kind: str, name: str, given_on: date, text: str, by: Actor
) -> ProposalOpinion:
    """Enter what a facilitator or an expert said; refused before that stage has come."""
    speaks = mandate_of(by, proposal.contract)
    hold(proposal, "advise")
    today = clock.today()
    assert proposal.opened_on is not None and proposal.clock_ends_on is not None, "it is open"
    proposal_clock.check_time_is_left(on=today, ends_on=proposal.clock_ends_on)
    stage = queries.live_stage(proposal, today)
    proposal_clock.check_can_advise(
        kind=kind, stage=stage, given_on=given_on, opened_on=proposal.opened_on, today=today
    )
    row = ProposalOpinion.objects.create(
        proposal=proposal, kind=kind, name=name.strip(), given_on=given_on, text=text.strip(),
        organisation=speaks.organisation, said_by=by.actor_name, in_stead_of=speaks.in_stead_of,
    )  # fmt: skip
    tell(proposal, by=by, note=f"{row.get_kind_display()} by {row.name}")
    record(proposal, "record_opinion", by, kind=kind, member=speaks.organisation.reference)
    return row
