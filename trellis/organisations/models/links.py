"""Whether two organisations are the same: each question once, with what speaks for it, and its answer."""

from django.db import models
from django.db.models import F, Q

from trellis.core import clock
from trellis.organisations.models.register import Organisation


class LinkRun(models.Model):
    """One look through the register for organisations that are in it twice."""

    class Status(models.TextChoices):
        """Where the run is."""

        WAITING = "waiting", "Waiting to start"
        RUNNING = "running", "Running"
        FINISHED = "finished", "Finished"
        FAILED = "failed", "Broke off"

    class Part(models.TextChoices):
        """What a run is at."""

        READING = "reading", "Reading the register"
        COMPARING = "comparing", "Comparing organisations"
        KEEPING = "keeping", "Keeping the questions"
        MERGING = "merging", "Merging what is certain"

    reference = models.CharField(max_length=16, unique=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    part = models.CharField(max_length=10, choices=Part.choices, default=Part.READING)
    records = models.PositiveIntegerField(default=0, help_text="Organisations that were compared.")
    pairs = models.PositiveIntegerField(default=0, help_text="Pairs that may be the same.")
    certain = models.PositiveIntegerField(default=0, help_text="Pairs that are certain enough to be merged unasked.")
    done = models.PositiveIntegerField(default=0, help_text="Certain pairs that have been gone through.")
    merged = models.PositiveIntegerField(default=0)
    questions = models.PositiveIntegerField(default=0, help_text="New questions that came of it.")
    threshold = models.FloatField(null=True, help_text="From which probability it merged unasked.")
    expected_precision = models.FloatField(null=True, help_text="Share of certain pairs that the model expects right.")
    failure = models.CharField(max_length=500, blank=True)
    started_by = models.CharField(max_length=80)
    started_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at", "-id"]

    def __str__(self):
        return self.reference


class LinkQuestion(models.Model):
    """Are these two the same? Asked once: a pair has one row for good, whatever run finds it again."""

    class Relation(models.TextChoices):
        """What the evidence says that the second is to the first."""

        SAME = "same", "The same organisation"
        BRANCH = "branch", "A branch of the other"
        TRADING_ARM = "trading-arm", "A trading arm of the other"

    class State(models.TextChoices):
        """Whether it was answered, and how."""

        WAITING = "waiting", "Waiting for an answer"
        SAME = "same", "The same"
        DIFFERENT = "different", "Not the same"
        BRANCH = "branch", "One belongs to the other"
        WITHDRAWN = "withdrawn", "No longer a question"

    first = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    second = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    probability = models.FloatField(help_text="That they are the same, from 0 to 1, by what says most about them.")
    chance = models.FloatField(help_text="The same, by all that is said of both and of what was merged into them.")
    relation = models.CharField(max_length=12, choices=Relation.choices, default=Relation.SAME)
    evidence = models.JSONField(default=list, help_text="Field, words and weight (log2 Bayes factor) of each reason.")
    value = models.FloatField(default=0, help_text="What an answer is worth: asked in this order.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    skipped = models.PositiveSmallIntegerField(default=0, help_text="How often somebody passed it on.")
    run = models.ForeignKey(LinkRun, null=True, on_delete=models.PROTECT, related_name="found")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=80, blank=True, help_text="As in the audit: person:12.")
    held_by = models.CharField(max_length=80, blank=True, help_text="Who looks at it now, so that nobody else does.")
    held_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["skipped", "-value", "id"]
        indexes = [models.Index(fields=["state", "skipped", "-value"], name="link_question_order")]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="link_question_once_a_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="link_question_pair_is_ordered"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "withdrawn"], decided_at__isnull=True, decided_by="")
                | Q(state__in=["same", "different", "branch"], decided_at__isnull=False) & ~Q(decided_by=""),
                name="link_question_decided_at_and_by",
            ),
        ]

    def __str__(self):
        return f"{self.first} and {self.second}"
