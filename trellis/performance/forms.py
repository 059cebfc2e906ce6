"""What people are asked about a report."""

from trellis.contracts.models import Partner
from trellis.web import fields
from trellis.web.forms import Form


class SignForm(Form):
    """A lead's signature, under the digest of what the page showed."""

    signed_name = fields.Text(
        label="Your full name",
        hint="Typing your name here signs for your organisation.",
        max_length=120,
        autocomplete="name",
    )
    seen = fields.Hidden(max_length=64)


class SignForOneForm(SignForm):
    """For whoever leads more than one partner."""

    partner = fields.Radios(label="Which partner do you sign for?")

    def __init__(self, *args, partners: list[Partner], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["partner"].choices = [(str(one.pk), one.organisation.name) for one in partners]


class ReasonForm(Form):
    """Why something is undone."""

    reason = fields.TextArea(label="Why are you withdrawing it?", rows=3, max_length=500)
