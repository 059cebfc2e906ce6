"""What is asked to prepare a decision and to take it through its pathway."""

from typing import Any

from trellis.commissioning.models import Commission
from trellis.decisions.models import Decision, Pathway, PathwayStep
from trellis.web import fields
from trellis.web.forms import Form

YES_NO = [("yes", "Yes"), ("no", "No")]
USUAL = ("maker_kind", "maker_name", "maker_title", "maker_members", "meets_in_private", "department")


class MatterForm(Form):
    """What a decision is about."""

    title = fields.Text(label="Title", hint="As the forward plan will call it.", max_length=200)
    matter = fields.TextArea(label="What is to be decided", hint="In plain words, in a few sentences.")
    commission = fields.Select(label="Commission that it belongs to", choices=[], required=False)

    def __init__(self, *args, commissions, **kwargs):
        super().__init__(*args, **kwargs)
        self.commissions: dict[str, Commission] = {one.reference: one for one in commissions}
        choices = [("", "No commission"), *((one.reference, f"{one.reference} {one.title}") for one in commissions)]
        self.fields["commission"].choices = choices

    def clean(self) -> dict[str, Any]:
        """As the command takes it."""
        given = super().clean() or self.cleaned_data
        given["commission"] = self.commissions.get(given.get("commission", ""))
        return given


class DescribeForm(MatterForm):
    """What it is about, and what of it the public may read."""

    restriction = fields.Radios(label="How much may the public read?", choices=Decision.Restriction.choices)
    exemption = fields.Select(
        label="Paragraph that makes it exempt",
        hint="Local Government Act 1972, schedule 12A, part 1.",
        choices=[("", "It is not exempt"), *Decision.Exemption.choices],
        required=False,
    )
    public_interest = fields.TextArea(
        label="Why keeping it exempt serves the public better", hint="If both weigh the same, publish.", required=False
    )


class MakerForm(Form):
    """Who takes a decision, how much it weighs, and whom it affects."""

    maker_kind = fields.Radios(label="Who takes it", choices=Decision.Maker.choices)
    maker_name = fields.Text(label="Name of the person or body", max_length=120)
    maker_title = fields.Text(label="Title of the person", hint="Such as Leader.", max_length=160, required=False)
    maker_members = fields.TextArea(label="Members of the body", hint="One a line.", rows=4, required=False)
    meets_in_private = fields.Tick(label="The body takes it in a private meeting", required=False)
    is_key = fields.Radios(
        label="Is it a key decision?",
        hint="Yes, if it will spend or save much, or has significant effects in two or more divisions.",
        choices=YES_NO,
    )
    key_reason = fields.Text(
        label="Why it is, or is not", missing="Say why it is, or is not, a key decision", max_length=300
    )
    is_subject_to_call_in = fields.Radios(label="Can members call it in?", choices=YES_NO)
    divisions = fields.TextArea(label="Divisions affected", hint="One a line, or: All divisions.", rows=3)
    department = fields.Text(label="Department", max_length=160)
    lead_officer = fields.Text(label="Lead officer", max_length=120)
    contact = fields.Text(label="How to reach them", max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """As the command takes it."""
        given = super().clean() or self.cleaned_data
        for name in ("is_key", "is_subject_to_call_in"):
            given[name] = given.get(name) == "yes"
        return given


class OpenForm(MatterForm):
    """A new decision: its reference too, and the way that it will go. Who takes it can be said later."""

    field_order = ["reference", "title", "matter", "commission", "pathway"]
    reference = fields.Text(
        label="Reference",
        hint="Two digits of the year, a stroke, five digits: 16/00051. The next number is there already.",
        width=10,
        max_length=8,
    )
    pathway = fields.Select(label="Pathway", choices=[], required=False)

    def __init__(self, *args, pathways, **kwargs):
        super().__init__(*args, **kwargs)
        self.pathways: dict[str, Pathway] = {str(one.pk): one for one in pathways}
        self.fields["pathway"].choices = [
            ("", "I add the bodies myself"),
            *((str(one.pk), one.name) for one in pathways),
        ]

    def clean(self) -> dict[str, Any]:
        """As the command takes it."""
        given = super().clean()
        given["pathway"] = self.pathways.get(given.get("pathway", ""))
        return given


def described(decision: Decision) -> dict[str, Any]:
    """What the form shows of a decision that is there."""
    initial = {name: getattr(decision, name) for name in DescribeForm.base_fields}
    return initial | {"commission": decision.commission.reference if decision.commission else ""}


def named(decision: Decision, last: Decision | None, officer: str) -> dict[str, Any]:
    """Who takes it; as long as nobody has said, whoever took the `last` one, and `officer` to lead."""
    if decision.is_described:
        initial = {name: getattr(decision, name) for name in MakerForm.base_fields}
        return initial | {name: "yes" if initial[name] else "no" for name in ("is_key", "is_subject_to_call_in")}
    usual = {name: getattr(last, name) for name in USUAL} if last else {}
    return {"lead_officer": officer} | usual


class StepForm(Form):
    """A body of the pathway."""

    body = fields.Text(label="Body", hint="Such as the cabinet committee that advises.", max_length=160)
    needs_agenda = fields.Tick(label="It meets in public, so its agenda is published before", required=False)
    planned_on = fields.Date(label="Day of its meeting", required=False)


class PlanStepForm(Form):
    """When a body meets."""

    planned_on = fields.Date(label="Day of its meeting")


class OutcomeForm(Form):
    """What a body said."""

    held_on = fields.Date(label="When did it meet?")
    outcome = fields.Radios(label="What did it say?", choices=PathwayStep.Outcome.choices)
    note = fields.TextArea(label="What the minutes say", rows=4, required=False)


class WithdrawForm(Form):
    """Why a decision is given up."""

    reason = fields.TextArea(label="Why is it withdrawn?", hint="The register says so.", rows=3, max_length=500)
