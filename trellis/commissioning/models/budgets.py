"""Budget scenarios of a commission, and the figures that its documents quote."""

from django.db import models
from django.db.models import Q

from trellis.commissioning.models.commissions import Commission
from trellis.core.money import MoneyField


class BudgetScenario(models.Model):
    """One way to spend: a tapered budget under a name. One of a commission's scenarios is the proposed one."""

    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="scenarios")
    name = models.CharField(max_length=80)
    baseline = MoneyField()
    step_down = models.DecimalField(max_digits=6, decimal_places=4, help_text="Percent that comes off each year.")
    years = models.PositiveSmallIntegerField()
    extensions = models.PositiveSmallIntegerField(default=0)
    starts_on = models.DateField()
    is_proposed = models.BooleanField(default=False)
    is_illustrative = models.BooleanField(default=False, help_text="Its figures only show how it is done.")

    class Meta:
        ordering = ["-is_proposed", "id"]
        constraints = [
            models.UniqueConstraint(fields=["commission", "name"], name="scenario_name_once"),
            models.UniqueConstraint(
                fields=["commission"], condition=Q(is_proposed=True), name="scenario_one_proposed_of_a_commission"
            ),
            models.CheckConstraint(condition=Q(baseline__gt=0), name="scenario_baseline_is_money"),
            models.CheckConstraint(
                condition=Q(step_down__gte=0, step_down__lt=100), name="scenario_step_down_is_a_part"
            ),
            models.CheckConstraint(condition=Q(years__gte=1), name="scenario_lasts_a_year"),
        ]

    def __str__(self):
        return self.name


class QuotedFigure(models.Model):
    """A figure as a document quotes it: kept as it stands there, and compared with the model."""

    class Span(models.TextChoices):
        """What the document says that the figure is of."""

        YEAR = "year", "One year"
        WHOLE = "whole", "The whole contract"
        UNSAID = "unsaid", "It does not say"

    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="quoted_figures")
    source = models.CharField(max_length=160, help_text="The document, and where in it.")
    label = models.CharField(max_length=200, help_text="The words of the document.")
    amount = MoneyField()
    span = models.CharField(max_length=6, choices=Span.choices)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(span__in=["year", "whole", "unsaid"]), name="quoted_span_known"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="quoted_amount_is_money"),
        ]

    def __str__(self):
        return f"{self.label}: {self.amount}"
