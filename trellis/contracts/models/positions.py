"""What members say to a proposal: their positions on each version, the discussion, and opinions from outside."""

from django.db import models
from django.db.models import Q

from trellis.contracts.models.proposals import Proposal, ProposalVersion
from trellis.core import clock


class Spoken(models.Model):
    """Something that a person said for a member."""

    is_append_only = True

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(default=clock.now)
    said_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")
    in_stead_of = models.CharField(
        max_length=80, blank=True, help_text="Whose place a deputy took, as in the audit. Empty: the holder spoke."
    )

    class Meta:
        abstract = True


class Position(Spoken):
    """A member's position on one version. A later one takes its place, and both stay to be read."""

    class Stance(models.TextChoices):
        """Where the member stands."""

        SUPPORT = "support", "Support"
        ACCEPT = "accept", "Accept"
        OBJECT = "object", "Object"
        RECUSE = "recuse", "Recuse"
        NONE = "none", "Objection withdrawn"

    version = models.ForeignKey(ProposalVersion, on_delete=models.PROTECT, related_name="positions")
    stance = models.CharField(max_length=7, choices=Stance.choices)
    reason = models.TextField(blank=True)
    interest = models.TextField(blank=True, help_text="For which interest the member stands aside.")
    stead_reason = models.CharField(max_length=300, blank=True, help_text="Why a deputy took the holder's place.")
    number = models.PositiveSmallIntegerField(help_text="From 1; a member's highest on a version is what stands.")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "organisation", "number"], name="position_once_a_number"),
            models.CheckConstraint(condition=~Q(stance="object") | ~Q(reason=""), name="objection_has_a_reason"),
            models.CheckConstraint(condition=~Q(stance="recuse") | ~Q(interest=""), name="recusal_names_the_interest"),
            models.CheckConstraint(condition=~Q(stance="none") | Q(number__gt=1), name="only_what_stood_is_withdrawn"),
        ]

    def __str__(self):
        return f"{self.organisation_id} on {self.version_id}: {self.stance}"


class ProposalMessage(Spoken):
    """What a member said in the discussion, and which version stood when it did."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="messages")
    version = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"message on {self.proposal_id}"


class ProposalOpinion(Spoken):
    """What a facilitator or an expert said, entered by a member."""

    class Kind(models.TextChoices):
        """Who helped."""

        FACILITATION = "facilitation", "Facilitation"
        EXPERT = "expert", "Expert opinion"

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="opinions")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=160, help_text="The facilitator or the expert.")
    given_on = models.DateField()
    text = models.TextField()

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.kind} on {self.proposal_id}"
