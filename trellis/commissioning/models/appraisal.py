"""An options appraisal: the long list, the criteria, the scores, and what was concluded.

The sums are in `trellis.commissioning.appraisal`; scores and weights here are what people gave, in decimals.
"""

from django.db import models
from django.db.models import Q

from trellis.commissioning.models.commissions import Commission
from trellis.core.money import MoneyField


class Appraisal(models.Model):
    """One version of a commission's appraisal. A concluded one never changes; a new version is opened instead."""

    class Status(models.TextChoices):
        """Whether it can still change."""

        DRAFT = "draft", "Under way"
        CONCLUDED = "concluded", "Concluded"

    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="appraisals")
    version = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500, blank=True, help_text="Why another version was opened.")
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.DRAFT)
    changes = models.PositiveIntegerField(default=0, help_text="How often it was changed: two who change it meet here.")
    is_illustrative = models.BooleanField(default=False, help_text="Its scores and weights show how it is done.")
    opened_on = models.DateField()
    preferred = models.ForeignKey("Option", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    conclusion = models.TextField(blank=True, help_text="Why that option, in the authority's own words.")
    concluded_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["commission", "version"], name="appraisal_version_once"),
            models.UniqueConstraint(fields=["commission"], condition=Q(status="draft"), name="appraisal_one_draft"),
            models.CheckConstraint(
                condition=Q(status="draft", preferred__isnull=True, conclusion="", concluded_on__isnull=True)
                | (Q(status="concluded", preferred__isnull=False, concluded_on__isnull=False) & ~Q(conclusion="")),
                name="appraisal_concluded_with_reasons",
            ),
        ]

    def __str__(self):
        return f"{self.commission}: options appraisal, version {self.version}"

    @property
    def is_draft(self) -> bool:
        """Whether it can still change."""
        return self.status == self.Status.DRAFT


class SuccessFactor(models.Model):
    """A critical success factor: what an option of the long list is held against."""

    appraisal = models.ForeignKey(Appraisal, on_delete=models.CASCADE, related_name="factors")
    name = models.CharField(max_length=120)
    question = models.CharField(max_length=300, help_text="What it asks of an option.")
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["appraisal", "name"], name="success_factor_name_once")]

    def __str__(self):
        return self.name


class Option(models.Model):
    """Something that could be done. Business as usual and do-minimum are always on the long list."""

    class Kind(models.TextChoices):
        """The two that every long list has, and the others."""

        AS_USUAL = "as-usual", "Business as usual"
        MINIMUM = "minimum", "Do-minimum"
        OTHER = "other", "Another option"

    class Fate(models.TextChoices):
        """What the long list makes of it."""

        OPEN = "open", "Not judged yet"
        CARRIED = "carried", "Carried forward"
        DISCOUNTED = "discounted", "Discounted"
        PREFERRED = "preferred", "Preferred way forward"

    appraisal = models.ForeignKey(Appraisal, on_delete=models.CASCADE, related_name="options")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.OTHER)
    name = models.CharField(max_length=80)
    description = models.TextField(blank=True)
    fate = models.CharField(max_length=10, choices=Fate.choices, default=Fate.OPEN)
    fate_reason = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["appraisal", "name"], name="option_name_once"),
            models.UniqueConstraint(fields=["appraisal", "kind"], condition=~Q(kind="other"), name="option_kind_once"),
            models.UniqueConstraint(
                fields=["appraisal"], condition=Q(fate="preferred"), name="option_one_preferred_way_forward"
            ),
            models.CheckConstraint(
                condition=Q(fate="open", fate_reason="") | (~Q(fate="open") & ~Q(fate_reason="")),
                name="option_judged_with_reason",
            ),
        ]

    def __str__(self):
        return self.name


class Judgement(models.Model):
    """How far an option of the long list meets a critical success factor."""

    class Verdict(models.TextChoices):
        """Three answers: more would say more than anyone knows of a long list."""

        MEETS = "meets", "Meets it"
        PARTLY = "partly", "Meets it in part"
        FAILS = "fails", "Does not meet it"

    option = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="judgements")
    factor = models.ForeignKey(SuccessFactor, on_delete=models.CASCADE, related_name="judgements")
    verdict = models.CharField(max_length=6, choices=Verdict.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["option", "factor"], name="judgement_once")]

    def __str__(self):
        return f"{self.option}: {self.factor}"


class MoneyModel(models.Model):
    """What an option does with a year's money."""

    option = models.OneToOneField(Option, on_delete=models.CASCADE, related_name="money")
    yearly_value = MoneyField(help_text="What the authority pays in the year.")
    management_cost = MoneyField(help_text="What running the model itself takes of it.")
    organisations_reached = models.PositiveIntegerField()
    is_illustrative = models.BooleanField(default=True)
    basis = models.TextField(help_text="Where the figures come from.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(management_cost__gte=0, management_cost__lte=models.F("yearly_value")),
                name="money_model_cost_within_value",
            )
        ]

    def __str__(self):
        return f"{self.option}: money"


class Criterion(models.Model):
    """Something that matters to the choice. One with others under it is their sum; a leaf is scored."""

    class Scale(models.TextChoices):
        """How scores become values from 0 to 100."""

        FIXED = "fixed", "Fixed: its ends are set beforehand"
        RELATIVE = "relative", "Relative: the options' own lowest and highest scores are its ends"

    class Basis(models.TextChoices):
        """How the weight was given."""

        SWING = "swing", "As swings: 100 for the swing that matters most"
        SHARE = "share", "As shares that add up to 100"

    appraisal = models.ForeignKey(Appraisal, on_delete=models.CASCADE, related_name="criteria")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    name = models.CharField(max_length=80)
    question = models.CharField(max_length=300, help_text="What it asks of an option.")
    scale = models.CharField(max_length=8, choices=Scale.choices, default=Scale.FIXED)
    worst = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    best = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    unit = models.CharField(max_length=40, default="points")
    basis = models.CharField(max_length=5, choices=Basis.choices, default=Basis.SWING)
    swing = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    swing_reason = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["appraisal", "name"], name="criterion_name_once"),
            models.CheckConstraint(
                condition=Q(scale="relative", worst__isnull=True, best__isnull=True)
                | (Q(scale="fixed", worst__isnull=False, best__isnull=False) & ~Q(worst=models.F("best"))),
                name="criterion_scale_has_its_ends",
            ),
            models.CheckConstraint(
                condition=Q(swing__isnull=True, swing_reason="") | (Q(swing__gte=0) & ~Q(swing_reason="")),
                name="criterion_weighed_with_reason",
            ),
        ]

    def __str__(self):
        return self.name


class Scorer(models.Model):
    """Somebody whom the officer asked to score. They declare their interests first; one who has any does not score."""

    appraisal = models.ForeignKey(Appraisal, on_delete=models.CASCADE, related_name="scorers")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=160, help_text="For whom or as what they score.")
    appointed_on = models.DateField()
    declared_on = models.DateField(null=True, blank=True)
    interest = models.TextField(blank=True, help_text="What they have an interest in; empty once declared: nothing.")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["appraisal", "user"], name="scorer_once"),
            models.CheckConstraint(
                condition=Q(interest="") | Q(declared_on__isnull=False), name="scorer_interest_is_declared"
            ),
        ]

    def __str__(self):
        return str(self.user)

    @property
    def may_score(self) -> bool:
        """Whether they have declared that they have no interest."""
        return self.declared_on is not None and not self.interest


class Score(models.Model):
    """What one scorer gives one option on one criterion, and why."""

    scorer = models.ForeignKey(Scorer, on_delete=models.PROTECT, related_name="scores")
    option = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="scores")
    score = models.DecimalField(max_digits=14, decimal_places=4)
    reason = models.TextField()

    class Meta:
        ordering = ["scorer_id"]
        constraints = [
            models.UniqueConstraint(fields=["scorer", "option", "criterion"], name="score_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="score_with_reason"),
        ]

    def __str__(self):
        return f"{self.scorer}: {self.option}, {self.criterion}"


class AgreedScore(models.Model):
    """The score that the scorers came to together; the one that counts."""

    option = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="agreed")
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="agreed")
    score = models.DecimalField(max_digits=14, decimal_places=4)
    reason = models.TextField()
    dissenters = models.ManyToManyField(Scorer, related_name="+", blank=True)
    dissent = models.TextField(blank=True, help_text="Why they hold to another score.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["option", "criterion"], name="agreed_score_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="agreed_score_with_reason"),
        ]

    def __str__(self):
        return f"{self.option}, {self.criterion}"


class WeightTrial(models.Model):
    """How the ranks came out when the weights were drawn: what went in and what came out, kept as it was."""

    appraisal = models.ForeignKey(Appraisal, on_delete=models.CASCADE, related_name="trials")
    draws = models.PositiveIntegerField()
    seed = models.PositiveBigIntegerField()
    run_on = models.DateField()
    document = models.JSONField(help_text="What `trellis appraise` would read.")
    result = models.JSONField(help_text="What it would print.")

    class Meta:
        ordering = ["-id"]

    def __str__(self):
        return f"{self.appraisal}: {self.draws} draws from seed {self.seed}"
