"""What may go wrong, what has, and what is done about it: one register for the whole alliance."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from trellis.contracts.models.contract import Contract
from trellis.core import clock

SCORE = (MinValueValidator(1), MaxValueValidator(5))


class Risk(models.Model):
    """A risk, or an issue that has come about. It names causes and lessons; the form has no place for a culprit."""

    class Kind(models.TextChoices):
        """Whether it may come, or has."""

        RISK = "risk", "Risk: it may come"
        ISSUE = "issue", "Issue: it has come"

    reference = models.CharField(max_length=16, unique=True)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="risks")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    title = models.CharField(max_length=160)
    causes = models.TextField(help_text="What makes it likely, or made it happen.")
    effects = models.TextField(help_text="What it would do to groups and to the service.")
    controls = models.TextField(help_text="What keeps it small.")
    owner = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+", help_text="Which member watches it."
    )
    likelihood_before = models.PositiveSmallIntegerField(validators=SCORE, help_text="1 to 5, without the controls.")
    impact_before = models.PositiveSmallIntegerField(validators=SCORE, help_text="1 to 5, without the controls.")
    likelihood_after = models.PositiveSmallIntegerField(validators=SCORE, help_text="1 to 5, with the controls.")
    impact_after = models.PositiveSmallIntegerField(validators=SCORE, help_text="1 to 5, with the controls.")
    review_on = models.DateField(help_text="When it is looked at again.")
    lessons = models.TextField(blank=True, help_text="What was learned, when it was closed.")
    raised_at = models.DateTimeField(default=clock.now)
    raised_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["-likelihood_after", "-impact_after", "id"]
        constraints = [
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}__gte": 1, f"{name}__lte": 5}), name=f"risk_{name}_1_to_5"
                )
                for name in ("likelihood_before", "impact_before", "likelihood_after", "impact_after")
            ),
            models.CheckConstraint(
                condition=Q(likelihood_after__lte=F("likelihood_before"), impact_after__lte=F("impact_before")),
                name="risk_controls_make_no_worse",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by="")
                | Q(closed_at__isnull=False) & ~Q(closed_by="") & ~Q(lessons=""),
                name="risk_closed_at_and_by_with_lessons",
            ),
        ]

    def __str__(self):
        return f"{self.reference}: {self.title}"


class RiskReview(models.Model):
    """One look at a risk: the scores that it had from then on, and why."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="reviews")
    likelihood = models.PositiveSmallIntegerField(validators=SCORE)
    impact = models.PositiveSmallIntegerField(validators=SCORE)
    note = models.CharField(max_length=500)
    reviewed_at = models.DateTimeField(default=clock.now)
    reviewed_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.risk}, looked at {self.reviewed_at}"


class RiskAction(models.Model):
    """What is to be done about a risk, by whom and when. Somebody other than who did it says that it is done."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="actions")
    what = models.CharField(max_length=300)
    owner = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=80, blank=True)
    how = models.CharField(max_length=500, blank=True, help_text="What was done, and where one can see it.")
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by="") | Q(done_at__isnull=False) & ~Q(done_by=""),
                name="risk_action_done_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True, verified_by="")
                | Q(verified_at__isnull=False, done_at__isnull=False)
                & ~Q(verified_by="")
                & ~Q(verified_by=F("done_by")),
                name="risk_action_verified_by_somebody_else",
            ),
        ]

    def __str__(self):
        return self.what
