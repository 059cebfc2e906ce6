"""The alliance contract: its years and quarters, its partners as equals, targets, declared interests, the grants that
it takes the place of, and what the members propose to each other."""

from trellis.contracts.models.agreement import AgreementClass, Matter
from trellis.contracts.models.challenges import GapAnswer, InterestChallenge
from trellis.contracts.models.contract import Contract, ContractQuarter, ExtensionOption, FundingShare, Target
from trellis.contracts.models.coverage import Coverage
from trellis.contracts.models.documents import Document, DocumentVersion
from trellis.contracts.models.grants import GrantEnding
from trellis.contracts.models.interests import Interest, Tie
from trellis.contracts.models.membership import Membership, MembershipCheck, MembershipStatus
from trellis.contracts.models.partners import Partner, PartnerShare, Seat, WorkShare
from trellis.contracts.models.plans import ContractPlan, PlanTask
from trellis.contracts.models.positions import Position, ProposalMessage, ProposalOpinion
from trellis.contracts.models.presence import DependencePlan, PresenceMonth, PresencePromise
from trellis.contracts.models.promises import Promise, PromiseStatus
from trellis.contracts.models.proposals import Proposal, ProposalDraft, ProposalEffect, ProposalStatus, ProposalVersion
from trellis.contracts.models.risks import Risk, RiskAction, RiskReview
from trellis.contracts.models.subcontracts import Subcontract, SubcontractCheck, SubcontractStatus
from trellis.contracts.models.variations import Variation, VariationYear

__all__ = [
    "AgreementClass",
    "Contract",
    "ContractPlan",
    "ContractQuarter",
    "Coverage",
    "DependencePlan",
    "Document",
    "DocumentVersion",
    "ExtensionOption",
    "FundingShare",
    "GapAnswer",
    "GrantEnding",
    "Interest",
    "InterestChallenge",
    "Matter",
    "Membership",
    "MembershipCheck",
    "MembershipStatus",
    "Partner",
    "PartnerShare",
    "PlanTask",
    "Position",
    "PresenceMonth",
    "PresencePromise",
    "Promise",
    "PromiseStatus",
    "Proposal",
    "ProposalDraft",
    "ProposalEffect",
    "ProposalMessage",
    "ProposalOpinion",
    "ProposalStatus",
    "ProposalVersion",
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
    "WorkShare",
]
