"""What is asked of a call-in."""

from trellis.decisions.models import CallIn
from trellis.web import fields
from trellis.web.forms import Form


class CallInForm(Form):
    """Members who call a decision in."""

    called_in_on = fields.Date(label="When did they call it in?")
    members = fields.TextArea(label="Members who call it in", hint="One a line: the name, a comma, the group.", rows=4)
    reasons = fields.TextArea(label="Their reasons", rows=5)

    def clean_members(self) -> list[tuple[str, str]]:
        """Name and group of each."""
        rows = []
        for line in self.cleaned_data["members"].splitlines():
            name, comma, group = (part.strip() for part in line.partition(","))
            if not line.strip():
                continue
            if not (name and comma and group):
                self.add_error("members", f"Write “{line.strip()[:60]}” as a name, a comma and a group")
            rows.append((name, group))
        return rows


class OutcomeForm(Form):
    """What scrutiny resolved."""

    outcome_on = fields.Date(label="When did the scrutiny committee meet?")
    outcome = fields.Radios(label="What did it resolve?", choices=CallIn.Outcome.choices)
    note = fields.TextArea(label="What it said", rows=4, max_length=500, required=False)
