"""The words and rows of commercial terms, as they are agreed and as they would turn out."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.contracts.models import Contract
from trellis.core.money import pounds_and_pence
from trellis.payments.models import CommercialTerms
from trellis.payments.queries import commercial as queries
from trellis.payments.queries.commercial import Year
from trellis.web.table import Column, Table
from trellis.web.words import day, percent


def crumbs(contract: Contract, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Where a page of the terms is."""
    return [
        (contract.title, reverse("contract", args=[contract.reference])),
        ("Commercial terms", reverse("commercial_terms", args=[contract.reference])),
        *more,
    ]


def short(fraction: Decimal | Fraction) -> str:
    """12.5% of a fraction, to a tenth of a per cent."""
    tenths = Decimal(int(abs(Fraction(fraction)) * 1000 + Fraction(1, 2)))
    return f"{'−' if fraction < 0 else ''}{percent(tenths / 1000)}"


def terms_page(request: HttpRequest, contract: Contract, year: Year, terms: CommercialTerms | None) -> dict[str, Any]:
    """The terms in force in a year, each part in a table, and every version before."""
    page: dict[str, Any] = {
        "contract": contract,
        "caption": contract.title,
        "year": year,
        "terms": terms,
        "breadcrumbs": crumbs(contract)[:1],
        "is_illustrative": queries.is_illustrative(contract),
        "versions": _versions(request, contract),
    }
    return page | {"facts": facts(terms, year), "tables": tables(request, terms, year)} if terms else page


def facts(terms: CommercialTerms, year: Year) -> list[tuple[str, str]]:
    """The figures of the terms, each with what it means."""
    gain = f"{percent(terms.gain_ratio)} is the partners’, the rest the council’s"
    if terms.reinvest:
        gain = f"{percent(terms.gain_ratio)} goes back into the service; nobody is paid it"
    return [
        ("Contract year", f"Year {year.number}: {day(year.starts_on)} to {day(year.ends_on)}"),
        ("Target cost", f"{pounds_and_pence(terms.target_cost)}, for a value of {pounds_and_pence(year.value)}"),
        ("Of what is saved", gain),
        ("Of what is spent too much", f"{percent(terms.pain_ratio)} is the partners’, up to their caps"),
        ("Gate", f"No gain is paid below a quality score of {_score(terms.gate)}"),
        ("Overshoot", f"A measure counts for {_score(1 + terms.overshoot)} at most"),
        ("Overheads", f"At most {percent(terms.overhead_ceiling)} of a partner’s other costs"),
        ("Service credits", _credit_words(terms)),
        ("Carries out", terms.proposal or "No proposal is named"),
    ]


def _score(score: Decimal) -> str:
    return f"{score.normalize():f}"


def _credit_words(terms: CommercialTerms) -> str:
    back = f"earned back within {terms.earn_back_quarters} quarters" if terms.earn_back_quarters else "not earned back"
    caps = f"{percent(terms.credit_cap_quarter)} of a quarter’s value and {percent(terms.credit_cap_year)} of a year’s"
    return f"At most {caps}; {back}"


def tables(request: HttpRequest, terms: CommercialTerms, year: Year) -> list[Table]:
    """Measures, partners and budgets."""
    credits = {row.indicator_id: row for row in terms.credits.all()}
    targets = queries.contracts.targets(terms.contract, year.starts_on)
    shares = queries.shares_of(terms, year.number)
    caps = {row.partner: row.pain_cap for row in terms.partners.select_related("partner__organisation")}
    parts = {one: caps.get(one, Decimal("0.00")) for one in sorted({*caps, *shares}, key=str)}
    measures = Table(
        request, list(terms.measures.select_related("indicator")), prefix="measures-", name="measures",
        caption="What the quality score is made of",
        columns=[
            Column("indicator", "Measure", value=lambda row: row.indicator.name),
            Column("weight", "Weight", value=lambda row: percent(row.weight), numeric=True),
            Column("floor", "Floor: worth 0", value=lambda row: _figure(targets, row, "floor"), numeric=True),
            Column("target", "Target: worth 1", value=lambda row: _figure(targets, row, "target"), numeric=True),
            Column("credit", "Service credit below the floor", value=lambda row: _rate(credits.get(row.indicator_id)),
                   numeric=True),
        ],
    )  # fmt: skip
    partners = Table(
        request, list(parts.items()), prefix="partners-", name="parts", caption="Each partner’s part",
        columns=[
            Column("partner", "Partner", value=lambda row: str(row[0])),
            Column("share", "Part of a gain or loss", value=lambda row: percent(shares.get(row[0], Decimal(0))),
                   numeric=True),
            Column("cap", "Most it can lose in a year", value=lambda row: pounds_and_pence(row[1]), numeric=True),
        ],
    )  # fmt: skip
    budgets = Table(
        request, list(terms.budgets.select_related("partner__organisation", "category")), prefix="budgets-",
        name="budgets", caption="Budgets for the year", empty="No budgets were agreed.",
        columns=[
            Column("partner", "Partner", value=lambda row: str(row.partner)),
            Column("category", "Category", value=lambda row: row.category.name),
            Column("amount", "Budget", value=lambda row: pounds_and_pence(row.amount), numeric=True),
        ],
    )  # fmt: skip
    return [measures, partners, budgets]


def _figure(targets: dict, row: Any, name: str) -> str:
    target = targets.get(row.indicator_id)
    return f"{getattr(target, name).normalize():f}" if target else "None set"


def _rate(credit: Any) -> str:
    if credit is None:
        return "None"
    return (
        pounds_and_pence(credit.amount) if credit.amount is not None else f"{percent(credit.fraction)} of the quarter"
    )


def _versions(request: HttpRequest, contract: Contract) -> Table:
    return Table(
        request, queries.versions(contract), prefix="versions-", name="versions", caption="Every version",
        empty="No terms have been agreed yet.",
        columns=[
            Column("year", "From year", numeric=True),
            Column("version", "Version", numeric=True),
            Column("target_cost", "Target cost", value=lambda row: pounds_and_pence(row.target_cost), numeric=True),
            Column("proposal", "Carries out"),
            Column("set_at", "Set", value=lambda row: day(row.set_at)),
        ],
    )  # fmt: skip
