"""What the alliance's table waits for, by whom: for the list of what needs somebody today."""

from collections.abc import Iterator

from django.urls import reverse

from trellis.accounts.models import User
from trellis.contracts.models import Contract, InterestChallenge, Subcontract, Variation
from trellis.contracts.queries import challenges, rooms, subcontracts, variations
from trellis.core import clock
from trellis.core.permissions import Permission
from trellis.web.pieces import Task
from trellis.web.words import counted

Needs = Iterator[Task]
FEW = 5  # of a kind; the rest are a link away


def table_needs(user: User) -> Needs:
    """What waits for a person at each table where they work, topic by topic."""
    for contract in rooms.alliances_of(user, Permission.ALLIANCE_WORK):
        yield from _subcontracts(contract, user)
        yield from _variations(contract, user)
        yield from _gaps(contract, user)
    yield from _challenges(user)


def _subcontracts(contract: Contract, user: User) -> Needs:
    """A partner's own to check and to start; for the contract manager those that wait to be agreed."""
    status, waiting = Subcontract.Status, subcontracts.subcontracts(contract)
    if rooms.manages(user, contract):
        for found in waiting.filter(status=status.CHECKED)[:FEW]:
            yield _subcontract(found, "Bring to the alliance", "Checked", "blue")
        return
    mine = waiting.filter(partner=rooms.partner_for(user, contract))
    for found in mine.filter(status=status.PROPOSED)[:FEW]:
        yield _subcontract(found, "Check", "To do", "orange")
    for found in mine.filter(status=status.AGREED)[:FEW]:
        yield _subcontract(found, "Sign and start", "Agreed", "blue")


def _subcontract(found: Subcontract, verb: str, status: str, colour: str) -> Task:
    url = reverse("subcontract", args=[found.contract.reference, found.reference])
    return Task(f"{verb}: the subcontract with {found.organisation.name}", status, url, found.reference, colour)


def _variations(contract: Contract, user: User) -> Needs:
    """What is drafted waits for the contract manager."""
    if rooms.manages(user, contract):
        for found in variations.variations(contract).filter(status=Variation.Status.DRAFTED)[:FEW]:
            url = reverse("variation", args=[contract.reference, found.reference])
            yield Task(f"Bring to the alliance: {found.title}", "Drafted", url, found.reference, "blue")


def _gaps(contract: Contract, user: User) -> Needs:
    """What the register says that the partner runs, and it has not declared."""
    partner = rooms.partner_for(user, contract)
    gaps = challenges.gaps(partner, clock.today()) if partner else []
    if gaps:
        hint = "Declare each, or say why it is no interest."
        words = f"The register says that you also run {counted(len(gaps), 'other service')}"
        yield Task(words, "To answer", reverse("interests"), hint, "orange")


def _challenges(user: User) -> Needs:
    """Those that wait for the partner's answer, or for the contract manager's decision."""
    status, found = InterestChallenge.Status, challenges.challenges_visible_to(user)
    for one in found.filter(challenges.answerable(user), status=status.RAISED)[:FEW]:
        yield _challenge(one, "Answer a challenge of what you declared", "Your answer")
    for one in found.filter(challenges.settleable(user), status=status.DISPUTED)[:FEW]:
        yield _challenge(one, f"Decide a challenge about {one.partner.organisation.name}", "Your decision")


def _challenge(found: InterestChallenge, words: str, status: str) -> Task:
    return Task(words, status, reverse("interest_challenge", args=[found.reference]), found.reference, "orange")
