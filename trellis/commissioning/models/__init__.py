"""The tables of this area, a file per topic."""

from trellis.commissioning.models.answers import AnswerFile, AnswerFileRefusal, SurveyAnswer, SurveyResponse
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
from trellis.commissioning.models.equality import (
    AreaFigure,
    DueRegard,
    EqualityAction,
    EqualityAssessment,
    EqualityAttestation,
    EqualityEvidence,
    EqualityImpact,
    EqualityLimb,
)
from trellis.commissioning.models.findings import Finding, Quote, ThemeReply
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
from trellis.commissioning.models.surveys import (
    Consultation,
    ConsultationStatus,
    SurveyChoice,
    SurveyInvitation,
    SurveyQuestion,
)
from trellis.commissioning.models.themes import Coding, FieldNote, Theme

__all__ = [
    "AgreedScore",
    "AnswerFile",
    "AnswerFileRefusal",
    "Appraisal",
    "AreaFigure",
    "BudgetScenario",
    "CoDesigner",
    "Coding",
    "Commission",
    "CommissionStage",
    "Commitment",
    "Comparator",
    "Consultation",
    "ConsultationStatus",
    "Criterion",
    "DueRegard",
    "EndingPlan",
    "EqualityAction",
    "EqualityAssessment",
    "EqualityAttestation",
    "EqualityEvidence",
    "EqualityImpact",
    "EqualityLimb",
    "FieldNote",
    "Finding",
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
    "Quote",
    "QuotedFigure",
    "Score",
    "Scorer",
    "SuccessFactor",
    "SurveyAnswer",
    "SurveyChoice",
    "SurveyInvitation",
    "SurveyQuestion",
    "SurveyResponse",
    "Theme",
    "ThemeReply",
    "WeightTrial",
]
