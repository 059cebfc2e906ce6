"""The days of a plan, kept in the address so that it can be passed on."""

from datetime import date

from trellis.decisions.rules.timetable import EVENTS
from trellis.web import fields
from trellis.web.forms import Form


class PlanForm(Form):
    """One day an event; those left out fall when they may."""

    says_optional = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for event, words in EVENTS.items():
            self.fields[event] = fields.Date(label=words, required=False)

    def days(self) -> dict[str, date]:
        """The days that were given, by event."""
        return {event: day for event, day in self.cleaned_data.items() if day}
