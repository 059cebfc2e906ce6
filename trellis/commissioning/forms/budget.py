"""What the page of the tapered budget asks."""

from trellis.web import fields
from trellis.web.forms import Form


class BudgetForm(Form):
    """The five figures of a tapered budget. Sent by GET, so that the address can be passed on."""

    baseline = fields.Pounds(label="Baseline", hint="What is spent in a year now, before the contract.")
    step_down = fields.Number(
        label="Step down", hint="What comes off each year, also before year 1.", decimals=4, unit="%"
    )
    years = fields.Number(label="Years", hint="How many years are certain.", unit="years")
    extensions = fields.Number(label="Extension years", hint="How many years may follow.", unit="years", required=False)
    start = fields.Date(label="First day", hint="For example, 1 1 2017.")

    def clean_extensions(self) -> int:
        """Left out, there are none."""
        return self.cleaned_data["extensions"] or 0
