"""Outcomes, indicators and measures: what is wanted, how we can tell, and from where to where. Targets in force are
the contract's; those here are what the commission intends."""

from django.db import models
from django.db.models import Q


class Outcome(models.Model):
    """What the authority wants to be different for people, in its own words."""

    code = models.SlugField(max_length=40, primary_key=True)
    name = models.CharField(max_length=120)
    statement = models.TextField()
    order = models.PositiveSmallIntegerField(unique=True)
    commission = models.ForeignKey(
        "commissioning.Commission", null=True, blank=True, on_delete=models.PROTECT, related_name="outcomes"
    )
    commitments = models.ManyToManyField("commissioning.Commitment", blank=True, related_name="outcomes")

    class Meta:
        ordering = ["order"]

    def __str__(self):
        return self.name


class Indicator(models.Model):
    """How we can tell. `code` names the expression in performance.indicators that computes it."""

    class Polarity(models.TextChoices):
        """Which way is better."""

        HIGHER = "higher", "Higher is better"
        LOWER = "lower", "Lower is better"

    code = models.SlugField(max_length=60, primary_key=True)
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="indicators")
    name = models.CharField(max_length=160)
    definition = models.TextField(help_text="What counts and what does not, in plain words.")
    unit = models.CharField(max_length=30)
    decimals = models.PositiveSmallIntegerField(default=0)
    polarity = models.CharField(max_length=6, choices=Polarity.choices)
    order = models.PositiveSmallIntegerField(unique=True)

    class Meta:
        ordering = ["order"]

    def __str__(self):
        return self.name


class Measure(models.Model):
    """What is counted for an indicator, where it stands before, where it should come to, and the least that will do."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="measures")
    name = models.CharField(max_length=160)
    before = models.DecimalField(
        max_digits=12, decimal_places=2, null=True, blank=True, help_text="The baseline. Empty: nobody has counted it."
    )
    target = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    floor = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    source = models.CharField(max_length=160, blank=True, help_text="Where the figures come from.")

    class Meta:
        ordering = ["indicator__order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "name"], name="measure_once_an_indicator"),
            models.CheckConstraint(
                condition=Q(target__isnull=False) | Q(floor__isnull=True), name="measure_floor_needs_a_target"
            ),
        ]

    def __str__(self):
        return self.name
