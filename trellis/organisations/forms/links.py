"""What is asked about links and merges."""

from collections.abc import Mapping, Sequence

from trellis.organisations.models import Relation
from trellis.web import fields
from trellis.web.forms import Form

STANDING, UNCHECKED, BY_PEOPLE, UNDONE = "standing", "unchecked", "by-people", "undone"
MERGES_SHOWN = (
    (STANDING, "All that stand"),
    (UNCHECKED, "Done unasked, not looked at yet"),
    (BY_PEOPLE, "Done by people"),
    (UNDONE, "Undone"),
)
AS_THE_SOURCES_SAY = "sources"


class BelongsForm(Form):
    """Which of the two belongs to the other, and as what."""

    says_optional = False
    parent = fields.Radios(label="Which one belongs to the other?")
    kind = fields.Select(label="As what?", choices=Relation.Kind.choices, initial=Relation.Kind.BRANCH)

    def __init__(self, *arguments, names: Mapping[str, str], **options):
        """`names`: the two by their references, by names that tell them apart."""
        super().__init__(*arguments, **options)
        (one, first), (other, second) = names.items()
        self.fields["parent"].choices = [
            (other, f"{first} belongs to {second}"),
            (one, f"{second} belongs to {first}"),
        ]


class MergesForm(Form):
    """Which merges to list."""

    says_optional = False
    q = fields.Text(label="Name or reference", required=False, max_length=100)
    show = fields.Select(label="Show", choices=MERGES_SHOWN, required=False, blank="All")


class UndoForm(Form):
    """Why a merge is undone."""

    reason = fields.Text(
        label="Why are they not the same?", hint="Nobody is asked about them again, so say what you know.",
        max_length=400,
    )  # fmt: skip


class MergeForm(Form):
    """The other organisation, and why it is the same."""

    other = fields.Text(
        label="Reference of the other organisation", hint="It stands at the end of its page, like ORG-7K2M.",
        max_length=16, width=10,
    )  # fmt: skip
    reason = fields.Text(label="Why are they the same?", max_length=400)


class ValueForm(Form):
    """Whose value is shown in a field."""

    taken_from = fields.Radios(label="Which one is right?")

    def __init__(self, *arguments, choices: Sequence[tuple[str, str]], **options):
        super().__init__(*arguments, **options)
        self.fields["taken_from"].choices = [*choices, (AS_THE_SOURCES_SAY, "Whatever the sources say")]
