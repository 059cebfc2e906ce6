"""The exercise that takes an authority from what is wrong to a service that runs, and how far it has come."""

from django.db import models

from trellis.core import clock


class Commission(models.Model):
    """One exercise of commissioning. Everything that is found, appraised and decided for it hangs on it."""

    class Stage(models.TextChoices):
        """Where it stands in the commissioning cycle; the order is the order of the work."""

        ANALYSE = "analyse", "Analyse"
        PLAN = "plan", "Plan"
        DECIDE = "decide", "Decide"
        PROCURE = "procure", "Procure"
        DELIVER = "deliver", "Deliver"
        REVIEW = "review", "Review"

    reference = models.CharField(max_length=16, unique=True)
    title = models.CharField(max_length=160)
    purpose = models.TextField(help_text="What is to change, for whom, in a few sentences.")
    authority = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=8, choices=Stage.choices, default=Stage.ANALYSE)
    opened_on = models.DateField()

    class Meta:
        ordering = ["-opened_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stage__in=["analyse", "plan", "decide", "procure", "deliver", "review"]),
                name="commission_stage_known",
            )
        ]

    def __str__(self):
        return self.title


class CommissionStage(models.Model):
    """What people see of its history: the stage it came to, who said so, when, and why if it went back."""

    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="history")
    stage = models.CharField(max_length=8, choices=Commission.Stage.choices)
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=80, help_text="As in the audit: person:12.")
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.commission}: {self.stage}"


class Milestone(models.Model):
    """A date of the timetable. Those with a kind of their own are checked against the law (decisions)."""

    class Kind(models.TextChoices):
        """What the law has something to say about, and anything else."""

        DECISION = "decision", "The decision is taken"
        PROCUREMENT = "procurement", "Procurement opens"
        AWARD = "award", "The contract is awarded"
        START = "start", "The contract starts"
        OTHER = "other", "Something else"

    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="milestones")
    kind = models.CharField(max_length=11, choices=Kind.choices)
    name = models.CharField(max_length=120)
    planned_on = models.DateField()
    happened_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["planned_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["commission", "kind"], condition=~models.Q(kind="other"), name="milestone_kind_once"
            ),
            models.UniqueConstraint(fields=["commission", "name"], name="milestone_name_once"),
        ]

    def __str__(self):
        return f"{self.name}: {self.planned_on}"
