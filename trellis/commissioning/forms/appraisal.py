"""What the pages of an appraisal ask, scoring aside."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from trellis.commissioning.appraisal.findings import DRAWS, SEED
from trellis.commissioning.models import Criterion, Judgement, Option, SuccessFactor
from trellis.commissioning.rules.appraisal import LEAST_DRAWS, MOST_DRAWS
from trellis.web import fields
from trellis.web.forms import Form

ILLUSTRATIVE = "The scores and weights only show how it is done"


class OpenForm(Form):
    """The first version."""

    is_illustrative = fields.Tick(
        label=ILLUSTRATIVE, hint="Every page and the report will mark them as illustrative.", required=False
    )


class BeginForm(OpenForm):
    """The first version, with the models that the market was asked about on its long list."""

    field_order = ["models", "is_illustrative"]

    def __init__(self, *arguments: Any, models: Sequence[str], **options: Any):
        super().__init__(*arguments, **options)
        if models:
            self.fields["models"] = fields.Checkboxes(
                label="Which models go on the long list?",
                hint="The market was asked about these. You can add others later.",
                choices=[(name, name) for name in models],
                initial=list(models),
                required=False,
            )
            self.order_fields(self.field_order)


class NewVersionForm(OpenForm):
    """A version after one that is concluded."""

    reason = fields.TextArea(label="Why is a new version needed?", rows=3, max_length=500)
    field_order = ["reason", "is_illustrative"]


class OptionForm(Form):
    """An option of the long list."""

    name = fields.Text(label="Name", max_length=80)
    description = fields.TextArea(label="Description", hint="What would be done, and by whom.", rows=4, required=False)


class FactorForm(Form):
    """A critical success factor of the appraisal's own."""

    name = fields.Text(label="Name", max_length=120)
    question = fields.Text(label="What it asks", hint="For example: is there anyone who can do it?", max_length=300)


class JudgeForm(Form):
    """An option against every success factor, and what becomes of it."""

    def __init__(self, *arguments: Any, factors: Iterable[SuccessFactor], **options: Any):
        super().__init__(*arguments, **options)
        self.factors = list(factors)
        for factor in self.factors:
            self.fields[f"factor_{factor.pk}"] = fields.Radios(
                label=factor.name, hint=factor.question, choices=Judgement.Verdict.choices
            )
        fates = [(value, label) for value, label in Option.Fate.choices if value != Option.Fate.OPEN]
        self.fields["fate"] = fields.Radios(label="What becomes of it?", choices=fates)
        self.fields["reason"] = fields.TextArea(label="Why?", rows=4)

    def verdicts(self) -> dict[SuccessFactor, str]:
        """The answer to each factor."""
        return {factor: self.cleaned_data[f"factor_{factor.pk}"] for factor in self.factors}


class MoneyForm(Form):
    """What an option does with a year's money."""

    yearly_value = fields.Pounds(label="Yearly value", hint="What the authority pays in the first year.")
    management_cost = fields.Pounds(label="Management cost", hint="What running the model takes of it.")
    organisations_reached = fields.Number(
        label="Organisations reached", hint="How many it would help in a year.", min_value=0
    )
    basis = fields.TextArea(label="Where do the figures come from?", rows=3)
    is_illustrative = fields.Tick(label="The figures are illustrative", required=False)


class CriterionForm(Form):
    """A criterion, at the top or under another."""

    name = fields.Text(label="Name", max_length=80)
    question = fields.Text(label="What it asks of an option", max_length=300)
    parent = fields.Select(label="Part of", blank="Nothing: it stands at the top", required=False)
    scale = fields.Radios(label="Scale", choices=Criterion.Scale.choices)
    worst = fields.Number(label="Worst score", hint="Worth 0. For a fixed scale.", decimals=4, required=False)
    best = fields.Number(
        label="Best score",
        hint="Worth 100. For a fixed scale. Less than the worst, if less is better.",
        decimals=4,
        required=False,
    )
    unit = fields.Text(label="Unit", hint="What the scores count.", max_length=40)

    def __init__(self, *arguments: Any, criteria: Iterable[Criterion], **options: Any):
        super().__init__(*arguments, **options)
        self.criteria = {str(criterion.pk): criterion for criterion in criteria}
        self.fields["parent"].choices = [("", self.fields["parent"].blank)] + [
            (key, criterion.name) for key, criterion in self.criteria.items()
        ]

    def clean_parent(self) -> Criterion | None:
        """The criterion itself."""
        return self.criteria.get(self.cleaned_data["parent"])


class WeightsForm(Form):
    """The weights of criteria side by side, each with a reason."""

    def __init__(self, *arguments: Any, criteria: Iterable[Criterion], **options: Any):
        super().__init__(*arguments, **options)
        self.criteria = list(criteria)
        self.fields["basis"] = fields.Radios(label="How do you give them?", choices=Criterion.Basis.choices)
        for criterion in self.criteria:
            self.fields[f"weight_{criterion.pk}"] = fields.Number(
                label=f"Weight of {criterion.name}", hint=criterion.question, decimals=2, max_value=100
            )
            self.fields[f"reason_{criterion.pk}"] = fields.TextArea(
                label=f"Why that weight for {criterion.name}?", rows=2
            )

    def weights(self) -> dict[Criterion, tuple[Decimal, str]]:
        """Each criterion's weight and reason."""
        answers = self.cleaned_data
        return {each: (answers[f"weight_{each.pk}"], answers[f"reason_{each.pk}"]) for each in self.criteria}


class TrialForm(Form):
    """How often to draw, and from which seed."""

    draws = fields.Number(
        label="Draws",
        hint="How many sets of weights to try. More take longer and are surer.",
        min_value=LEAST_DRAWS,
        max_value=MOST_DRAWS,
        initial=DRAWS,
    )
    seed = fields.Number(
        label="Seed", hint="The same seed gives the same draws.", min_value=0, max_value=10**12, initial=SEED
    )


class ConcludeForm(Form):
    """The option that is preferred, and why."""

    preferred = fields.Radios(label="Which option is preferred?")
    conclusion = fields.TextArea(label="Why?", hint="As the report will give it.", rows=6)

    def __init__(self, *arguments: Any, options: Iterable[Option], **more: Any):
        super().__init__(*arguments, **more)
        self.options = {str(option.pk): option for option in options}
        self.fields["preferred"].choices = [(key, option.name) for key, option in self.options.items()]

    def clean_preferred(self) -> Option:
        """The option itself."""
        return self.options[self.cleaned_data["preferred"]]
