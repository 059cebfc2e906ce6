"""Statements opened to the last entry, and a ledger verified, each against the bare query of the same rows.

    python -m benchmarks.ledger [--partners 8] [--years 5] [--entries 1000000] [--keep FOLDER]

One run on a scratch database. First so many partners are paid for so many years through the commands; then, by turns:
the bare SELECT of all their lines with their entries, and all statements as their page and files show them (JSON),
each line opened to its entries. After that the ledger is filled up to so many entries, sealed, and verified whole
(balances against records, every digest, every link, the triggers) beside a bare SELECT of what is verified.
"""

import argparse
import random
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from statistics import median
from time import perf_counter

from benchmarks._register import served_from

TIMES = 7
START = date(2017, 1, 1)
LINES = """
    SELECT l.*, s.*, e.* FROM payments_statementline l JOIN payments_statement s ON s.id = l.statement_id
    JOIN payments_ledgerentry e ON e.source IN (s.reference || ', line ' || l.number || ' stated',
                                                s.reference || ', line ' || l.number || ' sent')
"""
ENTRIES = """
    SELECT e.id, e.digest, e.contract_id, e.debit, e.credit, e.amount, e.partner_id, e.quarter, e.source, e.posted_on,
           e.posted_at, e.posted_by, l.position, l.digest, l.hash
    FROM payments_ledgerentry e JOIN payments_ledgerlink l ON l.row_id = e.id ORDER BY l.position
"""


def a_contract(partners: int, years: int):
    """A contract of so many partners, with its two people at the council."""
    from trellis.accounts.models import Membership, User
    from trellis.contracts.commands.contract import create_contract
    from trellis.core.actors import SIMULATOR
    from trellis.organisations.models import Organisation
    from trellis.payments.commands import terms
    from trellis.places.models import District

    district = District.objects.create(code="E1", name="A district", latitude=51.2, longitude=0.5)
    names = ["A council", "A panel", *(f"Partner {number}" for number in range(partners))]
    council, panel, *members = (
        Organisation.objects.create(reference=f"ORG-{number}", name=name, district=district)
        for number, name in enumerate(names)
    )
    people = []
    for name, role in (("Olive", "contract-manager"), ("Fred", "finance")):
        user = User.objects.create_user(f"{name}@example.org".lower(), "", name=name)
        Membership.objects.create(user=user, organisation=council, role=role)
        people.append(user)
    contract = create_contract(
        reference="SCO", title="Support", authority=council, starts_on=START, years=years, step_down=Decimal("0.1"),
        baseline=Decimal("615291"), independent_route=panel, by=SIMULATOR,
        shares={one: Decimal(1) / len(members) for one in members},
    )  # fmt: skip
    shares = {"Adult Social Care": Decimal("0.6"), "Public Health": Decimal("0.4")}
    terms.set_funding(contract=contract, starts_on=START, shares=shares, by=SIMULATOR)
    return contract, *people


def pay(contract, manager, finance) -> None:
    """Every quarter of the contract, from its report to money that arrived."""
    from trellis.contracts import queries as contracts
    from trellis.core import clock
    from trellis.core.periods import Quarter
    from trellis.payments.commands import batches, remittance, statements
    from trellis.payments.models import Payment
    from trellis.payments.tests.quarters import a_report

    for row in contracts.quarters(contract):
        shares = contracts.shares(contract, row.starts_on)
        report = a_report(contract, Quarter.of(row.starts_on), row.value, shares)
        statement = statements.draw_up_statement(report=report, by=manager)
        statements.certify_statement(statement=statement, by=manager)
        statements.authorise_statement(statement=statement, by=finance)
        batch = batches.export_batch(contract=contract, by=finance)
        for payment in Payment.objects.filter(batch=batch).select_related("batch__contract"):
            amount = payment.amount + payment.vat
            remittance.match_payment(payment=payment, amount=amount, paid_on=clock.today(), by=finance)


def opened(contract, reader) -> int:
    """Every statement as it is shown, every line opened; how many entries were seen."""
    from trellis.payments.presenters.statements import as_json
    from trellis.payments.queries.statements import statement_seen, statements_visible_to

    rows = statements_visible_to(reader).filter(report__contract=contract)
    shown = [as_json(statement_seen(row)) for row in rows]
    return sum(len(line["entries"]) for one in shown for line in one["lines"])


def filled(contract, number: int) -> Iterator:
    """Entries that balance: money of a quarter that goes to a partner's line and back, the same ones each time."""
    from trellis.audit import chain
    from trellis.core import clock
    from trellis.payments.models import Account, LedgerEntry

    chance = random.Random(20180702)
    now, today, partner, amount = clock.now(), clock.today(), contract.partners.first(), Decimal(0)
    for place in range(number):
        there = (Account.PAYABLE, Account.DISPUTED)
        debit, credit = there if place % 2 else there[::-1]
        if place % 2 == 0:
            amount = Decimal(chance.randint(1, 10**7)).scaleb(-2)
        fields = {
            "contract_id": contract.pk, "debit": str(debit), "credit": str(credit), "amount": amount,
            "partner_id": partner.pk, "quarter": "2018-Q2", "source": f"made up {place}", "posted_on": today,
            "posted_at": now, "posted_by": "service:simulator",
        }  # fmt: skip
        yield LedgerEntry(**fields, digest=chain.digest_of(fields))


def fill(contract, number: int) -> None:
    """Fill the books up to so many entries, and seal them."""
    from trellis.audit import chain
    from trellis.payments.models import LedgerEntry, LedgerLink

    missing = number - LedgerEntry.objects.count()
    missing -= missing % 2
    for batch in chain.in_batches(filled(contract, missing)):
        LedgerEntry.objects.bulk_create(batch)
    chain.seal(LedgerLink)


def fetch(sql: str) -> int:
    """How many rows a bare statement gives, all of them fetched."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)
        return sum(len(rows) for rows in iter(lambda: cursor.fetchmany(2_000), []))


def in_turns(times: int, *works: tuple[str, Callable[[], object]]) -> None:
    """The median of each, and its ratio to the first."""
    spent: dict[str, list[float]] = {name: [] for name, _work in works}
    for _ in range(times):
        for name, work in works:
            before = perf_counter()
            work()
            spent[name].append(perf_counter() - before)
    bare = median(spent[works[0][0]])
    for name, seconds in spent.items():
        print(f"  {name:44} {median(seconds) * 1000:12,.1f} ms   {median(seconds) / bare:8.2f}")


def verified(contract) -> None:
    """Everything that `trellis payments verify` looks at; an exception when something is wrong."""
    from trellis.payments.queries import reconciliation

    faults = reconciliation.reconcile(contract).faults + reconciliation.chain_faults()
    if faults:
        raise SystemExit(faults[0])


def main() -> None:
    """Build, time each by turns, and print."""
    parser = argparse.ArgumentParser(description="Time statements and the ledger.")
    for name, default in (("partners", 8), ("years", 5), ("entries", 1_000_000)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--keep", default="", help="a folder for the database, used again when it is there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        served_from(options.keep or scratch)
        contract, manager, finance = a_contract(options.partners, options.years)
        pay(contract, manager, finance)
        lines = fetch(LINES)
        print(f"{options.partners} partners, {options.years} years: {lines:,} entries of lines")
        in_turns(
            TIMES,
            ("bare query of lines and entries", lambda: fetch(LINES)),
            ("every statement, every line opened", lambda: opened(contract, finance)),
        )
        fill(contract, options.entries)
        print(f"{fetch(ENTRIES):,} entries")
        in_turns(
            3,
            ("bare query of entries and links", lambda: fetch(ENTRIES)),
            ("verified: balances, digests, chain", lambda: verified(contract)),
        )


if __name__ == "__main__":
    main()
