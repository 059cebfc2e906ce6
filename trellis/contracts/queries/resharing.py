"""From which day the partners’ shares are others, and by what that was agreed: a document, or a carried proposal."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from trellis.contracts.models import (
    Contract,
    Document,
    Matter,
    Partner,
    PartnerShare,
    Proposal,
    ProposalEffect,
    WorkShare,
)
from trellis.contracts.queries.partners import shares, work_shares

Kind = type[PartnerShare] | type[WorkShare]
READ = {PartnerShare: shares, WorkShare: work_shares}
# Who comes or goes by a proposal changes the shares of both; of the work alone nothing is proposed.
MATTERS: Mapping[Kind, tuple[Matter, ...]] = {
    PartnerShare: (Matter.SHARES, Matter.ADMISSION, Matter.EXCLUSION),
    WorkShare: (Matter.ADMISSION, Matter.EXCLUSION),
}


@dataclass(frozen=True)
class Reshared:
    """The fractions that hold from a day on, and what they rest on as far as that is kept here."""

    on: date
    shares: dict[Partner, Decimal]
    document: Document | None
    proposal: Proposal | None


def agreed(kind: Kind, contract: Contract) -> Iterator[Reshared]:
    """Every day from which shares of the money (PartnerShare) or of the work (WorkShare) were agreed, in order."""
    rows = kind.objects.filter(partner__contract=contract).order_by("starts_on").select_related("document")
    documents = {row.starts_on: row.document for row in rows}
    for on, document in documents.items():
        then = READ[kind](contract, on)
        yield Reshared(on, then, document, None if document else _carried(kind, contract, on, then))


def reshared(kind: Kind, contract: Contract) -> Iterator[Reshared]:
    """Those after the contract’s start from which the shares are others than before."""
    before: dict[Partner, Decimal] = {}
    for one in agreed(kind, contract):
        if one.on > contract.starts_on and one.shares != before:
            yield one
        before = one.shares


def _carried(kind: Kind, contract: Contract, on: date, then: Mapping[Partner, Decimal]) -> Proposal | None:
    """The proposal that was carried out for the day with these very shares: a later agreement may have replaced it."""
    effects = ProposalEffect.objects.filter(
        proposal__contract=contract, proposal__matter__in=MATTERS[kind], version__effective_on=on
    ).select_related("proposal", "version")
    by_reference = {partner.organisation.reference: share for partner, share in then.items()}
    for effect in effects.order_by("-id"):
        wanted = {reference: Decimal(share) for reference, share in effect.version.payload["shares"].items()}
        if wanted == by_reference:
            return effect.proposal
    return None


def in_hand(kind: Kind, contract: Contract) -> QuerySet[Proposal]:
    """The proposals about these shares that the members decide on, or have decided and not carried out."""
    under_way = (Proposal.Status.OPEN, Proposal.Status.CARRIED)
    return Proposal.objects.filter(contract=contract, matter__in=MATTERS[kind], status__in=under_way).order_by("id")


def set_by_proposals(kind: Kind, contract: Contract, since: date) -> list[Reshared]:
    """The shares from that day or a later one that a carried proposal set."""
    return [one for one in agreed(kind, contract) if one.on >= since and one.proposal]
