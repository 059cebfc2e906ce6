"""A decision on its way: who will take it, and the bodies that it passes through first."""

from django.db import models
from django.db.models import Q

from trellis.core import clock


class Pathway(models.Model):
    """An authority's usual way to a decision; a new decision copies its bodies."""

    authority = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["authority", "name"], name="pathway_name_once")]

    def __str__(self):
        return self.name


class PathwayBody(models.Model):
    """One body of a pathway. `needs_agenda`: it meets in public, so its papers are published before."""

    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="bodies")
    order = models.PositiveSmallIntegerField()
    body = models.CharField(max_length=160)
    needs_agenda = models.BooleanField(default=False)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["pathway", "order"], name="pathway_body_order_once")]

    def __str__(self):
        return self.body


class Decision(models.Model):
    """One executive decision: its present state. DecisionStatus keeps the history, Record what was published."""

    class Status(models.TextChoices):
        """Where it is; the transitions are in rules.pathway. Whether it is effective follows from dates."""

        DRAFT = "draft", "In preparation"
        TAKEN = "taken", "Taken, not yet published"
        PUBLISHED = "published", "Published"
        CALLED_IN = "called-in", "Called in"
        REFERRED = "referred", "Referred back"
        COUNCIL = "council", "Referred to the full council"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Maker(models.TextChoices):
        """SI 2012/2089, regulation 2: the decision maker is a body or an individual."""

        PERSON = "person", "One member of the executive, or an officer"
        BODY = "body", "A body that meets, such as the cabinet"

    class Restriction(models.TextChoices):
        """How much of it anybody may read."""

        OPEN = "open", "Open"
        PART = "part", "Part exempt"
        FULLY = "fully", "Fully exempt"

    class Exemption(models.TextChoices):
        """Local Government Act 1972, schedule 12A, part 1: the number of the paragraph, and what it covers."""

        PERSON = "1", "1: information relating to any individual"
        IDENTITY = "2", "2: information likely to reveal the identity of an individual"
        BUSINESS = "3", "3: financial or business affairs of any person, the authority included"
        LABOUR = "4", "4: consultations or negotiations about labour relations"
        LEGAL = "5", "5: information to which legal professional privilege could be claimed"
        ORDERS = "6", "6: a notice, order or direction that the authority proposes"
        CRIME = "7", "7: action to prevent, investigate or prosecute crime"

    reference = models.CharField(max_length=8, unique=True, help_text="Two digits of the year, a stroke, five digits.")
    title = models.CharField(max_length=200)
    matter = models.TextField(help_text="What is to be decided, in plain words: the forward plan says it.")
    authority = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    commission = models.ForeignKey(
        "commissioning.Commission", null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    maker_kind = models.CharField(max_length=6, choices=Maker.choices)
    maker_name = models.CharField(max_length=120, help_text="The person’s name, or the body’s.")
    maker_title = models.CharField(max_length=160, blank=True)
    maker_members = models.TextField(blank=True, help_text="The members of a body, one a line.")
    meets_in_private = models.BooleanField(default=False)
    is_key = models.BooleanField()
    key_reason = models.CharField(max_length=300)
    is_subject_to_call_in = models.BooleanField(default=True)
    divisions = models.TextField(help_text="The divisions affected, one a line; or that all are.")
    department = models.CharField(max_length=160)
    lead_officer = models.CharField(max_length=120)
    contact = models.CharField(max_length=200, blank=True)
    restriction = models.CharField(max_length=5, choices=Restriction.choices, default=Restriction.OPEN)
    exemption = models.CharField(max_length=1, choices=Exemption.choices, blank=True)
    public_interest = models.TextField(blank=True, help_text="Why keeping it exempt serves the public better.")
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.DRAFT)
    decided_on = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["-reference"]
        indexes = [models.Index(fields=["status", "decided_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["draft", "withdrawn"], decided_on__isnull=True)
                | Q(status__in=["taken", "published", "called-in", "referred", "council"], decided_on__isnull=False),
                name="decision_taken_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(restriction="open", exemption="") | (~Q(restriction="open") & ~Q(exemption="")),
                name="decision_exempt_by_a_paragraph",
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.title}"

    @property
    def slug(self) -> str:
        """The reference as addresses have it: 16-00051."""
        return self.reference.replace("/", "-")

    @property
    def is_described(self) -> bool:
        """Whether it says who takes it, why it is key or not, and whom it affects. It can be opened without."""
        return all(words.strip() for words in (self.maker_name, self.key_reason, self.divisions))

    @property
    def maker(self) -> str:
        """The decision maker in a line: name and title, as regulation 9(1) asks."""
        return f"{self.maker_name}, {self.maker_title}" if self.maker_title else self.maker_name


class DecisionStatus(models.Model):
    """What people see of its history: what it became, who said so, when."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="history")
    status = models.CharField(max_length=9, choices=Decision.Status.choices)
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=80, help_text="As in the audit: person:12.")
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.decision_id}: {self.status}"


class PathwayStep(models.Model):
    """One body that a decision passes through: when, and what it said. A deferred one is heard again as a new row."""

    class Outcome(models.TextChoices):
        """What the body said."""

        ENDORSED = "endorsed", "Endorsed"
        RECOMMENDED = "recommended", "Recommended"
        AMENDED = "amended", "Recommended with changes"
        NOTED = "noted", "Noted"
        DEFERRED = "deferred", "Deferred"

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()
    body = models.CharField(max_length=160)
    needs_agenda = models.BooleanField(default=False)
    planned_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=11, choices=Outcome.choices, blank=True)
    held_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True, help_text="What the minutes say of it.")

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", held_on__isnull=True) | (~Q(outcome="") & Q(held_on__isnull=False)),
                name="step_outcome_on_a_day",
            )
        ]

    def __str__(self):
        return self.body
