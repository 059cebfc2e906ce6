"""What is asked of a proposal: its words, and what it changes."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from trellis.contracts.forms.membership import LAWFUL, LAWFUL_HINT, listed
from trellis.core.errors import RuleBroken
from trellis.web import fields
from trellis.web.forms import Form
from trellis.web.words import day

WORDS = ("title", "text", "best_for_service", "effective_on")
HUNDRED = 100
WORK_TOO = "From then, the shares of the work become the same as those of the money."
STATES = (
    ("mine", "Waiting for your position"),
    ("open", "Open"),
    ("stalled", "Stalled: past discussion"),
    ("carried", "Carried"),
    ("carried-out", "Carried out"),
    ("lapsed", "Lapsed"),
    ("withdrawn", "Withdrawn"),
    ("draft", "Your drafts"),
)


class Filters(Form):
    """What narrows the list."""

    says_optional = False

    q = fields.Text(label="Words in the title", required=False, max_length=100)
    state = fields.Select(label="How it stands", choices=STATES, blank="Any", required=False)
    matter = fields.Select(label="About", choices=(), blank="Anything", required=False)

    def __init__(self, *arguments: Any, matters: Sequence[tuple[str, str]], **options: Any):
        super().__init__(*arguments, **options)
        self.fields["matter"].choices = list(matters)


class MatterForm(Form):
    """What a proposal is about; who decides stands beside each."""

    matter = fields.Radios(label="What is it about?", choices=())

    def __init__(self, *arguments: Any, matters: Mapping[str, tuple[str, str]], **options: Any):
        super().__init__(*arguments, **options)
        question = self.fields["matter"]
        question.choices = [(code, name) for code, (name, _) in matters.items()]
        question.choice_hints = {code: who for code, (_, who) in matters.items()}


class ProposalForm(Form):
    """The words of a proposal that changes no figure. Cleans to what the commands take."""

    title = fields.Text(
        label="Title",
        hint="Anybody can read it once the proposal is carried out. The rest stays with the members.",
        max_length=160,
    )
    text = fields.TextArea(label="What do you propose?", rows=6, max_length=6000)
    best_for_service = fields.TextArea(
        label="Why is this best for the service?",
        hint="Think of the people and groups that the service is for, not of any one member.",
        rows=4,
        max_length=3000,
    )
    effective_on = fields.Date(label="From which day?")

    def __init__(self, *arguments: Any, amends: bool = False, **options: Any):
        super().__init__(*arguments, **options)
        if amends:
            self.fields["note"] = fields.TextArea(
                label="What is different, and why?",
                hint="Every member takes a position again.",
                rows=3,
                max_length=400,
            )

    def clean(self) -> dict[str, Any]:
        """The words, and what they change as a payload."""
        said = super().clean() or self.cleaned_data
        if self.errors:
            return said
        named = (*WORDS, "note") if "note" in self.fields else WORDS
        return {name: said[name] for name in named} | {"payload": self.payload(said)}

    def payload(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """What the words change: nothing."""
        return {}


class SharesForm(ProposalForm):
    """New shares from the start of a quarter that has not begun."""

    def __init__(self, *arguments: Any, partners: Mapping[str, str], quarters: Sequence[date], **options: Any):
        super().__init__(*arguments, **options)
        self.partners = partners
        starts = [(one.isoformat(), f"From {day(one)}") for one in quarters]
        self.fields["effective_on"] = fields.Select(label="From which quarter?", choices=starts)
        for reference, name in partners.items():
            self.fields[f"share_{reference}"] = fields.Number(
                label=f"Share of {name}", unit="%", decimals=4, min_value=0, max_value=HUNDRED
            )
        if "note" in self.fields:
            self.fields["note"] = self.fields.pop("note")  # last, as everywhere

    def refuse(self, error: RuleBroken) -> None:
        """What is wrong with all the shares together stands at the first."""
        first = f"share_{next(iter(self.partners), '')}"
        super().refuse(RuleBroken(error.sentence, field=first) if error.field == "shares" else error)

    def clean_effective_on(self) -> date:
        """As a date."""
        return date.fromisoformat(self.cleaned_data["effective_on"])

    def payload(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """A fraction for each partner."""
        shares = {reference: Decimal(said[f"share_{reference}"]) / HUNDRED for reference in self.partners}
        return {"shares": {reference: f"{share.normalize():f}" for reference, share in shares.items()}}


class ExclusionForm(SharesForm):
    """The shares of the others when a member is excluded."""

    def __init__(self, *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        self.fields["effective_on"].help_text = WORK_TOO


class AdmissionForm(ExclusionForm):
    """The shares of everybody when an organisation joins, and why that is lawful."""

    def __init__(self, *arguments: Any, lawful: Mapping[str, str], **options: Any):
        super().__init__(*arguments, **options)
        self.fields["variation"] = listed(LAWFUL, LAWFUL_HINT, lawful)
        if "note" in self.fields:
            self.fields["note"] = self.fields.pop("note")

    def payload(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """A fraction for each partner and the newcomer, and the variation."""
        return super().payload(said) | {"variation": said["variation"]}


class TargetForm(ProposalForm):
    """A new target and floor of an indicator."""

    indicator = fields.Select(label="Which measure?", choices=())
    target = fields.Number(label="Target", decimals=2, min_value=0)
    floor = fields.Number(label="Floor: the least that is acceptable", decimals=2, min_value=0)
    field_order = ["title", "text", "best_for_service", "indicator", "target", "floor", "effective_on", "note"]

    def __init__(self, *arguments: Any, indicators: Mapping[str, str], **options: Any):
        super().__init__(*arguments, **options)
        self.fields["indicator"].choices = list(indicators.items())

    def payload(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """The indicator with its two figures."""
        figures = {name: f"{Decimal(said[name]).normalize():f}" for name in ("target", "floor")}
        return {"indicator": said["indicator"], **figures}


class ReferenceForm(ProposalForm):
    """Something that was prepared in another room, and that the members are to agree to."""

    which = fields.Select(label="Which one?", choices=())
    field_order = ["which", "title", "text", "best_for_service", "effective_on", "note"]

    def __init__(self, *arguments: Any, prepared: Mapping[str, str], hint: str, **options: Any):
        super().__init__(*arguments, **options)
        self.fields["which"].choices = list(prepared.items())
        self.fields["which"].help_text = hint

    def payload(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """Its reference."""
        return {"reference": said["which"]}


class WithdrawForm(Form):
    """That it is taken back."""

    reason = fields.TextArea(label="Why is it withdrawn?", rows=3, max_length=400)
