"""The contract of decision 16/00051, for tests."""

from datetime import date
from decimal import Decimal

from tests.cast import Cast
from trellis.contracts import commands
from trellis.contracts.models import Contract
from trellis.decisions.models import Decision
from trellis.decisions.tests import scenes as decisions

KNOWN = ["553761.90", "498385.71", "448547.14", "403692.43", "363323.18"]
START = date(2017, 1, 1)


def enter(cast: Cast, **changes) -> Contract:
    """The contract of decision 16/00051: three years, and two by which it may be extended."""
    given = {
        "reference": "SCO-2", "title": "The real one", "authority": cast.council, "starts_on": START, "years": 3,
        "extensions": 2, "baseline": Decimal("615291.00"), "step_down": Decimal("0.1"),
        "shares": {cast.ash_vale: Decimal("0.6"), cast.bramble: Decimal("0.4")},
        "funding": {"Adult Social Care": Decimal("0.7"), "Public Health": Decimal("0.3")},
        "independent_route": cast.independent, "regime": "pcr-2015", "leaving_notice_months": 6, "by": cast.olive,
    }  # fmt: skip
    return commands.create_contract(**given | changes)


def decided(cast: Cast) -> Decision:
    """A decision of the council's that is in effect."""
    return Decision.objects.first() or decisions.published(cast.council)


def extend(cast: Cast, contract: Contract, extension: int = 1) -> bool:
    return commands.extend_term(contract=contract, extension=extension, decision=decided(cast), by=cast.olive)
