"""What somebody says is wrong on a profile, and what came of it."""

from django.db import models
from django.db.models import Q

from trellis.core import clock
from trellis.organisations.models.register import Organisation


class ErrorReport(models.Model):
    """One report of an error, by anybody. Its words and address are deleted some time after the answer."""

    class About(models.TextChoices):
        """What is wrong."""

        NAME = "name", "Its name"
        ACTIVITIES = "activities", "What it does"
        WHERE = "where", "Where it is"
        CONTACT = "contact", "Its website, email address or telephone number"
        MONEY = "money", "Its income"
        GONE = "gone", "It is no longer there"
        OTHER = "other", "Something else"

    class Status(models.TextChoices):
        """What came of it."""

        OPEN = "open", "Waiting for an answer"
        PUT_RIGHT = "put-right", "Put right"
        NOT_CHANGED = "not-changed", "Not changed"

    reference = models.CharField(max_length=16, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="error_reports")
    about = models.CharField(max_length=12, choices=About.choices)
    says = models.TextField(blank=True, help_text="What is right, in their words.")
    email = models.EmailField(max_length=254, blank=True, help_text="Where to tell them what came of it.")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.OPEN)
    answer = models.TextField(blank=True)
    reported_at = models.DateTimeField(default=clock.now)
    reported_by = models.CharField(max_length=80, help_text="As in the audit: service:visitor or person:12.")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=80, blank=True, help_text="As in the audit.")

    class Meta:
        ordering = ["reported_at", "id"]
        indexes = [models.Index("organisation", condition=Q(status="open"), name="error_report_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by="", status="open")
                | Q(answered_at__isnull=False) & ~Q(answered_by="") & ~Q(status="open"),
                name="error_report_answered_at_and_by",
            )
        ]

    def __str__(self):
        return self.reference
