"""The alliance contract: its years and quarters, its partners as equals, targets, declared interests, and the grants
that it takes the place of."""

from django.db import models
from django.db.models import F, Q

from trellis.core import clock
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


class Partner(models.Model):
    """An equal member of the alliance that delivers the service, from a date and until one."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="partners")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="partnerships"
    )
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["organisation__name"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "organisation"], name="partner_once_a_contract"),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")), name="partner_left_after_joining"
            ),
        ]

    def __str__(self):
        return self.organisation.name


class PartnerShare(models.Model):
    """A partner's share of the money from a quarter on. The shares in force sum to 1 (contracts.rules)."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="shares")
    starts_on = models.DateField()
    share = models.DecimalField(max_digits=7, decimal_places=6, help_text="A fraction of the whole, such as 0.125.")

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["partner", "starts_on"], name="one_share_a_date"),
            models.CheckConstraint(condition=Q(share__gte=0, share__lte=1), name="share_is_a_fraction"),
        ]

    def __str__(self):
        return f"{self.partner}: {self.share} from {self.starts_on}"


class Interest(models.Model):
    """What a partner also delivers: the conflict firewall is computed from these."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="interests")
    service_type = models.ForeignKey("organisations.ServiceType", on_delete=models.PROTECT, related_name="+")
    district = models.ForeignKey("places.District", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="The last day; empty while it goes on.")
    declared_at = models.DateTimeField(default=clock.now)
    declared_by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "service_type", "district", "starts_on"], name="interest_declared_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="interest_ends_after_start"
            ),
        ]

    def __str__(self):
        return f"{self.partner}: {self.service_type} in {self.district}"


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


class GrantEnding(models.Model):
    """A grant that the contract takes the place of, and on which notice is served. When it stops is worked out."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="grant_endings")
    plan = models.OneToOneField("commissioning.EndingPlan", on_delete=models.PROTECT, related_name="+")
    served_on = models.DateField()
    notice_months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="What the award itself asks for. Empty: nothing; guidance then only warns."
    )
    served_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["served_on", "plan__body__name"]

    def __str__(self):
        return f"{self.plan.body}: notice served on {self.served_on}"
