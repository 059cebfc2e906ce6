"""Proposals as each member may see them, and how each stands between the members."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from trellis.accounts.models import User
from trellis.contracts.models import AgreementClass, Contract, Position, Proposal, ProposalVersion, Seat
from trellis.contracts.models.proposals import ProposalWords
from trellis.contracts.queries.partners import partners, seats
from trellis.contracts.rules import positions as rules
from trellis.contracts.rules import proposal_clock
from trellis.contracts.rules.positions import Ballot
from trellis.core.actors import Actor
from trellis.core.permissions import Permission
from trellis.organisations.models import Organisation

AGREE = tuple(rules.AGREE)


@dataclass(frozen=True)
class Mandate:
    """For which member somebody decides, and in whose stead if they deputise."""

    organisation: Organisation
    seat: Seat
    is_deputy: bool

    @property
    def in_stead_of(self) -> str:
        """Whose place a deputy takes, as the audit has it; nothing for the holder."""
        return self.seat.holder.actor_name if self.is_deputy else ""


@dataclass(frozen=True)
class Counts:
    """How many members stand where."""

    agree: int = 0
    object: int = 0
    recuse: int = 0


def members(contract: Contract, on: date) -> list[Organisation]:
    """All who are equal in the alliance on the date, the commissioner too, by name."""
    found = [contract.authority, *(partner.organisation for partner in partners(contract, on))]
    return sorted(found, key=lambda member: member.name)


def mandate(by: Actor, contract: Contract, on: date) -> Mandate | None:
    """What somebody can do at the table on the date; None for whoever has no seat, or may not speak for it any more."""
    if by.person_id is None:
        return None
    theirs = seats(contract, on).filter(organisation__in=by.organisation_ids(Permission.ALLIANCE_POSITION))
    seat = theirs.filter(Q(holder_id=by.person_id) | Q(deputy_id=by.person_id)).first()
    return Mandate(seat.organisation, seat, seat.holder_id != by.person_id) if seat else None


def members_of(user: User, contract: Contract, on: date) -> list[Organisation]:
    """The members at whose table somebody sits, whether or not they decide for one."""
    mine = user.organisation_ids(Permission.ALLIANCE_VIEW)
    return [member for member in members(contract, on) if member.pk in mine]


def proposals_visible_to(user: User, contract: Contract, on: date) -> QuerySet[Proposal]:
    """All that were opened, for every member; a draft for the member whose it is, also once it is withdrawn."""
    mine = [member.pk for member in members_of(user, contract, on)]
    found = contract.proposals.filter(Q(opened_on__isnull=False) | Q(proposer_id__in=mine))
    return found.select_related("contract__authority", "proposer", "concerned", "terms")


def stalled(proposals: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Those that the members could not decide by themselves within their time, and that are still open."""
    return proposals.filter(status=Proposal.Status.OPEN, discussion_ends_on__lt=on)


def for_a_list(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """The same rows with what a list names fetched beside them: joined, thousands would be sorted at full width."""
    return proposals.select_related(None).prefetch_related("contract", "proposer", "terms")


def with_need(proposals: QuerySet[Proposal], mine: Organisation | None) -> QuerySet[Any]:
    """Each with whether it waits for the position of a member (`mine`): `needs_mine` is 1 or 0."""
    return proposals.annotate(needs_mine=_needs(mine))


def counts(proposals: QuerySet[Any] | Sequence[Any]) -> dict[int, Counts]:
    """How many agree, object and stand aside on the version that stands, by proposal; in one query.

    Where nobody has said anything, a proposal is left out.
    """
    these = proposals.order_by() if isinstance(proposals, QuerySet) else proposals
    on_current = Position.objects.filter(
        version__proposal__in=these, version__number=F("version__proposal__version")
    ).order_by()
    rows = (
        _standing(on_current)
        .values_list("version__proposal")
        .annotate(
            agree=Count("pk", filter=Q(stance__in=AGREE)),
            object=Count("pk", filter=Q(stance=rules.OBJECT)),
            recuse=Count("pk", filter=Q(stance=rules.RECUSE)),
        )
    )
    return {proposal: Counts(*numbers) for proposal, *numbers in rows}


def _standing(positions: QuerySet[Position]) -> QuerySet[Position]:
    newer = Position.objects.filter(
        version=OuterRef("version"), organisation=OuterRef("organisation"), number__gt=OuterRef("number")
    )
    return positions.filter(~Exists(newer))


def _needs(mine: Organisation | None) -> Case:
    """1 where a member still has to take a position, else 0."""
    if mine is None:
        return Case(default=Value(0), output_field=IntegerField())
    on_current = Position.objects.filter(
        version__proposal=OuterRef("pk"), version__number=OuterRef("version"), organisation=mine
    )
    taken = _standing(on_current).filter(stance__in=rules.TAKEN)
    alone = Q(terms__decides=AgreementClass.Decider.COMMISSIONER) & ~Q(contract__authority=mine)
    concerned = Q(terms__concerned_decides=False, concerned=mine)
    waits = Q(status=Proposal.Status.OPEN) & ~alone & ~concerned & ~Q(Exists(taken))
    return Case(When(waits, then=Value(1)), default=Value(0), output_field=IntegerField())


def current_version(proposal: Proposal) -> ProposalVersion:
    """The words that stand."""
    return proposal.versions.get(number=proposal.version)


def words_of(proposal: Proposal) -> ProposalWords:
    """The words that stand; of one that was never opened, its draft."""
    return current_version(proposal) if proposal.version else proposal.draft


def positions_taken(proposal: Proposal) -> QuerySet[Position]:
    """Every position on every version, the latest first."""
    found = Position.objects.filter(version__proposal=proposal).order_by("-id")
    return found.select_related("organisation", "version")


def standing_positions(version: ProposalVersion) -> QuerySet[Position]:
    """What each member says of a version now, objections taken back left out."""
    found = _standing(Position.objects.filter(version=version)).exclude(stance=rules.NONE)
    return found.select_related("organisation")


def latest_position(version: ProposalVersion, organisation: Organisation) -> Position | None:
    """The last thing that a member said of a version, be it that its objection is withdrawn."""
    return version.positions.filter(organisation=organisation).order_by("-number").first()


def ballot(proposal: Proposal, on: date) -> Ballot:
    """How the version that stands is between the members of the date. Those who have left do not count any more."""
    terms = proposal.terms
    assert terms is not None, "a proposal that was opened has terms"
    with_position = rules.members_with_position(
        {member.reference: member.name for member in members(proposal.contract, on)},
        decides=terms.decides,
        commissioner=proposal.contract.authority.reference,
        concerned=proposal.concerned.reference if proposal.concerned else "",
        concerned_decides=terms.concerned_decides,
    )
    taken = standing_positions(current_version(proposal)).values_list("organisation__reference", "stance")
    return Ballot(with_position, dict(taken), terms.quorum)


def live_stage(proposal: Proposal, on: date) -> str:
    """The stage that an open proposal is in on the date, whether or not the nightly run has said so yet."""
    ends = (proposal.discussion_ends_on, proposal.facilitation_ends_on, proposal.clock_ends_on)
    return proposal_clock.stage_on(on, [end for end in ends if end is not None])


def clock_of(proposal: Proposal) -> tuple[proposal_clock.Stage, ...]:
    """The stages of a proposal, with their working."""
    terms = proposal.terms
    if terms is None or proposal.opened_on is None:
        return ()
    days = (terms.discussion_days, terms.facilitation_days, terms.expert_days)
    return proposal_clock.stages(proposal.opened_on, days)


def can_be_carried(proposal: Proposal, on: date) -> bool:
    """Whether an open proposal has all it needs to be closed as carried on the date."""
    if proposal.status != Proposal.Status.OPEN:
        return False
    return rules.can_carry(ballot(proposal, on), time_is_over=discussion_is_over(proposal, on))


def discussion_is_over(proposal: Proposal, on: date) -> bool:
    """Whether the days that the members have for themselves have passed."""
    return live_stage(proposal, on) != proposal_clock.DISCUSSION
