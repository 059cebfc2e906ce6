"""What officers say of notes, themes, findings, quotes and replies."""

from collections.abc import Mapping, Sequence

from trellis.commissioning.models import FieldNote, Outcome, Theme
from trellis.web import fields
from trellis.web.forms import Form


class NoteForm(Form):
    """An interview or a workshop."""

    kind = fields.Radios(label="What was it?", choices=FieldNote.Kind.choices)
    held_on = fields.Date(label="When was it?")
    who = fields.Text(
        label="Who took part?", max_length=120,
        hint="What kind of people, such as “managers of volunteer centres”. No names.",
    )  # fmt: skip
    people = fields.Number(label="How many took part?", min_value=1, max_value=2000, initial=1)
    text = fields.TextArea(
        label="What was said", rows=12, max_length=20_000, hint="In your words or theirs, without names."
    )


class ThemeForm(Form):
    """A theme."""

    name = fields.Text(label="Name", hint="What people say in many ways, in a few words.", max_length=100)
    description = fields.TextArea(label="What belongs to it, and what does not", rows=3, max_length=500, required=False)


class CodingForm(Form):
    """Which themes a text is about. What the machine suggests is marked as that and ticked by nobody but you."""

    themes = fields.Checkboxes(label="Which themes is it about?", required=False)

    def __init__(self, *arguments, themes: Sequence[Theme], suggested: Mapping[int, float], **options):
        super().__init__(*arguments, **options)
        self.by_id = {str(theme.pk): theme for theme in themes}
        field = self.fields["themes"]
        first = sorted(themes, key=lambda theme: (-suggested.get(theme.pk, 0), theme.name))
        field.choices = [(str(theme.pk), theme.name) for theme in first]
        field.choice_hints = {str(pk): f"Suggested: {likeness:.0%} alike" for pk, likeness in suggested.items()}

    def clean_themes(self) -> list[Theme]:
        """The themes themselves."""
        return [self.by_id[pk] for pk in self.cleaned_data["themes"]]


class FindingForm(Form):
    """A finding."""

    statement = fields.Text(label="Finding", hint="What is wrong or wanted, in a sentence.", max_length=300)
    explanation = fields.TextArea(label="More about it", rows=4, max_length=2000, required=False)
    themes = fields.Checkboxes(label="Which themes does it stand on?")
    outcomes = fields.Checkboxes(label="Which outcomes answer it?", required=False)

    def __init__(self, *arguments, themes: Sequence[Theme], outcomes: Sequence[Outcome], **options):
        super().__init__(*arguments, **options)
        self.by_id = {str(theme.pk): theme for theme in themes}
        self.by_code = {outcome.code: outcome for outcome in outcomes}
        self.fields["themes"].choices = [(key, theme.name) for key, theme in self.by_id.items()]
        self.fields["outcomes"].choices = [(code, outcome.name) for code, outcome in self.by_code.items()]
        if not outcomes:
            del self.fields["outcomes"]

    def clean_themes(self) -> list[Theme]:
        """The themes themselves."""
        return [self.by_id[key] for key in self.cleaned_data["themes"]]

    def clean_outcomes(self) -> list[Outcome]:
        """The outcomes themselves."""
        return [self.by_code[code] for code in self.cleaned_data["outcomes"]]


class QuoteForm(Form):
    """Words that anyone may read."""

    words = fields.TextArea(
        label="What we publish", rows=5, max_length=500,
        hint="Shorten it if you like. Leave out names, places and anything else that could tell who said it.",
    )  # fmt: skip
    is_safe = fields.Tick(
        label="I have read it, and nothing in it tells who said it", missing="Read it again, then tick the box"
    )

    def clean(self) -> dict[str, str]:
        """What the command takes: the tick is for the person."""
        cleaned = super().clean() or {}
        cleaned.pop("is_safe", None)
        return cleaned


class ReplyForm(Form):
    """What was done about a theme."""

    words = fields.TextArea(
        label="What we did", rows=5, max_length=2000, hint="Or why we did nothing. Anyone can read it."
    )
