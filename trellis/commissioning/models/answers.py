"""What people answered, on our pages or in a file."""

from django.db import models

from trellis.commissioning.models.surveys import Consultation, SurveyChoice, SurveyInvitation, SurveyQuestion
from trellis.core import clock


class AnswerFile(models.Model):
    """A file of answers that was read. The file itself is not kept."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file, so that it counts once.")
    kept = models.PositiveIntegerField(default=0, help_text="How many people's answers it brought.")
    refused = models.PositiveIntegerField(default=0, help_text="How many refusals it met.")
    read_at = models.DateTimeField(default=clock.now)
    read_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["consultation", "digest"], name="answer_file_read_once")]

    def __str__(self):
        return self.name


class AnswerFileRefusal(models.Model):
    """What could not be taken from a file, and why; never the answer itself."""

    file = models.ForeignKey(AnswerFile, on_delete=models.CASCADE, related_name="refusals")
    line = models.PositiveIntegerField()
    reason = models.CharField(max_length=300)

    class Meta:
        ordering = ["line", "id"]

    def __str__(self):
        return f"Line {self.line}: {self.reason}"


class SurveyResponse(models.Model):
    """All that one person answered. While it is a draft, they return to it by a secret link."""

    class Status(models.TextChoices):
        """Only what was sent counts."""

        DRAFT = "draft", "Begun"
        SENT = "sent", "Sent"

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="responses")
    status = models.CharField(max_length=5, choices=Status.choices, default=Status.DRAFT)
    key_digest = models.CharField(max_length=64, null=True, unique=True, help_text="SHA-256 of the secret in its link.")
    person = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    invitation = models.OneToOneField(SurveyInvitation, null=True, on_delete=models.PROTECT, related_name="response")
    file = models.ForeignKey(AnswerFile, null=True, on_delete=models.PROTECT, related_name="responses")
    file_key = models.CharField(max_length=64, blank=True, help_text="Digest of who or what the file says that it is.")
    begun_on = models.DateField()
    sent_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["consultation", "status"], name="survey_response_status")]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "person"],
                condition=models.Q(person__isnull=False),
                name="survey_response_one_a_person",
            ),
            models.UniqueConstraint(
                fields=["consultation", "file_key"],
                condition=~models.Q(file_key=""),
                name="survey_response_one_a_file_key",
            ),
            models.CheckConstraint(
                condition=models.Q(status="draft", sent_on__isnull=True)
                | models.Q(status="sent", sent_on__isnull=False),
                name="survey_response_sent_with_its_date",
            ),
        ]

    def __str__(self):
        return f"Answer {self.pk} to {self.consultation}"


class SurveyAnswer(models.Model):
    """One part of an answer: a text, a number, a choice; of a list in order or a matrix, one row each (`slot`)."""

    response = models.ForeignKey(SurveyResponse, on_delete=models.CASCADE, related_name="answers", db_index=False)
    question = models.ForeignKey(SurveyQuestion, on_delete=models.PROTECT, related_name="answers", db_index=False)
    slot = models.PositiveSmallIntegerField(default=0, help_text="Which part of its question it answers.")
    choice = models.ForeignKey(SurveyChoice, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    row = models.ForeignKey(SurveyChoice, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.SmallIntegerField(null=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        # counted by question, choice, row and number: this index answers that without the rows
        indexes = [
            models.Index(fields=["question", "choice", "row", "number", "response"], name="survey_answer_counts")
        ]
        constraints = [models.UniqueConstraint(fields=["response", "question", "slot"], name="survey_answer_part_once")]

    def __str__(self):
        return f"Answer to {self.question_id}"
