"""What people are asked about the terms of payment."""

import re
from decimal import Decimal

from django.forms import ValidationError

from trellis.contracts.models import Partner
from trellis.payments.models import VatTreatment
from trellis.web import fields
from trellis.web.forms import Form

STARTS = "The first day of a quarter that no statement has closed, such as 1 10 2018."


class WhenPaidForm(Form):
    """Whether quarters are paid afterwards or as they begin."""

    in_advance = fields.Radios(
        label="When is a quarter paid?",
        choices=[("no", "Once it is over"), ("yes", "As it begins")],
        choice_hints={
            "yes": "The statement of the quarter before carries it too, by the shares of that day. Where they change "
            "afterwards, the quarter’s own statement puts it right."
        },
    )
    starts_on = fields.Date(label="From which day?", hint=STARTS)

    def clean_in_advance(self) -> bool:
        """As the command takes it."""
        return self.cleaned_data["in_advance"] == "yes"


class FundingForm(Form):
    """Which budgets pay."""

    shares = fields.TextArea(
        label="Which budgets pay, and how much of it?",
        hint="One a line, in percent, such as: Public Health 40%",
        rows=4,
        max_length=500,
    )
    starts_on = fields.Date(label="From which day?", hint=STARTS)

    def clean_shares(self) -> dict[str, Decimal]:
        """Fractions by the name of the budget."""
        found: dict[str, Decimal] = {}
        for line in filter(str.strip, self.cleaned_data["shares"].splitlines()):
            match = re.fullmatch(r"\s*(\S.{0,78}?)[:,]?\s+([0-9]{1,3}(?:\.[0-9]{1,4})?)\s*%?\s*", line)
            if not match or match[1] in found:
                raise ValidationError(f"Write “{line.strip()[:40]}” as a budget and its percent, each once.")
            found[match[1]] = Decimal(match[2]) / 100
        return found


class VatForm(Form):
    """How a partner stands to VAT."""

    partner = fields.Select(label="Which partner?")
    treatment = fields.Radios(label="How does its part stand to VAT?", choices=VatTreatment.Treatment.choices)
    starts_on = fields.Date(label="From which day?")

    def __init__(self, *args, partners: list[Partner], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["partner"].choices = [("", "Choose one")] + [
            (str(one.pk), one.organisation.name) for one in partners
        ]
        self.partners = {str(one.pk): one for one in partners}

    def clean_partner(self) -> Partner:
        """The partner itself."""
        return self.partners[self.cleaned_data["partner"]]
