"""What the pages about the bid's promises ask."""

from collections.abc import Sequence
from typing import Any

from trellis.commissioning.models import Indicator
from trellis.contracts.models import Partner
from trellis.web import fields
from trellis.web.forms import Form


class PromiseForm(Form):
    """A commitment, as the bid has it."""

    words = fields.TextArea(label="What was promised?", rows=3, max_length=300)
    partner = fields.Select(label="Who promised it?", blank="The alliance together", required=False)
    due_on = fields.Date(label="By when?")
    indicator = fields.Select(label="Which indicator shows it?", blank="None of them", required=False)
    evidence = fields.Text(label="How will you see that it is kept?", max_length=300)

    def __init__(self, *arguments, partners: Sequence[Partner], indicators: Sequence[Indicator], **options):
        super().__init__(*arguments, **options)
        self.partners = {str(partner.pk): partner for partner in partners}
        self.indicators = {indicator.code: indicator for indicator in indicators}
        for name, found in (("partner", self.partners), ("indicator", self.indicators)):
            choices = [(key, str(one)) for key, one in found.items()]
            self.fields[name].choices = [("", self.fields[name].blank), *choices]

    def clean(self) -> dict[str, Any]:
        """The partner and the indicator themselves, or None."""
        said = super().clean() or {}
        for name, found in (("partner", self.partners), ("indicator", self.indicators)):
            said[name] = found.get(said.get(name, ""))
        return said


class OutcomeForm(Form):
    """Whether it came."""

    outcome = fields.TextArea(label="What shows it?", rows=4, max_length=500)
    settled_on = fields.Date(label="On which day was it so?")


class BrokenForm(Form):
    """That it did not come."""

    outcome = fields.TextArea(
        label="Why was it not kept?", hint="Name causes and what was learned, not who is to blame.", rows=4,
        max_length=500,
    )  # fmt: skip
    settled_on = fields.Date(label="On which day was that plain?")
