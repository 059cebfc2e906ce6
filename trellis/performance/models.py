"""Readings of indicators, and the quarter's report once it is frozen and signed."""

from django.db import models
from django.db.models import Q

from trellis.core import clock


class Reading(models.Model):
    """An indicator's value for a period, computed from evidence up to a recorded row. Recomputed by adding, not editing."""

    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="+")
    indicator = models.ForeignKey("commissioning.Indicator", on_delete=models.PROTECT, related_name="+")
    period_start = models.DateField()
    period_end = models.DateField()
    district = models.ForeignKey("places.District", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    value = models.DecimalField(max_digits=16, decimal_places=4, null=True, help_text="Empty: nothing to measure.")
    numerator = models.DecimalField(max_digits=16, decimal_places=4, default=0)
    denominator = models.DecimalField(max_digits=16, decimal_places=4, default=0)
    evidence_up_to = models.BigIntegerField(help_text="The last evidence row that was looked at.")
    computed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["period_start", "id"]
        indexes = [models.Index(fields=["contract", "indicator", "period_start"])]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "indicator", "period_start", "period_end", "district", "evidence_up_to"],
                name="one_district_reading_of_the_same_evidence",
            ),
            # a null is never equal to another, so the county's reading needs a constraint of its own
            models.UniqueConstraint(
                fields=["contract", "indicator", "period_start", "period_end", "evidence_up_to"],
                condition=Q(district__isnull=True),
                name="one_county_reading_of_the_same_evidence",
            ),
        ]


class QuarterReport(models.Model):
    """One quarter's performance, frozen: what partners sign, the public reads and the payment is made from."""

    class Status(models.TextChoices):
        """Where the report is."""

        PREPARED = "prepared", "Waiting for signatures"
        SIGNED = "signed", "Signed by every partner"

    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="reports")
    quarter = models.CharField(max_length=7, help_text="As in addresses: 2018-Q2.")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PREPARED)
    content = models.JSONField(help_text="The whole report (performance.queries.QuarterlyReport), as it will stay.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content: what a signature is put to.")
    prepared_at = models.DateTimeField(default=clock.now)
    prepared_by = models.CharField(max_length=80)

    class Meta:
        ordering = ["-quarter"]
        constraints = [models.UniqueConstraint(fields=["contract", "quarter"], name="one_report_a_quarter")]


class Signature(models.Model):
    """A partner lead's signature under a quarter's report."""

    report = models.ForeignKey(QuarterReport, on_delete=models.PROTECT, related_name="signatures")
    partner = models.ForeignKey("contracts.Partner", on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(default=clock.now)
    signed_by = models.CharField(max_length=80)
    signed_name = models.CharField(max_length=120, help_text="As the person wrote it under the report.")
    digest = models.CharField(max_length=64, help_text="Of the content that they saw.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "partner"], name="one_signature_a_partner")]


class ReadingRequest(models.Model):
    """A job to compute a quarter's readings: so that a page can show how far it is."""

    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="+")
    quarter = models.CharField(max_length=7)
    requested_at = models.DateTimeField(default=clock.now)
    requested_by = models.CharField(max_length=80)
    finished_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "quarter"], condition=Q(finished_at__isnull=True), name="one_reading_job_at_a_time"
            )
        ]
