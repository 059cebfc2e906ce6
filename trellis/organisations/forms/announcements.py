"""What is asked of an organisation that announces an opportunity or an event."""

from typing import Any

from trellis.core import clock, rulebook
from trellis.organisations.models import Announcement, Organisation
from trellis.organisations.provenance import ITSELF, source_of
from trellis.organisations.rules.announcements import announcement_checks
from trellis.web import fields
from trellis.web.forms import Form

Kind = Announcement.Kind
WAYS_TO_ASK = ("website", "email", "phone")


class KindForm(Form):
    """Which of the two."""

    kind = fields.Radios(
        label="What do you want to add?", choices=Kind.choices, missing="Choose what you want to add",
        choice_hints={
            Kind.OPPORTUNITY: "People can offer to help until a day that you choose.",
            Kind.EVENT: "People can come on a day, or on several.",
        },
    )  # fmt: skip


class AnnouncementForm(Form):
    """What both kinds have in common."""

    kind: Kind
    title = fields.Text(label="Title", hint="A few words that say what it is.", max_length=120)
    what = fields.TextArea(label="What it is", max_length=1000)
    where = fields.Text(
        label="Where", hint="A place, or “online”. If you leave it out, people are told to ask.", required=False,
        max_length=200,
    )  # fmt: skip
    website = fields.Text(
        label="Web address", hint="A page with more about it, or with a form. Give at least one of these three.",
        required=False, max_length=255, autocomplete="url",
    )  # fmt: skip
    email = fields.Email(label="Email address", required=False, max_length=254)
    phone = fields.Text(label="Telephone number", required=False, max_length=40, autocomplete="tel", width=20)

    def clean(self) -> dict[str, Any]:
        """Say all that is wrong at once."""
        days = {"starts_on": None, "ends_on": None}
        given = {field: self[field].value() for field in ("title", "what", *WAYS_TO_ASK)}  # of a wrong one, as typed
        today = clock.today()
        months = rulebook.value("organisations.announcement_months", on=today)
        self.hold_to(announcement_checks(self.kind, {**days, **given, **self.cleaned_data}, today=today, months=months))
        return self.cleaned_data


class OpportunityForm(AnnouncementForm):
    """An opportunity to volunteer."""

    kind = Kind.OPPORTUNITY
    ends_on = fields.Date(
        label="Last day to answer", hint="It leaves your profile after this day. For example, 30 9 2018",
        missing="Enter the last day on which people can answer",
    )  # fmt: skip
    sections = {
        "What people would do": ("title", "what", "where", "ends_on"),
        "How people can ask or answer": WAYS_TO_ASK,
    }

    field_order = ("title", "what", "where", "ends_on", *WAYS_TO_ASK)


class EventForm(AnnouncementForm):
    """An event."""

    kind = Kind.EVENT
    starts_on = fields.Date(label="Day", hint="For example, 14 9 2018", missing="Enter the day of the event")
    starts_time = fields.Time(label="Time it starts", hint="For example, 7.30pm", required=False)
    ends_on = fields.Date(label="Last day", hint="Only if it goes on for several days.", required=False)
    sections = {
        "What happens": ("title", "what", "where"),
        "When": ("starts_on", "starts_time", "ends_on"),
        "How people can ask or book": WAYS_TO_ASK,
    }
    field_order = ("title", "what", "where", "starts_on", "starts_time", "ends_on", *WAYS_TO_ASK)


FORMS: dict[str, type[AnnouncementForm]] = {Kind.OPPORTUNITY: OpportunityForm, Kind.EVENT: EventForm}


class TakeOffForm(Form):
    """Why something is taken off somebody's profile."""

    reason = fields.TextArea(
        label="Why do you take it off?", hint="The organisation reads this, and can ask you about it.", max_length=300,
        missing="Say why you take it off",
    )  # fmt: skip


def begins_with(organisation: Organisation) -> dict[str, Any]:
    """The ways to ask that the organisation gave itself for its profile: those of a list are not its own to repeat."""
    source = {field: source_of(organisation.provenance, field) for field in WAYS_TO_ASK}
    return {field: getattr(organisation, field) for field, known in source.items() if known and known[0] == ITSELF}


def as_it_is(announcement: Announcement) -> dict[str, Any]:
    """What the form begins with that changes one."""
    return {field: getattr(announcement, field) for field in FORMS[announcement.kind].base_fields}
