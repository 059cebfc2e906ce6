"""What people are asked about payments, disputes and adjustments."""

from trellis.contracts.models import Partner
from trellis.web import fields
from trellis.web.forms import Form


class MatchForm(Form):
    """What the bank says of one payment."""

    amount = fields.Pounds(label="How much was paid?")
    paid_on = fields.Date(label="When did the payee have it?", hint="For example, 31 7 2018.")


class RemittanceForm(Form):
    """The bank's list."""

    file = fields.Upload(
        label="The bank’s list, as CSV",
        hint="With the columns Payment, Amount and Paid on, such as P-7K2M3C, 13500.00, 2018-07-31.",
        accept=".csv",
    )


class DisputeForm(Form):
    """What is wrong with a line."""

    reason = fields.TextArea(label="What is wrong with this line?", rows=4, max_length=500)


class SettleForm(Form):
    """What was agreed about a line."""

    outcome = fields.TextArea(label="What was agreed, and why?", rows=4, max_length=500)
    adjustment = fields.Pounds(
        label="What the next statement changes",
        hint="Leave it empty when the line stands as it is. Write −1000 to take £1,000 off.",
        required=False,
    )


class AdjustForm(Form):
    """What the next statement puts right."""

    partner = fields.Select(label="Whose is it?", blank="All partners, by their share", required=False)
    amount = fields.Pounds(label="How much?", hint="Write −1000 to take £1,000 off.")
    reason = fields.TextArea(label="What does this put right?", rows=4, max_length=300)

    def __init__(self, *args, partners: list[Partner], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["partner"].choices = [("", "All partners, by their share")] + [
            (str(one.pk), one.organisation.name) for one in partners
        ]
