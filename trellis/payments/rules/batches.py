"""Which lines are paid together, and the files that say so. Pure: the same payments make the same bytes."""

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from trellis.core.errors import RuleBroken
from trellis.web.csv_files import guarded

CREDIT, ACCOUNT_TYPE = "99", "0"  # a payment to the payee (BACS Standard 18, transaction code)
NO_BANK_DETAILS = "0" * 14  # sort code and account: the authority’s finance system has them, by payee reference
NAME, WIDTH = 18, 106
CSV_HEAD = ("Batch", "Payment", "Payee reference", "Payee", "Contract", "Statement", "Line", "Kind", "Funding", "Net")


@dataclass(frozen=True)
class PayableLine:
    """A line that may be paid, in pounds; below nought it is set against the partner's others."""

    id: int
    partner: int
    amount: Decimal


@dataclass(frozen=True)
class PaidLine:
    """A line of a payment, as the CSV for the ledger names it."""

    statement: str
    number: int
    kind: str
    funding_source: str
    amount: Decimal


@dataclass(frozen=True)
class Paying:
    """What one payee gets, in pounds. References and names as they were at the export."""

    reference: str
    payee_reference: str
    payee_name: str
    amount: Decimal
    vat: Decimal
    lines: tuple[PaidLine, ...]

    @property
    def gross(self) -> Decimal:
        """With VAT: what the payee has."""
        return self.amount + self.vat


@dataclass(frozen=True)
class Handed:
    """A batch as its files say it."""

    reference: str
    contract: str
    authority: str
    on: date
    payments: tuple[Paying, ...]

    @property
    def count(self) -> int:
        """How many payments: a control total."""
        return len(self.payments)

    @property
    def total(self) -> Decimal:
        """What they come to, VAT included: a control total."""
        return sum((one.gross for one in self.payments), Decimal("0.00"))


def together(lines: Iterable[PayableLine]) -> dict[int, list[PayableLine]]:
    """The lines that are paid now, by partner: all of a partner's, where they come to more than nothing.

    What is to be taken off is set against what is due; where it is more than that, both wait for the next statement.
    """
    return {partner: mine for partner, mine in _by_partner(lines).items() if _sum(mine) > 0}


def below_nought(lines: Iterable[PayableLine]) -> dict[int, Decimal]:
    """What partners have had too much, in pounds above nought: it waits for their next statement."""
    sums = {partner: _sum(mine) for partner, mine in _by_partner(lines).items()}
    return {partner: -amount for partner, amount in sums.items() if amount < 0}


def _by_partner(lines: Iterable[PayableLine]) -> dict[int, list[PayableLine]]:
    found: dict[int, list[PayableLine]] = {}
    for line in lines:
        found.setdefault(line.partner, []).append(line)
    return dict(sorted(found.items()))


def _sum(lines: Iterable[PayableLine]) -> Decimal:
    return sum((one.amount for one in lines), Decimal(0))


def check_something_to_pay(groups: Collection[int], in_dispute: Sequence[str]) -> None:
    """Refuse a batch of nothing; a line in dispute cannot be paid, and is named."""
    if groups:
        return
    if in_dispute:
        raise RuleBroken(
            f"{in_dispute[0]} is in dispute: it cannot be paid until that is settled. There is nothing else to pay."
        )
    raise RuleBroken("There is nothing to pay: no line is authorised and not sent yet.")


def csv_bytes(batch: Handed) -> bytes:
    """The CSV for the authority's ledger: each line of each payment, its VAT, then the control totals."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(CSV_HEAD)
    for payment in batch.payments:
        start = [batch.reference, payment.reference, payment.payee_reference, guarded(payment.payee_name)]
        for line in payment.lines:
            writer.writerow(
                [
                    *start,
                    batch.contract,
                    line.statement,
                    line.number,
                    line.kind,
                    guarded(line.funding_source),
                    line.amount,
                ]
            )
        if payment.vat:
            writer.writerow([*start, batch.contract, "", "", "VAT", "", payment.vat])
    writer.writerow([batch.reference, f"{batch.count} payments", "", "", "", "", "", "Total", "", batch.total])
    return file.getvalue().encode()


def bacs_bytes(batch: Handed) -> bytes:
    """Fixed-width records of 106 characters after BACS Standard 18, one a payment, and one of control totals.

    Sort codes and account numbers are noughts: Trellis holds none. The reference says whom to pay.
    """
    records = [_record(batch, payment) for payment in batch.payments]
    records.append(f"UTL1{_pence(batch.total):013}{0:013}{batch.count:07}{0:07}".ljust(WIDTH))
    return "".join(f"{record}\r\n" for record in records).encode("ascii")


def digest(content: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _record(batch: Handed, payment: Paying) -> str:
    """Payee's account, type, code, payer's account, free, pence, payer, reference, payee, day."""
    fields = (
        NO_BANK_DETAILS, ACCOUNT_TYPE, CREDIT, NO_BANK_DETAILS, " " * 4, f"{_pence(payment.gross):011}",
        _plain(batch.authority), _plain(payment.reference), _plain(payment.payee_name), f" {batch.on:%y%j}",
    )  # fmt: skip
    return "".join(fields)


def _pence(pounds: Decimal) -> int:
    return int(pounds * 100)


def _plain(text: str) -> str:
    """Eighteen of the characters that BACS takes: capitals, figures, and a few signs."""
    ascii_ = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().upper()
    return re.sub(r"[^A-Z0-9./& -]", " ", ascii_)[:NAME].ljust(NAME)
