"""What the pages about variations ask."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from trellis.contracts.rules.grounds import grounds_of
from trellis.web import fields
from trellis.web.forms import Form

ADDED_YEARS = 2  # years beyond the term for which the form has a box


class VariationForm(Form):
    """What is to change, why, and on which ground."""

    title = fields.Text(label="What is to change?", hint="In a few words.", max_length=160)
    reason = fields.TextArea(label="Why?", rows=3, max_length=1000)
    ground = fields.Radios(label="On which ground may the contract change?")
    clause = fields.Text(
        label="Which clause provides for it?", hint="If the contract does.", max_length=200, required=False
    )
    effective_on = fields.Date(label="From which day?", hint="The first day of a contract quarter.")
    scope_before = fields.TextArea(label="Scope as it is", rows=3, max_length=1000, required=False)
    scope_after = fields.TextArea(label="Scope as it is to be", rows=3, max_length=1000, required=False)
    changes_nature = fields.Tick(label="It would be another kind of contract", required=False)
    admits_others = fields.Tick(label="Others might have bid, or won, on these terms", required=False)
    shifts_balance = fields.Tick(label="The partners come off better than was agreed", required=False)
    extends_scope = fields.Tick(label="It reaches a good deal further than before", required=False)

    def __init__(self, *arguments, regime: str, values: Mapping[int, Decimal], open_years: set[int], **options):
        super().__init__(*arguments, **options)
        self.fields["ground"].choices = [(one.code, one.name) for one in grounds_of(regime)]
        self.fields["ground"].choice_hints = {one.code: one.source for one in grounds_of(regime)}
        self.years = [year for year in values if year in open_years]
        self.years += range(max(values) + 1, max(values) + 1 + ADDED_YEARS)
        for year in self.years:
            self.fields[f"year-{year}"] = fields.Pounds(
                label=f"Value of year {year}", min_value=0, required=False, initial=values.get(year),
                hint="" if year in values else "Only if the term is to be longer.",
            )  # fmt: skip
        order = list(self.fields)
        money = [f"year-{year}" for year in self.years]
        self.order_fields([*order[:5], *money, *[name for name in order[5:] if name not in money]])

    def clean(self) -> dict[str, Any]:
        """The years' values under one name, by year."""
        said = dict(super().clean() or {})
        given = {year: said.pop(f"year-{year}", None) for year in self.years}
        return said | {"values": {year: value for year, value in given.items() if value is not None}}


class CarryForm(Form):
    """Where the alliance agreed."""

    note = fields.Text(label="Where did the alliance agree?", hint="The meeting, or the proposal.", max_length=200)
