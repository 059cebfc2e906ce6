"""The alliance contract, what each of its quarters is worth, and what it asks of each indicator."""

from django.db import models
from django.db.models import F, Q

from trellis.core.money import MoneyField


class Contract(models.Model):
    """One contract with all its partners together: there is no lead and no pair."""

    class Regime(models.TextChoices):
        """The procurement law under which it was made, and by which it is changed for its whole life."""

        PCR_2015 = "pcr-2015", "Public Contracts Regulations 2015"
        PA_2023 = "pa-2023", "Procurement Act 2023"

    reference = models.CharField(max_length=16, unique=True)
    title = models.CharField(max_length=160)
    authority = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="The last day of the term, extensions not counted until they are decided.")
    baseline = MoneyField(help_text="What the authority spent a year before; savings are against it.")
    step_down = models.DecimalField(
        max_digits=6,
        decimal_places=4,
        null=True,
        blank=True,
        help_text="The fraction that comes off each year: 0.1. Empty: each year's value was agreed by itself.",
    )
    independent_route = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who takes a case when every partner has a conflict; not a partner.",
    )
    regime = models.CharField(max_length=8, choices=Regime.choices, blank=True, help_text="Empty: not said yet.")
    decision = models.ForeignKey(
        "decisions.Decision",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The decision that it was made on.",
    )
    leaving_notice_months = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="What the agreement asks of a partner that leaves. Empty: no months.",
    )
    award_signed_on = models.DateField(null=True, blank=True, help_text="Empty: the award is not signed yet.")
    began_on = models.DateField(null=True, blank=True, help_text="When the support did start. Empty: as agreed.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="contract_ends_after_start"),
            models.CheckConstraint(condition=Q(baseline__gt=0), name="contract_baseline_positive"),
        ]

    def __str__(self):
        return self.title


class ContractQuarter(models.Model):
    """What the contract is worth in one of its quarters. A year's value is the sum of its four."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="quarters")
    year = models.PositiveSmallIntegerField(help_text="The contract year, from 1.")
    quarter = models.PositiveSmallIntegerField(help_text="1 to 4 within the contract year.")
    starts_on = models.DateField()
    ends_on = models.DateField()
    value = MoneyField()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "year", "quarter"], name="contract_quarter_once"),
            models.UniqueConstraint(fields=["contract", "starts_on"], name="contract_quarter_start_once"),
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="contract_quarter_1_to_4"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="contract_quarter_ends_after_start"),
            models.CheckConstraint(condition=Q(value__gte=0), name="contract_quarter_value_not_negative"),
        ]

    def __str__(self):
        return f"{self.contract}, year {self.year}, quarter {self.quarter}"


class Target(models.Model):
    """What the contract asks of an indicator from a date: the target, and the floor below which action is due."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="targets")
    indicator = models.ForeignKey("commissioning.Indicator", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    target = models.DecimalField(max_digits=12, decimal_places=2)
    floor = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        ordering = ["starts_on"]
        constraints = [models.UniqueConstraint(fields=["contract", "indicator", "starts_on"], name="one_target_a_date")]

    def __str__(self):
        return f"{self.indicator}: {self.target} from {self.starts_on}"


class ExtensionOption(models.Model):
    """A year by which the contract may be extended, and what it would be worth. No part of the term until applied."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="extension_options")
    number = models.PositiveSmallIntegerField(help_text="1 for the first extension year.")
    starts_on = models.DateField()
    ends_on = models.DateField()
    value = MoneyField()
    decision = models.CharField(max_length=120, blank=True, help_text="What decided it, once it is applied.")
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.CharField(max_length=80, blank=True, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "number"], name="extension_option_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="extension_option_from_1"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="extension_option_ends_after_start"),
            models.CheckConstraint(condition=Q(value__gte=0), name="extension_option_value_not_negative"),
            models.CheckConstraint(
                condition=Q(applied_at__isnull=True, applied_by="", decision="")
                | (Q(applied_at__isnull=False) & ~Q(applied_by="") & ~Q(decision="")),
                name="extension_option_applied_at_and_by",
            ),
        ]

    def __str__(self):
        return f"{self.contract}, extension {self.number}"


class FundingShare(models.Model):
    """The part of a contract that one budget of the authority pays, from a date. Those of one date sum to 1."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="funding")
    source = models.CharField(max_length=80, help_text="As the authority calls the budget.")
    starts_on = models.DateField()
    share = models.DecimalField(max_digits=7, decimal_places=6, help_text="A fraction of the whole, such as 0.6.")

    class Meta:
        ordering = ["starts_on", "source"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "source", "starts_on"], name="one_funding_share_a_date"),
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=1), name="contract_funding_is_a_fraction"),
        ]

    def __str__(self):
        return f"{self.contract}: {self.share} from {self.source}"
