"""What is asked of whoever found an error, and of whoever answers."""

from trellis.organisations.models import ErrorReport
from trellis.web import fields
from trellis.web.forms import Form

OUTCOMES = [(one.value, one.label) for one in (ErrorReport.Status.PUT_RIGHT, ErrorReport.Status.NOT_CHANGED)]


class ReportForm(Form):
    """What is wrong, and what is right."""

    about = fields.Radios(label="What is wrong?", choices=ErrorReport.About.choices, missing="Choose what is wrong")
    says = fields.TextArea(
        label="What is right?", hint="In a sentence or two. Say how you know. Give nobody's private details.",
        max_length=1000,
    )  # fmt: skip
    email = fields.Email(
        label="Your email address", required=False, max_length=254,
        hint="Only if you want to know what comes of it. We delete it afterwards.",
    )  # fmt: skip


class AnswerForm(Form):
    """What came of a report."""

    outcome = fields.Radios(label="What came of it?", choices=OUTCOMES, missing="Say whether you put it right")
    answer = fields.TextArea(
        label="What do you tell them?", hint="Say why, if nothing changes. They read this if they left an address.",
        required=False, max_length=1000,
    )  # fmt: skip
