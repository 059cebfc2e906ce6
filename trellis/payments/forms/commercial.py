"""What people are asked about commercial terms, and what they may try."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from trellis.payments.rules.commercial import Agreed
from trellis.web import fields
from trellis.web.forms import Form

HUNDRED = Decimal(100)


class WhatIfForm(Form):
    """A year that might come: sent by GET, so that the address can be passed on."""

    says_optional = False
    year = fields.Select(label="Contract year", blank="This year", choices=[], required=False)
    over = fields.Number(
        label="How far from the target is the cost?", hint="5 is 5% more than planned, and -5 is 5% less.",
        decimals=2, min_value=-100, max_value=100, unit="%",
    )  # fmt: skip
    score = fields.Number(
        label="Quality score", hint="0: every measure at its floor. 1: every target met.", decimals=4, min_value=0,
        max_value=2,
    )  # fmt: skip

    def __init__(self, *arguments, years: Sequence[int], **options):
        super().__init__(*arguments, **options)
        self.fields["year"].choices = [(str(year), f"Year {year}") for year in years]


class TermsForm(Form):
    """All terms of a contract year on one page; per cents and pounds, as the agreement has them."""

    says_optional = False

    def __init__(
        self, *arguments, years: Sequence[int], measures: Mapping[str, str], partners: Mapping[str, str],
        agreements: Mapping[str, str], **options,
    ):  # fmt: skip
        super().__init__(*arguments, **options)
        self.measures, self.partners = measures, partners
        self.fields["year"] = fields.Select(
            label="From which contract year?",
            hint="" if years else "Every year of the contract has begun with terms of its own: they stay as they are.",
            choices=[(str(one), f"Year {one}") for one in years],
        )
        self.fields["proposal"] = fields.Select(
            label="What says that it was agreed?",
            hint="A proposal that was carried, or one of the contract’s documents.",
            choices=[("", "Choose one"), *agreements.items()],
        )
        self.fields["target_cost"] = fields.Pounds(label="Target cost of the year", min_value=0)
        for name, label, hint in PERCENTS:
            self.fields[name] = _percent(label, hint)
        self.fields["reinvest"] = fields.Tick(
            label="A gain goes back into the service, and nobody is paid it", required=False
        )
        for code, name in measures.items():
            self.fields[f"weight_{code}"] = _percent(f"Weight of “{name}”", "")
            self.fields[f"credit_{code}"] = _percent(
                f"Service credit for “{name}”", "Of the quarter’s value, for each quarter below its floor."
            )
        for reference, name in partners.items():
            self.fields[f"cap_{reference}"] = fields.Pounds(
                label=f"The most that {name} can lose in a year", hint="0: nothing.", min_value=0
            )
        self.fields["earn_back_quarters"] = fields.Number(
            label="In how many later quarters can a credit be earned back?", hint="0: in none.", min_value=0,
            max_value=8,
        )  # fmt: skip
        self.fields["file"] = fields.Upload(
            label="Budgets by partner and category",
            hint="A CSV file or an Excel workbook with the columns Partner, Category and Amount, in pounds a year. "
            "They add up to the target cost. Left out: there are no budgets to hold the books against.",
            accept=".csv,.xlsx", required=False,
        )  # fmt: skip
        self.sections = self._sections()

    def _sections(self) -> dict[str, tuple[str, ...]]:
        return {
            "What was agreed": ("year", "proposal", "target_cost"),
            "A gain or a loss": (
                "gate", "overshoot", "gain_ratio", "reinvest", "pain_ratio", *(f"cap_{code}" for code in self.partners)
            ),
            "How well it must go": tuple(f"weight_{code}" for code in self.measures),
            "Service credits": (
                *(f"credit_{code}" for code in self.measures), "credit_cap_quarter", "credit_cap_year",
                "earn_back_quarters",
            ),
            "Open books": ("overhead_ceiling", "file"),
        }  # fmt: skip

    def agreed(self, budgets: Mapping[tuple[str, str], Decimal]) -> Agreed:
        """The terms as the rules take them."""
        typed = self.cleaned_data
        return Agreed(
            target_cost=typed["target_cost"],
            reinvest=typed["reinvest"],
            earn_back_quarters=typed["earn_back_quarters"],
            weights={code: typed[f"weight_{code}"] / HUNDRED for code in self.measures},
            pain_caps={reference: typed[f"cap_{reference}"] for reference in self.partners},
            credits={code: ("fraction", typed[f"credit_{code}"] / HUNDRED) for code in self.measures},
            budgets=budgets,
            **{name: typed[name] / HUNDRED for name, _label, _hint in PERCENTS},
        )


class UnsharedForm(Form):
    """Why a year cannot be settled."""

    reason = fields.TextArea(
        label="Why can it not be settled?", hint="Say who was asked for what is missing, and what they said.", rows=4,
        max_length=1000,
    )  # fmt: skip


PERCENTS = (
    ("gate", "Gate", "Below this quality score no gain is paid."),
    ("overshoot", "Overshoot", "How far above its target a measure may count. 0 unless agreed."),
    ("gain_ratio", "The partners’ part of a gain", "The council keeps the rest."),
    ("pain_ratio", "The partners’ part of a loss", "The council bears the rest."),
    ("overhead_ceiling", "Ceiling of overheads", "Of all other costs of a partner."),
    ("credit_cap_quarter", "Service credits at most in a quarter", "Of the quarter’s value."),
    ("credit_cap_year", "Service credits at most in a year", "Of the year’s value."),
)


def _percent(label: str, hint: str) -> fields.Number:
    return fields.Number(label=label, hint=hint, decimals=2, min_value=0, max_value=100, unit="%")
