"""Readings of indicators, and the quarter's report once it is frozen and signed."""

from django.db import models
from django.db.models import Q

from trellis.core import clock


class Reading(models.Model):
    """An indicator's value for a period, from evidence up to a recorded row. Recomputed by adding, not editing."""

    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="+")
    indicator = models.ForeignKey("commissioning.Indicator", on_delete=models.PROTECT, related_name="+")
    period_start = models.DateField()
    period_end = models.DateField()
    district = models.ForeignKey("places.District", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    value = models.DecimalField(max_digits=16, decimal_places=4, null=True, help_text="Empty: nothing to measure.")
    counted = models.PositiveIntegerField(default=0, help_text="How many cases or organisations the value rests on.")
    unknown = models.PositiveIntegerField(default=0, help_text="How many could not be counted, the fact being unknown.")
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

    def __str__(self):
        return f"{self.indicator_id} from {self.period_start}: {self.value}"


class QuarterReport(models.Model):
    """One quarter's performance, frozen: what partners sign, the public reads and the payment is made from."""

    class Status(models.TextChoices):
        """Where the report is; the transitions are in performance.rules."""

        PREPARED = "prepared", "Waiting for signatures"
        WITHDRAWN = "withdrawn", "Withdrawn"
        SIGNED = "signed", "Signed by every partner"
        CLOSED = "closed", "Closed without every signature"

    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="reports")
    quarter = models.CharField(max_length=7, help_text="As in addresses: 2018-Q2.")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PREPARED)
    content = models.JSONField(help_text="The whole report (performance.report.QuarterlyReport), as it will stay.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content: what a signature is put to.")
    prepared_at = models.DateTimeField(default=clock.now)
    prepared_by = models.CharField(max_length=80)

    class Meta:
        ordering = ["-quarter"]
        constraints = [models.UniqueConstraint(fields=["contract", "quarter"], name="one_report_a_quarter")]

    def __str__(self):
        return f"{self.contract_id} {self.quarter}"


class QuarterReportStatus(models.Model):
    """What people see of a report's history: what it became, who said so, when."""

    report = models.ForeignKey(QuarterReport, on_delete=models.PROTECT, related_name="history")
    status = models.CharField(max_length=10, choices=QuarterReport.Status.choices)
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=80, help_text="As in the audit: person:12.")
    digest = models.CharField(max_length=64, help_text="Of the content at that moment.")
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.report}: {self.status}"


class Signature(models.Model):
    """A partner lead's signature under a quarter's report."""

    report = models.ForeignKey(QuarterReport, on_delete=models.PROTECT, related_name="signatures")
    partner = models.ForeignKey("contracts.Partner", on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(default=clock.now)
    signed_by = models.CharField(max_length=80)
    signed_name = models.CharField(max_length=120, help_text="As the person wrote it under the report.")
    digest = models.CharField(max_length=64, help_text="Of the content that they saw.")

    class Meta:
        ordering = ["signed_at", "id"]
        constraints = [models.UniqueConstraint(fields=["report", "partner"], name="one_signature_a_partner")]

    def __str__(self):
        return f"{self.report}: {self.partner}"


class ReadingRequest(models.Model):
    """A job to compute a quarter's readings: so that a page can show how far it is."""

    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="+")
    quarter = models.CharField(max_length=7)
    requested_at = models.DateTimeField(default=clock.now)
    requested_by = models.CharField(max_length=80)
    steps_done = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=0, help_text="0 until a worker has begun.")
    finished_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "quarter"], condition=Q(finished_at__isnull=True), name="one_reading_job_at_a_time"
            )
        ]

    def __str__(self):
        return f"{self.contract}, {self.quarter}"
