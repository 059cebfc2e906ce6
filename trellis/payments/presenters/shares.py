"""The words and rows of settled years and of service credits."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.contracts.models import Contract
from trellis.core.money import pounds_and_pence
from trellis.core.periods import Quarter
from trellis.payments.models import Settlement
from trellis.payments.presenters.commercial import crumbs
from trellis.payments.presenters.what_if import sums
from trellis.payments.queries import commercial, credits
from trellis.payments.queries import shares as queries
from trellis.payments.queries.shares import YearSoFar
from trellis.payments.rules.credits import CreditLine
from trellis.payments.sharing.sums import reached
from trellis.payments.sharing.terms import Terms
from trellis.web.pieces import Task
from trellis.web.table import Column, Table
from trellis.web.words import counted, day, percent

UNSHARED = (
    "Do this only when what is missing will not come: nobody gains or loses by the year then, and it cannot be settled "
    "any more. Every member reads your reason. The contract’s last statement can be drawn up after it."
)


def shares_page(contract: Contract) -> dict[str, Any]:
    """Each contract year, with what it waits for or what it came to."""
    return {
        "contract": contract,
        "caption": contract.title,
        "is_illustrative": commercial.is_illustrative(contract),
        "years": [_year(contract, year) for year in commercial.years(contract)],
        "breadcrumbs": crumbs(contract),
    }


def _year(contract: Contract, year: commercial.Year) -> Task:
    name, url = f"Year {year.number}", reverse("settlement", args=[contract.reference, year.number])
    settled = commercial.settlement(contract, year.number)
    if settled:
        hint = f"{pounds_and_pence(settled.pool)} to share among partners, before caps."
        return Task(name, "Settled", url, hint, "green")
    if left := commercial.unshared(contract).get(year.number):
        return Task(name, "Not shared out", url, left.reason, "grey")
    so_far = queries.year_so_far(contract, year)
    if so_far.terms is None:
        return Task(name, "No terms", url, "No commercial terms are agreed for it.", "grey")
    if so_far.missing:
        return Task(name, "Open", url, f"{counted(len(so_far.missing), 'return')} not accepted yet.", "blue")
    return Task(name, "Ready", url, "Every return is accepted.", "orange")


def year_page(request: HttpRequest, contract: Contract, year: commercial.Year) -> dict[str, Any]:
    """One year: settled, or what it waits for and what it would come to."""
    settled = commercial.settlement(contract, year.number)
    page = {
        "contract": contract,
        "year": year,
        "caption": contract.title,
        "settled": settled,
        "is_illustrative": commercial.is_illustrative(contract),
        "status": ("Settled", "green") if settled else ("Not settled yet", "grey"),
        "breadcrumbs": crumbs(contract, ("Gain and pain share", reverse("shares", args=[contract.reference]))),
    }
    if settled:
        return page | _shared(request, settled.document) | {"facts": _facts(settled)}
    if left := commercial.unshared(contract).get(year.number):
        return page | {"status": ("Not shared out", "grey"), "left": left, "missing": left.waited_for}
    so_far = queries.year_so_far(contract, year)
    document = queries.document_of(so_far)
    page |= {"so_far": so_far, "missing": so_far.missing, "waits": _waits(so_far)}
    return page | _shared(request, document) if document else page


def _shared(request: HttpRequest, document: dict[str, Any]) -> dict[str, Any]:
    terms, shared = queries.shared_out(document)
    return {
        "sums": sums(terms, shared),
        "measures": _measures(request, terms),
        "quality": f"{float(shared.quality):.4f}",
    }


def _facts(settled: Settlement) -> list[tuple[str, str]]:
    quarter = queries.where_paid(settled)
    paid = Quarter.parse(quarter).words if quarter else "None yet: every statement is drawn up, so an extension’s first"
    if settled.terms.reinvest and settled.pool > 0:
        paid = "Nobody: the gain goes back into the service"
    return [
        ("Difference from the target", pounds_and_pence(settled.difference)),
        ("Partners’ pool, before caps", pounds_and_pence(settled.pool)),
        ("The council’s part", pounds_and_pence(settled.commissioner)),
        ("In the statement for", paid),
        ("Settled", day(settled.settled_at)),
    ]


def _waits(so_far: YearSoFar) -> str:
    if so_far.terms is None:
        return "No commercial terms are agreed for this year, so there is nothing to share."
    if so_far.missing:
        return f"It waits for {counted(len(so_far.missing), 'return')} to be accepted."
    if so_far.unmeasured:
        return f"There is no reading of “{so_far.unmeasured[0]}” in it yet."
    return "Every return is accepted and every measure read. It can be settled."


def _measures(request: HttpRequest, terms: Terms) -> Table:
    return Table(
        request, list(terms.measures), prefix="measures-", name="score", caption="The quality score",
        columns=[
            Column("name", "Measure"),
            Column("actual", "Came to", value=lambda row: f"{float(row.actual):.10g}", numeric=True),
            Column("floor", "Floor", value=lambda row: f"{float(row.floor):.10g}", numeric=True),
            Column("target", "Target", value=lambda row: f"{float(row.target):.10g}", numeric=True),
            Column("weight", "Weight", value=lambda row: f"{float(row.weight):.4g}", numeric=True),
            Column("way", "Of the way", value=lambda row: f"{float(reached(row, terms.overshoot)):.4f}", numeric=True),
        ],
    )  # fmt: skip


def credits_page(request: HttpRequest, contract: Contract) -> dict[str, Any]:
    """Every service credit so far, and what was earned back."""
    reports = credits.closed_reports(contract)
    names = {one.code: one.name for report in reports for one in report.indicators}
    lines = credits.credits_of(contract, reports)
    taken = -sum((line.amount for line in lines), Decimal("0.00"))
    return {
        "contract": contract,
        "caption": contract.title,
        "breadcrumbs": crumbs(contract),
        "is_illustrative": commercial.is_illustrative(contract),
        "kept": pounds_and_pence(taken) if lines else "",
        "terms": [(names.get(code, code), _rate(rate)) for code, rate in _rates(contract).items()],
        "table": _credits(request, contract, lines, names),
    }


def _rates(contract: Contract) -> dict:
    year = commercial.year_on(contract, commercial.clock.today())
    return dict(credits.conditions_of(commercial.terms_of(contract, year.number)).rates)


def _rate(rate: Any) -> str:
    if rate.amount is not None:
        return f"{pounds_and_pence(rate.amount)} for each quarter below its floor"
    return f"{percent(rate.fraction)} of the quarter’s value for each quarter below its floor"


def _credits(request: HttpRequest, contract: Contract, lines: list[CreditLine], names: dict[str, str]) -> Table:
    return Table(
        request, list(reversed(lines)), name="credits", caption="Service credits",
        empty="No quarter has cost a service credit.",
        columns=[
            Column("quarter", "In the statement for", value=lambda row: Quarter.parse(row.quarter).words,
                   link=lambda row: reverse("statement", args=[contract.reference, row.quarter])),
            Column("code", "Measure", value=lambda row: names.get(row.code, row.code)),
            Column("kind", "What", value=_what),
            Column("amount", "Amount", value=lambda row: pounds_and_pence(row.amount), numeric=True),
        ],
    )  # fmt: skip


def _what(line: CreditLine) -> str:
    of = Quarter.parse(line.of_quarter).words
    return f"Earned back: the credit of {of}" if line.is_earned_back else "Below its floor"
