"""What people are asked: a consultation, its questions, and what they may choose."""

from django.db import models

from trellis.core import clock


class Consultation(models.Model):
    """Questions put to people for a commission, from a first draft to telling them what became of their answers."""

    class Status(models.TextChoices):
        """How far it is. Released, it is open to answers from one date to the other."""

        DRAFT = "draft", "Draft"
        RELEASED = "released", "Released"
        CLOSED = "closed", "Closed"
        TOLD = "told", "Told what became of it"

    class Access(models.TextChoices):
        """Who may answer."""

        PUBLIC = "public", "Anyone"
        INVITED = "invited", "Only people we invite"

    reference = models.CharField(max_length=16, unique=True)
    commission = models.ForeignKey("commissioning.Commission", on_delete=models.PROTECT, related_name="consultations")
    title = models.CharField(max_length=160)
    introduction = models.TextField(help_text="What it is about, who may answer, what their answers are for.")
    access = models.CharField(max_length=7, choices=Access.choices, default=Access.PUBLIC)
    opens_on = models.DateField()
    closes_on = models.DateField(help_text="The last day on which an answer is taken.")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.DRAFT)
    is_illustrative = models.BooleanField(default=False, help_text="Its answers are made up, and every page says so.")

    class Meta:
        ordering = ["-opens_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["draft", "released", "closed", "told"]), name="consultation_status_known"
            ),
            models.CheckConstraint(
                condition=models.Q(access__in=["public", "invited"]), name="consultation_access_known"
            ),
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="consultation_closes_after_it_opens"
            ),
        ]

    def __str__(self):
        return self.title


class ConsultationStatus(models.Model):
    """What people see of its history."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="history")
    status = models.CharField(max_length=8, choices=Consultation.Status.choices)
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.consultation}: {self.status}"


class SurveyQuestion(models.Model):
    """One question. Those that follow each other under one heading are on one page."""

    class Kind(models.TextChoices):
        """What an answer looks like."""

        TEXT = "text", "In their own words"
        ONE = "one", "One of a list"
        MANY = "many", "Any of a list"
        SCALE = "scale", "A number on a scale"
        RANK = "rank", "A list put in order"
        MATRIX = "matrix", "One of a list, for each of several things"

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="questions")
    code = models.SlugField(max_length=40, help_text="What the heading of a file of answers calls it.")
    order = models.PositiveSmallIntegerField()
    section = models.CharField(max_length=120, help_text="The heading over it.")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    wording = models.CharField(max_length=300)
    hint = models.CharField(max_length=300, blank=True)
    is_required = models.BooleanField(default=False)
    lowest = models.SmallIntegerField(null=True, blank=True, help_text="Where its scale begins.")
    highest = models.SmallIntegerField(null=True, blank=True, help_text="Where its scale ends.")
    lowest_words = models.CharField(max_length=60, blank=True, help_text="What the lowest number means.")
    highest_words = models.CharField(max_length=60, blank=True, help_text="What the highest number means.")

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "code"], name="survey_question_code_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["text", "one", "many", "scale", "rank", "matrix"]),
                name="survey_question_kind_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="scale") | models.Q(lowest__lt=models.F("highest")),
                name="survey_question_scale_has_two_ends",
            ),
        ]

    def __str__(self):
        return self.wording


class SurveyChoice(models.Model):
    """What a question offers; or, of a matrix, one of the things that it asks about (`is_row`)."""

    question = models.ForeignKey(SurveyQuestion, on_delete=models.CASCADE, related_name="choices")
    order = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=160)
    is_row = models.BooleanField(default=False)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["question", "is_row", "words"], name="survey_choice_words_once")]

    def __str__(self):
        return self.words


class SurveyInvitation(models.Model):
    """One person asked by email. The link holds a secret, the database only its digest."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(blank=True, help_text="Emptied once they were told what became of it.")
    secret_digest = models.CharField(max_length=64, unique=True)
    invited_on = models.DateField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "email"], condition=~models.Q(email=""), name="survey_invitation_once_each"
            )
        ]

    def __str__(self):
        return f"Invitation {self.pk} to {self.consultation}"
