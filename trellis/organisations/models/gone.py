"""Organisations that a register or all lists have lost, and what somebody who keeps the register said of each."""

from django.db import models
from django.db.models import Q

from trellis.core import clock
from trellis.organisations.models.imports import ImportRun
from trellis.organisations.models.register import Organisation


class GoneAnswer(models.Model):
    """Whether an organisation that has gone from every list is closed: asked once each time that it goes."""

    class Answer(models.TextChoices):
        """What was said."""

        CLOSED = "closed", "It is closed"
        GOES_ON = "goes-on", "It goes on"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="gone_answers")
    run = models.ForeignKey(
        ImportRun,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The import that found it gone from the last list.",
    )
    answer = models.CharField(max_length=8, choices=Answer.choices)
    reason = models.CharField(max_length=300, help_text="How whoever said so knows it.")
    before = models.JSONField(default=dict, help_text="Status, day and their sources before, for an undo.")
    said_at = models.DateTimeField(default=clock.now)
    said_by = models.CharField(max_length=80, help_text="As in the audit: person:12, never a name.")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["-said_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "run"], condition=Q(undone_at__isnull=True), name="gone_answered_once"
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by="") | Q(undone_at__isnull=False) & ~Q(undone_by=""),
                name="gone_answer_undone_at_and_by",
            ),
        ]

    def __str__(self):
        return f"{self.organisation}: {self.get_answer_display()}"
