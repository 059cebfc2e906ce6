"""What extensions and handovers want of the contract manager, with the days counted back from the end of the term."""

from collections.abc import Iterator

from django.urls import reverse

from trellis.accounts.models import User
from trellis.contracts.models import Contract
from trellis.contracts.queries.contract import contracts_managed_by
from trellis.core import clock
from trellis.renewal.models import Dossier, Handover
from trellis.renewal.presenters.dossiers import home_of
from trellis.renewal.presenters.handovers import address
from trellis.renewal.queries import dossiers, extensions, handovers
from trellis.web.pieces import Task
from trellis.web.words import day

SOON = 92  # days: as long as a quarter


def extensions_ahead(user: User) -> Iterator[Task]:
    """The next optional year of each contract: how far its dossier is, and by when notice has to be given."""
    for contract in contracts_managed_by(user).filter(ends_on__gte=clock.today()).order_by("ends_on"):
        countdown = extensions.countdown_of(contract)
        if countdown is None:
            continue
        found = dossiers.dossiers(contract).filter(extension=countdown.extension).first()
        words, colour, url = _stage(contract, found)
        if (countdown.notice_by - clock.today()).days <= SOON and (found is None or found.decision is None):
            colour = "orange"
        hint = f"The term ends on {day(contract.ends_on)}: notice on the forward plan by {day(countdown.notice_by)}."
        yield Task(f"Extension {countdown.extension} of {contract.reference}", words, url, hint, colour)


def _stage(contract: Contract, dossier: Dossier | None) -> tuple[str, str, str]:
    if dossier is None:
        return "Dossier to begin", "grey", reverse("extensions", args=[contract.reference])
    words = "Decided to extend" if dossier.decided else dossier.get_status_display()
    return words, "blue", home_of(dossier)


def handovers_open(user: User) -> Iterator[Task]:
    """The partners that leave, whose handover is not complete."""
    mine = contracts_managed_by(user)
    for partner in handovers.leaving_seen_by(user).filter(contract__in=mine).order_by("left_on"):
        handover = handovers.handover_of(partner)
        if handover and handover.status == Handover.Status.CLOSED:
            continue
        hint = f"Its last day is {day(partner.left_on)}." if partner.left_on else ""
        words, colour = ("Under way", "blue") if handover else ("To begin", "orange")
        yield Task(f"Handover of {partner.organisation.name}", words, address("handover", partner), hint, colour)
