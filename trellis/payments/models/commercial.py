"""The commercial terms of an alliance agreement, year by year: what success and failure cost whom."""

from django.db import models
from django.db.models import F, Q

from trellis.core import clock
from trellis.core.money import MoneyField


def _is_fraction(*names: str) -> Q:
    found = Q()
    for name in names:
        found &= Q(**{f"{name}__gte": 0, f"{name}__lte": 1})
    return found


class CommercialTerms(models.Model):
    """What is agreed for a contract year and those after it. A later version of the same year takes its place."""

    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(help_text="The contract year from which they hold, from 1.")
    version = models.PositiveSmallIntegerField()
    target_cost = MoneyField()
    gate = models.DecimalField(max_digits=5, decimal_places=4, help_text="The quality score from which a gain is paid.")
    overshoot = models.DecimalField(max_digits=5, decimal_places=4, help_text="How far above 1 a measure may count.")
    gain_ratio = models.DecimalField(max_digits=5, decimal_places=4, help_text="The partners’ part of a gain.")
    pain_ratio = models.DecimalField(max_digits=5, decimal_places=4, help_text="The partners’ part of a loss.")
    reinvest = models.BooleanField(help_text="A gain goes back into the service, and nobody is paid it.")
    overhead_ceiling = models.DecimalField(
        max_digits=5, decimal_places=4, help_text="The most that overheads may be of the other costs."
    )
    credit_cap_quarter = models.DecimalField(
        max_digits=5, decimal_places=4, help_text="Service credits at most, of the quarter’s value."
    )
    credit_cap_year = models.DecimalField(
        max_digits=5, decimal_places=4, help_text="Service credits at most, of the year’s value."
    )
    earn_back_quarters = models.PositiveSmallIntegerField(help_text="In how many quarters after it a credit returns.")
    is_illustrative = models.BooleanField(default=False, help_text="Only to show how it is done.")
    proposal = models.CharField(
        max_length=160, blank=True, help_text="What they carry out: a carried proposal, or the title of a document."
    )
    set_at = models.DateTimeField(default=clock.now)
    set_by = models.CharField(max_length=80)

    class Meta:
        ordering = ["year", "version"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "year", "version"], name="one_version_of_terms_a_year"),
            models.CheckConstraint(condition=Q(target_cost__gte=0), name="terms_target_cost_not_negative"),
            models.CheckConstraint(
                condition=_is_fraction(
                    "gate", "overshoot", "gain_ratio", "pain_ratio", "overhead_ceiling", "credit_cap_quarter",
                    "credit_cap_year",
                ),
                name="terms_are_fractions",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.contract}, terms of year {self.year}, version {self.version}"


class TermsMeasure(models.Model):
    """What an indicator counts for in the quality score. Its floor and target are the contract's own."""

    terms = models.ForeignKey(CommercialTerms, on_delete=models.PROTECT, related_name="measures")
    indicator = models.ForeignKey("commissioning.Indicator", on_delete=models.PROTECT, related_name="+")
    weight = models.DecimalField(max_digits=5, decimal_places=4)

    class Meta:
        ordering = ["indicator__order"]
        constraints = [
            models.UniqueConstraint(fields=["terms", "indicator"], name="one_weight_a_measure"),
            models.CheckConstraint(condition=_is_fraction("weight"), name="weight_is_a_fraction"),
        ]

    def __str__(self):
        return f"{self.indicator}: {self.weight}"


class TermsPartner(models.Model):
    """A partner's part of a gain or loss, and the most that it can lose in a year."""

    terms = models.ForeignKey(CommercialTerms, on_delete=models.PROTECT, related_name="partners")
    partner = models.ForeignKey("contracts.Partner", on_delete=models.PROTECT, related_name="+")
    share = models.DecimalField(
        max_digits=7, decimal_places=6, null=True, blank=True, help_text="Empty: its share of the contract’s money."
    )
    pain_cap = MoneyField()

    class Meta:
        ordering = ["partner__organisation__name"]
        constraints = [
            models.UniqueConstraint(fields=["terms", "partner"], name="one_part_a_partner"),
            models.CheckConstraint(condition=Q(pain_cap__gte=0), name="pain_cap_not_negative"),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | _is_fraction("share"), name="part_is_a_fraction"
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.partner}: at most {self.pain_cap}"


class TermsBudget(models.Model):
    """What a partner plans to spend in the year on a category of costs. A quarter's budget is a quarter of it."""

    terms = models.ForeignKey(CommercialTerms, on_delete=models.PROTECT, related_name="budgets")
    partner = models.ForeignKey("contracts.Partner", on_delete=models.PROTECT, related_name="+")
    category = models.ForeignKey("payments.CostCategory", on_delete=models.PROTECT, related_name="+")
    amount = MoneyField()

    class Meta:
        ordering = ["partner__organisation__name", "category__order"]
        constraints = [
            models.UniqueConstraint(fields=["terms", "partner", "category"], name="one_budget_a_category"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="budget_not_negative"),
        ]

    def __str__(self):
        return f"{self.partner}, {self.category}: {self.amount}"


class CreditTerm(models.Model):
    """What the alliance gives back for a quarter in which an indicator is below its floor: an amount, or a fraction."""

    terms = models.ForeignKey(CommercialTerms, on_delete=models.PROTECT, related_name="credits")
    indicator = models.ForeignKey("commissioning.Indicator", on_delete=models.PROTECT, related_name="+")
    amount = MoneyField(null=True, blank=True)
    fraction = models.DecimalField(
        max_digits=5, decimal_places=4, null=True, blank=True, help_text="Of the quarter’s value."
    )

    class Meta:
        ordering = ["indicator__order"]
        constraints = [
            models.UniqueConstraint(fields=["terms", "indicator"], name="one_credit_an_indicator"),
            models.CheckConstraint(
                condition=Q(amount__gte=0, fraction__isnull=True)
                | Q(amount__isnull=True, fraction__gte=0, fraction__lte=1),
                name="credit_is_an_amount_or_a_fraction",
            ),
        ]

    def __str__(self):
        return f"{self.indicator}: {self.amount or self.fraction}"


class Settlement(models.Model):
    """A year's gain or loss as it was shared out, with the very document that `trellis share` reads."""

    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    terms = models.ForeignKey(CommercialTerms, on_delete=models.PROTECT, related_name="+")
    document = models.JSONField(help_text="Terms, costs and measures, as `trellis share` reads them.")
    difference = MoneyField()
    pool = MoneyField()
    commissioner = MoneyField()
    pays_in = models.CharField(max_length=7, blank=True, help_text="The quarter whose statement has it, like 2018-Q2.")
    settled_at = models.DateTimeField(default=clock.now)
    settled_by = models.CharField(max_length=80)

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "year"], name="one_settlement_a_year"),
            models.CheckConstraint(
                condition=Q(difference__gte=0, pool__gte=0, commissioner__gte=0)
                | Q(difference__lte=0, pool__lte=0, commissioner__lte=0),
                name="nobody_gains_while_another_loses",
            ),
        ]

    def __str__(self):
        return f"{self.contract}, year {self.year}"


class UnsharedYear(models.Model):
    """A year with terms that cannot be settled, and that the contract manager has decided to leave as it is."""

    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=1000, help_text="Why it cannot be settled, for every member to read.")
    waited_for = models.JSONField(help_text="What was missing on that day, in words.")
    decided_at = models.DateTimeField(default=clock.now)
    decided_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "year"], name="year_left_unshared_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="year_left_unshared_for_a_reason"),
        ]

    def __str__(self):
        return f"{self.contract}, year {self.year}: not shared out"


class SettlementPart(models.Model):
    """A partner's part of a settled year: by its share alone, and after its cap."""

    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="parts")
    partner = models.ForeignKey("contracts.Partner", on_delete=models.PROTECT, related_name="+")
    fair = MoneyField()
    amount = MoneyField()

    class Meta:
        ordering = ["partner__organisation__name"]
        constraints = [
            models.UniqueConstraint(fields=["settlement", "partner"], name="one_part_of_a_settlement"),
            models.CheckConstraint(
                condition=Q(amount=F("fair")) | Q(fair__lt=0, amount__gt=F("fair"), amount__lte=0),
                name="only_a_loss_is_capped",
            ),
        ]

    def __str__(self):
        return f"{self.partner}: {self.amount}"
