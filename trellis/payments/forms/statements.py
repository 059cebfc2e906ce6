"""What people are asked about a statement."""

from trellis.web import fields
from trellis.web.forms import Form


class ReturnForm(Form):
    """Why a statement goes back."""

    reason = fields.TextArea(
        label="Why are you sending it back?", hint="The contract manager reads this.", rows=3, max_length=500
    )
