"""The legal basis for the personal contacts of a list was withdrawn, and they go."""

from django.db import models
from django.db.models import Q

from trellis.core import clock
from trellis.organisations.models.imports import SourceList


class ContactWithdrawal(models.Model):
    """Taking the contacts of one list out of the register: how far it is, and what went, in numbers alone."""

    source = models.ForeignKey(SourceList, on_delete=models.PROTECT, related_name="withdrawals")
    rows_total = models.PositiveIntegerField(help_text="How many rows of the list there were to look through.")
    rows_done = models.PositiveIntegerField(default=0)
    rows_cleared = models.PositiveIntegerField(default=0, help_text="Rows that held contacts.")
    organisations_cleared = models.PositiveIntegerField(
        default=0, help_text="Organisations whose profile had contacts from the list."
    )
    last_row = models.BigIntegerField(default=0, help_text="The number of the last row that is done.")
    started_at = models.DateTimeField(default=clock.now)
    started_by = models.CharField(max_length=80, help_text="As in the audit: person:12, never a name.")
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=Q(finished_at__isnull=True), name="one_withdrawal_of_a_list_at_a_time"
            ),
        ]

    def __str__(self):
        return f"{self.source} at {self.started_at}"
