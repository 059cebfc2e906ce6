"""What a carried proposal changes, by its matter. Only matters that stand in EFFECTS can be proposed.

An effect does what the words say through the command that everybody else uses, and says in words what it changed. It
raises RuleBroken where that is not possible any more. Matters in DATED take effect on a day by themselves, so they are
entered as soon as they are carried; the others wait for their day.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from django.db import IntegrityError, transaction

from trellis.commissioning.models import Indicator
from trellis.contracts.commands.contract import set_target
from trellis.contracts.commands.membership import admit_partner, exclude_partner
from trellis.contracts.commands.partners import restate_shares
from trellis.contracts.commands.subcontracts import agree_subcontract
from trellis.contracts.commands.variations import carry_variation
from trellis.contracts.models import Contract, Matter, Membership, Partner, Proposal
from trellis.contracts.models.proposals import ProposalWords
from trellis.contracts.queries.membership import latest_membership
from trellis.contracts.queries.partners import partners
from trellis.contracts.queries.subcontracts import subcontracts
from trellis.contracts.queries.variations import variations
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.core.periods import ONE_DAY
from trellis.organisations.models import Organisation
from trellis.web.words import day, percent

Effect = Callable[[Proposal, ProposalWords, Actor], str]
Sharer = TypeVar("Sharer", Partner, Organisation)
FIELDS = {"starts_on": "effective_on"}  # what a command calls a question, and what our forms call it


def restate(proposal: Proposal, words: ProposalWords, by: Actor) -> str:
    """New shares of the money from the start of a quarter. `payload` has a fraction for each partner's reference."""
    shares = _by_partner(words, _partners_then(proposal.contract, words))
    restate_shares(
        contract=proposal.contract, starts_on=words.effective_on, shares=shares,
        reason=f"Proposal {proposal.reference}", by=by,
    )  # fmt: skip
    return f"Shares of the money from {day(words.effective_on)}: {_said(shares)}."


def _partners_then(contract: Contract, words: ProposalWords) -> dict[str, Partner]:
    return {one.organisation.reference: one for one in partners(contract, words.effective_on)}


def _by_partner(words: ProposalWords, found: Mapping[str, Sharer]) -> dict[Sharer, Decimal]:
    """The wanted fractions by whom they are for, in the order in which those were found."""
    wanted = {reference: Decimal(share) for reference, share in words.payload["shares"].items()}
    if wanted.keys() - found.keys():
        raise RuleBroken("A member that these shares name is not a partner on that day. The shares no longer fit.")
    return {one: wanted[reference] for reference, one in found.items() if reference in wanted}


def _said(shares: Mapping[Any, Decimal]) -> str:
    return ", ".join(f"{one} {percent(share)}" for one, share in shares.items())


def retarget(proposal: Proposal, words: ProposalWords, by: Actor) -> str:
    """A new target and floor from a day. `payload` has the indicator's code, the target and the floor."""
    indicator = Indicator.objects.filter(code=words.payload["indicator"]).first()
    if indicator is None:
        raise RuleBroken("Nothing is measured by that name any more.", field="indicator")
    if words.effective_on < clock.today():
        raise RuleBroken("The day from which the target was to hold has passed.", field="effective_on")
    target, floor = (Decimal(words.payload[name]) for name in ("target", "floor"))
    try:
        with transaction.atomic():
            set_target(
                contract=proposal.contract, indicator=indicator, starts_on=words.effective_on,
                target=target, floor=floor, by=by,
            )  # fmt: skip
    except IntegrityError as error:
        raise RuleBroken(
            "There is a target from that day already. Choose another day.", field="effective_on"
        ) from error
    figures = f"target {target.normalize():f}, floor {floor.normalize():f} {indicator.unit}"
    return f"{indicator.name} from {day(words.effective_on)}: {figures}."


def agree(proposal: Proposal, words: ProposalWords, by: Actor) -> str:
    """A subcontract that was checked is agreed. `payload` has its reference."""
    found = subcontracts(proposal.contract).filter(reference=words.payload["reference"]).first()
    if found is None:
        raise RuleBroken("There is no such subcontract.", field="which")
    agree_subcontract(subcontract=found, note=f"Proposal {proposal.reference}", by=by)
    return f"Subcontract {found.reference} with {found.organisation} is agreed."


def vary(proposal: Proposal, words: ProposalWords, by: Actor) -> str:
    """A variation that was drafted becomes part of the contract, if the law allows it. `payload` has its reference."""
    found = variations(proposal.contract).filter(reference=words.payload["reference"]).first()
    if found is None:
        raise RuleBroken("There is no such variation.", field="which")
    carry_variation(variation=found, note=f"Proposal {proposal.reference}", by=by)
    return f"Variation {found.reference}, {found.title}, is part of the contract from {day(found.effective_on)}."


def admit(proposal: Proposal, words: ProposalWords, by: Actor) -> str:
    """The organisation concerned is a partner from the start of a quarter.

    `payload` has a fraction for each partner's reference, its own too, and the variation that shows that it is lawful.
    """
    membership = _membership(proposal)
    then = {reference: one.organisation for reference, one in _partners_then(proposal.contract, words).items()}
    shares = _by_partner(words, then | {membership.organisation.reference: membership.organisation})
    admit_partner(
        membership=membership, joined_on=words.effective_on, shares=shares, under=proposal,
        variation=words.payload["variation"], by=by,
    )  # fmt: skip
    joins = f"{membership.organisation} is a partner from {day(words.effective_on)}."
    return f"{joins} Shares of the money and of the work from then: {_said(shares)}."


def exclude(proposal: Proposal, words: ProposalWords, by: Actor) -> str:
    """The member concerned is no partner from the start of a quarter. `payload` has the others' fractions."""
    membership = _membership(proposal)
    if membership.partner is None:
        raise RuleBroken(f"{membership.organisation} is not a partner.")
    then, last = _partners_then(proposal.contract, words), words.effective_on - ONE_DAY
    shares = _by_partner(words, then)
    exclude_partner(
        partner=membership.partner, left_on=last, shares=shares, under=proposal,
        reason=f"Proposal {proposal.reference}: {words.title}", by=by,
    )  # fmt: skip
    leaves = f"{membership.organisation} is excluded. {day(last)} is its last day as a partner."
    return f"{leaves} Shares of the money and of the work after that: {_said(shares)}."


def _membership(proposal: Proposal) -> Membership:
    concerned = proposal.concerned.reference if proposal.concerned else ""
    found = latest_membership(proposal.contract, concerned).first()
    if found is None:
        raise RuleBroken("This organisation was not invited to the alliance.")
    return found


def stand(proposal: Proposal, words: ProposalWords, by: Actor) -> str:
    """Nothing in the system changes: the words hold from the day that they name."""
    return f"The words hold from {day(words.effective_on)}. They change no figure."


EFFECTS: dict[str, Effect] = {
    Matter.SHARES: restate,
    Matter.TARGET: retarget,
    Matter.SUBCONTRACT: agree,
    Matter.ADMISSION: admit,
    Matter.EXCLUSION: exclude,
    Matter.VARIATION: vary,
    Matter.RISK: stand,
    Matter.TEXT: stand,
    Matter.OPERATIONS: stand,
    Matter.RESERVED: stand,
}
DATED: frozenset[str] = frozenset({Matter.SHARES, Matter.TARGET, Matter.ADMISSION, Matter.EXCLUSION, Matter.VARIATION})


class _Tried(Exception):
    """Undoes what was only tried."""


def bring_about(proposal: Proposal, words: ProposalWords, by: Actor) -> str:
    """Do what the words say; what changed, in words. RuleBroken where that cannot be done."""
    try:
        return EFFECTS[proposal.matter](proposal, words, by)
    except RuleBroken as refusal:
        raise RuleBroken(refusal.sentence, field=FIELDS.get(refusal.field, refusal.field)) from refusal


def check_could_be_done(proposal: Proposal, words: ProposalWords, by: Actor) -> None:
    """Refuse words that could not be carried out as things are: they are tried, and what was tried is undone."""
    try:
        with transaction.atomic():
            bring_about(proposal, words, by)
            raise _Tried
    except _Tried:
        return
