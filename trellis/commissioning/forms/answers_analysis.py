"""Whose answers an officer looks at."""

from collections.abc import Sequence

from trellis.commissioning.queries.answers_analysis import IN_A_FILE, ON_OUR_PAGES, Narrowed
from trellis.commissioning.rules.answers import Asked
from trellis.web import fields
from trellis.web.forms import Form


class NarrowForm(Form):
    """All answers, or those of people who chose something. Whatever cannot be read is left out."""

    says_optional = False
    choice = fields.Select(label="People who chose", required=False, blank="Everybody")
    came = fields.Select(
        label="How the answer came", required=False, blank="Any way",
        choices=[(ON_OUR_PAGES, "On our pages"), (IN_A_FILE, "In a file")],
    )  # fmt: skip

    def __init__(self, *arguments, questions: Sequence[Asked], **options):
        super().__init__(*arguments, **options)
        self.fields["choice"].choices = [
            (str(one.id), f"{question.wording} – {one.words}")
            for question in questions
            if question.kind in ("one", "many")
            for one in question.choices
        ]

    def narrowed(self) -> Narrowed:
        """What was asked for."""
        if not self.is_bound:
            return Narrowed()
        self.is_valid()
        choice = self.cleaned_data.get("choice")
        return Narrowed(int(choice) if choice else None, self.cleaned_data.get("came") or "")
