"""What the pages of scoring ask."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from trellis.commissioning.models import Criterion, Option, Scorer
from trellis.web import fields
from trellis.web.forms import Form

NONE, SOME = "none", "some"


class AppointForm(Form):
    """Who is to score."""

    email = fields.Email(label="Their email address", hint="They need an account. The administrator can invite them.")
    capacity = fields.Text(
        label="For whom or as what do they score?", hint="For example: public health.", max_length=160
    )


class StandDownForm(Form):
    """Why a scorer goes."""

    reason = fields.TextArea(label="Why?", hint="Without personal details.", rows=3)


class DeclareForm(Form):
    """A scorer's interests."""

    has_interest = fields.Radios(
        label="Do you, or does anybody close to you, gain or lose by which option is chosen?",
        choices=[(NONE, "No, I have no interest in the choice"), (SOME, "Yes, I have an interest")],
    )
    interest = fields.TextArea(label="What is it?", hint="If you have one.", rows=3, required=False)

    def clean_has_interest(self) -> bool:
        """Whether there is one."""
        return self.cleaned_data["has_interest"] == SOME


class ScoreForm(Form):
    """A score and a reason for each option on one criterion."""

    def __init__(self, *arguments: Any, criterion: Criterion, options: Iterable[Option], **more: Any):
        super().__init__(*arguments, **more)
        self.options = list(options)
        for option in self.options:
            self.fields[f"score_{option.pk}"] = fields.Number(
                label=f"Score for {option.name}", decimals=4, unit=criterion.unit
            )
            self.fields[f"reason_{option.pk}"] = fields.TextArea(label=f"Why that score for {option.name}?", rows=3)
            self.add_more(option)

    def add_more(self, option: Option) -> None:
        """Nothing more is asked of a scorer."""

    def scores(self) -> dict[Option, tuple[Decimal, str]]:
        """Each option's score and reason."""
        answers = self.cleaned_data
        return {each: (answers[f"score_{each.pk}"], answers[f"reason_{each.pk}"]) for each in self.options}

    def questions_of(self, option: Option) -> list[Any]:
        """The questions about one option, in order."""
        return [self[name] for name in self.fields if name.endswith(f"_{option.pk}")]


class AgreeForm(ScoreForm):
    """The score that was come to together, and who holds to another."""

    def __init__(self, *arguments: Any, scorers: Iterable[Scorer], **more: Any):
        self.scorers: Mapping[str, Scorer] = {str(scorer.pk): scorer for scorer in scorers}
        super().__init__(*arguments, **more)

    def add_more(self, option: Option) -> None:
        """Who dissents, and why."""
        self.fields[f"dissenters_{option.pk}"] = fields.Checkboxes(
            label=f"Who holds to another score for {option.name}?",
            choices=[(key, str(scorer.user)) for key, scorer in self.scorers.items()],
            required=False,
        )
        self.fields[f"dissent_{option.pk}"] = fields.TextArea(
            label=f"Why do they hold to another score for {option.name}?", rows=2, required=False
        )

    def dissent(self) -> dict[Option, tuple[list[Scorer], str]]:
        """Of each option, who dissents and why."""
        answers = self.cleaned_data
        return {
            option: (
                [self.scorers[key] for key in answers[f"dissenters_{option.pk}"]],
                answers[f"dissent_{option.pk}"],
            )
            for option in self.options
        }
