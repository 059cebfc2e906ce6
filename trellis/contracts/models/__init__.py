"""The alliance contract: its years and quarters, its partners as equals, targets, declared interests, and the grants
that it takes the place of."""

from trellis.contracts.models.contract import Contract, ContractQuarter, ExtensionOption, FundingShare, Target
from trellis.contracts.models.coverage import Coverage
from trellis.contracts.models.documents import Document, DocumentVersion
from trellis.contracts.models.grants import GrantEnding
from trellis.contracts.models.interests import Interest
from trellis.contracts.models.membership import Membership, MembershipCheck, MembershipStatus
from trellis.contracts.models.partners import Partner, PartnerShare, Seat, WorkShare
from trellis.contracts.models.promises import Promise, PromiseStatus

__all__ = [
    "Contract",
    "ContractQuarter",
    "Coverage",
    "Document",
    "DocumentVersion",
    "ExtensionOption",
    "FundingShare",
    "GrantEnding",
    "Interest",
    "Membership",
    "MembershipCheck",
    "MembershipStatus",
    "Partner",
    "PartnerShare",
    "Promise",
    "PromiseStatus",
    "Seat",
    "Target",
    "WorkShare",
]
