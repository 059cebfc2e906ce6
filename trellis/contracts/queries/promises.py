"""What the bid promised: for those at the table; anybody may read how many promises were kept."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from trellis.commissioning.models import Indicator
from trellis.contracts.models import Contract, Promise


@dataclass(frozen=True)
class Kept:
    """How many promises there are, how many are kept and broken, and how many are due and still open."""

    all: int
    kept: int
    broken: int
    late: int


def promises(contract: Contract) -> QuerySet[Promise]:
    """Every promise of a contract, the earliest due first."""
    return Promise.objects.filter(contract=contract).select_related("contract", "partner__organisation", "indicator")


def open_promises(contract: Contract) -> QuerySet[Promise]:
    """Those that are neither kept nor broken."""
    return promises(contract).filter(status=Promise.Status.PROMISED)


def kept(contract: Contract, on: date) -> Kept:
    """How the promises stand on a day."""
    Status = Promise.Status
    found = Promise.objects.filter(contract=contract).aggregate(
        all=Count("pk"),
        kept=Count("pk", filter=Q(status=Status.KEPT)),
        broken=Count("pk", filter=Q(status=Status.BROKEN)),
        late=Count("pk", filter=Q(status=Status.PROMISED, due_on__lt=on)),
    )
    return Kept(**found)


def indicators(contract: Contract) -> list[Indicator]:
    """The indicators that the contract sets targets for, in their order."""
    return list(Indicator.objects.filter(code__in=contract.targets.values("indicator_id")).order_by("order"))
