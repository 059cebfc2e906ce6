"""What the public is told before a decision: notices, documents, and the divisions that were asked."""

from django.db import models
from django.db.models import Q

from trellis.core import clock


class Notice(models.Model):
    """One notice as it was published; it stays as it is, and a later one of the same kind adds to it.

    Which fields a kind must have is in rules.forward_plan (SI 2012/2089).
    """

    class Kind(models.TextChoices):
        """What the regulations ask to be published."""

        FORWARD_PLAN = "forward-plan", "Forward plan"
        GENERAL_EXCEPTION = "general-exception", "General exception"
        SPECIAL_URGENCY = "special-urgency", "Special urgency"
        PRIVATE = "private", "Meeting in private: first notice"
        PRIVATE_AGAIN = "private-again", "Meeting in private: second notice"
        AGENDA = "agenda", "Agenda and report"

    is_append_only = True

    decision = models.ForeignKey("decisions.Decision", on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=17, choices=Kind.choices)
    step = models.ForeignKey(
        "decisions.PathwayStep",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="notices",
        help_text="Whose agenda it is; nothing for the decision maker’s own.",
    )
    published_on = models.DateField()
    elsewhere = models.CharField(
        max_length=200, blank=True, help_text="Where it stood on that day, when it was entered here later."
    )
    due_from = models.DateField(null=True, blank=True, help_text="The first day of the period of the decision.")
    due_to = models.DateField(null=True, blank=True, help_text="The last day of that period, or of the meeting.")
    matter = models.TextField()
    maker = models.TextField(help_text="Name and title, or the body and its members.")
    documents = models.TextField(blank=True, help_text="The documents submitted, one a line.")
    copies_from = models.TextField(blank=True, help_text="Where copies can be had, and how to ask for details.")
    reasons = models.TextField(blank=True)
    representations = models.TextField(
        blank=True, help_text="What people said against a private meeting, and the answer."
    )
    told = models.CharField(max_length=200, blank=True, help_text="The chair of scrutiny, or the members, told.")
    agreed = models.CharField(max_length=200, blank=True, help_text="Who agreed that it is urgent.")
    published_at = models.DateTimeField(default=clock.now)
    published_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["published_on", "id"]
        indexes = [models.Index(fields=["kind", "published_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_from__isnull=True) | Q(due_to__isnull=True) | Q(due_from__lte=models.F("due_to")),
                name="notice_period_runs_forward",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} of {self.published_on}"


class Document(models.Model):
    """A paper that the decision rests on, wherever it was written."""

    class Kind(models.TextChoices):
        """What it is."""

        REPORT = "report", "The report to decide on"
        EQUALITY = "equality", "Equality impact assessment"
        BACKGROUND = "background", "Background paper"

    decision = models.ForeignKey("decisions.Decision", on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=200)
    address = models.URLField(blank=True, help_text="Where it can be read, when it is published elsewhere.")
    published_on = models.DateField(
        null=True, blank=True, help_text="Since when it could be read there, when that was before it was added here."
    )
    added_at = models.DateTimeField(default=clock.now)
    added_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "title"], name="document_title_once"),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True) | ~Q(address=""), name="document_of_before_has_an_address"
            ),
        ]

    def __str__(self):
        return self.title


class Consultation(models.Model):
    """A member who was asked for their division, and what they said."""

    decision = models.ForeignKey("decisions.Decision", on_delete=models.CASCADE, related_name="consultations")
    division = models.CharField(max_length=120)
    member = models.CharField(max_length=120)
    consulted_on = models.DateField()
    response = models.TextField(blank=True)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["division", "id"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "division", "member"], name="division_consulted_once")
        ]

    def __str__(self):
        return f"{self.member}, {self.division}"
