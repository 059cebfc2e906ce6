"""What the pages about presence and self-sustainment ask."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from trellis.contracts.models import Partner, PresenceMonth
from trellis.core.periods import Quarter
from trellis.places.models import District
from trellis.web import fields
from trellis.web.forms import Form


class PromiseForm(Form):
    """Who is where, how much, from when."""

    partner = fields.Select(label="Which partner?")
    district = fields.Select(label="In which district?")
    hours = fields.Number(label="How many hours a month?", decimals=1, min_value=Decimal("0.5"), unit="hours")
    days = fields.Number(label="On how many days a month?", min_value=1, max_value=31, unit="days")
    starts_on = fields.Date(label="From which month?", hint="Its first day.")

    def __init__(self, *arguments, partners: Sequence[Partner], districts: Sequence[District], **options):
        super().__init__(*arguments, **options)
        self.partners = {one.organisation.reference: one for one in partners}
        self.places = {one.code: one for one in districts}
        names = [(code, one.organisation.name) for code, one in self.partners.items()]
        self.fields["partner"].choices = [("", "Choose one"), *names]
        self.fields["district"].choices = [("", "Choose one"), *((one.code, one.name) for one in districts)]

    def clean_partner(self) -> Partner:
        """The partner itself."""
        return self.partners[self.cleaned_data["partner"]]

    def clean_district(self) -> District:
        """The district itself."""
        return self.places[self.cleaned_data["district"]]


class PresenceForm(Form):
    """Hours and days in each district where the partner promised to be."""

    def __init__(
        self, *arguments, districts: Sequence[District], before: Mapping[str, PresenceMonth], **options
    ):  # fmt: skip
        super().__init__(*arguments, **options)
        self.places = list(districts)
        for one in self.places:
            row = before.get(one.code)
            self.fields[f"hours-{one.code}"] = fields.Number(
                label=f"Hours in {one.name}", decimals=1, min_value=0, max_value=744, unit="hours",
                initial=row.hours if row else None,
            )  # fmt: skip
            self.fields[f"days-{one.code}"] = fields.Number(
                label=f"Days in {one.name}", min_value=0, max_value=31, unit="days", initial=row.days if row else None
            )
        self.fields["note"] = fields.Text(
            label="If it was less than promised, why?", max_length=300, required=False,
            initial=next((row.note for row in before.values()), ""),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Hours and days by district."""
        said = super().clean() or {}
        if self.errors:
            return said
        presences = {one: (said[f"hours-{one.code}"], said[f"days-{one.code}"]) for one in self.places}
        return {"presences": presences, "note": said["note"]}


class QuarterForm(Form):
    """Which quarter to show."""

    says_optional = False
    quarter = fields.Select(label="Which quarter?", required=False)

    def __init__(self, *arguments, quarters: Sequence[Quarter], **options):
        super().__init__(*arguments, **options)
        self.fields["quarter"].choices = [(str(one), one.words) for one in quarters]


class DependenceForm(Form):
    """The part that may come from the contract, year by year, in per cent."""

    def __init__(self, *arguments, years: Sequence[int], planned: Mapping[int, Decimal], **options):
        super().__init__(*arguments, **options)
        self.years = list(years)
        for year in self.years:
            before = planned.get(year)
            self.fields[f"year-{year}"] = fields.Number(
                label=f"Year {year}", decimals=1, min_value=0, max_value=100, unit="%",
                initial=None if before is None else (before * 100).normalize(),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Fractions by year."""
        said = super().clean() or {}
        if self.errors:
            return said
        return {"fractions": {year: said[f"year-{year}"] / 100 for year in self.years}}
