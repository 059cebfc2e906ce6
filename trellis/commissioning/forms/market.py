"""What the pages of market engagement ask."""

from collections.abc import Sequence
from typing import Any

from trellis.commissioning.forms.provision import RegisterReference
from trellis.commissioning.models import MarketAnswer, MarketModel, MarketQuestion, Provider
from trellis.web import fields
from trellis.web.forms import Form

NONE = "none"


class ModelForm(Form):
    """A model of delivery."""

    name = fields.Text(label="Name of the model", hint="Such as Alliance, or Framework.", max_length=120)


class StatementForm(Form):
    """Something to agree with or not."""

    text = fields.Text(label="Statement", hint="Providers say whether they agree with it.", max_length=300)


class ProviderForm(Form):
    """Whom we ask."""

    name = fields.Text(label="Name", hint="It is not published.", max_length=160)
    kind = fields.Radios(label="What kind of provider is it?", choices=Provider.Kind.choices)
    organisation = RegisterReference()


class EventForm(Form):
    """A meeting with providers."""

    name = fields.Text(label="What was it?", max_length=160)
    held_on = fields.Date(label="When was it?")
    note = fields.TextArea(label="What was said?", hint="Without names: it is published.", rows=5)
    providers = fields.Checkboxes(label="Who came?", hint="This is not published.", required=False)

    def __init__(self, *arguments, providers: Sequence[Provider], **options):
        super().__init__(*arguments, **options)
        self.known = {str(one.pk): one for one in providers}
        self.fields["providers"].choices = [(number, one.name) for number, one in self.known.items()]

    def clean_providers(self) -> list[Provider]:
        """The providers themselves."""
        return [self.known[number] for number in self.cleaned_data["providers"]]


class ResponseForm(Form):
    """What a provider says: the model it prefers, why, and whether it agrees with each statement."""

    answered_on = fields.Date(label="When did it answer?")
    preferred = fields.Radios(label="Which model does it prefer?")
    reasons = fields.TextArea(label="Why?", hint="In its own words. Not published.", rows=4, required=False)
    public_reasons = fields.TextArea(
        label="Why, as it is published",
        hint="Without what says who they are. Leave it out to publish no reason.",
        rows=3,
        required=False,
    )

    def __init__(self, *arguments, models: Sequence[MarketModel], questions: Sequence[MarketQuestion], **options):
        super().__init__(*arguments, **options)
        self.models = {str(one.pk): one for one in models}
        self.questions = list(questions)
        choices = [*((number, one.name) for number, one in self.models.items()), (NONE, "None of them")]
        self.fields["preferred"].choices = choices
        for one in self.questions:
            self.fields[f"stance-{one.pk}"] = fields.Radios(
                label=one.text, choices=MarketAnswer.Stance.choices, required=False
            )

    def clean(self) -> dict[str, Any]:
        """The model itself, and the stances by statement."""
        said = super().clean() or {}
        said["stances"] = {one: said.pop(f"stance-{one.pk}", "") for one in self.questions}
        said["preferred"] = self.models.get(said.get("preferred", ""))
        return said

    @staticmethod
    def of(provider: Provider) -> dict[str, Any]:
        """What a provider has said, as this form asks it."""
        if not provider.answered_on:
            return {}
        said = {name: getattr(provider, name) for name in ("answered_on", "reasons", "public_reasons")}
        said["preferred"] = str(provider.preferred_id or NONE)
        return said | {f"stance-{one.question_id}": one.stance for one in provider.answers.all()}
