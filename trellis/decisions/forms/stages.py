"""What is asked when a commission moves to another stage."""

from trellis.commissioning.models import Commission
from trellis.web import fields
from trellis.web.forms import Form


class StageForm(Form):
    """On to the next stage, or back."""

    stage = fields.Radios(label="Which stage does it come to?", choices=Commission.Stage.choices)
    note = fields.TextArea(
        label="Note", hint="Why, if it goes back. Without personal details.", rows=3, max_length=500, required=False
    )
