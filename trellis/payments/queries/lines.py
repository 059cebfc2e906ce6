"""Where the lines of a statement come from: each source proposes what it has, and the statement collects them."""

from collections.abc import Callable

from trellis.contracts import queries as contracts
from trellis.core.periods import Quarter
from trellis.payments.queries import disputes
from trellis.payments.queries.base import base_lines
from trellis.payments.queries.credits import credit_lines
from trellis.payments.queries.shares import share_lines
from trellis.payments.rules.lines import Line, ProposedLine, check_proposed, stated
from trellis.performance import queries as performance
from trellis.performance.models import QuarterReport

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


# What is proposed for each statement; add a function of the same shape to have lines of your own.
LINE_SOURCES: tuple[LineSource, ...] = (base_lines, credit_lines, share_lines, disputes.adjustment_lines)
