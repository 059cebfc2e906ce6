"""Dated facts about delivery, append-only and hash-chained: what all performance is computed from."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from trellis.audit.models import Link, Sealed, seals
from trellis.core import clock


class EvidenceQuerySet(models.QuerySet):
    """Which facts count, and when they came to."""

    def up_to(self, sequence: int | None):
        """The facts sealed at or before a place in the chain; with None, all that are written."""
        return self if sequence is None else self.filter(link__position__lte=sequence)

    def standing(self, sequence: int | None = None):
        """The facts that stood at a place in the chain: not corrected by then, and not retractions."""
        corrections = Evidence.objects.up_to(sequence).filter(corrects=OuterRef("pk"))
        return self.up_to(sequence).filter(~Exists(corrections), retracts=False)


class Evidence(Sealed):
    """One fact. Never edited: a correction is a new fact that names the one it corrects. Holds no personal data."""

    digested = (
        "kind", "occurred_on", "recorded_at", "contract", "partner_id", "organisation_id", "district_id",
        "quantity", "unit", "subject", "source", "corrects_id", "retracts",
    )  # fmt: skip

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
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    retracts = models.BooleanField(default=False, help_text="A correction that says: this did not happen.")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "evidence"
        indexes = [models.Index(fields=["kind", "occurred_on"]), models.Index(fields=["contract", "occurred_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(retracts=False) | Q(corrects__isnull=False), name="evidence_retraction_corrects_something"
            ),
        ]

    def __str__(self):
        return f"{self.pk} {self.kind} {self.occurred_on}"


class EvidenceLink(Link):
    """A fact's place in the chain: the sequence number up to which figures are computed."""

    row = seals(Evidence)
