"""Service credits, worked out from the frozen reports and the agreed terms alone: the same whenever they are asked."""

from decimal import Decimal

from django.urls import reverse

from trellis.contracts.models import Contract
from trellis.core.periods import Quarter
from trellis.payments.models import CommercialTerms, StatementLine
from trellis.payments.queries import commercial
from trellis.payments.rules import credits as rules
from trellis.payments.rules.credits import Conditions, CreditLine, QuarterResult, Rate, Result
from trellis.payments.rules.lines import ProposedLine
from trellis.performance import queries as performance
from trellis.performance.models import QuarterReport
from trellis.performance.report import QuarterlyReport
from trellis.performance.rules import FLOOR_NOT_MET, TARGET_MET

NO_CONDITIONS = Conditions({}, Decimal(0), Decimal(0), 0)
# A report in one of these may still change, so no money follows from it.
UNDECIDED = [QuarterReport.Status.PREPARED, QuarterReport.Status.WITHDRAWN]


def closed_reports(contract: Contract) -> list[QuarterlyReport]:
    """The frozen reports of the quarters that are closed, the oldest first."""
    rows = QuarterReport.objects.filter(contract=contract).exclude(status__in=UNDECIDED).order_by("quarter")
    return [performance.frozen(row) for row in rows]


def credits_of(contract: Contract, reports: list[QuarterlyReport]) -> list[CreditLine]:
    """Every credit and what was earned back over these quarters, which are the contract's from its first."""
    years = {one.number: one.value for one in commercial.years(contract)}
    conditions = {number: conditions_of(commercial.terms_of(contract, number)) for number in years}
    return rules.credit_lines([_result(report, years, conditions) for report in reports])


def credits_in(contract: Contract, report: QuarterlyReport) -> list[CreditLine]:
    """What a quarter's statement has of credits: its own, and those of earlier quarters that it earned back."""
    before = [one for one in closed_reports(contract) if one.quarter < report.quarter]
    return [line for line in credits_of(contract, [*before, report]) if line.quarter == report.quarter]


def conditions_of(terms: CommercialTerms | None) -> Conditions:
    """What the terms say of credits; nothing where none are agreed."""
    if terms is None:
        return NO_CONDITIONS
    return Conditions(
        {row.indicator_id: Rate(row.amount, row.fraction) for row in terms.credits.all()},
        terms.credit_cap_quarter,
        terms.credit_cap_year,
        terms.earn_back_quarters,
    )


def _result(
    report: QuarterlyReport, years: dict[int, Decimal], conditions: dict[int, Conditions]
) -> QuarterResult:  # fmt: skip
    return QuarterResult(
        quarter=report.quarter,
        year=report.contract_year,
        value=report.value,
        year_value=years.get(report.contract_year, report.value),
        results=[
            Result(one.code, one.rating == FLOOR_NOT_MET, one.rating == TARGET_MET) for one in report.indicators
        ],
        conditions=conditions.get(report.contract_year, NO_CONDITIONS),
    )  # fmt: skip


def credit_lines(row: QuarterReport) -> list[ProposedLine]:
    """What a quarter's statement has of credits: the alliance's as a whole, never a partner's own."""
    frozen = performance.frozen(row)
    opens = reverse("credits", args=[frozen.contract])
    return [_proposed(line, frozen, opens) for line in credits_in(row.contract, frozen)]


def _proposed(line: CreditLine, report: QuarterlyReport, opens: str) -> ProposedLine:
    indicator = report.indicator(line.code)
    named = f"“{indicator.name}”" if indicator else line.code
    of = Quarter.parse(line.of_quarter).words
    was = f"{named} was below its floor in {of}"
    return ProposedLine(
        kind=StatementLine.Kind.CREDIT,
        partner_reference="",
        amount=line.amount,
        funding_source="",
        reason=f"Earned back: {named} is at its target again; the credit was of {of}" if line.is_earned_back else was,
        opens=opens,
        source=f"credit {report.contract} {line.of_quarter} {line.code}{' back' if line.is_earned_back else ''}",
    )
