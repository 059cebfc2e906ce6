"""Invitations to join an organisation."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from trellis.accounts.models.people import User
from trellis.accounts.roles import ALL, BY_CODE, Role
from trellis.core import clock


class Invitation(models.Model):
    """An e-mail that asks somebody to join an organisation in a role. The link holds a secret; we keep its digest."""

    reference = models.CharField(max_length=16, unique=True)
    email = models.EmailField(max_length=254)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40, choices=[(role.code, role.name) for role in ALL])
    secret_digest = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField(default=clock.now)
    invited_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", help_text="Nobody: invited on the command line."
    )
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-invited_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "organisation",
                "role",
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_invitation",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_accepted_or_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_at_and_by",
            ),
        ]

    def __str__(self):
        return self.reference

    @property
    def as_role(self) -> Role:
        """What the role will let them do."""
        return BY_CODE[self.role]
