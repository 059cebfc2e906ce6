"""What a dossier is made from: the contract, the optional year, and up to which day and evidence it looks."""

from dataclasses import dataclass
from datetime import date, timedelta

from trellis.commissioning.models import Commission, Indicator
from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract
from trellis.contracts.queries.contract import YearLine
from trellis.core.periods import Quarter
from trellis.performance.models import QuarterReport
from trellis.performance.rules import FINAL


@dataclass(frozen=True)
class Basis:
    """Made once and asked again later with the same days, the data give the same figures, unless the past has moved.

    `quarter` is the last one whose report is final; None while there is none. `on` is the day of asking; money and
    equality are told as they stood then. `evidence_up_to` is the last place in the chain; None: all there is.
    """

    contract: Contract
    extension: int
    quarter: Quarter | None
    on: date
    evidence_up_to: int | None = None

    @property
    def to(self) -> date:
        """The last day of which requests and reach are counted: the end of the last final quarter."""
        return self.quarter.end if self.quarter else self.contract.starts_on - timedelta(days=1)

    @property
    def years(self) -> list[YearLine]:
        """The contract's years up to the optional one, which is the last of them."""
        every = contracts.years(self.contract)
        return [one for one in every if one.option <= self.extension]


def last_final_quarter(contract: Contract) -> Quarter | None:
    """The latest quarter whose report nothing changes any more."""
    final = QuarterReport.objects.filter(contract=contract, status__in=FINAL)
    latest = final.order_by("-quarter").values_list("quarter", flat=True).first()
    return Quarter.parse(latest) if latest else None


def commission_of(contract: Contract) -> Commission | None:
    """The commission that the contract came of: its decision’s, else the one whose outcomes its targets are for."""
    if contract.decision and contract.decision.commission:
        return contract.decision.commission
    wanted = Indicator.objects.filter(pk__in=contract.targets.values("indicator"), outcome__commission__isnull=False)
    first = wanted.select_related("outcome__commission").order_by("order").first()
    return first.outcome.commission if first else None
