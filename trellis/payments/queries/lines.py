"""Where the lines of a statement come from: each source proposes what it has, and the statement collects them."""

from collections.abc import Callable

from django.urls import reverse

from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract
from trellis.core.periods import Quarter
from trellis.payments.models import StatementLine
from trellis.payments.queries import disputes, terms
from trellis.payments.queries.credits import credit_lines
from trellis.payments.queries.shares import share_lines
from trellis.payments.rules import statements as rules
from trellis.payments.rules.lines import Line, ProposedLine, check_proposed, stated
from trellis.performance import queries as performance
from trellis.performance.models import QuarterReport
from trellis.performance.report import QuarterlyReport
from trellis.web.words import percent

LineSource = Callable[[QuarterReport], list[ProposedLine]]


def proposed_lines(report: QuarterReport) -> list[ProposedLine]:
    """What every source proposes for the statement of a report, in the order of the sources."""
    return [line for source in LINE_SOURCES for line in source(report)]


def stated_lines(report: QuarterReport) -> list[Line]:
    """What every source proposes, each line of one partner and one source of funding.

    Raises RuleBroken for a line that no statement can have.
    """
    shares = {share.organisation: share.share for share in performance.frozen(report).shares}
    proposed = proposed_lines(report)
    partners = report.contract.partners.values_list("organisation__reference", flat=True)
    check_proposed(proposed, partners)
    funding = contracts.funding(report.contract, Quarter.parse(report.quarter).start)
    contract, quarter = report.contract.reference, report.quarter
    return stated(proposed, shares=shares, funding=funding, contract=contract, quarter=quarter)


def base_lines(report: QuarterReport) -> list[ProposedLine]:
    """The quarter's own value by the shares that the report froze; under terms of payment in advance the next one too.

    A quarter that an earlier statement has paid in advance is not stated again.
    """
    frozen = performance.frozen(report)
    quarter = Quarter.parse(frozen.quarter)
    opens = reverse("quarterly_report", args=[frozen.contract, frozen.quarter])
    stated = stated_quarters(report.contract)
    due = [] if str(quarter) in stated else [(rules.statement(frozen), "delivered", opens)]
    following = quarter.next()
    if str(following) not in stated and terms.is_in_advance(report.contract, following.start):
        ahead = _in_advance(report.contract, frozen, following)
        opens = reverse("contract", args=[frozen.contract])
        due += [(ahead, "in advance, as the contract’s terms say", opens)] if ahead else []
    return [line for one, words, opens in due for line in _lines(one, words, opens)]


def stated_quarters(contract: Contract) -> set[str]:
    """The quarters whose base has been stated."""
    lines = StatementLine.objects.filter(statement__report__contract=contract, kind=StatementLine.Kind.BASE)
    return set(lines.values_list("quarter", flat=True).distinct())


def last_stated(contract: Contract) -> Quarter | None:
    """The last quarter whose base has been stated."""
    return max(map(Quarter.parse, stated_quarters(contract)), default=None)


def _in_advance(contract: Contract, frozen: QuarterlyReport, quarter: Quarter) -> rules.Due | None:
    row = contracts.quarter(contract, quarter)
    shares = contracts.shares(contract, quarter.start)
    if row is None or not shares:
        return None
    by_name = {one.organisation.reference: (one.organisation.name, share) for one, share in shares.items()}
    return rules.due(frozen.contract, str(quarter), row.value, by_name)


def _lines(due: rules.Due, words: str, opens: str) -> list[ProposedLine]:
    period = Quarter.parse(due.quarter).words
    return [
        ProposedLine(
            kind=StatementLine.Kind.BASE,
            partner_reference=line.organisation,
            amount=line.amount,
            funding_source="",
            reason=f"{percent(line.share)} of the value of {period}, {words}",
            opens=opens,
            source=f"base {due.contract} {due.quarter} {line.organisation}",
            quarter=due.quarter,
        )
        for line in due.lines
    ]


# What is proposed for each statement; add a function of the same shape to have lines of your own.
LINE_SOURCES: tuple[LineSource, ...] = (base_lines, credit_lines, share_lines, disputes.adjustment_lines)
