"""What was promised in the bid: who does what by when, how one will see it, and whether it came."""

from django.db import models
from django.db.models import Q

from trellis.contracts.models.contract import Contract
from trellis.contracts.models.partners import Partner


class Promise(models.Model):
    """A commitment made in the bid, by one partner or by the alliance together."""

    class Status(models.TextChoices):
        """Where it is; the transitions are in rules.promises."""

        PROMISED = "promised", "Promised"
        KEPT = "kept", "Kept"
        BROKEN = "broken", "Broken"

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="promises")
    partner = models.ForeignKey(
        Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="promises",
        help_text="Empty: the alliance together.",
    )  # fmt: skip
    words = models.CharField(max_length=300)
    due_on = models.DateField()
    indicator = models.ForeignKey(
        "commissioning.Indicator", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    evidence = models.CharField(max_length=300, help_text="How one will see that it is kept.")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.PROMISED)
    settled_on = models.DateField(null=True, blank=True, help_text="The day on which it was kept or broken.")
    outcome = models.CharField(max_length=500, blank=True, help_text="What shows that it is kept, or why it is not.")

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="promised", settled_on__isnull=True, outcome="")
                | (Q(status__in=["kept", "broken"], settled_on__isnull=False) & ~Q(outcome="")),
                name="promise_settled_with_an_outcome",
            )
        ]

    def __str__(self):
        return self.words


class PromiseStatus(models.Model):
    """What people see of a promise's history."""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="history")
    status = models.CharField(max_length=8, choices=Promise.Status.choices)
    on = models.DateField(help_text="The day on which it was so.")
    by = models.CharField(max_length=80, help_text="As in the audit: person:12.")
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.promise_id}: {self.status}"
