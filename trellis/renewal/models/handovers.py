"""A partner that leaves: what it hands over, case by case and person by person."""

from django.db import models
from django.db.models import Q

from trellis.core import clock


class Handover(models.Model):
    """The handover of one partner. What is left to do is worked out; what was done has its rows."""

    class Status(models.TextChoices):
        """Where it is; the transitions are in rules.handovers."""

        OPEN = "open", "Under way"
        CLOSED = "closed", "Complete"

    partner = models.OneToOneField("contracts.Partner", on_delete=models.PROTECT, related_name="handover")
    status = models.CharField(max_length=6, choices=Status.choices, default=Status.OPEN)
    asked_at = models.DateTimeField(null=True, blank=True, help_text="When the worker was last asked.")
    asked_by = models.CharField(max_length=80, blank=True, help_text="As in the audit: person:12.")
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="open", closed_at__isnull=True, closed_by__isnull=True)
                | Q(status="closed", closed_at__isnull=False, closed_by__isnull=False),
                name="handover_closed_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(asked_at__isnull=True, asked_by="") | (Q(asked_at__isnull=False) & ~Q(asked_by="")),
                name="handover_asked_at_and_by",
            ),
        ]

    def __str__(self):
        return f"handover of {self.partner_id}"


class HandoverCase(models.Model):
    """One open case that went from the partner that leaves to somebody else: once."""

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="cases")
    case = models.ForeignKey("support.Case", on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(
        "organisations.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who has it now. Empty: it waits for whoever is free.",
    )
    handed_at = models.DateTimeField(default=clock.now)
    handed_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["handover", "case"], name="case_handed_over_once")]

    def __str__(self):
        return f"{self.case_id} in {self.handover_id}"


class HandoverPerson(models.Model):
    """One role at the partner that ended with its membership."""

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="people")
    membership = models.ForeignKey("accounts.Membership", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(default=clock.now)
    ended_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["handover", "membership"], name="role_ended_by_handover_once")]

    def __str__(self):
        return f"{self.membership_id} in {self.handover_id}"
