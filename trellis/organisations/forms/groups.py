"""What is asked of whoever adds a group, and of an adviser who checks one."""

from typing import Any

from trellis.organisations import rules
from trellis.organisations.models import Organisation
from trellis.places import queries as places
from trellis.web import fields
from trellis.web.forms import Form


class GroupForm(Form):
    """A group that is in no register."""

    name = fields.Text(label="What is your group called?", max_length=255, missing="Enter the name of your group")
    activities = fields.TextArea(
        label="What does it do?", hint="In a few sentences, for people who look for help or want to help.",
        max_length=2000, missing="Say what it does",
    )  # fmt: skip
    district = fields.Select(label="Where does it meet?", required=False, blank="Choose a district",
        hint="Choose this, or enter a postcode below.",
    )  # fmt: skip
    postcode = fields.Text(label="Postcode, if it has a place", required=False, max_length=10, width=10)
    address = fields.Text(
        label="Where does post reach you?", hint="This can be somebody's home.", required=False, max_length=400
    )
    address_is_private = fields.Tick(
        label="Keep this address and postcode private", required=False, initial=True,
        hint="People then see your district, and no more.",
    )  # fmt: skip
    email = fields.Email(label="Public email address", required=False, max_length=255)
    phone = fields.Text(label="Public telephone number", required=False, max_length=40, width=20)
    none_of_these = fields.Tick(label="None of the groups above is mine", required=False)

    def __init__(self, *args, alike: list[Organisation], **options):
        super().__init__(*args, **options)
        self.fields["district"].choices = [(one.code, one.name) for one in places.districts_served()]
        self.order_fields(["none_of_these"])
        if not alike:
            del self.fields["none_of_these"]

    def clean(self) -> dict[str, Any]:
        """Say all that is wrong at once."""
        self.hold_to(rules.profile_checks(self.cleaned_data))
        return self.cleaned_data


class CheckForm(Form):
    """How an adviser knows a group."""

    how_known = fields.TextArea(
        label="How do you know this group?", max_length=300, rows=3, missing="Say how you know this group",
        hint="For example, “I was at its meeting in March.” Those who keep the register can read it.",
    )  # fmt: skip
