"""The dossier on an optional year: what was written, what was submitted, and the extension that came of it."""

from django.db import models
from django.db.models import Q

from trellis.core import clock


class Dossier(models.Model):
    """Whether a contract goes on for its next optional year. Until it is submitted, its figures are the data’s."""

    class Status(models.TextChoices):
        """Where it is; the transitions are in rules.dossiers."""

        DRAFT = "draft", "Being written"
        SUBMITTED = "submitted", "Submitted"
        APPLIED = "applied", "Extended"
        CLOSED = "closed", "Not extended"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Answer(models.TextChoices):
        """What is recommended, and what was decided."""

        EXTEND = "extend", "Extend"
        END = "end", "Do not extend"

    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="dossiers")
    extension = models.PositiveSmallIntegerField(help_text="Which optional year, from 1.")
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.DRAFT)
    recommendation = models.CharField(max_length=6, choices=Answer.choices, blank=True)
    reasons = models.TextField(blank=True, help_text="Why that is recommended.")
    decision = models.OneToOneField(
        "decisions.Decision", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided = models.CharField(max_length=6, choices=Answer.choices, blank=True, help_text="As the record says.")
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["contract", "extension", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "extension"], condition=~Q(status="withdrawn"), name="one_dossier_an_extension"
            ),
            models.CheckConstraint(condition=Q(extension__gte=1), name="dossier_extension_from_1"),
            models.CheckConstraint(
                condition=Q(decided="") | Q(decision__isnull=False), name="dossier_decided_by_a_decision"
            ),
            models.CheckConstraint(
                condition=~Q(status="applied") | Q(decision__isnull=False, decided="extend"),
                name="dossier_applied_by_a_decision",
            ),
        ]

    def __str__(self):
        return f"{self.contract_id}, extension {self.extension}"


class DossierStatus(models.Model):
    """What people see of its history: what it became, who said so, when."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="history")
    status = models.CharField(max_length=9, choices=Dossier.Status.choices)
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=80, help_text="As in the audit: person:12.")
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.dossier_id}: {self.status}"


class DossierAssessment(models.Model):
    """What the figures of one section mean for the decision, in the contract manager's words."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="assessments")
    section = models.SlugField(max_length=20)
    text = models.TextField()
    written_at = models.DateTimeField(default=clock.now)
    written_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["dossier", "section"], name="one_assessment_a_section")]

    def __str__(self):
        return f"{self.section} of {self.dossier_id}"


class DossierVersion(models.Model):
    """The dossier as it was submitted: its words, tables and figures, which nothing changes any more."""

    is_append_only = True

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=500, blank=True, help_text="What is new in it; the first one needs none.")
    content = models.JSONField(help_text="The whole dossier, as decisions.report.keeping writes a paper.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content.")
    quarter = models.CharField(max_length=7, help_text="The last quarter that its figures count: 2018-Q2.")
    evidence_up_to = models.BigIntegerField(help_text="The last evidence row that was looked at.")
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["dossier", "number"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="dossier_version_once"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(note=""), name="later_dossier_version_says_what_is_new"),
        ]

    def __str__(self):
        return f"version {self.number} of {self.dossier_id}"


class Extension(models.Model):
    """That an optional year was added to a contract: once, under one decision."""

    is_append_only = True

    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="extensions")
    number = models.PositiveSmallIntegerField(help_text="Which optional year, from 1.")
    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="applied")
    version = models.ForeignKey(DossierVersion, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey("decisions.Decision", on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(help_text="The last day of the term before.")
    ends_on = models.DateField(help_text="The last day of the term since.")
    applied_at = models.DateTimeField(default=clock.now)
    applied_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["contract", "number"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "number"], name="extension_once_a_contract"),
            models.CheckConstraint(
                condition=Q(ends_on__gt=models.F("ended_on")), name="extension_makes_the_term_longer"
            ),
        ]

    def __str__(self):
        return f"{self.contract_id}, extension {self.number}"
