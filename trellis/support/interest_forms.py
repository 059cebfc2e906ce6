"""What a partner is asked when it declares or ends an interest."""

from trellis.core import clock
from trellis.organisations.models import ServiceType
from trellis.places.models import District
from trellis.web import fields
from trellis.web.forms import Form


class InterestForm(Form):
    """A kind of service, a district, and from when."""

    service_type = fields.Select(label="What kind of service do you run?")
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
