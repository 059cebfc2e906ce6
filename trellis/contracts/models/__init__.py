"""The alliance contract: its years and quarters, its partners as equals, targets, declared interests, the grants
that it takes the place of, and what its members keep together."""

from trellis.contracts.models.challenges import GapAnswer, InterestChallenge
from trellis.contracts.models.contract import Contract, ContractQuarter, Target
from trellis.contracts.models.grants import GrantEnding
from trellis.contracts.models.interests import Interest, Tie
from trellis.contracts.models.partners import Partner, PartnerShare, Seat
from trellis.contracts.models.plans import ContractPlan, PlanTask
from trellis.contracts.models.presence import DependencePlan, PresenceMonth, PresencePromise
from trellis.contracts.models.risks import Risk, RiskAction, RiskReview
from trellis.contracts.models.subcontracts import Subcontract, SubcontractCheck, SubcontractStatus
from trellis.contracts.models.variations import Variation, VariationYear

__all__ = [
    "Contract",
    "ContractPlan",
    "ContractQuarter",
    "GrantEnding",
    "DependencePlan",
    "GapAnswer",
    "Interest",
    "InterestChallenge",
    "Partner",
    "PartnerShare",
    "PlanTask",
    "PresenceMonth",
    "PresencePromise",
    "Risk",
    "RiskAction",
    "RiskReview",
    "Seat",
    "Subcontract",
    "SubcontractCheck",
    "SubcontractStatus",
    "Target",
    "Tie",
    "Variation",
    "VariationYear",
]
