"""The words and rows of payments and their batches."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.accounts.models import User
from trellis.contracts.models import Contract, Partner
from trellis.core import clock
from trellis.core.money import pounds_and_pence
from trellis.core.permissions import Permission
from trellis.payments.commands.remittance import Outcome
from trellis.payments.models import Batch, Payment
from trellis.payments.presenters.statements import crumbs as statement_crumbs
from trellis.payments.queries import batches as queries
from trellis.payments.rules.batches import PayableLine, below_nought, together
from trellis.web.table import Column, Table
from trellis.web.words import counted, day

FILES = {"csv": "CSV for the ledger", "txt": "Fixed-width file after BACS Standard 18"}
COLOURS = {"Matched": "green", "Matched before": "grey", "Differs": "orange"}


def crumbs(contract: Contract, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Where a page of payments is."""
    here = [contract.reference]
    money = ("Money", reverse("money", args=here))
    return [statement_crumbs(contract)[0], money, ("Payments", reverse("batches", args=here)), *more]


def batches_page(request: HttpRequest, user: User, contract: Contract) -> dict[str, Any]:
    """What can be paid now, what is on its way, and the batches so far."""
    may_export = queries.may(user, contract, Permission.PAYMENT_EXPORT)
    waiting = queries.waiting_payments(contract).count()
    return {
        "contract": contract,
        "caption": contract.title,
        "ready": ready(contract),
        "owed_back": owed_back(contract),
        "waiting": counted(waiting, "payment") if waiting else "",
        "may_export": may_export,
        "may_match": queries.may(user, contract, Permission.PAYMENT_MATCH),
        "table": _batches_table(request, contract),
        "breadcrumbs": crumbs(contract)[:2],
    }


def ready(contract: Contract) -> list[tuple[str, str]]:
    """What each partner would be paid now: (name, amount)."""
    lines = {line.pk: line for line in queries.payable_lines(contract)}
    groups = together(PayableLine(line.pk, line.partner_id, line.amount) for line in lines.values())
    return [
        (lines[group[0].id].partner.organisation.name, pounds_and_pence(sum((one.amount for one in group), Decimal(0))))
        for group in groups.values()
    ]


def owed_back(contract: Contract) -> list[tuple[str, str]]:
    """Who has had more than it is due, and what becomes of that: (name, sentence)."""
    lines = list(queries.payable_lines(contract))
    partners = {line.partner_id: line.partner for line in lines}
    found = below_nought(PayableLine(line.pk, line.partner_id, line.amount) for line in lines)
    return [(partners[one].organisation.name, _owed_words(partners[one], amount)) for one, amount in found.items()]


def _owed_words(partner: Partner, amount: Decimal) -> str:
    if partner.left_on and partner.left_on < clock.today():
        return f"{pounds_and_pence(amount)}. It left on {day(partner.left_on)}, so it has to pay this back"
    return f"{pounds_and_pence(amount)}. It is taken off what this partner is due next"


def _batches_table(request: HttpRequest, contract: Contract) -> Table:
    return Table(
        request,
        queries.batches(contract),
        columns=[
            Column(
                "reference",
                "Batch",
                sort="reference",
                link=lambda row: reverse("batch", args=[contract.reference, row.reference]),
            ),  # fmt: skip
            Column("exported_on", "Exported", sort="exported_on"),
            Column("count", "Payments", sort="count", numeric=True),
            Column("total", "Total", value=lambda row: pounds_and_pence(row.total), sort="total", numeric=True),
        ],
        caption="Batches",
        name="batches",
        empty="Nothing has been handed over yet. The first batch can be once a statement is authorised.",
    )


def batch_page(request: HttpRequest, user: User, batch: Batch) -> dict[str, Any]:
    """One batch: its control totals, files and payments."""
    contract = batch.contract
    may_match = queries.may(user, contract, Permission.PAYMENT_MATCH)
    here = [contract.reference, batch.reference]
    return {
        "batch": batch,
        "contract": contract,
        "caption": contract.title,
        "facts": [
            ("Exported", day(batch.exported_on)),
            ("Payments in it", f"{batch.count:,}"),
            ("Total, VAT included", pounds_and_pence(batch.total)),
            ("SHA-256 of the CSV", batch.csv_digest),
            ("SHA-256 of the fixed-width file", batch.bacs_digest),
        ],
        "files": [(words, reverse("batch_file", args=[*here, ending])) for ending, words in FILES.items()]
        if queries.may(user, contract, Permission.PAYMENT_EXPORT)
        else [],
        "table": _payments_table(request, batch, may_match),
        "breadcrumbs": crumbs(contract),
    }


def _payments_table(request: HttpRequest, batch: Batch, may_match: bool) -> Table:
    def address(row: Payment) -> str:
        here = [batch.contract.reference, batch.reference, row.reference]
        return reverse("match_payment", args=here) if may_match and row.paid_on is None else ""

    return Table(
        request,
        queries.payments(batch.contract).filter(batch=batch),
        columns=[
            Column("reference", "Payment", sort="reference", link=address),
            Column("payee_name", "Payee", sort="payee_name"),
            Column("payee_reference", "Payee reference", sort="payee_reference"),
            Column("amount", "Net", value=lambda row: pounds_and_pence(row.amount), sort="amount", numeric=True),
            Column("vat", "VAT", value=lambda row: pounds_and_pence(row.vat), sort="vat", numeric=True),
            Column("paid_on", "Paid on", sort="paid_on", absent="Not matched yet"),
        ],
        caption="Payments",
        name=batch.reference,
    )


def match_page(payment: Payment) -> dict[str, Any]:
    """Matching one payment by hand."""
    batch = payment.batch
    back = reverse("batch", args=[batch.contract.reference, batch.reference])
    gross = pounds_and_pence(payment.amount + payment.vat)
    return {
        "title": "Match a payment",
        "intro": f"{gross} was sent to {payment.payee_name} on {day(batch.exported_on)}.",
        "button": "Match the payment",
        "cancel": back,
        "caption": payment.reference,
        "breadcrumbs": crumbs(batch.contract, (batch.reference, back)),
    }


def remittance_page(contract: Contract, found: Sequence[Outcome] = ()) -> dict[str, Any]:
    """Uploading the bank's list, and what came of it row by row."""
    number = sum(one.state == "Matched" for one in found)
    return {
        "contract": contract,
        "title": "Match what the bank paid",
        "button": "Match the payments",
        "cancel": reverse("batches", args=[contract.reference]),
        "caption": contract.title,
        "outcomes": [(one, COLOURS[one.state]) for one in found],
        "summary": f"{number} of {counted(len(found), 'row')} matched now." if found else "",
        "breadcrumbs": crumbs(contract),
    }


def export_page(contract: Contract) -> dict[str, Any]:
    """What is handed over, before it is."""
    return {
        "contract": contract,
        "title": "Export payments",
        "button": "Export the payments",
        "cancel": reverse("batches", args=[contract.reference]),
        "caption": contract.title,
        "ready": ready(contract),
        "owed_back": owed_back(contract),
        "breadcrumbs": crumbs(contract),
    }
