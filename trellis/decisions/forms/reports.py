"""What is asked when a report is written."""

from django import forms

from trellis.decisions.rules.reports import LONGEST
from trellis.web import fields
from trellis.web.forms import Form


class ParagraphForm(Form):
    """The words of one paragraph, and those that its author had before them."""

    says_optional = False

    text = fields.TextArea(
        label="Words",
        hint="Write a figure by its name: {grants_total}. An empty line begins a new paragraph. No words leave it out.",
        rows=10,
        required=False,
        max_length=LONGEST,
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class VersionForm(Form):
    """What is new in a version."""

    says_optional = False

    note = fields.Text(
        label="What is new in this version?", hint="The first version needs no words.", required=False, max_length=500
    )
