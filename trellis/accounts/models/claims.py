"""Somebody asks to speak for an organisation, and shows that they may."""

from django.db import models
from django.db.models import Q

from trellis.accounts.models.people import User
from trellis.core import clock

GOES_ON = ("open", "proved", "objected")


class ProfileClaim(models.Model):
    """One person's request to speak for one organisation, from asking to its end. The code is kept as a digest."""

    class Proof(models.TextChoices):
        """How they show that they may."""

        EMAIL = "email", "A code by email to the organisation"
        LETTER = "letter", "A code by letter to the organisation"
        VOUCH = "vouch", "An adviser who knows them"

    class Status(models.TextChoices):
        """Where it stands; the transitions are in accounts.claim_rules."""

        OPEN = "open", "Waiting for proof"
        PROVED = "proved", "Proved, the organisation is told"
        OBJECTED = "objected", "The organisation objects"
        GRANTED = "granted", "Speaks for it"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"
        EXPIRED = "expired", "Ran out"

    reference = models.CharField(max_length=16, unique=True)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="claims")
    role_there = models.CharField(max_length=120, help_text="What they are to it, in their words.")
    proof = models.CharField(max_length=6, choices=Proof.choices)
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.OPEN)
    code_digest = models.CharField(max_length=64, blank=True, help_text="Keyed, of the code that was sent.")
    attempts = models.PositiveSmallIntegerField(default=0, help_text="Wrong codes so far.")
    claimed_at = models.DateTimeField(default=clock.now)
    claimed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="claims")
    expires_at = models.DateTimeField()
    posted_at = models.DateTimeField(null=True, blank=True, help_text="When the letter was last made.")
    posted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    proved_at = models.DateTimeField(null=True, blank=True)
    proved_by = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who gave the code or vouched.",
    )
    how_known = models.CharField(max_length=300, blank=True, help_text="How whoever vouched knows them.")
    objected_at = models.DateTimeField(null=True, blank=True)
    objected_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    objection = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=80, blank=True, help_text="As in the audit: person:12, service:nightly.")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-claimed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["claimed_by", "organisation"], condition=Q(status__in=GOES_ON), name="one_claim_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(posted_at__isnull=True, posted_by__isnull=True)
                | Q(posted_at__isnull=False, posted_by__isnull=False),
                name="claim_posted_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(proved_at__isnull=True, proved_by__isnull=True)
                | Q(proved_at__isnull=False, proved_by__isnull=False),
                name="claim_proved_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(objected_at__isnull=True, objected_by__isnull=True)
                | Q(objected_at__isnull=False, objected_by__isnull=False),
                name="claim_objected_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by="", status__in=GOES_ON)
                | Q(decided_at__isnull=False) & ~Q(decided_by="") & ~Q(status__in=GOES_ON),
                name="claim_decided_at_and_by",
            ),
        ]

    def __str__(self):
        return self.reference
