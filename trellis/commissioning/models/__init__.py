"""The tables of this area, a file per topic."""

from trellis.commissioning.models.commissions import Commission, CommissionStage, Milestone
from trellis.commissioning.models.outcomes import Indicator, Outcome

__all__ = ["Commission", "CommissionStage", "Indicator", "Milestone", "Outcome"]
