"""What is asked about an organisation that a register or all lists have lost."""

from trellis.organisations.models import GoneAnswer
from trellis.web import fields
from trellis.web.forms import Form


class GoneForm(Form):
    """Whether it is closed, and how whoever says so knows."""

    answer = fields.Radios(
        label="Is it closed?", choices=GoneAnswer.Answer.choices, missing="Say whether it is closed",
        choice_hints={
            GoneAnswer.Answer.CLOSED: "Its profile then says that it is no longer active. You can undo that.",
            GoneAnswer.Answer.GOES_ON: "Its profile stays as it is. You are asked again if a list has it and loses it.",
        },
    )  # fmt: skip
    reason = fields.TextArea(
        label="How do you know?", hint="Only those who keep the register see this. Name no person.", max_length=300,
        rows=3, missing="Say how you know",
    )  # fmt: skip
