"""The alliance contract: its years and quarters, its partners as equals, targets, declared interests, and the grants
that it takes the place of."""

from trellis.contracts.models.contract import Contract, ContractQuarter, Target
from trellis.contracts.models.coverage import Coverage
from trellis.contracts.models.grants import GrantEnding
from trellis.contracts.models.interests import Interest
from trellis.contracts.models.membership import Membership, MembershipCheck, MembershipStatus
from trellis.contracts.models.partners import Partner, PartnerShare, Seat, WorkShare

__all__ = [
    "Contract",
    "ContractQuarter",
    "Coverage",
    "GrantEnding",
    "Interest",
    "Membership",
    "MembershipCheck",
    "MembershipStatus",
    "Partner",
    "PartnerShare",
    "Seat",
    "Target",
    "WorkShare",
]
