"""The words, rows and chart of a contract's money."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.accounts.models import User
from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract
from trellis.core import clock, rulebook
from trellis.core.money import pounds_and_pence, whole_pounds
from trellis.core.permissions import Permission
from trellis.payments.models import VatTreatment
from trellis.payments.presenters.statements import crumbs
from trellis.payments.queries import batches, money, terms
from trellis.payments.queries.money import QuarterMoney
from trellis.payments.rules.schedule import Money, Planned, YearMoney
from trellis.web.charts.stacks import Stack, StackChart
from trellis.web.table import Column, Table
from trellis.web.words import day, percent

# In the order of the chart's colours, of which the fifth is that of harm.
PLACES = (
    ("Paid, without VAT", "paid"), ("On its way", "sent"), ("Certified", "certified"), ("Outstanding", "outstanding"),
    ("In dispute", "disputed"),
)  # fmt: skip


def money_page(request: HttpRequest, user: User, contract: Contract) -> dict[str, Any]:
    """A contract's schedule, and where each quarter's money is."""
    quarters = money.by_quarter(contract)
    total = sum((one.money for one in quarters), Money())
    return {
        "contract": contract,
        "caption": contract.title,
        "facts": _facts(total),
        "chart": _chart(quarters, total),
        "quarters": _quarters_table(request, contract, quarters),
        "years": _years_table(request, money.by_year(quarters)),
        "plan": _plan_table(request, money.with_optional_years(contract)),
        "terms": _terms(contract),
        "vat": _vat(contract),
        "doors": doors(user, contract),
        "breadcrumbs": crumbs(contract)[:1],
    }


def doors(user: User, contract: Contract) -> list[tuple[str, str]]:
    """Where else the money of a contract is looked at, or moved: (words, address)."""
    here = [contract.reference]
    found = [
        ("Statements", reverse("statements", args=here)),
        ("Payments, and batches", reverse("batches", args=here)),
        ("Disputes and adjustments", reverse("disputes", args=here)),
        ("Payments compliance, by half-year", reverse("compliance", args=here)),
        ("The ledger", reverse("ledger", args=here)),
    ]
    if batches.may(user, contract, Permission.STATEMENT_CERTIFY):
        found.append(("Put something right", reverse("adjust", args=here)))
    if batches.may(user, contract, Permission.CONTRACT_MANAGE):
        found += [
            ("Say when quarters are paid", reverse("set_payment_terms", args=here)),
            ("Say who funds the contract", reverse("set_funding", args=here)),
            ("Say how a partner stands to VAT", reverse("set_vat_treatment", args=here)),
        ]
    return found


def _facts(total: Money) -> list[tuple[str, str]]:
    names = [("Value of the contract over its term", total.value)]
    if total.adjusted:
        names.append(("Credits, shares, adjustments and interest", total.adjusted))
    names += [(name, getattr(total, place)) for name, place in PLACES]
    return [(name, pounds_and_pence(amount)) for name, amount in names]


def _chart(quarters: list[QuarterMoney], total: Money) -> StackChart:
    due = total.value + total.adjusted
    return StackChart(
        title=f"{whole_pounds(total.paid)} of {whole_pounds(due)} is paid",
        description="A bar for each quarter of the contract: what of its value is paid, on its way, certified, in "
        "dispute and outstanding.",
        parts=[name for name, _place in PLACES],
        stacks=[
            Stack(
                one.quarter.words,
                [max(0.0, float(getattr(one.money, place))) for _name, place in PLACES],
                whole_pounds(one.money.value + one.money.adjusted),
            )
            for one in quarters
        ],
        whole=max((float(_drawn(one.money)) for one in quarters), default=1.0) or 1.0,
        label_heading="Quarter",
        write=lambda figure: whole_pounds(Decimal(str(figure or 0))),
    )


def _drawn(one: Money) -> float:
    return sum(max(0.0, float(getattr(one, place))) for _name, place in PLACES)


def _quarters_table(request: HttpRequest, contract: Contract, quarters: list[QuarterMoney]) -> Table:
    return Table(
        request,
        quarters,
        columns=[
            Column(
                "quarter", "Quarter", value=lambda row: row.quarter.words, sort="quarter",
                link=lambda row: _statement_of(contract, row),
            ),  # fmt: skip
            *[_amount(place, name) for name, place in (("Value", "value"), ("Adjusted", "adjusted"), *PLACES)],
        ],
        caption="Schedule by quarter",
        name="schedule",
        page_size=40,
        empty="This contract has no quarters yet.",
    )  # fmt: skip


def _statement_of(contract: Contract, row: QuarterMoney) -> str:
    return reverse("statement", args=[contract.reference, str(row.quarter)]) if row.statement else ""


def _years_table(request: HttpRequest, years: list[YearMoney]) -> Table:
    return Table(
        request,
        years,
        columns=[
            Column("year", "Financial year", value=lambda row: str(row.year), sort="year"),
            *[_amount(place, name) for name, place in (("Value", "value"), ("Adjusted", "adjusted"), *PLACES)],
        ],
        caption="By the council’s financial year",
        name="financial-years",
        prefix="year-",
        empty="This contract has no quarters yet.",
    )


def _plan_table(request: HttpRequest, rows: list[Planned]) -> Table:
    named = (("In the term", "in_term"), ("Optional, if it is decided", "optional"), ("Together", "together"))
    return Table(
        request,
        rows,
        columns=[
            Column("year", "Financial year", value=lambda row: str(row.year)),
            *[Column(place, name, value=_pounds(place), numeric=True) for name, place in named],
        ],
        caption="With the optional years",
        name="optional-years",
        prefix="optional-",
    )


def _pounds(place: str) -> Callable[[Planned], str]:
    return lambda row: pounds_and_pence(getattr(row, place))


def _amount(place: str, name: str) -> Column:
    return Column(
        place, name, value=lambda row: pounds_and_pence(getattr(row.money, place)), sort=f"money.{place}", numeric=True
    )


def _terms(contract: Contract) -> list[tuple[str, str]]:
    today = clock.today()
    sources = contracts.funding(contract, today)
    funded = ", ".join(f"{source} {percent(share)}" for source, share in sources.items())
    when = "As each quarter begins" if terms.is_in_advance(contract, today) else "Once each quarter is over"
    return [("Funded by", funded or "Not set"), ("When it is paid", when)]


def _vat(contract: Contract) -> dict[str, Any]:
    """How each partner stands to VAT today, and the rate, which is said to be unverified where it is."""
    today = clock.today()
    rate = rulebook.parameter("payments.vat_standard_rate", today)
    treatments = terms.vat_treatments(contract, today)
    return {
        "rows": [(str(partner), VatTreatment.Treatment(one).label) for partner, one in treatments.items()],
        "rate": f"{rate.value}%",
        "source": rate.source,
        "verified": rate.verified,
        "from": day(rate.effective_from),
    }
