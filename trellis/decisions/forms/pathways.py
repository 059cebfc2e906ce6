"""What is asked to set down a usual way to a decision."""

from typing import Any

from trellis.decisions.models import Pathway
from trellis.web import fields
from trellis.web.forms import Form

SPARE_ROWS = 3
ROWS_OF_A_NEW_ONE = 6
AGENDA = "_agenda"


class PathwayForm(Form):
    """Its name, and a row for each body: what it is called, and whether its agenda is published."""

    name = fields.Text(label="Name", hint="Such as: Key decision by one member.", max_length=120)

    def __init__(self, data=None, *, pathway: Pathway | None = None):
        super().__init__(data, initial={"name": pathway.name if pathway else ""})
        bodies = [(one.body, one.needs_agenda) for one in pathway.bodies.all()] if pathway else []
        # As many as were sent, should somebody have shortened the pathway since: no row that was written is lost.
        sent = sum(name.startswith("body_") and name.removeprefix("body_").isdigit() for name in data or ())
        self.number = max(len(bodies) + SPARE_ROWS, ROWS_OF_A_NEW_ONE, sent)
        bodies += [("", False)] * (self.number - len(bodies))
        for number, (body, needs_agenda) in enumerate(bodies, start=1):
            self._ask_body(number, body, needs_agenda)

    def _ask_body(self, number: int, body: str, needs_agenda: bool) -> None:
        self.fields[f"body_{number}"] = fields.Text(
            label=f"Body {number}", initial=body, max_length=160, required=False
        )
        self.fields[f"body_{number}{AGENDA}"] = fields.Tick(
            label=f"Body {number} meets in public, so its agenda is published before",
            initial=needs_agenda,
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        """The rows as a list of (body, whether it needs an agenda); a row left empty is none."""
        given = super().clean() or self.cleaned_data
        bodies = []
        for number in range(1, self.number + 1):
            body, needs_agenda = given.pop(f"body_{number}", ""), given.pop(f"body_{number}{AGENDA}", False)
            if needs_agenda and not body and f"body_{number}" not in self.errors:
                self.add_error(f"body_{number}", "Say which body it is, or take the tick away.")
            if body:
                bodies.append((body, needs_agenda))
        return given | {"bodies": bodies}
