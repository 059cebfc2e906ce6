"""What a partner has not declared: as others say, and as the register and grants suggest."""

from django.db import models
from django.db.models import Q

from trellis.contracts.models.partners import Partner
from trellis.core import clock


class InterestChallenge(models.Model):
    """An organisation says that a partner has an interest which it has not declared.

    It is about a kind of service in a district, or about a named organisation. The partner is not told who says so.
    """

    class Status(models.TextChoices):
        """Where it is; the transitions are in contracts.rules.challenges."""

        RAISED = "raised", "Waits for the partner"
        DISPUTED = "disputed", "Waits for the contract manager"
        UPHELD = "upheld", "Upheld: it is declared"
        DISMISSED = "dismissed", "Not upheld"

    reference = models.CharField(max_length=16, unique=True)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="challenges")
    challenger = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    service_type = models.ForeignKey(
        "organisations.ServiceType", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    district = models.ForeignKey("places.District", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    since = models.DateField(help_text="From when on, as the challenger knows it.")
    what = models.TextField(help_text="What the challenger knows.")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.RAISED)
    answer = models.TextField(blank=True, help_text="What the partner says.")
    outcome = models.TextField(blank=True, help_text="What was decided, and why.")
    raised_at = models.DateTimeField(default=clock.now)
    raised_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=80, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["-raised_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(service_type__isnull=False, district__isnull=False, organisation__isnull=True)
                | Q(service_type__isnull=True, district__isnull=True, organisation__isnull=False),
                name="interest_challenge_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by="")
                | Q(answered_at__isnull=False) & ~Q(answered_by="") & ~Q(answer=""),
                name="interest_challenge_answered_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["raised", "disputed"], settled_at__isnull=True, settled_by="")
                | Q(status__in=["upheld", "dismissed"], settled_at__isnull=False) & ~Q(settled_by=""),
                name="interest_challenge_settled_at_and_by",
            ),
        ]

    def __str__(self):
        return self.reference


class GapAnswer(models.Model):
    """Why a partner does not declare a service that the register or a grant suggests it runs."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    service_type = models.ForeignKey("organisations.ServiceType", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    answered_at = models.DateTimeField(default=clock.now)
    answered_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partner", "service_type"], name="gap_answered_once")]

    def __str__(self):
        return f"{self.partner}: not {self.service_type}"
