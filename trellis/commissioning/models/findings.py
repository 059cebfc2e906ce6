"""What the authority takes from all that was said, and what it says back."""

from django.db import models
from django.db.models import Q

from trellis.commissioning.models.answers import SurveyAnswer
from trellis.commissioning.models.surveys import Consultation
from trellis.commissioning.models.themes import FieldNote, Theme
from trellis.core import clock


class Finding(models.Model):
    """A statement that stands on what people said."""

    commission = models.ForeignKey("commissioning.Commission", on_delete=models.PROTECT, related_name="findings")
    number = models.PositiveSmallIntegerField(help_text="What papers cite it by.")
    statement = models.CharField(max_length=300)
    explanation = models.TextField(blank=True)
    themes = models.ManyToManyField(Theme, related_name="findings")
    outcomes = models.ManyToManyField("commissioning.Outcome", related_name="findings")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["commission", "number"], name="finding_number_once")]

    def __str__(self):
        return f"{self.number}. {self.statement}"


class Quote(models.Model):
    """Words that may be published: somebody has taken out of them whatever could tell who said it."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="quotes")
    answer = models.ForeignKey(SurveyAnswer, null=True, on_delete=models.CASCADE, related_name="quotes")
    note = models.ForeignKey(FieldNote, null=True, on_delete=models.CASCADE, related_name="quotes")
    words = models.CharField(max_length=500)
    edited_at = models.DateTimeField(default=clock.now)
    edited_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__isnull=False, note__isnull=True) | Q(answer__isnull=True, note__isnull=False),
                name="quote_of_an_answer_or_a_note",
            ),
            models.UniqueConstraint(
                fields=["finding", "answer"], condition=Q(answer__isnull=False), name="quote_of_an_answer_once"
            ),
            models.UniqueConstraint(
                fields=["finding", "note"], condition=Q(note__isnull=False), name="quote_of_a_note_once"
            ),
        ]

    def __str__(self):
        return f"“{self.words}”"


class ThemeReply(models.Model):
    """What the authority did about a theme of a consultation: “You said, we did”."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="replies")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="replies")
    words = models.TextField()

    class Meta:
        ordering = ["theme__name"]
        constraints = [models.UniqueConstraint(fields=["consultation", "theme"], name="theme_reply_once")]

    def __str__(self):
        return f"{self.theme}: {self.words}"
