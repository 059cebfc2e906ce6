"""What is asked of a contract that is entered with its documents."""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from django import forms

from trellis.contracts.models import Contract
from trellis.organisations import queries as organisations
from trellis.organisations.models import Organisation
from trellis.web import fields
from trellis.web.forms import Form

LINE = re.compile(r"(?P<name>.+?)[\s:,]+(?P<number>[\d.,]+)\s*%?")


def named_percents(text: str, what: str) -> dict[str, Decimal]:
    """Lines of a name and a percentage, as fractions by name; ValidationError for a line that is neither."""
    found: dict[str, Decimal] = {}
    for line in filter(None, (line.strip() for line in text.splitlines())):
        match = LINE.fullmatch(line)
        try:
            part = Decimal(match["number"].replace(",", "")) / 100 if match else None
        except InvalidOperation:
            part = None
        if match is None or part is None:
            raise forms.ValidationError(f"Write “{line[:60]}” as {what} and a percentage, like: {what} 12.5")
        if match["name"] in found:
            raise forms.ValidationError(f"“{match['name']}” is there twice")
        found[match["name"]] = part
    return found


class ContractForm(Form):
    """Everything that a contract says of its term, its money and its partners."""

    reference = fields.Text(label="Its reference", hint="Capitals, figures and hyphens, like SCO-2.", max_length=16)
    title = fields.Text(label="What is it called?", max_length=160)
    authority = fields.Select(label="Who commissions it?")
    starts_on = fields.Date(label="First day")
    years = fields.Number(label="How many years are certain?", min_value=1, max_value=20, unit="years")
    extensions = fields.Number(
        label="By how many years can it be extended?",
        hint="They are no part of the term until they are decided, one by one.",
        min_value=0,
        max_value=20,
        unit="years",
    )
    baseline = fields.Pounds(
        label="What did the authority spend a year before?", hint="Savings are counted against it."
    )
    step_down = fields.Number(
        label="What comes off each year?",
        hint="The first before year 1. Leave it out if you type each year’s value below.",
        decimals=2,
        min_value=0,
        max_value=99,
        unit="%",
        required=False,
    )
    values = fields.TextArea(
        label="Or what each year is worth",
        hint="In pounds, one year a line, extension years last. Leave it out if a percentage comes off.",
        rows=5,
        required=False,
    )
    shares = fields.TextArea(
        label="Partners and their shares",
        hint="One a line: its reference in the register and its percentage, like: ORG-7K2M 12.5. They add up to 100.",
        rows=8,
    )
    funding = fields.TextArea(
        label="Which budgets pay for it?",
        hint="One a line: its name and its percentage, like: Public Health 40. They add up to 100.",
        rows=3,
        required=False,
    )
    independent_route = fields.Text(
        label="Who helps when every partner has a conflict?",
        hint="Its reference in the register. It is not a partner.",
        width=10,
        max_length=16,
    )
    regime = fields.Radios(
        label="Under which procurement law was it made?", choices=Contract.Regime.choices, required=False
    )
    award_signed_on = fields.Date(label="When was the award signed?", required=False)
    leaving_notice_months = fields.Number(
        label="How many months of notice does a partner give before it leaves?",
        min_value=0,
        max_value=36,
        unit="months",
        required=False,
    )

    def __init__(self, *arguments, authorities: Sequence[Organisation], **options):
        super().__init__(*arguments, **options)
        self.authorities = {one.reference: one for one in authorities}
        choices = [(reference, one.name) for reference, one in self.authorities.items()]
        self.fields["authority"].choices = [("", "Choose one"), *choices]
        if len(choices) == 1:
            self.initial.setdefault("authority", choices[0][0])

    def clean_authority(self) -> Organisation:
        """The council."""
        return self.authorities[self.cleaned_data["authority"]]

    def clean_step_down(self) -> Decimal | None:
        """A fraction."""
        typed = self.cleaned_data["step_down"]
        return None if typed is None else typed / 100

    def clean_values(self) -> list[Decimal] | None:
        """Pounds by year; None for nothing."""
        lines = [line.strip() for line in self.cleaned_data["values"].splitlines() if line.strip()]
        one = fields.Pounds(label="Each year’s value")
        return [one.clean(line) for line in lines] or None

    def clean_shares(self) -> dict[Organisation, Decimal]:
        """Fractions by organisation."""
        typed = named_percents(self.cleaned_data["shares"], "ORG-7K2M")
        return {_organisation(reference): share for reference, share in typed.items()}

    def clean_funding(self) -> dict[str, Decimal]:
        """Fractions by the budget's name."""
        return named_percents(self.cleaned_data["funding"], "Public Health")

    def clean_independent_route(self) -> Organisation:
        """The organisation."""
        return _organisation(self.cleaned_data["independent_route"])


def _organisation(reference: str) -> Organisation:
    found = organisations.organisation(reference.strip().upper())
    if found is None:
        raise forms.ValidationError(f"No organisation in the register has the reference {reference}")
    return found
