"""The base of a statement: a quarter’s value, the next one’s where it is paid in advance, what puts that right."""

from decimal import Decimal

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract
from trellis.core.periods import Quarter
from trellis.payments.models import StatementLine
from trellis.payments.queries import terms
from trellis.payments.rules import advance
from trellis.payments.rules import statements as rules
from trellis.payments.rules.lines import ProposedLine, parts
from trellis.performance import queries as performance
from trellis.performance.models import QuarterReport
from trellis.web.words import percent

BASE = StatementLine.Kind.BASE
CORRECTED = "corrected base "  # how the source of a line begins that puts an advance right
UNFUNDED = {"": Decimal(1)}  # where the contract does not say who pays


def base_lines(report: QuarterReport) -> list[ProposedLine]:
    """The quarter's own value by the shares that the report froze; under terms of payment in advance the next one too.

    Of a quarter that an earlier statement has paid in advance, only what that shared out otherwise is stated.
    """
    frozen = performance.frozen(report)
    quarter, due = Quarter.parse(frozen.quarter), rules.statement(frozen)
    opens = reverse("quarterly_report", args=[frozen.contract, frozen.quarter])
    stated = stated_quarters(report.contract)
    if str(quarter) in stated:
        found = _put_right(report.contract, due, opens)
    else:
        found = _lines(report.contract, due, "delivered", opens)
    return found + _ahead(report.contract, quarter.next(), stated)


def stated_quarters(contract: Contract) -> set[str]:
    """The quarters whose base has been stated."""
    return set(stated_base(contract).order_by().values_list("quarter", flat=True).distinct())


def last_stated(contract: Contract) -> Quarter | None:
    """The last quarter whose base has been stated."""
    return max(map(Quarter.parse, stated_quarters(contract)), default=None)


def stated_base(contract: Contract) -> QuerySet[StatementLine]:
    """The base lines of every statement of a contract."""
    return StatementLine.objects.filter(statement__report__contract=contract, kind=BASE)


def is_correction(source: str) -> bool:
    """Whether a line of this source puts right what was paid in advance."""
    return source.startswith(CORRECTED)


def same_part(line: StatementLine) -> QuerySet[StatementLine]:
    """The other base lines of the same partner, quarter and funding: what a line corrects, or what puts it right."""
    if line.kind != BASE:
        return StatementLine.objects.none()
    same = Q(partner=line.partner_id, quarter=line.quarter, funding_source=line.funding_source)
    found = stated_base(line.statement.report.contract).filter(same).exclude(pk=line.pk)
    return found.order_by("pk").select_related("statement__report__contract")


def _ahead(contract: Contract, quarter: Quarter, stated: set[str]) -> list[ProposedLine]:
    """The value of a quarter that is paid as it begins, by the shares that are agreed for it."""
    row, shares = contracts.quarter(contract, quarter), contracts.shares(contract, quarter.start)
    if str(quarter) in stated or row is None or not shares or not terms.is_in_advance(contract, quarter.start):
        return []
    by_name = {one.organisation.reference: (one.organisation.name, share) for one, share in shares.items()}
    due = rules.due(contract.reference, str(quarter), row.value, by_name)
    return _lines(contract, due, "in advance, as the contract’s terms say", reverse("contract", args=[due.contract]))


def _lines(contract: Contract, due: rules.Due, words: str, opens: str) -> list[ProposedLine]:
    period, by_part = Quarter.parse(due.quarter).words, _by_part(contract, due)
    return [
        ProposedLine(
            kind=BASE,
            partner_reference=line.organisation,
            amount=amount,
            funding_source=funding,
            reason=f"{percent(line.share)} of the value of {period}, {words}",
            opens=opens,
            source=_source(f"base {due.contract} {due.quarter} {line.organisation}", funding),
            quarter=due.quarter,
            share=line.share,
        )
        for line in due.lines
        for funding, amount in _funded(by_part, line.organisation).items()
    ]


def _funded(by_part: dict[advance.Part, Decimal], organisation: str) -> dict[str, Decimal]:
    """One partner's pounds by source of funding; nothing of none, where it has no share."""
    mine = {source: amount for (who, source), amount in by_part.items() if who == organisation and amount}
    return mine or {"": Decimal("0.00")}


def _by_part(contract: Contract, due: rules.Due) -> dict[advance.Part, Decimal]:
    """What is due in pounds by partner and source of funding, as the quarter itself is funded."""
    funding = _funding(contract, due)
    return {
        (line.organisation, source): amount
        for line in due.lines
        for source, amount in parts(line.amount, funding).items()
    }


def _funding(contract: Contract, due: rules.Due) -> dict[str, Decimal]:
    return contracts.funding(contract, Quarter.parse(due.quarter).start) or UNFUNDED


def _source(base: str, funding: str) -> str:
    return f"{base}, {funding}" if funding else base


def _put_right(contract: Contract, due: rules.Due, opens: str) -> list[ProposedLine]:
    """The difference between what the quarter's shares give and what was paid of it in advance, line by line."""
    quarter, advances = Quarter.parse(due.quarter), _advances(contract, due.quarter)
    first = advances[0]
    return [
        ProposedLine(
            kind=BASE,
            partner_reference=one.part[0],
            amount=one.amount,
            funding_source=one.part[1],
            reason=advance.words(one, first, period=quarter.words, shares_from=quarter.start),
            opens=opens,
            source=_source(f"{CORRECTED}{due.contract} {due.quarter} {one.part[0]}", one.part[1]),
            quarter=due.quarter,
        )
        for one in advance.corrections(_by_part(contract, due), advances)
    ]


def _advances(contract: Contract, quarter: str) -> list[advance.Advance]:
    rows = stated_base(contract).filter(quarter=quarter).order_by("pk")
    return [
        advance.Advance(
            part=(row.partner.organisation.reference, row.funding_source),
            amount=row.amount,
            statement=row.statement.reference,
            on=timezone.localtime(row.statement.drawn_up_at).date(),
        )
        for row in rows.select_related("statement", "partner__organisation")
    ]
