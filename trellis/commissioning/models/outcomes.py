"""Outcomes and indicators: their definitions. Targets are the contract's."""

from django.db import models


class Outcome(models.Model):
    """What the authority wants to be different for people, in its own words."""

    code = models.SlugField(max_length=40, primary_key=True)
    name = models.CharField(max_length=120)
    statement = models.TextField()
    order = models.PositiveSmallIntegerField(unique=True)

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
