"""What is asked of a member about a proposal."""

from typing import Any

from trellis.contracts.models import Position, ProposalOpinion
from trellis.web import fields
from trellis.web.forms import Form

Stance = Position.Stance
STANCES = [(one.value, one.label) for one in Stance if one != Stance.NONE]
MEANS = {
    Stance.SUPPORT.value: "You want it.",
    Stance.ACCEPT.value: "You can live with it, and will carry it with the others.",
    Stance.OBJECT.value: "It cannot be carried while you object. Say why, so that the others can meet it.",
    Stance.RECUSE.value: "You have an interest in it, so you stand aside and leave the count.",
}


class VersionSeen(Form):
    """Which version somebody has read."""

    version = fields.Hidden()

    def clean_version(self) -> int:
        """A number; one that was tampered with is that of no version."""
        typed = self.cleaned_data["version"]
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0


class PositionForm(VersionSeen):
    """A member's position. `holder` is in whose place a deputy acts; none for the holder."""

    stance = fields.Radios(label="Where does your organisation stand?", choices=STANCES, choice_hints=MEANS)
    reason = fields.TextArea(
        label="Why?", hint="Needed when you object, so that the others can meet it.", rows=4, max_length=2000,
        required=False,
    )  # fmt: skip
    interest = fields.TextArea(
        label="For which interest do you stand aside?", hint="Only when you stand aside.", rows=2, max_length=500,
        required=False,
    )  # fmt: skip

    def __init__(self, *arguments: Any, holder: str, interests: str, **options: Any):
        super().__init__(*arguments, **options)
        if interests:
            self.fields["interest"].help_text = f"Only when you stand aside. You have declared: {interests}."
        if holder:
            self.fields["stead_reason"] = fields.Text(
                label=f"Why do you act in the place of {holder}?", hint="Such as: on leave.", max_length=300
            )


class ObjectionMetForm(VersionSeen):
    """That an objection is met."""

    reason = fields.TextArea(
        label="What has met your objection?",
        hint="Your organisation has no position then. Take one next: silence is not agreement.",
        rows=3,
        max_length=1000,
    )


class MessageForm(Form):
    """Something to say."""

    message = fields.TextArea(label="Say something to the other members", rows=4, max_length=3000)


class OpinionForm(Form):
    """What a facilitator or an expert said."""

    kind = fields.Radios(label="What was it?", choices=ProposalOpinion.Kind.choices)
    name = fields.Text(label="Who gave it?", max_length=160)
    given_on = fields.Date(label="When?")
    text = fields.TextArea(label="What did they say?", rows=6, max_length=4000)
