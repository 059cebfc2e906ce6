"""Equality impact assessments: who may be affected and how, what is done about it, who attests it."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from trellis.commissioning.models.commissions import Commission
from trellis.core.money import MoneyField

LEVELS = [("none", "No impact"), ("low", "Low"), ("medium", "Medium"), ("high", "High")]


class EqualityAssessment(models.Model):
    """One version of a commission's assessment. Once attested it stays as it is; a change is a new version."""

    class Status(models.TextChoices):
        """Signing: one of the two has attested it, so its text waits unchanged for the other."""

        DRAFT = "draft", "Draft"
        SIGNING = "signing", "Being attested"
        ATTESTED = "attested", "Attested"

    class Judgement(models.TextChoices):
        """What a full assessment comes to."""

        CONTINUE = "continue", "No major change: it can go ahead"
        ADJUST = "adjust", "Adjust it, then go ahead"
        JUSTIFY = "justify", "Go ahead in spite of an adverse impact, with the reasons"
        STOP = "stop", "Stop, and think again"

    reference = models.CharField(max_length=16, unique=True)
    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="assessments")
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160, help_text="What is to be decided.")
    service = models.CharField(max_length=160, help_text="Directorate and service.")
    responsible = models.CharField(max_length=120, help_text="Who answers for it: name or post.")
    assessed_on = models.DateField(help_text="Nothing known only later belongs in it.")
    context = models.TextField()
    aims = models.TextField()
    summary = models.TextField(blank=True, help_text="The impact in a few sentences.")
    is_full = models.BooleanField(default=False)
    engagement = models.TextField(blank=True, help_text="Who was asked, and what they said.")
    analysis = models.TextField(blank=True)
    judgement = models.CharField(max_length=8, choices=Judgement.choices, blank=True)
    reasons = models.TextField(blank=True)
    is_illustrative = models.BooleanField(default=False, help_text="Its judgements only show how it is done.")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.DRAFT)

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["commission", "version"], name="equality_version_once"),
            models.UniqueConstraint(
                fields=["commission"], condition=~Q(status="attested"), name="equality_one_open_version"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "signing", "attested"]), name="equality_status_known"
            ),
            models.CheckConstraint(condition=Q(is_full=False) | ~Q(judgement=""), name="equality_full_comes_to_it"),
        ]

    def __str__(self):
        return f"{self.reference}, version {self.version}"


class EqualityImpact(models.Model):
    """How one group may be affected: for better, for worse, and why we think so."""

    assessment = models.ForeignKey(EqualityAssessment, on_delete=models.PROTECT, related_name="impacts")
    group = models.SlugField(max_length=20, help_text="As the rulebook names it.")
    positive = models.CharField(max_length=6, choices=LEVELS)
    negative = models.CharField(max_length=6, choices=LEVELS)
    commentary = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "group"], name="equality_group_once"),
            models.CheckConstraint(
                condition=Q(positive__in=["none", "low", "medium", "high"])
                & Q(negative__in=["none", "low", "medium", "high"]),
                name="equality_level_known",
            ),
        ]

    def __str__(self):
        return f"{self.group}: {self.positive}, {self.negative}"


class EqualityLimb(models.Model):
    """What regard is had to one limb of the duty."""

    assessment = models.ForeignKey(EqualityAssessment, on_delete=models.PROTECT, related_name="limbs")
    limb = models.SlugField(max_length=20, help_text="As the rulebook names it.")
    commentary = models.TextField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["assessment", "limb"], name="equality_limb_once")]

    def __str__(self):
        return self.limb


class EqualityEvidence(models.Model):
    """What is known, from where, since when. Never later than the assessment itself."""

    assessment = models.ForeignKey(EqualityAssessment, on_delete=models.PROTECT, related_name="evidence")
    group = models.SlugField(max_length=20, blank=True, help_text="Empty: it is about everybody.")
    statement = models.TextField()
    source = models.CharField(max_length=200)
    dated_on = models.DateField(help_text="When it was published, or found out.")

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.source}, {self.dated_on}"


class EqualityAction(models.Model):
    """What will be done about an impact: who, by when, at what cost; and later what came of it."""

    assessment = models.ForeignKey(EqualityAssessment, on_delete=models.PROTECT, related_name="actions")
    group = models.SlugField(max_length=20, blank=True, help_text="Empty: it is for everybody.")
    issue = models.TextField()
    action = models.TextField()
    expected_outcome = models.TextField()
    owner = models.CharField(max_length=120, help_text="Name or post.")
    due_on = models.DateField()
    cost = MoneyField(default=0)
    done_on = models.DateField(null=True, blank=True)
    done_with = models.TextField(blank=True, help_text="What came of it.")

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(cost__gte=0), name="equality_cost_is_money"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, done_with="") | (Q(done_on__isnull=False) & ~Q(done_with="")),
                name="equality_done_says_with_what",
            ),
        ]

    def __str__(self):
        return self.action


class EqualityAttestation(models.Model):
    """One of two different people says that the assessment is right: the text whose digest this is."""

    class Capacity(models.TextChoices):
        """Who must attest."""

        HEAD = "head", "Head of service"
        MANAGEMENT = "management", "Member of the management team"

    assessment = models.ForeignKey(EqualityAssessment, on_delete=models.PROTECT, related_name="attestations")
    capacity = models.CharField(max_length=10, choices=Capacity.choices)
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=120, help_text="Their post.")
    attested_on = models.DateField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of what they attested.")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "capacity"], name="equality_attested_once_in_a_capacity"),
            models.UniqueConstraint(F("assessment"), Lower("name"), name="equality_attested_by_two_people"),
            models.CheckConstraint(condition=Q(capacity__in=["head", "management"]), name="equality_capacity_known"),
        ]

    def __str__(self):
        return f"{self.name}, {self.title}"


class DueRegard(models.Model):
    """At a step of the pathway a body had the assessment before it: what it considered."""

    assessment = models.ForeignKey(EqualityAssessment, on_delete=models.PROTECT, related_name="regard")
    body = models.CharField(max_length=120)
    considered_on = models.DateField()
    considered = models.TextField()

    class Meta:
        ordering = ["considered_on", "id"]

    def __str__(self):
        return f"{self.body}, {self.considered_on}"


class AreaFigure(models.Model):
    """How many people of a kind live in a district: a published count, such as the Census's."""

    district = models.ForeignKey("places.District", on_delete=models.PROTECT, related_name="+")
    group = models.SlugField(max_length=20, blank=True, help_text="As the rulebook names it; empty: everybody.")
    measure = models.CharField(max_length=120)
    people = models.PositiveIntegerField()
    source = models.CharField(max_length=160)
    counted_on = models.DateField(help_text="The day that the figure is about.")
    published_on = models.DateField()

    class Meta:
        ordering = ["source", "measure", "district_id"]
        constraints = [
            models.UniqueConstraint(fields=["district", "source", "measure"], name="area_figure_once"),
            models.CheckConstraint(
                condition=Q(published_on__gte=F("counted_on")), name="area_figure_published_after_count"
            ),
        ]

    def __str__(self):
        return f"{self.measure}, {self.district_id}: {self.people}"
