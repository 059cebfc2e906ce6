"""What a partner is asked when it declares or ends an interest."""

from typing import Any

from trellis.contracts.forms.register import RegisteredOrganisation
from trellis.contracts.models import Interest, Partner, Tie
from trellis.core import clock
from trellis.organisations.models import Organisation, ServiceType
from trellis.places.models import District
from trellis.web import fields
from trellis.web.forms import Form


class InterestForm(Form):
    """A kind of service, a district, and from when."""

    service_type = fields.Select(label="What kind of service?")
    kind = fields.Radios(
        label="Do you deliver it, or bid for it?", choices=Interest.Kind.choices, initial=Interest.Kind.DELIVERS
    )
    district = fields.Select(label="In which district?")
    starts_on = fields.Date(label="Since when?", initial=clock.today)
    ends_on = fields.Date(label="Until when?", hint="Leave empty while it goes on.", required=False)

    def __init__(self, *args, service_types: list[ServiceType], districts: list[District], **kwargs):
        super().__init__(*args, **kwargs)
        self.types = {row.code: row for row in service_types}
        self.places = {row.code: row for row in districts}
        self.fields["service_type"].choices = [("", "Choose one"), *((row.code, row.name) for row in service_types)]
        self.fields["district"].choices = [("", "Choose one"), *((row.code, row.name) for row in districts)]

    def clean_service_type(self) -> ServiceType:
        """The kind of service that was chosen."""
        return self.types[self.cleaned_data["service_type"]]

    def clean_district(self) -> District:
        """The district that was chosen."""
        return self.places[self.cleaned_data["district"]]


class EndInterestForm(Form):
    """The last day of a service."""

    ends_on = fields.Date(label="What was its last day?", initial=clock.today)


class TieForm(Form):
    """A named organisation, and what stands between."""

    organisation = RegisteredOrganisation(label="Reference of the organisation in the register")
    kind = fields.Radios(label="What stands between you?", choices=Tie.Kind.choices)
    starts_on = fields.Date(label="Since when?", initial=clock.today)
    ends_on = fields.Date(label="Until when?", hint="Leave empty while it goes on.", required=False)


class GapForm(Form):
    """Why not."""

    reason = fields.TextArea(label="Why is it no interest of yours?", rows=3, max_length=500)


class ChallengeForm(Form):
    """Which partner, what it has not declared, and how one knows."""

    challenger = fields.Select(label="For which organisation do you speak?")
    partner = fields.Select(label="Which partner?")
    service_type = fields.Select(
        label="What kind of service does it run or bid for?", required=False, blank="It is about an organisation"
    )
    district = fields.Select(label="In which district?", required=False, blank="It is about an organisation")
    organisation = RegisteredOrganisation(
        label="Or: reference of the organisation that it bids against or is tied to", required=False
    )
    since = fields.Date(label="Since when?", hint="As far as you know.", initial=clock.today)
    what = fields.TextArea(label="What do you know?", hint="Name no person.", rows=4, max_length=1000)

    def __init__(
        self, *arguments, mine: list[Organisation], partners: list[Partner], service_types: list[ServiceType],
        districts: list[District], **options,
    ):  # fmt: skip
        super().__init__(*arguments, **options)
        self.rows: dict[str, dict[str, Any]] = {
            "challenger": {one.reference: one for one in mine},
            "partner": {one.organisation.reference: one for one in partners},
            "service_type": {one.code: one for one in service_types},
            "district": {one.code: one for one in districts},
        }
        for name, rows in self.rows.items():
            field = self.fields[name]
            words = [(code, getattr(row, "organisation", row)) for code, row in rows.items()]
            field.choices = [("", field.blank), *((code, one.name) for code, one in words)]
        if len(mine) == 1:
            self.fields["challenger"].initial = mine[0].reference

    def clean(self) -> dict[str, Any]:
        """The rows that were chosen, in place of their codes."""
        said = super().clean() or {}
        return said | {name: rows.get(said.get(name, "")) for name, rows in self.rows.items()}


class AnswerForm(Form):
    """Whether the partner accepts it."""

    accepts = fields.Radios(
        label="Is it so?",
        choices=[("yes", "Yes: declare it"), ("no", "No: the contract manager is to decide")],
        choice_hints={"yes": "Cases that it closes to you go back at once."},
    )
    answer = fields.TextArea(label="What do you say?", rows=4, max_length=1000)

    def clean_accepts(self) -> bool:
        """Yes or no."""
        return self.cleaned_data["accepts"] == "yes"


class SettleForm(Form):
    """What the contract manager decides."""

    upheld = fields.Radios(
        label="Is there an interest?",
        choices=[("yes", "Yes: it is declared in the partner’s place"), ("no", "No")],
        choice_hints={"yes": "Cases that it closes to the partner are handed back at once."},
    )
    outcome = fields.TextArea(
        label="Why?", hint="The partner and the challenger both read it.", rows=4, max_length=1000
    )

    def clean_upheld(self) -> bool:
        """Yes or no."""
        return self.cleaned_data["upheld"] == "yes"


PERIODS = (("all", "The whole contract"), ("12", "The last 12 months"), ("3", "The last 3 months"))


class PeriodForm(Form):
    """Over how long."""

    says_optional = False
    period = fields.Radios(label="Over how long?", choices=PERIODS, required=False)
