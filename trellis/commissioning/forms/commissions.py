"""What the pages of a commission itself ask."""

from typing import Any

from trellis.commissioning.models import Milestone
from trellis.web import fields
from trellis.web.forms import Form


class CommissionForm(Form):
    """What it is called and what it is for."""

    title = fields.Text(label="Title", hint="As the papers will call it.", max_length=160)
    purpose = fields.TextArea(label="Purpose", hint="What is to change, for whom, in a few sentences.", rows=5)


class MilestoneForm(Form):
    """A date of the timetable."""

    kind = fields.Select(label="What happens", choices=Milestone.Kind.choices)
    name = fields.Text(
        label="Name", hint="As the timetable shows it. Something else needs one.", max_length=120, required=False
    )
    planned_on = fields.Date(label="Planned for")

    def clean(self) -> dict[str, Any]:
        """What needs no name of its own is called what it is."""
        said = super().clean() or self.cleaned_data
        kind = said.get("kind")
        if kind == Milestone.Kind.OTHER and not said.get("name"):
            self.add_error("name", "Say what happens")
        elif kind and not said.get("name"):
            said["name"] = str(Milestone.Kind(kind).label)
        return said


class HappenedForm(Form):
    """When it did happen."""

    happened_on = fields.Date(label="When did it happen?")
