"""What the pages of current provision ask."""

from collections.abc import Sequence
from typing import Any

from django import forms

from trellis.commissioning.models import FundedBody, FundingSource
from trellis.organisations import queries as organisations
from trellis.organisations.models import Organisation
from trellis.places import queries as places
from trellis.web import fields
from trellis.web.forms import Form


class FundingSourceForm(Form):
    """A budget that grants are paid from."""

    name = fields.Text(label="Name of the budget", hint="As the accounts call it.", max_length=120)


class RegisterReference(fields.Text):
    """An organisation of the register, by its reference; cleans to the organisation or None."""

    def __init__(self):
        super().__init__(
            label="Its reference in the register",
            hint="If it is there. It begins with ORG.",
            width=10,
            max_length=16,
            required=False,
        )

    def clean(self, value: Any) -> Organisation | None:
        """The organisation; an error for a reference that nobody has."""
        reference = super().clean(value).upper()
        found = organisations.organisation(reference) if reference else None
        if reference and found is None:
            raise forms.ValidationError("No organisation in the register has this reference. Leave it out if unsure")
        return found


class FundedBodyForm(Form):
    """A body funded today: an amount for each source, then where, until when, and on what terms."""

    name = fields.Text(label="Name", max_length=160)
    kind = fields.Radios(label="What kind of body is it?", choices=FundedBody.Kind.choices)
    organisation = RegisterReference()
    districts = fields.Checkboxes(
        label="Where does it work?", hint="Tick none if it serves the whole area.", required=False
    )
    award_starts_on = fields.Date(label="First day that the award pays for")
    award_ends_on = fields.Date(label="Last day that the award pays for")
    notice_months = fields.Number(
        label="Months of notice that the award asks for",
        hint="Leave it out where the award says nothing: then the rulebook’s months count.",
        min_value=0,
        max_value=24,
        unit="months",
        required=False,
    )
    terms = fields.Text(
        label="Where does the award say so?", hint="Its clause or letter.", max_length=200, required=False
    )

    def __init__(self, *arguments, sources: Sequence[FundingSource], **options):
        super().__init__(*arguments, **options)
        self.sources = list(sources)
        self.served = {one.code: one for one in places.districts_served()}
        self.fields["districts"].choices = [(one.code, one.name) for one in self.served.values()]
        paid = {
            self._key(one): fields.Pounds(label=f"Yearly grant from {one.name}", min_value=0, required=False)
            for one in self.sources
        }
        first = dict(list(self.fields.items())[:3])
        self.fields = first | paid | self.fields

    def clean(self) -> dict[str, Any]:
        """The amounts by source, and the districts themselves."""
        said = super().clean() or {}
        said["yearly"] = {one: said.pop(self._key(one), None) for one in self.sources}
        said["districts"] = [self.served[code] for code in said.get("districts", [])]
        return said

    @classmethod
    def after(cls, last: FundedBody | None) -> dict[str, Any]:
        """What the body after this one begins with: awards of a year mostly have the same days and terms."""
        shared = ("award_starts_on", "award_ends_on", "notice_months", "terms")
        return {name: getattr(last, name) for name in shared} if last else {}

    @classmethod
    def of(cls, body: FundedBody) -> dict[str, Any]:
        """What is known of a body, as this form asks it."""
        known = ("name", "kind", "award_starts_on", "award_ends_on", "notice_months", "terms")
        said = {name: getattr(body, name) for name in known}
        said["organisation"] = body.organisation.reference if body.organisation else ""
        said["districts"] = [one.code for one in body.districts.all()]
        return said | {cls._key(grant.source): grant.yearly for grant in body.grants.all()}

    @staticmethod
    def _key(source: FundingSource) -> str:
        return f"yearly-{source.pk}"


class EndingForm(Form):
    """When one body's grants stop."""

    stops_on = fields.Date(label="First day without the grant", hint="The day after the last day that it pays for.")


class EndingsForm(EndingForm):
    """When many bodies' grants stop."""

    bodies = fields.Checkboxes(label="Whose grants?", missing="Choose at least one body")

    def __init__(self, *arguments, bodies: Sequence[FundedBody], **options):
        super().__init__(*arguments, **options)
        self.known = {str(one.pk): one for one in bodies}
        self.fields["bodies"].choices = [(number, one.name) for number, one in self.known.items()]

    def clean_bodies(self) -> list[FundedBody]:
        """The bodies themselves."""
        return [self.known[number] for number in self.cleaned_data["bodies"]]
