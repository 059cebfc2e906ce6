"""Where a contract's money is, quarter by quarter."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract
from trellis.core.money import split
from trellis.core.periods import Period, Quarter, contract_years
from trellis.payments.models import Dispute, Statement, StatementLine
from trellis.payments.rules.schedule import Money, Planned, YearMoney, by_financial_year, planned


@dataclass(frozen=True)
class QuarterMoney:
    """A quarter of the contract, its money, and the statement that closed it, if one has."""

    quarter: Quarter
    period: Period
    year: int
    money: Money
    statement: Statement | None


def by_quarter(contract: Contract) -> list[QuarterMoney]:
    """The quarters of a contract in order, each with where its money is.

    A line counts in the quarter that it pays for, whichever statement it stands on.
    """
    found = _of_lines(contract)
    statements = Statement.objects.filter(report__contract=contract).select_related("report")
    by_report = {statement.report.quarter: statement for statement in statements}
    return [
        QuarterMoney(
            quarter=(quarter := Quarter.of(row.starts_on)),
            period=Period(row.starts_on, row.ends_on),
            year=row.year,
            money=Money(value=row.value) + found.get(str(quarter), Money()),
            statement=by_report.get(str(quarter)),
        )
        for row in contracts.quarters(contract)
    ]


def by_year(quarters: list[QuarterMoney]) -> list[YearMoney]:
    """The same money by the council's financial year."""
    return by_financial_year((one.period, one.money) for one in quarters)


def with_optional_years(contract: Contract) -> list[Planned]:
    """The contract's value by financial year, with the optional years not applied; nothing where none is left."""
    optional = [
        (period, value)
        for line in contracts.years(contract)
        if not line.is_applied
        for period, value in _quarters_of(contract, line.number, line.value)
    ]
    term = [(Period(row.starts_on, row.ends_on), row.value) for row in contracts.quarters(contract)]
    return planned(term, optional) if optional else []


def _quarters_of(contract: Contract, year: int, value: Decimal) -> list[tuple[Period, Decimal]]:
    """As they will be laid out when the year is applied: equal, odd pence to the earliest."""
    parts = contract_years(contract.starts_on, year)[-1].quarters
    return list(zip(parts, split(value, [1] * len(parts)), strict=True))


def lines(contract: Contract) -> QuerySet[StatementLine]:
    """Every line of a contract's statements, with all that says where its money is."""
    rows = StatementLine.objects.filter(statement__report__contract=contract).order_by("statement_id", "number")
    return rows.select_related("statement__report", "partner__organisation", "payment_line__payment__batch")


def held_lines(contract: Contract) -> set[int]:
    """The numbers of the rows that a dispute holds."""
    open_now = Dispute.objects.filter(line__statement__report__contract=contract)
    return set(open_now.exclude(status=Dispute.Status.CLOSED).values_list("line_id", flat=True))


def _of_lines(contract: Contract) -> dict[str, Money]:
    found: dict[str, Money] = {}
    held = held_lines(contract)
    for line in lines(contract):
        here = {"adjusted": Decimal("0.00") if line.kind == StatementLine.Kind.BASE else line.amount}
        if place := place_of(line, held):
            here[place] = line.amount
        found[line.quarter] = found.get(line.quarter, Money()) + Money(**here)
    return found


def place_of(line: StatementLine, held: set[int]) -> str:
    """Which part of Money a line is in: nothing while its statement is only drawn up."""
    if line.pk in held:
        return "disputed"
    if hasattr(line, "payment_line"):
        return "paid" if line.payment_line.payment.paid_on else "sent"
    return "" if line.statement.status == Statement.Status.DRAFT else "certified"
