"""How a contract begins and how it ends: plans made from a template, with owners, days, and what waits for what."""

from django.db import models
from django.db.models import Q

from trellis.contracts.models.contract import Contract
from trellis.core import clock


class ContractPlan(models.Model):
    """One plan of a contract. Its days are counted from the contract's own, so they move when those do."""

    class Kind(models.TextChoices):
        """Which plan; each has a file in contracts.plan_templates."""

        MOBILISATION = "mobilisation", "Mobilisation: from the award to the start"
        EXPIRY = "exit-expiry", "Exit at the end of the term"
        TERMINATION = "exit-termination", "Exit before the end of the term"

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="plans")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    ends_on = models.DateField(null=True, blank=True, help_text="The last day, where it is not that of the term.")
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "kind"], name="contract_plan_once"),
            models.CheckConstraint(
                condition=Q(kind="exit-termination", ends_on__isnull=False)
                | ~Q(kind="exit-termination") & Q(ends_on__isnull=True),
                name="contract_plan_termination_has_its_day",
            ),
        ]

    def __str__(self):
        return f"{self.contract}: {self.kind}"


class PlanTask(models.Model):
    """One thing to be done in a plan."""

    class Status(models.TextChoices):
        """Where it is."""

        TO_DO = "to-do", "To do"
        DOING = "doing", "In hand"
        DONE = "done", "Done"
        NOT_NEEDED = "not-needed", "Not needed"

    plan = models.ForeignKey(ContractPlan, on_delete=models.PROTECT, related_name="tasks")
    code = models.SlugField(max_length=30)
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    means = models.CharField(max_length=400)
    owner = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Which member sees to it; empty: every partner its part.",
    )  # fmt: skip
    counts_from = models.CharField(max_length=5, choices=[("award", "award"), ("start", "start"), ("end", "end")])
    days = models.SmallIntegerField(help_text="Due so many days after that day; less than nought is before it.")
    after = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="blocks")
    page = models.CharField(max_length=30, blank=True, help_text="The page on which it is done, if there is one.")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.TO_DO)
    note = models.CharField(max_length=500, blank=True)
    changed_at = models.DateTimeField(default=clock.now)
    changed_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="plan_task_once"),
            models.CheckConstraint(
                condition=~Q(status="not-needed") | ~Q(note=""), name="plan_task_not_needed_says_why"
            ),
        ]

    def __str__(self):
        return self.title
