"""Dated facts about delivery, append-only and hash-chained: what all performance is computed from."""

from django.db import models
from django.db.models import Q

from trellis.core import clock


class Evidence(models.Model):
    """One fact. Never edited: a correction is a new fact that names the one it corrects. Holds no personal data."""

    kind = models.CharField(max_length=60, help_text="area.what_happened, such as support.case_completed.")
    occurred_on = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now)
    contract = models.CharField(max_length=20, blank=True, help_text="The contract's reference, as text.")
    partner = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    district = models.ForeignKey("places.District", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=14, decimal_places=2, null=True, help_text="Empty: known to be unknown.")
    unit = models.CharField(max_length=30)
    subject = models.CharField(max_length=64, blank=True, help_text="A pseudonym of a person, never a name.")
    source = models.CharField(max_length=120, unique=True, help_text="The same source never counts twice.")
    corrects = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by")
    retracts = models.BooleanField(default=False, help_text="A correction that says: this did not happen.")
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "evidence"
        indexes = [models.Index(fields=["kind", "occurred_on"]), models.Index(fields=["contract", "occurred_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(retracts=False) | Q(corrects__isnull=False), name="evidence_retraction_corrects_something"
            ),
        ]

    def __str__(self):
        return f"{self.id} {self.kind} {self.occurred_on}"


class EvidenceLink(models.Model):
    """One fact's place in the hash chain."""

    position = models.BigIntegerField(primary_key=True)
    row = models.BigIntegerField(unique=True)
    hash = models.CharField(max_length=64)
