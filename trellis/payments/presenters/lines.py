"""A line of a statement opened: where it came from, where its money went, and what was said about it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.accounts.models import User
from trellis.audit import queries as audit
from trellis.contracts.models import Contract, PartnerShare
from trellis.contracts.queries import resharing
from trellis.core.money import pounds_and_pence
from trellis.core.periods import Quarter
from trellis.core.permissions import Permission
from trellis.payments.models import Adjustment, Dispute, Payment, StatementLine
from trellis.payments.presenters.statements import PLACES, crumbs
from trellis.payments.queries import base, batches, disputes, ledger, money
from trellis.payments.queries.statements import kind_words, may
from trellis.web.pieces import Event
from trellis.web.table import Column, Table
from trellis.web.words import day, percent


def line_page(user: User, line: StatementLine) -> dict[str, Any]:
    """Everything about one line."""
    statement, contract = line.statement, line.statement.report.contract
    found = list(disputes.of_line(line))
    return {
        "line": line,
        "contract": contract,
        "title": f"Line {line.number}: {line.partner.organisation.name}",
        "caption": f"{statement.reference}, {Quarter.parse(statement.report.quarter).words}",
        "status": PLACES[money.place_of(line, money.held_lines(contract))],
        "facts": _facts(line),
        "actions": _actions(user, line, found),
        "events": _events(found),
        "same_part": _same_part(line),
        "agreed_by": _agreed_by(line),
        "adjustments": [(one, pounds_and_pence(one.amount)) for one in disputes.corrections_of(line)],
        "entries": [
            (day(one.posted_on), one.get_credit_display(), one.get_debit_display(), pounds_and_pence(one.amount))
            for one in ledger.entries_of_lines([line])[line.pk]
        ],
        "breadcrumbs": crumbs(contract, (Quarter.parse(statement.report.quarter).words, _statement(line))),
    }


def _statement(line: StatementLine) -> str:
    report = line.statement.report
    return reverse("statement", args=[report.contract.reference, report.quarter])


def _here(line: StatementLine) -> list:
    report = line.statement.report
    return [report.contract.reference, report.quarter, line.number]


def _facts(line: StatementLine) -> list[tuple[str, str]]:
    share = [] if line.share is None else [("Share of the whole", percent(line.share))]
    paid = [("Payment", _payment_words(line.payment_line.payment))] if hasattr(line, "payment_line") else []
    return [
        ("Amount", pounds_and_pence(line.amount)),
        ("What for", kind_words(line.kind, line.source)),
        *share,
        ("Pays for", Quarter.parse(line.quarter).words),
        ("Funded by", line.funding_source or "Not set"),
        *paid,
    ]


def _same_part(line: StatementLine) -> tuple[str, list[tuple[str, str, str]]]:
    """What a line corrects, or what puts it right: a heading, and words, address and amount of each."""
    heading = "What it corrects" if base.is_correction(line.source) else "What puts it right"
    return heading, [
        (
            f"Line {one.number} of {one.statement}",
            reverse("statement_line", args=_here(one)),
            pounds_and_pence(one.amount),
        )
        for one in base.same_part(line)
    ]


def _agreed_by(line: StatementLine) -> tuple[str, str]:
    """By what the shares were agreed that a correction goes by: its words, and its address where it is kept here."""
    if not base.is_correction(line.source):
        return "", ""
    contract, starts = line.statement.report.contract, Quarter.parse(line.quarter).start
    agreed = [one for one in resharing.agreed(PartnerShare, contract) if one.on <= starts]
    last = agreed[-1] if agreed else None
    if last and last.proposal:
        address = reverse("proposal", args=[contract.reference, last.proposal.reference])
        return f"{last.proposal.reference}, {last.proposal.title}", address
    return (last.document.title if last and last.document else "", "")


def _payment_words(payment: Payment) -> str:
    when = f"paid on {day(payment.paid_on)}" if payment.paid_on else "on its way"
    return f"{payment.reference} of {payment.batch.reference}, {when}"


def _actions(user: User, line: StatementLine, found: list[Dispute]) -> list[tuple[str, str]]:
    is_open = any(one.status == Dispute.Status.OPEN for one in found)
    held = any(one.status != Dispute.Status.CLOSED for one in found)
    actions = []
    if not held and not disputes.is_exported(line) and disputes.may_dispute(user, line):
        actions.append(("Dispute this line", reverse("dispute_line", args=_here(line))))
    if is_open and may(user, line.statement, Permission.STATEMENT_CERTIFY):
        actions.append(("Settle the dispute", reverse("settle_dispute", args=_here(line))))
    return actions


def _events(found: list[Dispute]) -> list[Event]:
    names = audit.names_of([name for one in found for name in (one.raised_by, one.settled_by)])
    events = []
    for one in reversed(found):
        if one.settled_at:
            events.append(Event("Settled", one.settled_at, names.get(one.settled_by, ""), one.outcome))
        events.append(Event("Disputed", one.raised_at, names.get(one.raised_by, ""), one.reason))
    return events


def act_page(line: StatementLine, *, title: str, button: str, intro: str) -> dict[str, Any]:
    """A page that does one thing to a line."""
    back = reverse("statement_line", args=_here(line))
    return {
        "title": title,
        "button": button,
        "intro": intro,
        "cancel": back,
        "caption": f"{line.partner.organisation.name}, {pounds_and_pence(line.amount)}",
        "breadcrumbs": crumbs(
            line.statement.report.contract, (f"{line.statement.reference}, line {line.number}", back)
        ),
    }


def disputes_page(request: HttpRequest, user: User, contract: Contract) -> dict[str, Any]:
    """The disputes of a contract, and what puts things right."""
    return {
        "contract": contract,
        "caption": contract.title,
        "table": _disputes_table(request, contract),
        "adjustments": _adjustments_table(request, contract),
        "may_adjust": batches.may(user, contract, Permission.STATEMENT_CERTIFY),
        "breadcrumbs": money_crumbs(contract),
    }


def money_crumbs(contract: Contract) -> list[tuple[str, str]]:
    """Where a page beside the money page is."""
    return [crumbs(contract)[0], ("Money", reverse("money", args=[contract.reference]))]


def _disputes_table(request: HttpRequest, contract: Contract) -> Table:
    colours = {Dispute.Status.OPEN: "orange", Dispute.Status.SETTLED: "blue", Dispute.Status.CLOSED: "grey"}
    return Table(
        request,
        disputes.disputes(contract),
        columns=[
            Column(
                "line",
                "Line",
                value=lambda row: str(row.line),
                sort="line_id",
                link=lambda row: reverse("statement_line", args=_here(row.line)),
            ),  # fmt: skip
            Column("partner", "Partner", value=lambda row: str(row.line.partner)),
            Column("amount", "Amount", value=lambda row: pounds_and_pence(row.line.amount), numeric=True),
            Column("reason", "What is wrong"),
            Column("raised_at", "Since", value=lambda row: day(row.raised_at), sort="raised_at"),
            Column("status", "State", sort="status", tag=lambda row: (row.get_status_display(), colours[row.status])),
        ],
        caption="Disputes",
        name="disputes",
        empty="No line is disputed. You can dispute one on its own page: choose it on a statement.",
    )


def _adjustments_table(request: HttpRequest, contract: Contract) -> Table:
    return Table(
        request,
        disputes.adjustments(contract),
        columns=[
            Column(
                "reference",
                "Reference",
                sort="reference",
                link=lambda row: reverse("adjustment", args=[contract.reference, row.reference]),
            ),  # fmt: skip
            Column("kind", "Kind", value=lambda row: row.get_kind_display(), sort="kind"),
            Column("partner", "Partner", value=_whose),
            Column("reason", "What it puts right"),
            Column("statement", "On statement", value=lambda row: str(row.statement or ""), absent="The next one"),
            Column("amount", "Amount", value=lambda row: pounds_and_pence(row.amount), sort="amount", numeric=True),
        ],
        caption="Adjustments and late interest",
        name="adjustments",
        prefix="adjustment-",
        empty="Nothing has been put right yet.",
    )


def _whose(row: Adjustment) -> str:
    return str(row.partner) if row.partner else "All partners, by share"


def adjustment_page(row: Adjustment) -> dict[str, Any]:
    """What one adjustment puts right."""
    return {
        "row": row,
        "contract": row.contract,
        "title": f"{row.get_kind_display()} {row.reference}",
        "caption": row.contract.title,
        "status": ("Stated", "green") if row.statement else ("On the next statement", "yellow"),
        "facts": [
            ("Amount", pounds_and_pence(row.amount)),
            ("Whose", _whose(row)),
            ("What it puts right", row.reason),
            ("Raised", f"{audit.names_of([row.raised_by]).get(row.raised_by, '')} {day(row.raised_at)}".strip()),
        ],
        "corrects": (str(row.corrects), reverse("statement_line", args=_here(row.corrects))) if row.corrects else None,
        "stated": (str(row.statement), _address(row)) if row.statement else None,
        "breadcrumbs": [*money_crumbs(row.contract), _door(row.contract)],
    }


def _door(contract: Contract) -> tuple[str, str]:
    return "Disputes and adjustments", reverse("disputes", args=[contract.reference])


def _address(row: Adjustment) -> str:
    report = row.statement.report if row.statement else None
    return reverse("statement", args=[row.contract.reference, report.quarter]) if report else ""


def adjust_page(contract: Contract) -> dict[str, Any]:
    """Putting something right on the next statement."""
    return {
        "title": "Put something right",
        "intro": "A statement is never changed. What you write here becomes a line of the next one, "
        "and opens to your reason.",
        "button": "Add the adjustment",
        "cancel": reverse("disputes", args=[contract.reference]),
        "caption": contract.title,
        "breadcrumbs": [*money_crumbs(contract), _door(contract)],
    }
