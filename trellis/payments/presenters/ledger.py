"""The books on a page, and the figures of the payments compliance notice."""

from fractions import Fraction
from typing import Any

from django.http import HttpRequest

from trellis.contracts.models import Contract
from trellis.contracts.rules.regime import awarded_on
from trellis.core import rulebook
from trellis.core.money import pounds_and_pence
from trellis.core.rulebook import Parameter
from trellis.payments.models import Account
from trellis.payments.presenters.lines import money_crumbs
from trellis.payments.queries import compliance, ledger, reconciliation
from trellis.payments.rules.compliance import Compliance
from trellis.payments.rules.ledger import GIVING
from trellis.web.table import Column, Table
from trellis.web.words import day


def ledger_page(request: HttpRequest, contract: Contract) -> dict[str, Any]:
    """What each account holds, whether the books agree with the records, and every entry."""
    found = reconciliation.reconcile(contract)
    return {
        "contract": contract,
        "caption": contract.title,
        "status": ("The books do not balance", "red") if found.faults else ("The books balance", "green"),
        "differences": found.faults,
        "giving": _accounts(found.balances, giving=True),
        "holding": _accounts(found.balances, giving=False),
        "checks": [
            (one.name, pounds_and_pence(one.books), pounds_and_pence(one.records), "Same" if one.agrees else "Differs")
            for one in found.checks
        ],
        "table": _entries_table(request, contract),
        "breadcrumbs": money_crumbs(contract),
    }


def _accounts(balances: dict, *, giving: bool) -> list[tuple[str, str]]:
    sign = -1 if giving else 1
    return [
        (_name(account), pounds_and_pence(sign * amount))
        for account, amount in balances.items()
        if (account in GIVING) == giving
    ]


def _name(account: str) -> str:
    """An account that takes a payment has its VAT too; the others hold what lines state, without it."""
    label = Account(account).label
    return f"{label}, with VAT" if account in (Account.SENT, Account.PAID) else label


def _entries_table(request: HttpRequest, contract: Contract) -> Table:
    return Table(
        request,
        ledger.entries(contract).select_related("partner__organisation"),
        columns=[
            Column("pk", "Entry", sort="pk", numeric=True),
            Column("posted_on", "On", sort="posted_on"),
            Column("source", "What"),
            Column("partner", "Partner", value=lambda row: str(row.partner or "")),
            Column("credit", "Out of", value=lambda row: row.get_credit_display(), sort="credit"),
            Column("debit", "Into", value=lambda row: row.get_debit_display(), sort="debit"),
            Column("amount", "Amount", value=lambda row: pounds_and_pence(row.amount), sort="amount", numeric=True),
        ],
        caption="Entries",
        name="entries",
        order="-pk",
        empty="Nothing has been posted yet. The first entries come with the first statement, or tonight.",
    )


def compliance_page(request: HttpRequest, contract: Contract) -> dict[str, Any]:
    """The half-years of a contract, the latest first."""
    return {
        "contract": contract,
        "caption": contract.title,
        "table": _compliance_table(request, contract),
        "notice": _notice(contract),
        "breadcrumbs": money_crumbs(contract),
    }


def _notice(contract: Contract) -> Parameter:
    """What is published, by the law that held when the contract was awarded and holds for its whole life."""
    awarded = awarded_on(award_signed_on=contract.award_signed_on, starts_on=contract.starts_on)
    return rulebook.parameter("payments.compliance_notice", on=awarded)


def _compliance_table(request: HttpRequest, contract: Contract) -> Table:
    return Table(
        request,
        compliance.half_yearly(contract),
        columns=[
            Column("period", "Half-year", value=lambda row: f"{day(row.period.start)} to {day(row.period.end)}"),
            Column("number", "Payments", numeric=True),
            Column("mean_days", "Mean days to pay", value=_mean, numeric=True),
            Column("first", "Days 1 to 30", value=lambda row: _percent(row.bands[0]), numeric=True),
            Column("second", "Days 31 to 60", value=lambda row: _percent(row.bands[1]), numeric=True),
            Column("third", "Day 61 and over", value=lambda row: _percent(row.bands[2]), numeric=True),
            Column("fell_due", "Fell due, without VAT", value=lambda row: pounds_and_pence(row.fell_due), numeric=True),
            Column("not_paid", "Due and not paid", value=lambda row: _percent(row.not_paid), numeric=True),
        ],
        caption="How fast the partners were paid",
        name="compliance",
        empty="The contract has not begun.",
    )


def _mean(row: Compliance) -> str:
    return "" if row.mean_days is None else f"{float(row.mean_days):.1f}"


def _percent(fraction: Fraction | None) -> str:
    return "" if fraction is None else f"{float(fraction * 100):.1f}%"
