"""The alliance contract, what each of its quarters is worth, and what it asks of each indicator."""

from django.db import models
from django.db.models import F, Q

from trellis.core.money import MoneyField


class Contract(models.Model):
    """One contract with all its partners together: there is no lead and no pair."""

    reference = models.CharField(max_length=16, unique=True)
    title = models.CharField(max_length=160)
    authority = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="The last day of the term, extensions not counted until they are decided.")
    baseline = MoneyField(help_text="What the authority spent a year before; savings are against it.")
    step_down = models.DecimalField(
        max_digits=6, decimal_places=4, help_text="The fraction that comes off each year: 0.1"
    )
    independent_route = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who takes a case when every partner has a conflict; not a partner.",
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
