"""A case: from an organisation asking for help to the help having been given."""

from django.db import models
from django.db.models import Q

from trellis.core import clock


class SupportTopic(models.Model):
    """What help can be asked for; the words of the findings: funding, trustees, networking …"""

    class Serves(models.TextChoices):
        """What a completed case is further evidence of, beside that an organisation was reached."""

        VOLUNTEERING = "volunteering", "People can volunteer there"
        NETWORKING = "networking", "It meets others and knows what goes on"

    code = models.SlugField(max_length=40, primary_key=True)
    name = models.CharField(max_length=120)
    hint = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(unique=True)
    serves = models.CharField(max_length=12, choices=Serves.choices, blank=True)

    class Meta:
        ordering = ["order"]

    def __str__(self):
        return self.name


class Case(models.Model):
    """One request for support and all that follows. The row keeps the present state; CaseStatus keeps its history."""

    class Status(models.TextChoices):
        """Where the case is; the transitions are in support.rules."""

        REQUESTED = "requested", "Asked for"
        TRIAGED = "triaged", "Ready for an adviser"
        ALLOCATED = "allocated", "Offered to a partner"
        IN_PROGRESS = "in-progress", "In progress"
        COMPLETED = "completed", "Completed"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Outcome(models.TextChoices):
        """What came of it, as the adviser and the organisation see it."""

        MET = "met", "The need was met"
        PARTLY = "partly", "The need was partly met"
        REFERRED = "referred", "Somebody better placed took it on"
        NOT_MET = "not-met", "The need was not met"

    class Urgency(models.TextChoices):
        """How soon it matters, set at triage."""

        ROUTINE = "routine", "Routine"
        SOON = "soon", "Soon: a date is coming"
        URGENT = "urgent", "Urgent: the organisation is at risk"

    reference = models.CharField(max_length=16, unique=True)
    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="cases")
    topic = models.ForeignKey(SupportTopic, on_delete=models.PROTECT, related_name="+")
    need = models.TextField(help_text="What they asked for, in their words.")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.REQUESTED)
    urgency = models.CharField(max_length=8, choices=Urgency.choices, default=Urgency.ROUTINE)
    requested_at = models.DateTimeField(default=clock.now)
    requested_on = models.DateField()
    requested_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    chosen_partner = models.ForeignKey(
        "contracts.Partner",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The partner that the organisation asked for, having been told of any conflict.",
    )
    conflict_accepted_at = models.DateTimeField(null=True, blank=True)
    held_by = models.ForeignKey(
        "organisations.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The partner, or the independent route, that it is offered to or that works on it.",
    )
    adviser = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    first_contact_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    outcome_note = models.TextField(blank=True)
    completed_on = models.DateField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-requested_at", "-id"]
        indexes = [models.Index(fields=["status", "requested_on"]), models.Index(fields=["held_by", "status"])]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(status="completed") & ~Q(outcome="") & Q(completed_on__isnull=False, completed_at__isnull=False)
                )
                | (~Q(status="completed") & Q(outcome="", completed_on__isnull=True, completed_at__isnull=True)),
                name="case_completed_with_outcome_and_date",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["requested", "triaged", "withdrawn"]) | Q(held_by__isnull=False),
                name="case_held_by_somebody",
            ),
        ]

    def __str__(self):
        return self.reference


class CaseStatus(models.Model):
    """What people see of a case's history: what it became, who said so, when."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="history")
    status = models.CharField(max_length=12, choices=Case.Status.choices)
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=120, help_text="As in the audit: person:12.")
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.case}: {self.status}"


class CaseExclusion(models.Model):
    """A partner that the organisation has shut out of its case; it need give no reason."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="exclusions")
    partner = models.ForeignKey("contracts.Partner", on_delete=models.PROTECT, related_name="+")
    excluded_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "partner"], name="partner_shut_out_once")]

    def __str__(self):
        return f"{self.case}: not {self.partner}"


class CaseActivity(models.Model):
    """One piece of help: a call, a visit, a review of a document."""

    class Kind(models.TextChoices):
        """How the help was given."""

        CALL = "call", "Telephone call"
        MEETING = "meeting", "Meeting"
        EMAIL = "email", "Email"
        DOCUMENT = "document", "Work on a document"
        TRAINING = "training", "Training"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="activities")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    occurred_on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    note = models.TextField()
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["occurred_on", "id"]
        constraints = [models.CheckConstraint(condition=Q(minutes__gt=0), name="activity_took_time")]

    def __str__(self):
        return f"{self.case}: {self.kind} on {self.occurred_on}"
