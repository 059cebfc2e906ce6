"""What the pages of a commission's budget ask."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from trellis.commissioning.forms.budget import BudgetForm
from trellis.commissioning.models import QuotedFigure
from trellis.commissioning.rules.budgets import check_can_compare
from trellis.core.errors import RuleBroken
from trellis.web import fields
from trellis.web.forms import Form


class ScenarioForm(BudgetForm):
    """A tapered budget under a name."""

    field_order = ["name"]
    name = fields.Text(label="Name of the scenario", hint="For example, as the report proposes.", max_length=80)


class QuotedFigureForm(Form):
    """A figure as a document quotes it."""

    source = fields.Text(label="Document", hint="Which one, and where in it.", max_length=160)
    label = fields.Text(label="Words of the document", hint="What it calls the figure, as quoted.", max_length=200)
    amount = fields.Pounds(label="Amount")
    span = fields.Radios(label="What does the document say that it is of?", choices=QuotedFigure.Span.choices)


class CompareForm(Form):
    """Which scenarios stand side by side, and at which year's prices. Sent by GET."""

    says_optional = False
    scenarios = fields.Checkboxes(label="Scenarios", hint="Up to 4 side by side.", choices=(), required=False)
    base = fields.Select(label="Real terms at the prices of", choices=(), required=False, blank="Its first year")

    def __init__(self, *arguments, scenarios: Iterable[tuple[str, str]], years: Iterable[str], **options):
        super().__init__(*arguments, **options)
        self.fields["scenarios"].choices = list(scenarios)
        self.fields["base"].choices = [(year, year) for year in years]

    def clean_scenarios(self) -> list[str]:
        """No more than fit side by side."""
        chosen = self.cleaned_data["scenarios"]
        try:
            check_can_compare(chosen)
        except RuleBroken as refusal:
            raise ValidationError(refusal.sentence) from refusal
        return chosen
