"""What is asked for a dossier on an optional year."""

from trellis.decisions.forms.pathway import OpenForm
from trellis.decisions.models import Decision
from trellis.renewal.models import Dossier
from trellis.web import fields
from trellis.web.forms import Form


class AssessForm(Form):
    """What the figures of a section mean."""

    text = fields.TextArea(
        label="What do these figures mean for the decision?",
        hint="A sentence or a few. Whoever decides reads them under the figures.",
        rows=5,
        max_length=3000,
    )


class RecommendForm(Form):
    """What is recommended, and why."""

    recommendation = fields.Radios(label="What do you recommend?", choices=Dossier.Answer.choices)
    reasons = fields.TextArea(
        label="Why?", hint="Name what weighs most, for it and against it.", rows=6, max_length=3000
    )


class SubmitForm(Form):
    """What is new in a version; the first one needs nothing."""

    note = fields.Text(
        label="What is new since the last version?",
        hint="Say too whether it changes what you recommend. The first version needs nothing here.",
        max_length=500,
        required=False,
    )


class ReasonForm(Form):
    """Why something is done."""

    reason = fields.TextArea(label="Why?", rows=3, max_length=500)


class LinkForm(Form):
    """Which decision a dossier goes with."""

    decision = fields.Select(label="Decision", choices=[], missing="Choose the decision")

    def __init__(self, *args, decisions, **kwargs):
        super().__init__(*args, **kwargs)
        self.decisions: dict[str, Decision] = {one.reference: one for one in decisions}
        self.fields["decision"].choices = [
            ("", "Choose a decision"), *((one.reference, f"{one.reference} {one.title}") for one in decisions)
        ]  # fmt: skip

    def clean_decision(self) -> Decision:
        """The decision itself."""
        return self.decisions[self.cleaned_data["decision"]]


class DecidedForm(Form):
    """What the record of the decision says."""

    decided = fields.Radios(label="What was decided?", hint="As its record says.", choices=Dossier.Answer.choices)


class OpenDecisionForm(OpenForm):
    """A new decision on the dossier. It is not the commission's: that one's decision is the one it led to."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, commissions=[], **kwargs)
        del self.fields["commission"]
