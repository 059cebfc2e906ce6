"""Lines that somebody disputes, and what puts right what was stated: always a new line of a later statement."""

from django.db import models
from django.db.models import Q

from trellis.core import clock
from trellis.core.money import MoneyField
from trellis.payments.models.statements import StatementLine


class Dispute(models.Model):
    """A line that is not paid until it is settled. The rest of its statement is."""

    class Status(models.TextChoices):
        """The transitions are in payments.rules.disputes."""

        OPEN = "open", "In dispute"
        SETTLED = "settled", "Settled: waits for its adjustment"
        CLOSED = "closed", "Closed"

    line = models.ForeignKey(StatementLine, on_delete=models.PROTECT, related_name="disputes")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    reason = models.CharField(max_length=500)
    raised_at = models.DateTimeField(default=clock.now)
    raised_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=80, blank=True)
    outcome = models.CharField(max_length=500, blank=True)
    closed_on = models.DateField(null=True, blank=True, help_text="From when the line can be paid again.")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=~Q(status="closed"), name="one_dispute_of_a_line_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by="") | (Q(settled_at__isnull=False) & ~Q(settled_by="")),
                name="dispute_settled_at_and_by",
            ),
            models.CheckConstraint(
                condition=(Q(status="open") & Q(settled_at__isnull=True, closed_on__isnull=True))
                | (Q(status="settled") & Q(settled_at__isnull=False, closed_on__isnull=True))
                | (Q(status="closed") & Q(settled_at__isnull=False, closed_on__isnull=False)),
                name="dispute_status_agrees",
            ),
        ]

    def __str__(self):
        return f"{self.line}: {self.get_status_display()}"


class Adjustment(models.Model):
    """What the next statement puts right, or adds for having paid late. It is never edited, and stated once."""

    class Kind(models.TextChoices):
        """Which kind of line it becomes."""

        ADJUSTMENT = "adjustment", "Adjustment"
        INTEREST = "interest", "Late interest"

    reference = models.CharField(max_length=16, unique=True)
    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(
        "contracts.Partner", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Empty: the alliance’s, split by the shares of the quarter.",
    )  # fmt: skip
    kind = models.CharField(max_length=10, choices=Kind.choices)
    amount = MoneyField()
    funding_source = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=300)
    source = models.CharField(max_length=200, unique=True, help_text="The same source is never adjusted twice.")
    corrects = models.ForeignKey(
        StatementLine, null=True, blank=True, on_delete=models.PROTECT, related_name="adjustments"
    )
    dispute = models.OneToOneField(Dispute, null=True, blank=True, on_delete=models.PROTECT, related_name="adjustment")
    statement = models.ForeignKey(
        "payments.Statement", null=True, blank=True, on_delete=models.PROTECT, related_name="adjustments",
        help_text="The one that states it. Empty: the next will.",
    )  # fmt: skip
    raised_at = models.DateTimeField(default=clock.now)
    raised_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="adjustment_is_of_something")]

    def __str__(self):
        return self.reference
