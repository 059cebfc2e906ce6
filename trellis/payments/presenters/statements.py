"""The words and rows of statements. A statement's page, PDF, CSV and JSON all take the same StatementSeen."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from trellis.accounts.models import User
from trellis.audit import queries as audit
from trellis.contracts.models import Contract
from trellis.core.errors import RuleBroken
from trellis.core.money import pounds_and_pence
from trellis.core.periods import Quarter
from trellis.core.permissions import Permission
from trellis.payments.models import Statement
from trellis.payments.queries import statements as queries
from trellis.payments.queries.shares import unsettled_before
from trellis.payments.queries.statements import StatementSeen
from trellis.payments.rules import statements as rules
from trellis.performance import queries as performance
from trellis.performance.models import QuarterReport
from trellis.web.pieces import Event
from trellis.web.table import Column, Table
from trellis.web.words import counted, day

COLOURS: dict[str, str] = {rules.Status.DRAFT: "grey", rules.Status.CERTIFIED: "blue", rules.Status.AUTHORISED: "green"}
# Where a line’s money is, in words, and the colour of that.
PLACES = {
    "paid": ("Paid", "green"), "sent": ("On its way", "blue"), "certified": ("To be paid", "yellow"),
    "disputed": ("In dispute", "orange"), "": ("Drawn up", "grey"),
}  # fmt: skip
FILES = {"pdf": "PDF, tagged for screen readers", "csv": "CSV, each partner’s line", "json": "JSON"}


@dataclass(frozen=True)
class LineShown:
    """A line of a statement in words."""

    partner: str
    kind: str
    funding_source: str
    reason: str
    opens: str
    amount: str
    page: str = ""
    state: tuple[str, str] = ("", "")
    number: int = 0


@dataclass(frozen=True)
class PartnerShown:
    """A partner’s lines, and what they come to."""

    name: str
    amount: str
    lines: tuple[LineShown, ...]


def state_tag(row: Statement) -> tuple[str, str]:
    """A statement's state in words, and its colour."""
    return row.get_status_display(), COLOURS[row.status]


def period(row: Statement) -> str:
    """April to June 2018"""
    return Quarter.parse(row.report.quarter).words


def crumbs(contract: Contract, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Where a page of payments is."""
    return [
        (contract.title, reverse("contract", args=[contract.reference])),
        ("Statements", reverse("statements", args=[contract.reference])),
        *more,
    ]


def statements_page(request: HttpRequest, contract: Contract, rows: QuerySet[Statement]) -> dict[str, Any]:
    """The statements of a contract, and how its money stands."""
    balance = queries.balance(contract)
    return {
        "contract": contract,
        "table": _table(request, contract, rows),
        "totals": [
            ("Value of the contract over its term", pounds_and_pence(balance.value)),
            ("Authorised to date", pounds_and_pence(balance.authorised)),
            ("Still to come", pounds_and_pence(balance.remaining)),
        ],
        "savings": [
            ("Saving in the last year of the term, against the year before the contract", balance.last_annual_saving),
            ("Saving over the whole term, each year added up", balance.cumulative_saving),
        ],
        "ready": [
            (Quarter.parse(row.quarter).words, reverse("statement", args=[contract.reference, row.quarter]))
            for row in queries.reports_without_statement(contract)
        ],
        "breadcrumbs": crumbs(contract)[:1],
    }


def _table(request: HttpRequest, contract: Contract, rows: QuerySet[Statement]) -> Table:
    return Table(
        request,
        rows,
        columns=[
            Column(
                "quarter", "Quarter", value=period, sort="report__quarter",
                link=lambda row: reverse("statement", args=[contract.reference, row.report.quarter]),
            ),  # fmt: skip
            Column("reference", "Reference", sort="reference"),
            Column("status", "State", sort="status", tag=state_tag),
            Column("due_on", "To be paid by", sort="due_on"),
            Column("amount", "Amount", value=lambda row: pounds_and_pence(row.amount), sort="amount", numeric=True),
        ],
        caption="Statements",
        name="statements",
        order="-quarter",
        empty="No statement has been drawn up. The first can be once a quarter is signed or closed.",
    )  # fmt: skip


def statement_page(user: User, row: Statement) -> dict[str, Any]:
    """One statement: its state, what can be done now, its lines, its history."""
    seen = queries.statement_seen(row)
    contract = row.report.contract
    return {
        "row": row,
        "seen": seen,
        "contract": contract,
        "title": f"What is due for {seen.period}",
        "status": ("Paid", "green") if seen.paid and seen.paid == seen.amount else state_tag(row),
        "caption": f"{contract.title}, {row.reference}",
        "facts": facts(seen),
        "partners": by_partner(seen),
        "totals": totals(seen),
        "notes": notes(seen),
        "actions": actions(user, row),
        "waits_for": waits_for(user, row),
        "events": events(row),
        "files": [
            (words, reverse("statement_file", args=[seen.contract, seen.quarter, kind]))
            for kind, words in FILES.items()
        ],
        "breadcrumbs": crumbs(contract),
    }


def events(row: Statement) -> list[Event]:
    """The statement's history, the latest first."""
    history = list(row.history.order_by("-id"))
    names = audit.names_of(one.by for one in history)
    return [Event(one.get_status_display(), one.at, names.get(one.by, ""), one.note) for one in history]


def facts(seen: StatementSeen) -> list[tuple[str, str]]:
    """The statement in a few lines, the due date with its working."""
    certified = f"{seen.certified_by}, {day(seen.certified_on)}" if seen.certified_on else "Not yet"
    authorised = f"{seen.authorised_by}, {day(seen.authorised_on)}" if seen.authorised_on else "Not yet"
    return [
        ("Amount", pounds_and_pence(seen.amount)),
        ("From", f"{seen.authority}, to the partners of {seen.title}"),
        ("Drawn up", day(seen.drawn_up_on) if seen.drawn_up_on else "Not yet"),
        ("Certified", certified),
        ("Authorised for payment", authorised),
        ("To be paid by", due_words(seen)),
        ("Paid so far", f"{pounds_and_pence(seen.paid)} of {pounds_and_pence(seen.amount)}"),
    ]


def due_words(seen: StatementSeen) -> str:
    """The due date with its working."""
    if not seen.due_on or not seen.certified_on:
        return "Counted from the day it is certified"
    days = counted((seen.due_on - seen.certified_on).days, "calendar day")
    return f"{day(seen.due_on)}: {days} after {day(seen.certified_on)}, when it was certified"


def lines(seen: StatementSeen) -> list[LineShown]:
    """Each line: whose it is, what for, why and what that opens, how much, and its own page."""
    here = [seen.contract, seen.quarter]
    return [_line(line, reverse("statement_line", args=[*here, line.number])) for line in seen.lines]


def by_partner(seen: StatementSeen) -> list[PartnerShown]:
    """The lines of each partner together, in the order of the lines."""
    shown = lines(seen)
    return [
        PartnerShown(name, amount, tuple(one for one in shown if one.partner == name)) for name, amount in totals(seen)
    ]


def totals(seen: StatementSeen) -> list[tuple[str, str]]:
    """What each partner's lines come to, in the order of the lines: nobody has to add theirs up."""
    return [(partner, pounds_and_pence(amount)) for partner, amount in _sums(seen)]


def _sums(seen: StatementSeen) -> list[tuple[str, Decimal]]:
    found: dict[str, Decimal] = {}
    for line in seen.lines:
        found[line.partner] = found.get(line.partner, Decimal(0)) + line.amount
    return list(found.items())


def notes(seen: StatementSeen) -> list[str]:
    """What a reader would stumble over: a quarter paid in advance and put right, and a partner that is below nought."""
    corrected = [line.amount for line in seen.lines if line.kind == queries.PUT_RIGHT]
    found = []
    if corrected:
        come_to = f"Together they come to {pounds_and_pence(sum(corrected, Decimal(0)))}"
        found.append(
            f"{seen.period} was paid in advance, by the shares of that day. {counted(len(corrected), 'line')} put each "
            f"partner’s part right by the shares that hold for the quarter. {come_to}."
        )
    if any(amount < 0 for _partner, amount in _sums(seen)):
        found.append(
            "A partner whose part is below nought is sent nothing for this statement: it is taken off what that "
            "partner is due next, or paid back by one that has left."
        )
    return found


def _line(line: queries.StatementLine, page: str = "") -> LineShown:
    amount = pounds_and_pence(line.amount)
    return LineShown(
        line.partner,
        line.kind,
        line.funding_source,
        line.reason,
        line.opens,
        amount,
        page,
        PLACES[line.place],
        line.number,
    )


def actions(user: User, row: Statement) -> list[tuple[str, str]]:
    """What this person can do now: (verb, name of the address), the main thing first."""
    found = []
    if queries.can_certify(user, row):
        found.append(("Certify the statement", "certify_statement"))
    if queries.can_authorise(user, row):
        found.append(("Authorise payment", "authorise_statement"))
    if queries.can_return(user, row):
        found.append(("Send it back", "return_statement"))
    return found


def waits_for(user: User, row: Statement) -> str:
    """Whose turn it is, for those who can do nothing now."""
    if row.status == rules.Status.DRAFT and not queries.can_certify(user, row):
        return "It waits for the contract manager to certify it."
    if row.status == rules.Status.CERTIFIED and not queries.can_authorise(user, row):
        return "It waits for finance to authorise it: never the person who certified it."
    return ""


def ready_page(user: User, contract: Contract, report: QuarterReport) -> dict[str, Any]:
    """A signed quarter without a statement: what it will say, and the button to draw it up."""
    proposed = queries.proposed_statement(report)
    quarter = Quarter.parse(report.quarter)
    return {
        "contract": contract,
        "title": f"What is due for {quarter.words}",
        "caption": contract.title,
        "status": ("Not drawn up yet", "grey"),
        "quarter": report.quarter,
        "amount": pounds_and_pence(sum((line.amount for line in proposed), Decimal(0))),
        "lines": [_line(line) for line in proposed],
        "can_draw_up": performance.is_of_authority(user, contract, Permission.PERFORMANCE_PREPARE),
        "refused": _refused(report),
        "breadcrumbs": crumbs(contract),
    }


def _refused(report: QuarterReport) -> str:
    """Why it cannot be drawn up yet, as the command would say it; empty where it can."""
    try:
        rules.check_can_draw_up(is_signed=True, is_drawn_up=False, unsettled=unsettled_before(report))
    except RuleBroken as error:
        return error.sentence
    return ""


def step(row: Statement, *, title: str, button: str) -> dict[str, Any]:
    """A page that does one thing to a statement, its figures in sight."""
    seen = queries.statement_seen(row)
    back = reverse("statement", args=[seen.contract, seen.quarter])
    return {
        "row": row,
        "seen": seen,
        "title": title,
        "button": button,
        "cancel": back,
        "amount": pounds_and_pence(seen.amount),
        "lines": lines(seen),
        "caption": f"{seen.period}, {seen.reference}",
        "breadcrumbs": crumbs(row.report.contract, (seen.period, back)),
    }


def paper(row: Statement) -> dict[str, Any]:
    """The PDF's context."""
    seen = queries.statement_seen(row)
    return {"seen": seen, "facts": facts(seen), "lines": lines(seen), "notes": notes(seen)} | {
        "amount": pounds_and_pence(seen.amount)
    }


def csv_rows(seen: StatementSeen) -> Iterator[list[Any]]:
    """Each partner's line, then the whole."""
    yield [
        "Statement", "Contract", "Quarter", "State", "Line", "Partner", "Kind", "Funding", "Share", "Amount (£)",
        "To be paid by", "Reason",
    ]  # fmt: skip
    start = [seen.reference, seen.contract, seen.quarter, seen.status]
    due = seen.due_on.isoformat() if seen.due_on else ""
    for line in seen.lines:
        share = "" if line.share is None else line.share.normalize()
        yield [
            *start, line.number, line.partner, line.kind, line.funding_source, share, line.amount, due, line.reason
        ]  # fmt: skip
    yield [*start, "", "All partners", "", "", "", seen.amount, due, ""]


def as_json(seen: StatementSeen) -> dict[str, Any]:
    """The statement as JSON values: money as text in pounds, dates as 2018-08-01."""
    return {name: _json(value) for name, value in asdict(seen).items()}


def _json(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_json(one) for one in value]
    if isinstance(value, dict):
        return {name: _json(one) for name, one in value.items()}
    return value if value is None or isinstance(value, str) else str(value)
