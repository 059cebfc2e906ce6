"""What the pages about the grants before a contract ask."""

from trellis.web import fields
from trellis.web.forms import Form


class AwardForm(Form):
    """That the award is signed."""

    signed_on = fields.Date(label="When was the award signed?")


class BeginningForm(Form):
    """That the support has begun."""

    began_on = fields.Date(label="On which day did the support begin?")


class NoticeForm(Form):
    """That notice is served."""

    served_on = fields.Date(label="On which day is notice served?", hint="The day on which the body has the letter.")


class WithdrawForm(Form):
    """That it is taken back."""

    reason = fields.TextArea(label="Why is it taken back?", rows=3, max_length=500)
