"""The alliance contract: its years and quarters, its partners as equals, targets, declared interests, the grants that
it takes the place of, and what the members propose to each other."""

from trellis.contracts.models.agreement import AgreementClass, Matter
from trellis.contracts.models.contract import Contract, ContractQuarter, ExtensionOption, FundingShare, Target
from trellis.contracts.models.coverage import Coverage
from trellis.contracts.models.documents import Document, DocumentVersion
from trellis.contracts.models.grants import GrantEnding
from trellis.contracts.models.interests import Interest
from trellis.contracts.models.membership import Membership, MembershipCheck, MembershipStatus
from trellis.contracts.models.partners import Partner, PartnerShare, Seat, WorkShare
from trellis.contracts.models.positions import Position, ProposalMessage, ProposalOpinion
from trellis.contracts.models.promises import Promise, PromiseStatus
from trellis.contracts.models.proposals import Proposal, ProposalDraft, ProposalEffect, ProposalStatus, ProposalVersion

__all__ = [
    "AgreementClass",
    "Contract",
    "ContractQuarter",
    "Coverage",
    "Document",
    "DocumentVersion",
    "ExtensionOption",
    "FundingShare",
    "GrantEnding",
    "Interest",
    "Matter",
    "Membership",
    "MembershipCheck",
    "MembershipStatus",
    "Partner",
    "PartnerShare",
    "Position",
    "Promise",
    "PromiseStatus",
    "Proposal",
    "ProposalDraft",
    "ProposalEffect",
    "ProposalMessage",
    "ProposalOpinion",
    "ProposalStatus",
    "ProposalVersion",
    "Seat",
    "Target",
    "WorkShare",
]
