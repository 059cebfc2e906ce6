"""What the pages about plans ask."""

from collections.abc import Sequence

from trellis.contracts.models import ContractPlan, PlanTask
from trellis.organisations.models import Organisation
from trellis.web import fields
from trellis.web.forms import Form

EVERYBODY = "every-partner"


class PlanForm(Form):
    """Which plan."""

    kind = fields.Radios(label="Which plan?", choices=ContractPlan.Kind.choices)
    ends_on = fields.Date(
        label="If it ends before its term: on which day?", hint="Its last day. Leave it empty for other plans.",
        required=False,
    )  # fmt: skip

    def clean(self):
        """A day is kept for a termination alone."""
        said = super().clean() or {}
        if said.get("kind") != ContractPlan.Kind.TERMINATION:
            said["ends_on"] = None
        return said


class TaskForm(Form):
    """Where a task is, and who sees to it."""

    status = fields.Radios(label="Where is it?", choices=PlanTask.Status.choices)
    owner = fields.Select(label="Who sees to it?")
    note = fields.TextArea(
        label="Note", hint="Such as where to see that it is done.", rows=3, max_length=500, required=False
    )

    def __init__(self, *arguments, members: Sequence[Organisation], **options):
        super().__init__(*arguments, **options)
        self.members = {one.reference: one for one in members}
        names = [(one.reference, one.name) for one in members]
        self.fields["owner"].choices = [(EVERYBODY, "Every partner its part"), *names]

    def clean_owner(self) -> Organisation | None:
        """The member itself; None for every partner."""
        return self.members.get(self.cleaned_data["owner"])
