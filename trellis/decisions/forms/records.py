"""What is asked to take a decision, to record it, and to act on it."""

from datetime import date
from typing import Any

from django import forms

from trellis.decisions.models import Condition, Delegation, RecordDraft
from trellis.decisions.rules.records import WRITTEN, as_seen, citation_words
from trellis.web import fields
from trellis.web.forms import Form

SPARE_ROWS = 1
ACTS = [one for one in Condition.Gates.choices if one[0] != Condition.Gates.EVERYTHING]


class RecordForm(Form):
    """The record: every field that regulations 12 and 13 ask for, its powers and its conditions.

    What is not written yet begins with the words of `offer`. It can be saved half done, so nothing must be answered.
    """

    says_optional = False
    text = fields.TextArea(label="The decision", hint="What was decided, limb by limb.", rows=8, required=False)
    reasons = fields.TextArea(label="Reasons", rows=6, required=False)
    alternatives = fields.TextArea(
        label="Alternatives considered and rejected", hint="Each with why it was rejected.", rows=6, required=False
    )
    interests = fields.TextArea(
        label="Conflicts of interest declared",
        hint="If there were none, say that nobody declared any.",
        rows=2,
        required=False,
    )
    dispensation = fields.TextArea(
        label="Dispensation", hint="If the head of paid service granted one for a conflict.", rows=2, required=False
    )
    is_urgent = fields.Tick(label="It cannot wait for call-in", required=False)
    urgency_agreed_by = fields.Text(label="Chair of scrutiny who agreed", max_length=160, required=False)
    urgency_reasons = fields.TextArea(label="Why it cannot wait", rows=2, required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data=None, *, draft: RecordDraft, citable: dict[str, dict[str, Any]], offer: dict[str, str] | None = None
    ):
        said = {name: getattr(draft, name) for name in WRITTEN}
        offer = offer or {}
        asked = {name: words or offer.get(name, "") for name, words in said.items() if name in RecordForm.base_fields}
        super().__init__(data, initial=asked | {"seen": as_seen(said)})
        self.citable = citable
        if citable:
            self.fields["cites"] = fields.Checkboxes(
                label="Commitments that it follows", required=False,
                choices=[(key, citation_words(row)) for key, row in citable.items()],
                initial=[key for key, row in citable.items() if row in draft.cites],
            )  # fmt: skip
        self.powers = [*draft.delegations, *[{"what": "", "to_whom": "", "until": ""}] * SPARE_ROWS]
        self.gates = [*draft.conditions, *[{"text": "", "gates": ""}] * SPARE_ROWS]
        for number, row in enumerate(self.powers, start=1):
            self._ask_power(number, row)
        for number, row in enumerate(self.gates, start=1):
            self._ask_condition(number, row)

    def _ask_power(self, number: int, row: dict) -> None:
        until = date.fromisoformat(row["until"]) if row["until"] else None
        self.fields[f"power_{number}"] = fields.Text(
            label=f"Power {number}: what may be done", initial=row["what"], required=False
        )
        self.fields[f"power_{number}_whom"] = fields.Text(
            label=f"Power {number}: who may do it", initial=row["to_whom"], max_length=200, required=False
        )
        self.fields[f"power_{number}_until"] = fields.Date(
            label=f"Power {number}: last day", hint="Leave it empty when it goes on.", initial=until, required=False
        )

    def _ask_condition(self, number: int, row: dict) -> None:
        self.fields[f"condition_{number}"] = fields.Text(
            label=f"Condition {number}", initial=row["text"], required=False
        )
        self.fields[f"condition_{number}_gates"] = fields.Select(
            label=f"What waits for condition {number}", initial=row["gates"],
            choices=[("", "Choose one"), *Condition.Gates.choices], required=False,
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The rows as lists; a row left empty is none."""
        given = super().clean() or self.cleaned_data
        rows = {name: given.pop(name) for name in list(given) if name.startswith(("power_", "condition_"))}
        if self.citable:
            given["cites"] = [self.citable[key] for key in given.get("cites", ())]
        given["delegations"] = [
            {"what": what, "to_whom": rows.get(f"power_{number}_whom", ""), "until": _iso(rows, number)}
            for number in range(1, len(self.powers) + 1)
            if (what := rows.get(f"power_{number}", "")) or rows.get(f"power_{number}_whom")
        ]
        given["conditions"] = [
            {"number": row.get("number", 0), "text": text, "gates": rows.get(f"condition_{number}_gates", "")}
            for number, row in enumerate(self.gates, start=1)
            if (text := rows.get(f"condition_{number}", "")) or rows.get(f"condition_{number}_gates")
        ]
        return given


def _iso(rows: dict[str, Any], number: int) -> str:
    until = rows.get(f"power_{number}_until")
    return until.isoformat() if until else ""


class CorrectForm(RecordForm):
    """A new version: what it puts right comes first."""

    field_order = ["change_note"]
    change_note = fields.TextArea(
        label="What does this version put right?", hint="Published beside it.", rows=2, max_length=500
    )


class TakeForm(Form):
    """When the decision maker decided."""

    decided_on = fields.Date(label="When was it decided?")


class IrregularForm(TakeForm):
    """A decision that was taken although it might not be."""

    monitoring_officer = fields.Text(label="Monitoring officer", max_length=120)
    reason = fields.TextArea(label="The monitoring officer’s reason for entering it", rows=4)


class CureForm(Form):
    """How an irregularity was put right."""

    cure = fields.TextArea(label="How was it put right?", rows=4)
    cured_on = fields.Date(label="When?")


class MeetForm(Form):
    """That a condition is met."""

    evidence = fields.TextArea(label="What shows that it is met?", rows=4)
    met_on = fields.Date(label="Since when is it met?")


class ImplementationForm(Form):
    """Something done under the decision."""

    what = fields.TextArea(label="What was done?", rows=4)
    act = fields.Select(
        label="Is it one of these?", hint="A condition of the decision may gate it.", choices=ACTS, required=False,
        blank="None of these",
    )  # fmt: skip
    done_on = fields.Date(label="When?")
    delegation = fields.Select(label="Under which power?", choices=[], required=False)

    def __init__(self, *args, delegations: list[Delegation], **kwargs):
        super().__init__(*args, **kwargs)
        self.delegations = {str(one.pk): one for one in delegations}
        choices = [
            ("", "Under no power of its own"),
            *((str(one.pk), f"{one.number}. {one.what}") for one in delegations),
        ]
        self.fields["delegation"].choices = choices

    def clean_act(self) -> str:
        """What is none of the acts that have gates of their own waits only for what everything waits for."""
        return self.cleaned_data["act"] or Condition.Gates.EVERYTHING

    def clean_delegation(self) -> Delegation | None:
        """The power itself."""
        return self.delegations.get(self.cleaned_data["delegation"])
