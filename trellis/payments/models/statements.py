"""The statement of what the authority owes for a quarter, made from the report that was signed."""

from django.db import models
from django.db.models import F, Q

from trellis.core import clock
from trellis.core.money import MoneyField


class Statement(models.Model):
    """What is due for one quarter. Certified by one person, authorised by another, never altered between."""

    class Status(models.TextChoices):
        """Where the statement is; the transitions are in payments.rules."""

        DRAFT = "draft", "Drawn up"
        CERTIFIED = "certified", "Certified"
        AUTHORISED = "authorised", "Authorised for payment"

    reference = models.CharField(max_length=16, unique=True)
    report = models.OneToOneField("performance.QuarterReport", on_delete=models.PROTECT, related_name="+")
    amount = MoneyField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    drawn_up_at = models.DateTimeField(default=clock.now)
    drawn_up_by = models.CharField(max_length=80)
    due_on = models.DateField(null=True, blank=True, help_text="The days to pay (rulebook) after certification.")
    certified_at = models.DateTimeField(null=True, blank=True)
    certified_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    authorised_at = models.DateTimeField(null=True, blank=True)
    authorised_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-drawn_up_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(certified_at__isnull=True, certified_by__isnull=True)
                | Q(certified_at__isnull=False, certified_by__isnull=False),
                name="statement_certified_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(authorised_at__isnull=True, authorised_by__isnull=True)
                | Q(authorised_at__isnull=False, authorised_by__isnull=False),
                name="statement_authorised_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(authorised_by__isnull=True) | ~Q(authorised_by=F("certified_by")),
                name="statement_two_pairs_of_eyes",
            ),
            models.CheckConstraint(
                condition=(Q(status="draft") & Q(certified_at__isnull=True, authorised_at__isnull=True))
                | (Q(status="certified") & Q(certified_at__isnull=False, authorised_at__isnull=True))
                | (Q(status="authorised") & Q(certified_at__isnull=False, authorised_at__isnull=False)),
                name="statement_status_agrees",
            ),
        ]

    def __str__(self):
        return self.reference


class StatementStatus(models.Model):
    """What people see of a statement's history: what it became, who said so, when, and why if it went back."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="history")
    status = models.CharField(max_length=10, choices=Statement.Status.choices)
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=80, help_text="As in the audit: person:12.")
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.statement}: {self.status}"


class StatementLine(models.Model):
    """One partner's part of one kind, from one source of funding. The lines sum to the statement, to the penny.

    A line is never edited: what was wrong with it is put right by a new line of a later statement.
    """

    class Kind(models.TextChoices):
        """What a line is for."""

        BASE = "base", "Base"
        CREDIT = "credit", "Service credit"
        SHARE = "share", "Gain or pain share"
        ADJUSTMENT = "adjustment", "Adjustment"
        INTEREST = "interest", "Late interest"

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveSmallIntegerField(help_text="Its place on the statement, from 1.")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    partner = models.ForeignKey("contracts.Partner", on_delete=models.PROTECT, related_name="+")
    share = models.DecimalField(
        max_digits=7, decimal_places=6, null=True, help_text="Of the whole. Empty: the line is that partner’s alone."
    )
    amount = MoneyField(help_text="Below nought, it is taken off.")
    funding_source = models.CharField(max_length=80, blank=True, help_text="Empty: the contract does not say.")
    quarter = models.CharField(max_length=7, help_text="What it pays for: 2018-Q2.")
    reason = models.CharField(max_length=300)
    opens = models.CharField(max_length=200, help_text="The address of what it came from.")
    source = models.CharField(max_length=200, unique=True, help_text="The same source is never stated twice.")

    class Meta:
        ordering = ["statement", "number"]
        constraints = [models.UniqueConstraint(fields=["statement", "number"], name="one_line_a_number")]

    def __str__(self):
        return f"{self.statement}, line {self.number}"
