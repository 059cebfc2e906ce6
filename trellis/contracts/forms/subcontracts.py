"""What the pages about subcontracts ask."""

from collections.abc import Mapping
from typing import Any

from trellis.contracts.forms.register import RegisteredOrganisation, by_code
from trellis.contracts.models import SubcontractCheck
from trellis.places import queries as places
from trellis.places.models import District
from trellis.web import fields
from trellis.web.forms import Form


class SubcontractForm(Form):
    """The light form: one page, and no more than the partner knows."""

    organisation = RegisteredOrganisation(label="Reference of the body in the register")
    services = fields.TextArea(label="What will it do?", rows=3, max_length=600)
    districts = fields.Checkboxes(label="Where?")
    value = fields.Pounds(label="What is it worth over its whole term?", hint="It is paid from your share.")
    starts_on = fields.Date(label="First day")
    ends_on = fields.Date(label="Last day")
    days_to_pay = fields.Number(
        label="In how many days do you pay its invoices?", min_value=1, max_value=365, unit="days"
    )
    terms_passed_on = fields.Tick(
        label="The subcontract passes on the contract’s terms: they bind the body too", required=False
    )

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.served = by_code(places.districts_served())
        self.fields["districts"].choices = [(one.code, one.name) for one in self.served.values()]

    def clean_districts(self) -> list[District]:
        """The districts themselves."""
        return [self.served[code] for code in self.cleaned_data["districts"]]


class ChecksForm(Form):
    """The due diligence, each question with its answer and a note."""

    def __init__(self, *arguments, asked: Mapping[str, str], answers: Mapping[str, SubcontractCheck], **options):
        super().__init__(*arguments, **options)
        self.asked = asked
        for code, question in asked.items():
            before = answers.get(code)
            self.fields[f"answer-{code}"] = fields.Radios(
                label=question, choices=SubcontractCheck.Answer.choices, required=False,
                initial=before.answer if before else None,
            )  # fmt: skip
            self.fields[f"note-{code}"] = fields.Text(
                label="Note", hint="How you know.", max_length=300, required=False,
                initial=before.note if before else "",
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The answers given, by code."""
        said = super().clean() or {}
        given = {code: (said.get(f"answer-{code}"), said.get(f"note-{code}", "")) for code in self.asked}
        return {"answers": {code: answer for code, answer in given.items() if answer[0]}}


class AgreementForm(Form):
    """Where the alliance agreed."""

    note = fields.Text(label="Where did the alliance agree?", hint="The meeting, or the proposal.", max_length=200)


class EndSubcontractForm(Form):
    """When it was over, and what came of it."""

    ended_on = fields.Date(label="What was its last day?")
    note = fields.TextArea(label="What came of it?", rows=3, max_length=500)


class DropForm(Form):
    """Why not."""

    note = fields.TextArea(label="Why does it not go ahead?", rows=3, max_length=500)
