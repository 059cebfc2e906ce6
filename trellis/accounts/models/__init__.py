"""People, what they are to which organisation, and how they come to be that."""

from trellis.accounts.models.claims import ProfileClaim
from trellis.accounts.models.invitations import Invitation
from trellis.accounts.models.notices import Notice
from trellis.accounts.models.people import Membership, User, UserManager

__all__ = ["Invitation", "Membership", "Notice", "ProfileClaim", "User", "UserManager"]
