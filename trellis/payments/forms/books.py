"""What people are asked about their books."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from trellis.payments.models import CostCategory
from trellis.payments.rules.evidence_files import NAMES
from trellis.web import fields
from trellis.web.forms import Form

COST = "cost_"  # before a category's code, in the name of its field


class CostsForm(Form):
    """A box for each category, then what came in. Empty boxes are costs that there were none of."""

    says_optional = False

    def __init__(self, *arguments, categories: Iterable[CostCategory], told_apart: Mapping[str, str], **options):
        super().__init__(*arguments, **options)
        self.categories = list(categories)
        for one in self.categories:
            apart = told_apart.get(one.code, "")
            hint = f"{one.hint} {apart}".strip()
            self.fields[f"{COST}{one.code}"] = fields.Pounds(label=one.name, hint=hint, required=False, min_value=0)
        self.fields["charges"] = fields.Pounds(
            label="Charges", hint="What groups paid for services of the contract.", required=False, min_value=0
        )
        self.fields["other_income"] = fields.Pounds(
            label="Other income brought in", hint="Grants, gifts and trading for the same service.", required=False,
            min_value=0,
        )  # fmt: skip
        self.fields["free_reserves"] = fields.Pounds(
            label="Free reserves of your organisation",
            hint="What you could spend on anything, at the end of the quarter. Write −500 as -500.",
            required=False,
        )

    @property
    def answers(self) -> dict[str, Any]:
        """What the command takes."""
        typed = self.cleaned_data
        return {
            "amounts": {one: typed[f"{COST}{one.code}"] for one in self.categories},
            "charges": typed["charges"] or Decimal("0.00"),
            "other_income": typed["other_income"] or Decimal("0.00"),
            "free_reserves": typed["free_reserves"],
        }


class CostsFileForm(Form):
    """A file with costs."""

    file = fields.Upload(
        label="Your costs",
        hint="A CSV file or an Excel workbook (XLSX) with the columns Category, Description and Amount. Up to 2 MB.",
        accept=".csv,.xlsx",
    )


class EvidenceForm(Form):
    """A file beside the return."""

    file = fields.Upload(
        label="The file",
        hint=f"{NAMES}, up to 10 MB. Black out names and what a person is paid first: every member can read it.",
        accept=".pdf,.png,.jpg,.jpeg,.xlsx,.docx,.csv",
    )


class AskForm(Form):
    """A question about a return."""

    category = fields.Select(label="What is it about?", blank="The return as a whole", choices=[], required=False)
    text = fields.TextArea(label="Your question", hint="Every member reads it.", rows=4, max_length=1000)

    def __init__(self, *arguments, categories: Iterable[CostCategory], **options):
        super().__init__(*arguments, **options)
        self.by_code = {one.code: one for one in categories}
        self.fields["category"].choices = [("", "The return as a whole")] + [
            (code, one.name) for code, one in self.by_code.items()
        ]

    def clean_category(self) -> CostCategory | None:
        """The category of that code."""
        return self.by_code.get(self.cleaned_data["category"])


class AnswerForm(Form):
    """The answer to a question."""

    answer = fields.TextArea(label="Your answer", hint="Every member reads it.", rows=4, max_length=1000)


class CorrectForm(Form):
    """Why a return is corrected."""

    reason = fields.TextArea(
        label="Why is it corrected?", hint="Every member reads it. The old version stays to be read.", rows=3,
        max_length=500,
    )  # fmt: skip
