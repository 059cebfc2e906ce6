"""What the pages about the contract's documents ask."""

from typing import Any

from trellis.contracts.models import Document
from trellis.contracts.rules import documents as rules
from trellis.web import fields
from trellis.web.forms import Form

OPEN, WITHHELD = "open", "withheld"


class OpennessForm(Form):
    """Whether anybody may read a document, and if not, why."""

    openness = fields.Radios(
        label="Who may read it?",
        choices=[(OPEN, "Anybody"), (WITHHELD, "Only the members: it is withheld from the public")],
    )
    ground = fields.Radios(
        label="Under which section of the Freedom of Information Act 2000 is it withheld?",
        choices=Document.Ground.choices,
        required=False,
    )
    withheld_reason = fields.TextArea(
        label="Why is it withheld?", hint="Anybody may read this.", rows=3, max_length=500, required=False
    )

    def clean(self) -> dict[str, Any]:
        """As the command takes it."""
        said = super().clean() or {}
        if "openness" in said:
            said["is_public"] = said.pop("openness") == OPEN
        return said


class DocumentForm(OpennessForm):
    """A document."""

    title = fields.Text(label="What is it called?", max_length=160)
    kind = fields.Radios(label="What is it?", choices=Document.Kind.choices)

    field_order = ["title", "kind"]


class VersionForm(Form):
    """A version of a document."""

    file = fields.Upload(
        label="The file",
        hint=f"One of: {', '.join(rules.TYPES)}. Up to {rules.LARGEST // 1024 // 1024} MB.",
        accept=rules.ACCEPT,
    )
    note = fields.Text(label="What is different in this version?", max_length=300, required=False)
