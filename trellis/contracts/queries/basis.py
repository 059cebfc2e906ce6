"""What a deed can rest on that is entered by hand: a carried proposal, a document, a variation that the law allows."""

from collections.abc import Iterable

from trellis.contracts.models import Contract, Matter, Proposal, Variation
from trellis.contracts.queries.documents import documents
from trellis.contracts.queries.variations import CARRIED, variations, working
from trellis.contracts.rules.grounds import FAILS

# Carried, these change no figure by themselves: somebody carries them out by hand, as the words say.
BY_HAND = (Matter.RISK, Matter.TEXT, Matter.OPERATIONS, Matter.RESERVED)
AGREED = (Proposal.Status.CARRIED, Proposal.Status.CARRIED_OUT)


def agreements(contract: Contract, matters: Iterable[str] = ()) -> dict[str, str]:
    """What can say that members agreed: the proposals about these matters that were carried, and every document.

    By what is kept of it, the reference or the title: what a list shows.
    """
    carried = Proposal.objects.filter(contract=contract, matter__in=list(matters), status__in=AGREED).order_by("id")
    return {one.reference: f"{one.reference}, {one.title}" for one in carried} | _titles(contract)


def lawful_changes(contract: Contract) -> dict[str, str]:
    """What can show that a change is lawful: variations that the law allows, drafted or carried, and every document."""
    found = [one for one in variations(contract) if _is_lawful(one)]
    return {one.reference: f"{one.reference}, {one.title}" for one in found} | _titles(contract)


def _is_lawful(variation: Variation) -> bool:
    if variation.status == CARRIED:
        return True
    return variation.status == Variation.Status.DRAFTED and all(line.verdict != FAILS for line in working(variation))


def _titles(contract: Contract) -> dict[str, str]:
    return {document.title: document.title for document in documents(contract)}
