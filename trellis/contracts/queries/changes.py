"""What has changed in a contract since it was signed, as anybody may read it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from trellis.contracts.models import Contract, Matter, PartnerShare, Proposal, ProposalEffect, Variation, WorkShare
from trellis.contracts.queries.contract import extension_options
from trellis.contracts.queries.partners import ever_partners
from trellis.contracts.queries.resharing import reshared
from trellis.contracts.queries.variations import variations
from trellis.core.money import pounds_and_pence
from trellis.web.words import percent


@dataclass(frozen=True)
class Change:
    """One change: from which day it holds, what it is, and by what it was agreed, if that is kept here."""

    on: date
    what: str
    agreed_by: str = ""


def named(proposal: Proposal | None) -> str:
    """A carried proposal by its title and reference."""
    return f"{proposal.title} ({proposal.reference})" if proposal else ""


Source = Callable[[Contract], Iterator[Change]]


def extensions(contract: Contract) -> Iterator[Change]:
    """The extensions that were applied."""
    for option in extension_options(contract):
        if option.applied_at is not None:
            words = f"Extension {option.number}: one more year, worth {pounds_and_pence(option.value)}"
            yield Change(option.starts_on, words, option.decision)


def new_targets(contract: Contract) -> Iterator[Change]:
    """The targets that were set for a day after the start, each with its floor."""
    proposals = {_target_of(effect): effect.proposal for effect in _carried_out(contract, Matter.TARGET)}
    for one in contract.targets.filter(starts_on__gt=contract.starts_on).select_related("indicator"):
        figures = f"{one.target.normalize():f}, floor {one.floor.normalize():f} {one.indicator.unit}"
        agreed_by = named(proposals.get((one.indicator_id, one.starts_on)))
        yield Change(one.starts_on, f"Target for {one.indicator.name}: {figures}", agreed_by)


def _target_of(effect: ProposalEffect) -> tuple[str, date]:
    return effect.version.payload["indicator"], effect.version.effective_on


def carried_out(contract: Contract) -> QuerySet[ProposalEffect]:
    """What was carried out of the members' proposals, the latest decision first."""
    effects = ProposalEffect.objects.filter(proposal__contract=contract).select_related("proposal", "version")
    return effects.order_by("-proposal__closed_on", "-pk")


def _carried_out(contract: Contract, matter: Matter) -> QuerySet[ProposalEffect]:
    return carried_out(contract).filter(proposal__matter=matter).order_by("pk")


def comings_and_goings(contract: Contract) -> Iterator[Change]:
    """The partners that joined after the start, and those that left."""
    proposals = {
        effect.proposal.reference: named(effect.proposal)
        for matter in (Matter.ADMISSION, Matter.EXCLUSION)
        for effect in _carried_out(contract, matter)
    }
    for partner in ever_partners(contract).select_related("membership"):
        membership = getattr(partner, "membership", None)
        if partner.joined_on > contract.starts_on:
            agreed_by = membership.proposal if membership else ""
            yield Change(partner.joined_on, f"{partner} joins", proposals.get(agreed_by, agreed_by))
        if partner.left_on:
            agreed_by = membership.leaving_proposal if membership else ""
            yield Change(
                partner.left_on, f"{partner} leaves when this day is over", proposals.get(agreed_by, agreed_by)
            )


def carried_variations(contract: Contract) -> Iterator[Change]:
    """The variations that are in the contract."""
    effects = _carried_out(contract, Matter.VARIATION)
    proposals = {effect.version.payload["reference"]: effect.proposal for effect in effects}
    for variation in variations(contract).filter(status=Variation.Status.CARRIED):
        agreed_by = named(proposals.get(variation.reference)) or variation.note
        yield Change(variation.effective_on, str(variation), agreed_by)


def restated_shares(contract: Contract) -> Iterator[Change]:
    """The shares of the money, and those of the work, that were agreed anew."""
    for kind, whole in ((PartnerShare, "money"), (WorkShare, "work")):
        for one in reshared(kind, contract):
            words = ", ".join(f"{partner} {percent(share)}" for partner, share in one.shares.items())
            agreed_by = one.document.title if one.document else named(one.proposal)
            yield Change(one.on, f"Shares of the {whole}: {words}", agreed_by)


SOURCES: tuple[Source, ...] = (extensions, carried_variations, comings_and_goings, restated_shares, new_targets)


def changes(contract: Contract) -> list[Change]:
    """Every change, the earliest first."""
    return sorted((change for source in SOURCES for change in source(contract)), key=lambda change: change.on)
