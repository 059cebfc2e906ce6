"""The record of a decision: written as a draft, published as a version that nothing changes."""

from django.db import models
from django.db.models import Q

from trellis.core import clock


class RecordDraft(models.Model):
    """The record while it is written. Publishing copies it into a Record; a correction starts from it again."""

    decision = models.OneToOneField(
        "decisions.Decision", on_delete=models.CASCADE, primary_key=True, related_name="draft"
    )
    text = models.TextField(blank=True, help_text="The decision itself.")
    reasons = models.TextField(blank=True)
    alternatives = models.TextField(blank=True, help_text="Alternatives considered, and why they were rejected.")
    interests = models.TextField(blank=True, help_text="Conflicts of interest declared, or that there were none.")
    dispensation = models.TextField(blank=True, help_text="Granted by the head of paid service, if one was.")
    cites = models.JSONField(default=list, help_text="Rows of policy, number and text: the commitments it follows.")
    delegations = models.JSONField(default=list, help_text="Rows of what, to_whom and until.")
    conditions = models.JSONField(default=list, help_text="Rows of text and gates.")
    is_urgent = models.BooleanField(default=False, help_text="Not open to call-in, because it cannot wait.")
    urgency_agreed_by = models.CharField(max_length=160, blank=True)
    urgency_reasons = models.TextField(blank=True)
    saved_at = models.DateTimeField(default=clock.now)
    saved_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    def __str__(self):
        return f"draft record of {self.decision_id}"


class Record(models.Model):
    """One published version of a record (SI 2012/2089, regulations 12 and 13). The latest is the one that holds."""

    is_append_only = True

    decision = models.ForeignKey("decisions.Decision", on_delete=models.PROTECT, related_name="records")
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    maker = models.TextField(help_text="Name and title, or the body and its members.")
    decided_on = models.DateField()
    is_key = models.BooleanField()
    key_reason = models.CharField(max_length=300)
    text = models.TextField()
    reasons = models.TextField()
    alternatives = models.TextField()
    interests = models.TextField()
    cites = models.JSONField(default=list, help_text="The commitments that it follows, in the words of that day.")
    dispensation = models.TextField(blank=True)
    call_in_ends_on = models.DateField(null=True, blank=True, help_text="The last day to call it in, if it can be.")
    effective_on = models.DateField(help_text="Unless it is called in.")
    urgency_agreed_by = models.CharField(max_length=160, blank=True)
    urgency_reasons = models.TextField(blank=True)
    change_note = models.CharField(max_length=500, blank=True, help_text="What a later version puts right.")
    published_on = models.DateField()
    elsewhere = models.CharField(
        max_length=200, blank=True, help_text="Where it stood on that day, when it was entered here later."
    )
    published_at = models.DateTimeField(default=clock.now)
    published_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["decision", "version"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "version"], name="record_version_once"),
            models.CheckConstraint(
                condition=Q(version=1, change_note="") | (Q(version__gt=1) & ~Q(change_note="")),
                name="later_record_says_why",
            ),
        ]

    def __str__(self):
        return f"version {self.version} of {self.decision_id}"


class Delegation(models.Model):
    """A power that a record gives: what, to whom, and until when."""

    is_append_only = True

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="delegations")
    number = models.PositiveSmallIntegerField()
    what = models.TextField()
    to_whom = models.CharField(max_length=200)
    until = models.DateField(null=True, blank=True, help_text="The last day; nothing when it goes on.")

    class Meta:
        ordering = ["record", "number"]
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="delegation_number_once")]

    def __str__(self):
        return f"{self.what} ({self.to_whom})"


class Condition(models.Model):
    """Something that must be so before an act that the decision allows. Its number is the same in every version."""

    class Gates(models.TextChoices):
        """Which act waits for it."""

        EVERYTHING = "everything", "Everything that the decision allows"
        PROCURE = "procure", "Opening the procurement"
        AWARD = "award", "Awarding the contract"
        END_GRANTS = "end-grants", "Ending the grants"

    is_append_only = True

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="conditions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    gates = models.CharField(max_length=10, choices=Gates.choices)

    class Meta:
        ordering = ["record", "number"]
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="condition_number_once")]

    def __str__(self):
        return self.text


class ConditionMet(models.Model):
    """That a condition is met, and what shows it."""

    is_append_only = True

    decision = models.ForeignKey("decisions.Decision", on_delete=models.PROTECT, related_name="conditions_met")
    number = models.PositiveSmallIntegerField(help_text="Of the condition.")
    met_on = models.DateField()
    evidence = models.TextField()
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["decision", "number"]
        constraints = [models.UniqueConstraint(fields=["decision", "number"], name="condition_met_once")]

    def __str__(self):
        return f"condition {self.number} of {self.decision_id} is met"


class Irregularity(models.Model):
    """A decision was taken although it might not be: what was wrong, published, and how it was put right."""

    decision = models.ForeignKey("decisions.Decision", on_delete=models.PROTECT, related_name="irregularities")
    what = models.TextField(help_text="Which rules were not kept, in the words of the guards.")
    reason = models.TextField(help_text="The monitoring officer’s reason for entering it.")
    monitoring_officer = models.CharField(max_length=120)
    entered_on = models.DateField()
    entered_at = models.DateTimeField(default=clock.now)
    entered_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")
    cure = models.TextField(blank=True)
    cured_on = models.DateField(null=True, blank=True)
    cured_at = models.DateTimeField(null=True, blank=True)
    cured_by = models.CharField(max_length=80, blank=True, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "irregularities"
        constraints = [
            models.CheckConstraint(
                condition=Q(cured_on__isnull=True, cured_at__isnull=True, cured_by="", cure="")
                | (Q(cured_on__isnull=False, cured_at__isnull=False) & ~Q(cured_by="") & ~Q(cure="")),
                name="irregularity_cured_at_and_by",
            )
        ]

    def __str__(self):
        return self.what


class Implementation(models.Model):
    """Something done under a decision, and the delegated power that it was done under."""

    decision = models.ForeignKey("decisions.Decision", on_delete=models.PROTECT, related_name="implementation")
    done_on = models.DateField()
    what = models.TextField()
    delegation = models.ForeignKey(Delegation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["done_on", "id"]

    def __str__(self):
        return self.what
