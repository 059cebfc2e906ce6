"""The tables of this area, a file per topic."""

from trellis.commissioning.models.appraisal import (
    AgreedScore,
    Appraisal,
    Criterion,
    Judgement,
    MoneyModel,
    Option,
    Score,
    Scorer,
    SuccessFactor,
    WeightTrial,
)
from trellis.commissioning.models.budgets import BudgetScenario, QuotedFigure
from trellis.commissioning.models.commissions import Commission, CommissionStage, Milestone
from trellis.commissioning.models.market import (
    MarketAnswer,
    MarketEvent,
    MarketModel,
    MarketPublication,
    MarketQuestion,
    Provider,
)
from trellis.commissioning.models.outcomes import Indicator, Measure, Outcome
from trellis.commissioning.models.policies import CoDesigner, Commitment, Comparator, Policy
from trellis.commissioning.models.provision import EndingPlan, FundedBody, FundingSource, Grant

__all__ = [
    "AgreedScore",
    "Appraisal",
    "BudgetScenario",
    "CoDesigner",
    "Commission",
    "CommissionStage",
    "Commitment",
    "Comparator",
    "Criterion",
    "EndingPlan",
    "FundedBody",
    "FundingSource",
    "Grant",
    "Indicator",
    "Judgement",
    "MarketAnswer",
    "MarketEvent",
    "MarketModel",
    "MarketPublication",
    "MarketQuestion",
    "Measure",
    "Milestone",
    "MoneyModel",
    "Option",
    "Outcome",
    "Policy",
    "Provider",
    "QuotedFigure",
    "Score",
    "Scorer",
    "SuccessFactor",
    "WeightTrial",
]
