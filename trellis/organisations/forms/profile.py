"""What an organisation's own profile asks."""

from typing import Any

from trellis.core import clock
from trellis.organisations import queries, rules
from trellis.organisations.models import Organisation
from trellis.web import fields
from trellis.web.forms import Form


class ProfileForm(Form):
    """An organisation's own profile, as it may change it."""

    name = fields.Text(label="Name", max_length=255, autocomplete="organization")
    activities = fields.TextArea(
        label="What you do", hint="In a few sentences, for people who look for help or want to help.",
        required=False, max_length=2000,
    )  # fmt: skip
    service_types = fields.Checkboxes(
        label="Services you give", required=False,
        hint="Support partners that give the same service where you are will not be offered your cases.",
    )  # fmt: skip
    causes = fields.Checkboxes(label="What you are for", required=False)
    website = fields.Text(label="Website", required=False, max_length=255, autocomplete="url")
    email = fields.Email(label="Public e-mail address", required=False, max_length=255, autocomplete="email")
    phone = fields.Text(label="Public telephone number", required=False, max_length=40, autocomplete="tel", width=20)
    address = fields.Text(
        label="Address", hint="Where post reaches you, as you would write it on an envelope.",
        required=False, max_length=400, autocomplete="address-line1",
    )  # fmt: skip
    postcode = fields.Text(label="Postcode", required=False, max_length=10, autocomplete="postal-code", width=10)
    address_is_private = fields.Tick(
        label="Keep our address private", required=False,
        hint="Tick this if it is somebody's home. People then see your district, and no more.",
    )  # fmt: skip
    latest_income = fields.Pounds(label="Income of your last full year", required=False)
    latest_year_end = fields.Date(label="When that year ended", required=False, hint="For example, 31 3 2018")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["service_types"].choices = [(one.code, one.name) for one in queries.service_types()]
        self.fields["causes"].choices = [(one.code, one.name) for one in queries.causes()]
        for name in ("service_types", "causes"):
            if not self.fields[name].choices:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Say all that is wrong at once, of what they change."""
        given = {field: value for field, value in self.cleaned_data.items() if field in self.changed_data}
        self.hold_to(rules.profile_checks(given))
        if {"latest_income", "latest_year_end"} & given.keys() and not {
            "latest_income",
            "latest_year_end",
        } & self.errors.keys():
            self.hold_to([self._check_income])
        return self.cleaned_data

    def _check_income(self) -> None:
        rules.check_income(self.cleaned_data["latest_income"], self.cleaned_data["latest_year_end"], clock.today())


def profile_as_it_is(organisation: Organisation) -> dict:
    """What the profile form begins with."""
    names = (
        "name", "activities", "website", "email", "phone", "address", "postcode", "address_is_private",
        "latest_income", "latest_year_end",
    )  # fmt: skip
    beside = queries.surroundings(organisation)
    return {name: getattr(organisation, name) for name in names} | {
        "service_types": [one.pk for one in beside.service_types],
        "causes": [one.pk for one in beside.causes],
    }
