"""What officers say of a consultation and its questions."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.validators import validate_email
from django.forms import ValidationError

from trellis.commissioning.models import Consultation, SurveyQuestion
from trellis.web import fields
from trellis.web.forms import Form

LARGEST = 20 * 1024 * 1024  # bytes: far more than 10,000 answers
MOST_EMAILS = 500
LISTED = {
    "one": ("Choices", "Each on a line of its own. People choose one."),
    "many": ("Choices", "Each on a line of its own. People choose as many as they like."),
    "rank": ("What they put in order", "Each on a line of its own."),
    "matrix": ("Choices", "Each on a line of its own. They are the same for each thing that you ask about."),
}


def lines(text: str) -> list[str]:
    """The lines that say something."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


class ConsultationForm(Form):
    """What it is called, for whom and when."""

    title = fields.Text(label="Title", hint="As people will see it.", max_length=160)
    introduction = fields.TextArea(
        label="Introduction", rows=7, max_length=4000,
        hint="What it is about, who should answer, how long it takes and what the answers are for.",
    )  # fmt: skip
    access = fields.Radios(
        label="Who may answer?", choices=Consultation.Access.choices, initial=Consultation.Access.PUBLIC,
        choice_hints={
            "public": "Nobody needs an account. Each answer counts once, but a person could answer twice.",
            "invited": "Each person gets a link of their own by email, which can be used once.",
        },
    )  # fmt: skip
    opens_on = fields.Date(label="Opens on")
    closes_on = fields.Date(
        label="Closes on", hint="The last day on which people can answer. It cannot be brought forward."
    )
    is_illustrative = fields.Tick(
        label="The answers are made up", hint="For a demonstration. Every page says so.", required=False
    )


class QuestionForm(Form):
    """One question; what it asks depends on its kind."""

    wording = fields.Text(label="Question", max_length=300)
    hint = fields.Text(label="Hint", hint="A sentence under the question.", max_length=300, required=False)
    section = fields.Text(
        label="Heading of its page", max_length=120,
        hint="Questions that follow each other under the same heading are on one page.",
    )  # fmt: skip
    is_required = fields.Tick(label="People must answer it", required=False)
    rows = fields.TextArea(label="Things that you ask about", hint="Each on a line of its own.", rows=5)
    choices = fields.TextArea(label="Choices", rows=6)
    lowest = fields.Number(label="Lowest number", initial=1)
    lowest_words = fields.Text(label="What the lowest means", max_length=60, required=False)
    highest = fields.Number(label="Highest number", initial=5)
    highest_words = fields.Text(label="What the highest means", max_length=60, required=False)

    def __init__(self, *arguments, kind: str, **options):
        super().__init__(*arguments, **options)
        for name in self._unasked(kind):
            del self.fields[name]
        if kind in LISTED:
            self.fields["choices"].label, self.fields["choices"].help_text = LISTED[kind]

    def clean(self) -> dict[str, Any]:
        """Lists line by line."""
        cleaned = super().clean() or {}
        return {name: lines(value) if name in ("rows", "choices") else value for name, value in cleaned.items()}

    @staticmethod
    def _unasked(kind: str) -> list[str]:
        of_a_scale = ["lowest", "lowest_words", "highest", "highest_words"]
        unasked = [] if kind == "scale" else of_a_scale
        unasked += [] if kind in LISTED else ["choices"]
        return unasked + ([] if kind == "matrix" else ["rows"])


def initial_of(question: SurveyQuestion) -> dict[str, Any]:
    """A question as its form shows it."""
    names = ("wording", "hint", "section", "is_required", "lowest", "lowest_words", "highest", "highest_words")
    choices = list(question.choices.all())
    return {name: getattr(question, name) for name in names} | {
        "choices": "\n".join(one.words for one in choices if not one.is_row),
        "rows": "\n".join(one.words for one in choices if one.is_row),
    }


class ExtendForm(Form):
    """More time."""

    closes_on = fields.Date(label="New last day")


class InviteForm(Form):
    """Whom to ask."""

    emails = fields.TextArea(
        label="Email addresses", rows=8,
        hint="Each on a line of its own. Each gets a link of their own. We delete the addresses once people were told"
        " what became of their answers.",
    )  # fmt: skip

    def clean_emails(self) -> list[str]:
        """Addresses, each in full; the first that is none is named."""
        emails = [email.strip(" ,;") for email in self.cleaned_data["emails"].split() if email.strip(" ,;")]
        if len(emails) > MOST_EMAILS:
            raise ValidationError(f"That is more than {MOST_EMAILS} at once. Send them in parts")
        for email in emails:
            try:
                validate_email(email)
            except ValidationError:
                raise ValidationError(f"“{email}” is not an email address in full, like name@example.com") from None
        return emails


class AnswersFileForm(Form):
    """A file of answers."""

    file = fields.Upload(
        label="File of answers",
        hint="A CSV file or an Excel workbook (XLSX). We keep the answers, not the file.",
        accept=".csv,.tsv,.txt,.xlsx",
    )

    def clean_file(self) -> UploadedFile:
        """A file that is not too large to be worth waiting for."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError("The file is larger than 20 MB. Send it in parts")
        return file
