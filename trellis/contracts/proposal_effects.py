"""What a carried proposal changes, by its matter. Only matters that stand in EFFECTS can be proposed.

An effect does what the words say through the command that everybody else uses, and says in words what it changed. It
raises RuleBroken where that is not possible any more. Matters in DATED take effect on a day by themselves, so they are
entered as soon as they are carried; the others wait for their day.
"""

from collections.abc import Callable
from decimal import Decimal

from django.db import IntegrityError, transaction

from trellis.commissioning.models import Indicator
from trellis.contracts.commands.contract import set_target
from trellis.contracts.commands.partners import restate_shares
from trellis.contracts.commands.subcontracts import agree_subcontract
from trellis.contracts.commands.variations import carry_variation
from trellis.contracts.models import Matter, Proposal
from trellis.contracts.models.proposals import ProposalWords
from trellis.contracts.queries.partners import partners
from trellis.contracts.queries.subcontracts import subcontracts
from trellis.contracts.queries.variations import variations
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.web.words import day, percent

Effect = Callable[[Proposal, ProposalWords, Actor], str]
FIELDS = {"starts_on": "effective_on"}  # what a command calls a question, and what our forms call it


def restate(proposal: Proposal, words: ProposalWords, by: Actor) -> str:
    """New shares of the money from the start of a quarter. `payload` has a fraction for each partner's reference."""
    wanted = {reference: Decimal(share) for reference, share in words.payload["shares"].items()}
    found = {one.organisation.reference: one for one in partners(proposal.contract, words.effective_on)}
    strangers = [reference for reference in wanted if reference not in found]
    if strangers:
        raise RuleBroken("A member that these shares name is not a partner on that day. The shares no longer fit.")
    restate_shares(
        contract=proposal.contract,
        starts_on=words.effective_on,
        shares={found[reference]: share for reference, share in wanted.items()},
        reason=f"Proposal {proposal.reference}",
        by=by,
    )
    said = ", ".join(f"{partner} {percent(wanted[reference])}" for reference, partner in found.items())
    return f"Shares of the money from {day(words.effective_on)}: {said}."


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


def stand(proposal: Proposal, words: ProposalWords, by: Actor) -> str:
    """Nothing in the system changes: the words hold from the day that they name."""
    return f"The words hold from {day(words.effective_on)}. They change no figure."


EFFECTS: dict[str, Effect] = {
    Matter.SHARES: restate,
    Matter.TARGET: retarget,
    Matter.SUBCONTRACT: agree,
    Matter.VARIATION: vary,
    Matter.RISK: stand,
    Matter.TEXT: stand,
    Matter.OPERATIONS: stand,
    Matter.RESERVED: stand,
}
DATED: frozenset[str] = frozenset({Matter.SHARES, Matter.TARGET, Matter.VARIATION})


class _Tried(Exception):
    """Undoes what was only tried."""


def bring_about(proposal: Proposal, words: ProposalWords, by: Actor) -> str:
    """Do what the words say; what changed, in words. RuleBroken where that cannot be done."""
    effect = EFFECTS.get(proposal.matter)
    if effect is None:
        raise RuleBroken("This kind of matter cannot be carried out here yet, so it cannot be proposed here.")
    try:
        return effect(proposal, words, by)
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
