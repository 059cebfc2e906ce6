"""What was said elsewhere, and the themes that people find in all of it."""

from django.db import models
from django.db.models import Q

from trellis.commissioning.models.answers import SurveyAnswer
from trellis.core import clock


class FieldNote(models.Model):
    """What an interview or a workshop brought. It says what kind of people they were, never who."""

    class Kind(models.TextChoices):
        """How it was heard."""

        INTERVIEW = "interview", "Interview"
        WORKSHOP = "workshop", "Workshop"

    commission = models.ForeignKey("commissioning.Commission", on_delete=models.PROTECT, related_name="field_notes")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    held_on = models.DateField()
    who = models.CharField(max_length=120, help_text="What kind of people: “volunteer centre managers”, no names.")
    people = models.PositiveSmallIntegerField(default=1, help_text="How many took part.")
    text = models.TextField()

    class Meta:
        ordering = ["-held_on", "-id"]
        constraints = [models.CheckConstraint(condition=Q(people__gte=1), name="field_note_has_people")]

    def __str__(self):
        return f"{self.get_kind_display()} with {self.who}"


class Theme(models.Model):
    """One thing that people say in many ways."""

    commission = models.ForeignKey("commissioning.Commission", on_delete=models.PROTECT, related_name="themes")
    name = models.CharField(max_length=100)
    description = models.CharField(max_length=500, blank=True, help_text="What belongs to it and what does not.")

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["commission", "name"], name="theme_name_once")]

    def __str__(self):
        return self.name


class Coding(models.Model):
    """A person's decision that an answer, or a note, is about a theme."""

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="codings")
    answer = models.ForeignKey(SurveyAnswer, null=True, on_delete=models.CASCADE, related_name="codings")
    note = models.ForeignKey(FieldNote, null=True, on_delete=models.CASCADE, related_name="codings")
    was_suggested = models.BooleanField(default=False, help_text="Whether the machine had pointed to it.")
    coded_at = models.DateTimeField(default=clock.now)
    coded_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["theme", "answer"], condition=Q(answer__isnull=False), name="coding_of_an_answer_once"
            ),
            models.UniqueConstraint(
                fields=["theme", "note"], condition=Q(note__isnull=False), name="coding_of_a_note_once"
            ),
            models.CheckConstraint(
                condition=Q(answer__isnull=False, note__isnull=True) | Q(answer__isnull=True, note__isnull=False),
                name="coding_of_an_answer_or_a_note",
            ),
        ]

    def __str__(self):
        return f"{self.theme} in {'an answer' if self.answer_id else 'a note'}"
