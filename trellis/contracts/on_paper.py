"""When something about shares may be entered by hand that members agreed outside these pages."""

from datetime import date

from trellis.contracts.models import Contract, PartnerShare, Proposal, WorkShare
from trellis.contracts.queries import resharing
from trellis.contracts.rules import shares as rules


def check_on_paper(
    kind: type[PartnerShare] | type[WorkShare], contract: Contract, starts_on: date, *, is_of_contract: bool = True
) -> None:
    """Refuse to enter by hand what a proposal is about that is not finished, or that a carried one set.

    The lock on the contract makes whoever carries out a proposal at the same moment wait, or this wait for them.
    """
    Contract.objects.select_for_update().get(pk=contract.pk)
    in_hand = resharing.in_hand(kind, contract).first()
    later = next(iter(resharing.set_by_proposals(kind, contract, starts_on)), None)
    rules.check_can_enter_on_paper(
        is_of_contract=is_of_contract,
        in_hand=_named(in_hand) if in_hand else "",
        set_by=_named(later.proposal) if later and later.proposal else "",
        set_from=later.on if later else None,
    )


def _named(proposal: Proposal) -> str:
    return f"Proposal {proposal.reference}, “{proposal.title}”,"
