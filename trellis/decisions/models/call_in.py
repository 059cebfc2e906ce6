"""Call-in: members ask that scrutiny look at a decision before it takes effect."""

from django.db import models
from django.db.models import Q

from trellis.core import clock


class CallIn(models.Model):
    """One call-in and what came of it."""

    class Outcome(models.TextChoices):
        """What the scrutiny committee resolved."""

        NO_COMMENT = "no-comment", "No comment: it takes effect"
        REFER_BACK = "refer-back", "Referred back to the decision maker"
        REFER_COUNCIL = "refer-council", "Referred to the full council"

    decision = models.ForeignKey("decisions.Decision", on_delete=models.PROTECT, related_name="call_ins")
    called_in_on = models.DateField()
    reasons = models.TextField()
    outcome = models.CharField(max_length=13, choices=Outcome.choices, blank=True)
    outcome_on = models.DateField(null=True, blank=True)
    outcome_note = models.TextField(blank=True)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["decision"], condition=Q(outcome=""), name="one_open_call_in"),
            models.CheckConstraint(
                condition=Q(outcome="", outcome_on__isnull=True) | (~Q(outcome="") & Q(outcome_on__isnull=False)),
                name="call_in_outcome_on_a_day",
            ),
        ]

    def __str__(self):
        return f"call-in of {self.called_in_on}"


class CallInMember(models.Model):
    """A member who called it in, and the political group that they belong to."""

    call_in = models.ForeignKey(CallIn, on_delete=models.CASCADE, related_name="members")
    name = models.CharField(max_length=120)
    group = models.CharField(max_length=120)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["call_in", "name"], name="member_calls_in_once")]

    def __str__(self):
        return f"{self.name} ({self.group})"
