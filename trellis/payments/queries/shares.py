"""A year's gain or loss: what is missing before it can be shared out, what it comes to, and who is paid what."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Sum
from django.urls import reverse

from trellis.contracts.models import Contract
from trellis.core.periods import Quarter
from trellis.payments.models import (
    BookReturn,
    CommercialTerms,
    CostLine,
    Settlement,
    SettlementPart,
    Statement,
    StatementLine,
)
from trellis.payments.queries import books, commercial
from trellis.payments.queries.commercial import Year
from trellis.payments.queries.credits import closed_reports
from trellis.payments.rules.lines import ProposedLine
from trellis.payments.sharing import reading
from trellis.payments.sharing.sums import Shared, share
from trellis.payments.sharing.terms import Terms
from trellis.performance.models import QuarterReport

ACTUAL_PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class YearSoFar:
    """How a contract year stands. `missing` names the returns that are not accepted; `actuals` by indicator code."""

    year: Year
    terms: CommercialTerms | None
    missing: tuple[str, ...]
    unmeasured: tuple[str, ...]
    actual_cost: Decimal
    actuals: dict[str, Decimal]

    @property
    def is_ready(self) -> bool:
        """Whether it can be shared out."""
        return bool(self.terms) and not self.missing and not self.unmeasured


def year_so_far(contract: Contract, year: Year) -> YearSoFar:
    """How a contract year stands: its accepted costs, its measures, and what is missing."""
    terms = commercial.terms_of(contract, year.number)
    actuals = actuals_of(contract, year)
    measured = terms.measures.select_related("indicator").filter(weight__gt=0) if terms else []
    return YearSoFar(
        year=year,
        terms=terms,
        missing=tuple(_missing(contract, year)),
        unmeasured=tuple(row.indicator.name for row in measured if row.indicator_id not in actuals),
        actual_cost=actual_cost(contract, year),
        actuals=actuals,
    )


def _missing(contract: Contract, year: Year) -> list[str]:
    """The returns that are not accepted, in words, the oldest quarter first."""
    accepted = BookReturn.objects.filter(
        partner__contract=contract, quarter__in=year.quarters, status=BookReturn.Status.ACCEPTED
    )
    there = set(accepted.values_list("partner_id", "quarter"))
    wanted = [
        (partner, quarter)
        for quarter, row in zip(year.quarters, _rows(contract, year), strict=True)
        for partner in books.partners_in(contract, row)
    ]
    return [
        f"{partner}, {Quarter.parse(quarter).words}"
        for partner, quarter in wanted
        if (partner.pk, quarter) not in there
    ]


def _rows(contract: Contract, year: Year) -> list:
    return list(contract.quarters.filter(year=year.number))


def actual_cost(contract: Contract, year: Year) -> Decimal:
    """What the accepted books of a year come to, in pounds."""
    lines = CostLine.objects.filter(
        book__partner__contract=contract,
        book__quarter__in=year.quarters,
        book__status=BookReturn.Status.ACCEPTED,
    )
    return lines.aggregate(total=Sum("amount"))["total"] or Decimal("0.00")


def actuals_of(contract: Contract, year: Year) -> dict[str, Decimal]:
    """What each indicator came to in a year: the mean of its closed quarters' published figures, to four places."""
    values: dict[str, list[Decimal]] = {}
    for report in closed_reports(contract):
        if report.contract_year == year.number:
            for one in report.indicators:
                if one.value is not None:
                    values.setdefault(one.code, []).append(one.value)
    return {
        code: (sum(found, Decimal(0)) / len(found)).quantize(ACTUAL_PLACES, ROUND_HALF_UP)
        for code, found in values.items()
    }


def document_of(so_far: YearSoFar) -> dict[str, Any] | None:
    """The year as `trellis share` reads it; None while something that it needs is missing."""
    if so_far.terms is None or not so_far.is_ready:
        return None
    measures = commercial.measures_of(so_far.terms, so_far.year.starts_on, so_far.actuals)
    return commercial.document(
        so_far.terms, year=so_far.year.number, actual_cost=so_far.actual_cost, measures=measures
    )  # fmt: skip


def shared_out(document: dict[str, Any]) -> tuple[Terms, Shared]:
    """The terms in a document, and what they share out: the same sums as on the command line."""
    terms = reading.terms(document)
    return terms, share(terms)


def pays_in(contract: Contract, year: Year) -> str:
    """The first quarter after a year whose statement is not drawn up yet: it takes the share.

    The contract's last year has no quarter after it, and is paid by the statement of its own last quarter. Empty: all
    of these statements are drawn up, and only an extension brings another.
    """
    drawn = set(Statement.objects.filter(report__contract=contract).values_list("report__quarter", flat=True))
    later = [str(Quarter.of(row.starts_on)) for row in contract.quarters.filter(starts_on__gt=year.ends_on)]
    return next((quarter for quarter in later or year.quarters[-1:] if quarter not in drawn), "")


def where_paid(settled: Settlement) -> str:
    """The quarter whose statement pays a settled year: as it was settled, else as the contract stands today."""
    year = commercial.year(settled.contract, settled.year)
    return settled.pays_in or (pays_in(settled.contract, year) if year else "")


def settlements_paid_in(contract: Contract, quarter: str) -> list[Settlement]:
    """The settled years that a quarter's statement pays, or takes back."""
    found = Settlement.objects.filter(contract=contract, pays_in__in=[quarter, ""])
    rows = found.select_related("terms", "contract").prefetch_related("parts__partner__organisation")
    return [settled for settled in rows if where_paid(settled) == quarter]


def unsettled_before(row: QuarterReport) -> list[int]:
    """The years with terms that are neither settled nor left as they are, asked of the last quarter alone."""
    if any(Quarter.of(one.starts_on) > Quarter.parse(row.quarter) for one in row.contract.quarters.all()):
        return []
    settled = set(Settlement.objects.filter(contract=row.contract).values_list("year", flat=True))
    done = settled | set(commercial.unshared(row.contract))
    numbers = [one.number for one in commercial.years(row.contract) if one.number not in done]
    return [number for number in numbers if commercial.terms_of(row.contract, number)]


def share_lines(row: QuarterReport) -> list[ProposedLine]:
    """What a quarter's statement has of settled years: each partner's part. A gain that is reinvested pays nobody."""
    found = []
    for settled in settlements_paid_in(row.contract, row.quarter):
        if settled.terms.reinvest and settled.pool > 0:
            continue
        opens = reverse("settlement", args=[row.contract.reference, settled.year])
        found += [_proposed(part, settled, opens) for part in settled.parts.all() if part.amount]
    return found


def _proposed(part: SettlementPart, settled: Settlement, opens: str) -> ProposedLine:
    organisation = part.partner.organisation
    words = "gain" if part.amount > 0 else "loss"
    return ProposedLine(
        kind=StatementLine.Kind.SHARE,
        partner_reference=organisation.reference,
        amount=part.amount,
        funding_source="",
        reason=f"Part of the {words} of contract year {settled.year}",
        opens=opens,
        source=f"share {settled.contract.reference} {settled.year} {organisation.reference}",
    )
