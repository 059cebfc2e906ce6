"""Changes of a contract that runs: what it was, what it becomes, and how the law was asked."""

from django.db import models
from django.db.models import F, Q

from trellis.contracts.models.contract import Contract
from trellis.core import clock
from trellis.core.money import MoneyField


class Variation(models.Model):
    """One change of value, term or scope. What it was and what it becomes stay readable for good."""

    class Status(models.TextChoices):
        """Where it is."""

        DRAFTED = "drafted", "Drafted"
        CARRIED = "carried", "In the contract"
        DROPPED = "dropped", "Dropped"

    reference = models.CharField(max_length=16, unique=True)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="variations")
    title = models.CharField(max_length=160)
    reason = models.TextField(help_text="Why the contract has to change.")
    ground = models.CharField(max_length=20, help_text="By its code in contracts.rules.grounds.")
    clause = models.CharField(max_length=200, blank=True, help_text="Where the contract provides for it, if it does.")
    effective_on = models.DateField(help_text="The first day of a contract quarter.")
    scope_before = models.TextField(blank=True)
    scope_after = models.TextField(blank=True)
    ends_before = models.DateField()
    ends_after = models.DateField()
    changes_nature = models.BooleanField(default=False, help_text="It would be another kind of contract.")
    admits_others = models.BooleanField(default=False, help_text="Others might have bid, or won, on these terms.")
    shifts_balance = models.BooleanField(default=False, help_text="The partners come off better than was agreed.")
    extends_scope = models.BooleanField(default=False, help_text="It reaches a good deal further than before.")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFTED)
    working = models.JSONField(default=list, help_text="The test as it stood when the change was carried.")
    note = models.CharField(max_length=300, blank=True, help_text="Where the alliance agreed, or why it was dropped.")
    drafted_at = models.DateTimeField(default=clock.now)
    drafted_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")
    carried_at = models.DateTimeField(null=True, blank=True)
    carried_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["-effective_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="carried", carried_at__isnull=False) & ~Q(carried_by="")
                | ~Q(status="carried") & Q(carried_at__isnull=True, carried_by=""),
                name="variation_carried_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(ends_after__gte=F("ends_before")), name="variation_does_not_cut_the_term"
            ),
        ]

    def __str__(self):
        return f"{self.reference}: {self.title}"


class VariationYear(models.Model):
    """What a contract year is worth before and after."""

    variation = models.ForeignKey(Variation, on_delete=models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField(help_text="The contract year, from 1.")
    before = MoneyField(help_text="Nought for a year that the change adds.")
    after = MoneyField()

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["variation", "year"], name="variation_year_once"),
            models.CheckConstraint(condition=Q(before__gte=0, after__gte=0), name="variation_year_not_negative"),
        ]

    def __str__(self):
        return f"{self.variation}, year {self.year}"
