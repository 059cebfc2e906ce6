"""What the authority has said that it will do, what others did, and who helped to say what is wanted."""

from django.db import models


class Policy(models.Model):
    """A policy or strategy that a commission rests on: a source with numbered commitments."""

    commission = models.ForeignKey("commissioning.Commission", on_delete=models.PROTECT, related_name="policies")
    title = models.CharField(max_length=160)
    adopted_by = models.CharField(max_length=160, help_text="The body that adopted it.")
    adopted_on = models.DateField(null=True, blank=True, help_text="Empty: not known.")
    link = models.URLField(max_length=400, blank=True)

    class Meta:
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["commission", "title"], name="policy_once_a_commission")]

    def __str__(self):
        return self.title


class Commitment(models.Model):
    """One thing that a policy commits the authority to. Outcomes, findings and decisions cite it by its number."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="commitments")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    findings = models.ManyToManyField("commissioning.Finding", blank=True, related_name="commitments")

    class Meta:
        ordering = ["policy__title", "number"]
        constraints = [models.UniqueConstraint(fields=["policy", "number"], name="commitment_number_once_a_policy")]

    def __str__(self):
        return f"{self.policy}, commitment {self.number}"


class Comparator(models.Model):
    """Another authority's model, and what was learnt from it."""

    commission = models.ForeignKey("commissioning.Commission", on_delete=models.PROTECT, related_name="comparators")
    authority = models.CharField(max_length=160)
    model = models.CharField(max_length=160, help_text="How it buys or gives the same support.")
    learnt = models.TextField()
    link = models.URLField(max_length=400, blank=True)
    is_illustrative = models.BooleanField(default=False)

    class Meta:
        ordering = ["authority", "id"]

    def __str__(self):
        return f"{self.authority}: {self.model}"


class CoDesigner(models.Model):
    """An organisation or group that shaped the outcomes, and what changed because of it. No person is named."""

    commission = models.ForeignKey("commissioning.Commission", on_delete=models.PROTECT, related_name="co_designers")
    name = models.CharField(max_length=160)
    met_on = models.DateField()
    changed = models.TextField(help_text="What changed because of them.")
    is_illustrative = models.BooleanField(default=False)

    class Meta:
        ordering = ["met_on", "id"]

    def __str__(self):
        return f"{self.name}, {self.met_on}"
