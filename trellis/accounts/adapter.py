"""What allauth asks of us."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up is open to anyone; what they may do comes from their memberships."""
