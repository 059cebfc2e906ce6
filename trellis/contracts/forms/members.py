"""What the pages about the members of the alliance ask."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from trellis.accounts.models import User
from trellis.commissioning.models import Outcome
from trellis.contracts.models import Document, Partner
from trellis.places.models import District
from trellis.web import fields
from trellis.web.forms import Form
from trellis.web.words import day

DOCUMENT = "Which document says so?"
DOCUMENT_HINT = "Its title and date, such as: Minutes of the leadership team, 12 June 2018, item 4."

LISTED = "One of the contract’s documents. Anybody can read its title beside the change, on the page of the contract."


class SeatForm(Form):
    """Who decides for a member, and who does in their stead."""

    holder = fields.Select(label="Who decides for it?")
    deputy = fields.Select(label="Who does in their stead?", blank="Nobody", required=False)
    starts_on = fields.Date(label="From which day?", hint="Today, or a day to come.")

    def __init__(self, *arguments, people: Sequence[User], today: date, **options):
        super().__init__(*arguments, **options)
        self.people = {str(user.pk): user for user in people}
        self.today = today
        choices = [(number, user.name) for number, user in self.people.items()]
        for name in ("holder", "deputy"):
            self.fields[name].choices = [("", self.fields[name].blank), *choices]

    def clean_holder(self) -> User:
        """The person."""
        return self.people[self.cleaned_data["holder"]]

    def clean_deputy(self) -> User | None:
        """The person, or nobody."""
        return self.people.get(self.cleaned_data["deputy"])

    def clean_starts_on(self) -> date:
        """A day on which nobody has acted yet: who could decide in the past stays as it was."""
        starts_on = self.cleaned_data["starts_on"]
        if starts_on < self.today:
            raise forms.ValidationError("Choose today or a day to come: who decided before stays as it was")
        return starts_on


class SharesForm(Form):
    """Each partner's share, from the start of a quarter, and the document that says so."""

    starts_on = fields.Select(label="From which quarter?")

    def __init__(
        self,
        *arguments,
        starts: Sequence[date],
        shares: Mapping[Partner, Decimal],
        documents: Sequence[Document],
        **options,
    ):
        super().__init__(*arguments, **options)
        self.documents = {str(document.pk): document for document in documents}
        self.partners = {f"share_{partner.pk}": partner for partner in shares}
        self.fields["starts_on"].choices = [("", "Choose one"), *((str(start), day(start)) for start in starts)]
        for name, partner in self.partners.items():
            self.fields[name] = fields.Number(
                label=f"Share of {partner}",
                decimals=4,
                min_value=0,
                max_value=100,
                unit="%",
                initial=f"{(shares[partner] * 100).normalize():f}",
            )
        choices = [("", "Choose one"), *((number, document.title) for number, document in self.documents.items())]
        self.fields["document"] = fields.Select(label=DOCUMENT, hint=LISTED, choices=choices)

    def clean(self) -> dict[str, Any]:
        """The day, the document, and fractions by partner."""
        said = super().clean() or {}
        if self.errors:
            return said
        starts_on = date.fromisoformat(said["starts_on"])
        shares = {partner: said[name] / 100 for name, partner in self.partners.items() if is_member(partner, starts_on)}
        return {"starts_on": starts_on, "shares": shares, "document": self.documents[said["document"]]}


def is_member(partner: Partner, on: date) -> bool:
    """Whether a partner is in the alliance on the day: whoever joins later or has left by then has no share."""
    return partner.joined_on <= on and (partner.left_on is None or on <= partner.left_on)


class CoverageForm(Form):
    """For each outcome, the districts in which a partner works towards it."""

    def __init__(
        self,
        *arguments,
        outcomes: Sequence[Outcome],
        districts: Sequence[District],
        covered: Mapping[str, Sequence[str]],
        **options,
    ):
        super().__init__(*arguments, **options)
        self.districts = {district.code: district for district in districts}
        self.outcomes = {f"outcome_{outcome.code}": outcome for outcome in outcomes}
        for name, outcome in self.outcomes.items():
            self.fields[name] = fields.Checkboxes(
                label=f"Where does it work for {outcome.name}?",
                choices=[(district.code, district.name) for district in districts],
                initial=list(covered.get(outcome.code, [])),
                required=False,
            )
        self.fields["starts_on"] = fields.Date(label="From which day?", hint="Today, or a day to come.")
        self.fields["reason"] = fields.Text(label=DOCUMENT, hint=DOCUMENT_HINT, max_length=300)

    def clean(self) -> dict[str, Any]:
        """The places, the day, and the document."""
        said = super().clean() or {}
        if self.errors:
            return said
        places = [(self.districts[code], outcome) for name, outcome in self.outcomes.items() for code in said[name]]
        return {"places": places, "starts_on": said["starts_on"], "reason": said["reason"]}
