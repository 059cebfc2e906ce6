"""What the pages of a commission's policies ask."""

from collections.abc import Sequence
from typing import Any

from django import forms

from trellis.commissioning.models import Commitment, Finding
from trellis.web import fields
from trellis.web.forms import Form


class Link(fields.Asked, forms.URLField):
    """A web address."""

    widget = forms.TextInput
    attrs = {"inputmode": "url", "spellcheck": False}

    def __init__(self, **options):
        super().__init__(assume_scheme="https", max_length=400, **options)

    def messages(self, label: str) -> dict[str, str]:
        """Says what one looks like."""
        return super().messages(label) | {"invalid": "Enter a web address in full, like https://www.example.org/policy"}


class PolicyForm(Form):
    """A policy or strategy."""

    title = fields.Text(label="Title", max_length=160)
    adopted_by = fields.Text(label="Who adopted it?", hint="A body, such as the cabinet.", max_length=160)
    adopted_on = fields.Date(label="When was it adopted?", hint="Leave it out if it is not known.", required=False)
    link = Link(label="Where can it be read?", required=False)


class CommitmentForm(Form):
    """One of its commitments."""

    number = fields.Number(label="Its number in the policy", min_value=1, max_value=999)
    text = fields.TextArea(label="What the authority commits itself to", rows=4)


class ComparatorForm(Form):
    """Another authority's model."""

    authority = fields.Text(label="Authority", max_length=160)
    model = fields.Text(label="Model", hint="How it buys or gives the same support.", max_length=160)
    learnt = fields.TextArea(label="What was learnt from it?", rows=4)
    link = Link(label="Where can it be read?", required=False)


class CoDesignerForm(Form):
    """Who shaped the outcomes."""

    name = fields.Text(label="Organisation or group", hint="Not a person’s name.", max_length=160)
    met_on = fields.Date(label="When were they heard?")
    changed = fields.TextArea(label="What changed because of them?", rows=4)


class FindingsForm(Form):
    """Which findings cite a commitment."""

    findings = fields.Checkboxes(label="Which findings cite it?", required=False)

    def __init__(self, *arguments, findings: Sequence[Finding], **options):
        super().__init__(*arguments, **options)
        self.known = {str(one.pk): one for one in findings}
        self.fields["findings"].choices = [(number, str(one)) for number, one in self.known.items()]

    def clean_findings(self) -> list[Finding]:
        """The findings themselves."""
        return [self.known[number] for number in self.cleaned_data["findings"]]


class CitationForm(Form):
    """Which commitments an outcome follows from, and which findings it answers."""

    commitments = fields.Checkboxes(label="Which commitments does it follow from?", required=False)
    findings = fields.Checkboxes(label="Which findings does it answer?", required=False)

    def __init__(self, *arguments, commitments: Sequence[Commitment], findings: Sequence[Finding], **options):
        super().__init__(*arguments, **options)
        self.known: dict[str, dict[str, Any]] = {
            "commitments": {str(one.pk): one for one in commitments},
            "findings": {str(one.pk): one for one in findings},
        }
        self.fields["commitments"].choices = [(str(one.pk), f"{one}: {one.text}") for one in commitments]
        self.fields["findings"].choices = [(str(one.pk), str(one)) for one in findings]
        for name in [name for name, known in self.known.items() if not known]:
            del self.fields[name]  # nothing to choose from

    def clean(self) -> dict[str, Any]:
        """The rows themselves."""
        said = super().clean() or {}
        return {name: [known[number] for number in said.get(name, ())] for name, known in self.known.items()}
