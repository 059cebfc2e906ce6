"""Payments on their way: batches that were exported, what each payee gets, and when it arrived."""

from django.db import models
from django.db.models import Q

from trellis.core import clock
from trellis.core.money import MoneyField
from trellis.payments.models.statements import StatementLine


class Batch(models.Model):
    """Payments handed over together, once. The control totals and digests are those of the files, whenever fetched."""

    reference = models.CharField(max_length=16, unique=True)
    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="+")
    exported_at = models.DateTimeField(default=clock.now)
    exported_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")
    exported_on = models.DateField(help_text="The day of the export, where the authority is.")
    count = models.PositiveIntegerField(help_text="Of payments: the first control total.")
    total = MoneyField(help_text="Of the payments, VAT included: the second control total.")
    csv_digest = models.CharField(max_length=64, help_text="SHA-256 of the CSV for the ledger.")
    bacs_digest = models.CharField(max_length=64, help_text="SHA-256 of the fixed-width file.")
    written_on = models.DateField(null=True, blank=True, help_text="When the command line wrote the files to a folder.")

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "batches"
        constraints = [models.CheckConstraint(condition=Q(count__gt=0, total__gt=0), name="batch_pays_something")]

    def __str__(self):
        return self.reference


class Payment(models.Model):
    """What one partner gets in a batch: the sum of its lines, and VAT on top. Bank details are not ours to hold."""

    reference = models.CharField(max_length=16, unique=True)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="payments")
    partner = models.ForeignKey("contracts.Partner", on_delete=models.PROTECT, related_name="+")
    payee_reference = models.CharField(max_length=16, help_text="The organisation’s, as it was then.")
    payee_name = models.CharField(max_length=200, help_text="As it was then, so that the files stay the same.")
    amount = MoneyField(help_text="Without VAT.")
    vat = MoneyField()
    paid_on = models.DateField(null=True, blank=True, help_text="When the payee had it. Empty: not known yet.")
    matched_at = models.DateTimeField(null=True, blank=True)
    matched_by = models.CharField(max_length=80, blank=True, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "partner"], name="one_payment_a_payee"),
            models.CheckConstraint(condition=Q(amount__gt=0, vat__gte=0), name="payment_is_of_something"),
            models.CheckConstraint(
                condition=Q(paid_on__isnull=True, matched_at__isnull=True, matched_by="")
                | (Q(paid_on__isnull=False, matched_at__isnull=False) & ~Q(matched_by="")),
                name="payment_matched_at_and_by",
            ),
        ]

    def __str__(self):
        return self.reference


class PaymentLine(models.Model):
    """A line of a statement in the payment that pays it: in one, and never again."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="lines")
    line = models.OneToOneField(StatementLine, on_delete=models.PROTECT, related_name="payment_line")

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.line} in {self.payment}"
