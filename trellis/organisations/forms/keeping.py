"""What is asked when a profile is hidden, or an organisation is gone."""

from trellis.web import fields
from trellis.web.forms import Form


class UnlistForm(Form):
    """Why an organisation is taken out of the directory; its own people may keep that to themselves."""

    reason = fields.TextArea(
        label="Why?", hint="Only those who read the record of what was done see this. Name no person.",
        required=False, max_length=300, rows=3,
    )  # fmt: skip


class WentToForm(Form):
    """Where the work of an organisation went."""

    went_to = fields.Text(
        label="Where did its work, and what it owned, go?",
        hint="For example, “Its minibus went to the transport scheme of the next town.” Everybody can read this.",
        missing="Say where its work or what it owned went",
        max_length=200,
    )
