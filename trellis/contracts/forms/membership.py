"""What the pages about joining and leaving the alliance ask."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from trellis.contracts.models import MembershipCheck
from trellis.organisations import queries as organisations
from trellis.organisations.models import Organisation
from trellis.web import fields
from trellis.web.forms import Form
from trellis.web.words import day

AGREED = "What says that it was agreed?"
AGREED_HINT = "Minutes, or another of the contract’s documents. More can be added under the contract’s documents."
LAWFUL = "What shows that the change is lawful?"
LAWFUL_HINT = "A variation that was tested against procurement law, or a document that has the test."


def listed(label: str, hint: str, choices: Mapping[str, str]) -> fields.Select:
    """A list of what there is."""
    return fields.Select(label=label, hint=hint, choices=[("", "Choose one"), *choices.items()])


class InviteForm(Form):
    """An organisation of the register."""

    organisation = fields.Text(
        label="Its reference in the register", hint="It begins with ORG.", width=10, max_length=16
    )

    def clean_organisation(self) -> Organisation:
        """The organisation."""
        found = organisations.organisation(self.cleaned_data["organisation"].strip().upper())
        if found is None:
            raise forms.ValidationError("No organisation in the register has this reference")
        return found


class CheckForm(Form):
    """An answer, and what it rests on."""

    outcome = fields.Radios(label="What did you find?", choices=MembershipCheck.Outcome.choices)
    note = fields.TextArea(
        label="What does the answer rest on?",
        hint="The document, its date and where it is kept; or why not. No names, no personal details.",
        rows=4,
        max_length=1000,
    )


class ReasonForm(Form):
    """Why."""

    reason = fields.TextArea(label="Why?", rows=3, max_length=500)


class GroundsForm(Form):
    """What an admission rests on that was agreed on paper."""

    def __init__(self, *arguments, agreements: Mapping[str, str], lawful: Mapping[str, str], **options):
        super().__init__(*arguments, **options)
        self.fields["proposal"] = listed(AGREED, AGREED_HINT, agreements)
        self.fields["variation"] = listed(LAWFUL, LAWFUL_HINT, lawful)


class NoticeForm(Form):
    """That a partner leaves."""

    leaves_on = fields.Select(label="On which day is it a partner for the last time?")
    reason = fields.TextArea(label="Why does it leave?", rows=3, max_length=500)

    def __init__(self, *arguments, ends: Sequence[date], **options):
        super().__init__(*arguments, **options)
        self.fields["leaves_on"].choices = [("", "Choose one"), *((str(end), day(end)) for end in ends)]

    def clean_leaves_on(self) -> date:
        """The day."""
        return date.fromisoformat(self.cleaned_data["leaves_on"])


class RemedyForm(Form):
    """What a partner puts right."""

    remedy = fields.TextArea(
        label="What is to be put right, and how?",
        hint="Name causes and what will be different, not who is to blame.",
        rows=5,
        max_length=2000,
    )
    review_on = fields.Date(label="When do you look at it again?")


class RemedyDoneForm(Form):
    """That it is put right."""

    note = fields.TextArea(label="What is different now?", rows=3, max_length=500)


class SettlementForm(Form):
    """Each remaining or coming member's share of the money and of the work, from the start of a quarter.

    `agreements` is what can say so; `asks_reason` for an exclusion. Cleans to `starts_on`, `shares` and `work` by
    organisation.
    """

    starts_on = fields.Select(label="From which quarter?")

    def __init__(
        self,
        *arguments,
        starts: Sequence[date],
        money: Mapping[Organisation, Decimal],
        work: Mapping[Organisation, Decimal],
        agreements: Mapping[str, str],
        asks_reason: bool = False,
        **options,
    ):
        super().__init__(*arguments, **options)
        self.fields["starts_on"].choices = [("", "Choose one"), *((str(start), day(start)) for start in starts)]
        self.members = list(money)
        for organisation in self.members:
            for what, shares in (("money", money), ("work", work)):
                self.fields[f"{what}_{organisation.pk}"] = fields.Number(
                    label=f"{organisation.name}: share of the {what}",
                    decimals=4,
                    min_value=0,
                    max_value=100,
                    unit="%",
                    initial=f"{(shares.get(organisation, Decimal(0)) * 100).normalize():f}",
                )
        if asks_reason:
            self.fields["reason"] = fields.TextArea(label="Why is it excluded?", rows=3, max_length=500)
        self.fields["proposal"] = listed(AGREED, AGREED_HINT, agreements)

    def clean(self) -> dict[str, Any]:
        """The day, and fractions by organisation."""
        said = super().clean() or {}
        if self.errors:
            return said
        rest: dict[str, Any] = {name: said[name] for name in ("reason", "proposal") if name in said}
        shares = {
            key: {one: said[f"{what}_{one.pk}"] / 100 for one in self.members}
            for key, what in (("shares", "money"), ("work", "work"))
        }
        return {"starts_on": date.fromisoformat(said["starts_on"]), **shares, **rest}
