"""A contract's whole life on one line of time. Each area tells what falls when in its own rows."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from django.http import HttpRequest
from django.urls import reverse

from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract, ContractQuarter
from trellis.contracts.queries import timeline as own
from trellis.contracts.queries import timeline_rooms as rooms
from trellis.contracts.queries.timeline import MANAGER, Moment
from trellis.core import clock, rulebook, working_days
from trellis.core.periods import ONE_DAY, Quarter
from trellis.payments.models import Statement
from trellis.performance import queries as performance
from trellis.performance.models import QuarterReport
from trellis.performance.rules import FINAL
from trellis.web.charts.spans import Lane, Mark, Span, SpanChart
from trellis.web.table import Column, Table
from trellis.web.words import counted, day

REPORTS, PAYMENTS = "Quarterly reports", "Payments"
Source = Callable[[Contract, date, bool], Iterable[Moment]]
NEXT = 6  # of what comes


def report_moments(contract: Contract, today: date, is_member: bool) -> Iterator[Moment]:
    """The report of each quarter: due once the quarter is over, late once the days to sign it have passed.

    A quarter that is closed without every signature is done too. Until a report is prepared, the days count from
    the quarter's end: whoever waits to be paid waits for it.
    """
    rows = {row.quarter: row for row in contract.reports.exclude(status=QuarterReport.Status.WITHDRAWN)}
    for quarter in contracts.quarters(contract):
        named = Quarter.of(quarter.starts_on)
        row = rows.get(str(named))
        is_done = row is not None and row.status in FINAL
        who = "Each partner, by its signature" if row else MANAGER
        url = reverse("quarterly_report", args=[contract.reference, named]) if is_done or is_member else ""
        yield Moment(
            quarter.ends_on + ONE_DAY, f"Report for {named.words}", REPORTS, "" if is_done else who, is_done,
            not is_done, url, can_be_late=not is_done and quarter.ends_on < today and _last_day(quarter, row) < today,
        )  # fmt: skip


def _last_day(quarter: ContractQuarter, row: QuarterReport | None) -> date:
    if row:
        return performance.last_day_to_sign(row).on
    days = int(rulebook.value("performance.days_to_sign", on=quarter.ends_on))
    return working_days.add(quarter.ends_on, days).on


def payment_moments(contract: Contract, today: date, is_member: bool) -> Iterator[Moment]:
    """When each statement is to be paid by, for members."""
    if not is_member:
        return
    for row in Statement.objects.filter(report__contract=contract).select_related("report"):
        if row.due_on is None:
            continue
        quarter = row.report.quarter
        is_done = row.status == Statement.Status.AUTHORISED
        words = f"Payment for {Quarter.parse(quarter).words} is due"
        url = reverse("statement", args=[contract.reference, quarter])
        yield Moment(row.due_on, words, PAYMENTS, "" if is_done else "Finance", is_done, not is_done, url)


# In the order of their lanes. Each is asked what falls when; areas add theirs here.
SOURCES: tuple[Source, ...] = (
    own.term_moments,
    own.grant_moments,
    own.member_moments,
    own.share_moments,
    report_moments,
    payment_moments,
    own.promise_moments,
    rooms.proposal_moments,
    rooms.variation_moments,
    rooms.plan_moments,
    rooms.action_moments,
)


def moments(contract: Contract, today: date, *, is_member: bool) -> list[Moment]:
    """Everything that falls in the life of a contract, in order; of one day, in the order of the sources."""
    return sorted(
        (moment for source in SOURCES for moment in source(contract, today, is_member)), key=lambda one: one.on
    )


def state(moment: Moment, today: date) -> tuple[str, str]:
    """What became of it, in words and colour."""
    if moment.is_done:
        return "Done", "green"
    if moment.is_due and moment.can_be_late and moment.on < today:
        return "Late", "red"
    return ("Due", "blue") if moment.is_due else ("To come", "grey")


def timeline_page(request: HttpRequest, contract: Contract, *, is_member: bool) -> dict:
    """Where the contract is, what comes next, and what is due from whom."""
    today = clock.today()
    found = moments(contract, today, is_member=is_member)
    coming = [(one, state(one, today)[0]) for one in found if not one.is_done and (one.is_due or one.on >= today)]
    return {
        "contract": contract,
        "here": where_we_are(contract, today),
        "now": [(one, words) for one, words in coming if one.on < today],
        "next": [(one, words) for one, words in coming if one.on >= today][:NEXT],
        "chart": chart(contract, found, today),
        "years": contracts.years(contract),
        "today": today,
        "moments": _table(request, found, today),
        "breadcrumbs": [
            ("Contracts", reverse("contracts")),
            (contract.title, reverse("contract", args=[contract.reference])),
        ],
    }


def where_we_are(contract: Contract, today: date) -> str:
    """In which year and quarter the contract is, in a sentence."""
    if today < contract.starts_on:
        return f"The contract starts on {day(contract.starts_on)}."
    now = next((one for one in contracts.quarters(contract) if one.starts_on <= today <= one.ends_on), None)
    if now is None:
        return f"The contract ended on {day(contract.ends_on)}."
    years = max(one.year for one in contracts.quarters(contract))
    return f"Year {now.year} of {years}, quarter {now.quarter} of 4."


def chart(contract: Contract, found: list[Moment], today: date) -> SpanChart:
    """The years in one lane, and a lane for each kind of thing that falls."""
    years = [
        Span(one.starts_on, one.ends_on, f"Extension {one.option}" if one.option else f"Year {one.number}",
             "sure" if one.is_applied else "open")
        for one in contracts.years(contract)
    ]  # fmt: skip
    kinds = list(dict.fromkeys(one.kind for one in found if one.kind != own.TERM))
    looks = {"Done": "done", "Late": "late"}
    lanes = [
        Lane(kind, marks=[Mark(one.on, looks.get(state(one, today)[0], "due")) for one in found if one.kind == kind])
        for kind in kinds
    ]
    late = sum(1 for one in found if state(one, today)[0] == "Late")
    coming = sum(1 for one in found if one.on >= today and not one.is_done)
    return SpanChart(
        title=f"{late or 'Nothing'} {'is' if late < 2 else 'are'} late, {counted(coming, 'thing')} still to come",
        description="A full dot is done, an empty one is to come or waits, and a diamond is late. Years with a broken "
        "edge are options that nobody has decided yet.",
        lanes=[Lane(own.TERM, spans=years), *lanes],
        today=today,
    )


def _table(request: HttpRequest, found: list[Moment], today: date) -> Table:
    return Table(
        request,
        found,
        columns=[
            Column("on", "When", sort="on"),
            Column("what", "What", link=lambda row: row.url),
            Column("kind", "About", sort="kind"),
            Column("who", "Due from", absent=""),
            Column("state", "State", tag=lambda row: state(row, today)),
        ],
        caption="Everything on the line of time",
        name="moments",
        empty="Nothing falls on this line yet.",
    )
