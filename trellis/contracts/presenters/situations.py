"""A proposal as somebody looks at it today: where it stands, in a sentence, and what they can do now."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from trellis.accounts.models import User
from trellis.contracts.models import Position, Proposal
from trellis.contracts.models.proposals import ProposalWords
from trellis.contracts.proposal_effects import DATED
from trellis.contracts.queries import proposals as queries
from trellis.contracts.queries.proposals import Mandate
from trellis.contracts.rules import proposals as rules
from trellis.contracts.rules.positions import Ballot, can_carry
from trellis.contracts.rules.proposal_clock import OVER
from trellis.core import clock
from trellis.web.words import counted, day

Stance, Status = Position.Stance, Proposal.Status


@dataclass(frozen=True)
class Situation:
    """A proposal as somebody looks at it today."""

    proposal: Proposal
    today: date
    speaks: Mandate | None
    words: ProposalWords
    ballot: Ballot | None

    @property
    def is_open(self) -> bool:
        """Whether positions are taken."""
        return self.proposal.status == Status.OPEN and not self.is_over

    @property
    def is_over(self) -> bool:
        """Whether its time has passed, and the nightly run has not said so yet."""
        open_still = self.proposal.status == Status.OPEN
        return open_still and queries.live_stage(self.proposal, self.today) == OVER

    @property
    def is_own(self) -> bool:
        """Whether it is the proposal of the member for whom they sit."""
        return self.speaks is not None and self.speaks.organisation == self.proposal.proposer

    @property
    def stance(self) -> str | None:
        """Where their member stands; None where it has no position on this."""
        if self.ballot is None or self.speaks is None:
            return None
        reference = self.speaks.organisation.reference
        return self.ballot.stance(reference) if reference in self.ballot.members else None

    @property
    def can_be_carried(self) -> bool:
        """Whether it can be closed as carried."""
        if self.proposal.status != Status.OPEN or self.ballot is None:
            return False
        return can_carry(self.ballot, time_is_over=queries.discussion_is_over(self.proposal, self.today))


def situation(proposal: Proposal, user: User) -> Situation:
    """A proposal as somebody looks at it. One that is closed shows the members of the day on which it was."""
    today = clock.today()
    then = min(proposal.closed_on or today, today)
    return Situation(
        proposal,
        today,
        queries.mandate(user, proposal.contract, today),
        queries.words_of(proposal),
        queries.ballot(proposal, then) if proposal.version else None,
    )


def lead(seen: Situation) -> str:
    """Where it stands, in a sentence or two."""
    proposal, ballot = seen.proposal, seen.ballot
    if proposal.status == Status.DRAFT:
        return "Only your organisation sees this draft. Open it to put it before every member."
    if proposal.status == Status.CARRIED:
        return _carried_words(seen)
    if proposal.status == Status.CARRIED_OUT:
        return "The members agreed, and it is done."
    if proposal.status == Status.LAPSED:
        return "The members did not agree in time, so things stay as they are."
    if proposal.status == Status.WITHDRAWN or ballot is None:
        return "It was withdrawn. Things stay as they are."
    if seen.is_over:
        return "The time to decide is over. It lapses tonight, and things stay as they are."
    need = "Your position is needed. " if seen.stance == Stance.NONE else ""
    return need + _count_words(ballot) + (" It can be closed as carried." if seen.can_be_carried else "")


def _carried_words(seen: Situation) -> str:
    if seen.proposal.refusal:
        return f"The members agreed, but it could not be carried out: {seen.proposal.refusal} Amend it to agree anew."
    if seen.proposal.matter in DATED or seen.words.effective_on <= seen.today:
        return "The members agreed. It is carried out tonight, or as soon as one of you does it."
    return f"The members agreed. It is carried out on {day(seen.words.effective_on)}."


def _count_words(ballot: Ballot) -> str:
    verb = "agrees" if len(ballot.members) == 1 else "agree"
    said = [f"{len(ballot.agreed)} of {counted(len(ballot.members), 'member')} {verb}"]
    for number, one, many in (
        (len(ballot.objecting), "objects", "object"),
        (len(ballot.recused), "stands aside", "stand aside"),
        (len(ballot.silent), "has not said", "have not said"),
    ):
        if number:
            said.append(f"{number} {one if number == 1 else many}")
    return ", ".join(said) + "."


def actions(seen: Situation) -> list[tuple[str, str]]:
    """The buttons, the main one first; the commands refuse by the same rules."""
    proposal = seen.proposal
    if seen.speaks is None:
        return []
    can = (
        (proposal.status == Status.DRAFT and seen.is_own, "Open it to the members", "open_proposal"),
        (seen.is_open and seen.stance == Stance.NONE, "Take your position", "take_position"),
        (seen.can_be_carried, "Close it as carried", "decide_proposal"),
        (_may_be_done(seen), "Carry it out", "carry_out_proposal"),
        (seen.is_open and seen.stance == Stance.OBJECT, "Say that your objection is met", "withdraw_objection"),
        (seen.is_open and seen.stance not in (Stance.NONE, None), "Change your position", "take_position"),
        (seen.is_own and _may_change(seen), "Amend it", "amend_proposal"),
        (proposal.status == Status.DRAFT and seen.is_own, "Change the draft", "edit_proposal"),
        (seen.is_open and _has_help(seen), "Record facilitation or an opinion", "record_opinion"),
        (seen.is_own and _may_withdraw(seen), "Withdraw it", "withdraw_proposal"),
    )
    address = [proposal.contract.reference, proposal.reference]
    return [(words, reverse(view, args=address)) for is_so, words, view in can if is_so]


def _may_be_done(seen: Situation) -> bool:
    due = seen.proposal.matter in DATED or seen.words.effective_on <= seen.today
    return seen.proposal.status == Status.CARRIED and not seen.proposal.refusal and due


def _may_change(seen: Situation) -> bool:
    return seen.is_open or (seen.proposal.status == Status.CARRIED and bool(seen.proposal.refusal))


def _may_withdraw(seen: Situation) -> bool:
    if seen.proposal.status == Status.CARRIED:
        return bool(seen.proposal.refusal)
    return rules.can(seen.proposal.status, "withdraw")


def _has_help(seen: Situation) -> bool:
    return queries.discussion_is_over(seen.proposal, seen.today)
