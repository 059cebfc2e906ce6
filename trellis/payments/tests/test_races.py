"""Two at once, and a run that is killed at each of its steps: everybody is paid once, to the penny."""

import hashlib
import subprocess
import sys
from datetime import date
from decimal import Decimal as D
from functools import partial

import pytest
from django.core.management import call_command

from tests.cast import person
from tests.killed import killed_at
from tests.races import at_once, losers, winners
from trellis.core.errors import RuleBroken
from trellis.core.periods import Quarter
from trellis.payments.commands import batches, disputes, remittance
from trellis.payments.commands import statements as commands
from trellis.payments.commands.ledger import post_schedule
from trellis.payments.models import Batch, LedgerEntry, Payment, PaymentLine, Statement
from trellis.payments.queries import ledger, reconciliation
from trellis.payments.rules.remittance import read
from trellis.payments.tests.quarters import a_report
from trellis.settings import ROOT

TODAY = date(2018, 7, 2)


def a_certified_statement(cast):
    shares = {cast.ash_vale_partner: D("0.6"), cast.bramble_partner: D("0.4")}
    report = a_report(cast.contract, Quarter(2018, 2), D("22500.00"), shares)
    statement = commands.draw_up_statement(report=report, by=cast.olive)
    commands.certify_statement(statement=statement, by=cast.olive)
    return statement


def fetched(statement):
    return Statement.objects.select_related("report__contract__authority").get(pk=statement.pk)


def test_two_finance_officers_at_once_authorise_and_pay_once(committed_cast):
    cast = committed_cast
    fay = person("Fay", cast.council, "finance")
    first = fetched(a_certified_statement(cast))
    second = fetched(first)

    authorised = at_once(
        lambda: commands.authorise_statement(statement=first, by=cast.fred),
        lambda: commands.authorise_statement(statement=second, by=fay),
    )
    assert (len(winners(authorised)), [type(one) for one in losers(authorised)]) == (1, [RuleBroken])

    exported = at_once(*(lambda by=by: batches.export_batch(contract=cast.contract, by=by) for by in (cast.fred, fay)))
    assert (len(winners(exported)), [type(one) for one in losers(exported)]) == (1, [RuleBroken])
    assert (Batch.objects.count(), PaymentLine.objects.count()) == (1, 2)

    payment = Payment.objects.first().pk
    matched = at_once(
        *(
            lambda by=by: remittance.match_payment(
                payment=Payment.objects.select_related("batch__contract").get(pk=payment),
                amount=D("13500.00"), paid_on=TODAY, by=by,
            )
            for by in (cast.fred, fay)
        )
    )  # fmt: skip
    assert (len(winners(matched)), [type(one) for one in losers(matched)]) == (1, [RuleBroken])
    assert ledger.balances(cast.contract)["paid"] == D("13500.00")
    assert reconciliation.reconcile(cast.contract).faults == []


def test_a_dispute_and_an_export_at_once_never_both_have_the_line(committed_cast):
    cast = committed_cast
    statement = a_certified_statement(cast)
    commands.authorise_statement(statement=statement, by=cast.fred)
    line = statement.lines.first()

    at_once(
        lambda: batches.export_batch(contract=cast.contract, by=cast.fred),
        lambda: disputes.dispute_line(line=line, reason="Why?", by=cast.olive),
    )

    balance = ledger.balances(cast.contract)
    assert (balance["sent"], balance["disputed"]) in ((D("22500.00"), D(0)), (D("9000.00"), D("13500.00")))
    assert reconciliation.reconcile(cast.contract).faults == []


# What a run does, and the call at which it is killed.
STEPS = [
    ("trellis.payments.rules.batches:csv_bytes", 1, 0),  # before the batch is committed
    ("trellis.payments.queries.batches:files", 1, 0),  # after it is
    ("pathlib:Path.replace", 1, 0),  # before the first file is in place
    ("pathlib:Path.replace", 2, 1),  # between the files
    ("trellis.payments.commands.batches:_mark_written", 1, 2),  # before the files are marked as written
]


@pytest.mark.real_time
def test_an_export_that_is_killed_at_each_step_is_taken_up_and_pays_once(committed_cast, committed_db, tmp_path):
    cast = committed_cast
    commands.authorise_statement(statement=a_certified_statement(cast), by=cast.fred)
    for target, call, files in STEPS:
        killed_at(target, lambda: call_command("payments", "export", "SCO", str(tmp_path)), call=call)
        assert len([file for file in tmp_path.iterdir() if file.suffix != ".part"]) == files, target

    again = [sys.executable, "-m", "trellis", "payments", "export", "SCO", str(tmp_path)]
    environment = committed_db.environment()
    done = subprocess.run(again, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    batch = Batch.objects.get()
    assert done.stdout == f"{batch.reference}: 2 payments, £22,500.00.\n", done.stderr
    for ending, expected in (("csv", batch.csv_digest), ("txt", batch.bacs_digest)):
        assert hashlib.sha256((tmp_path / f"{batch.reference}.{ending}").read_bytes()).hexdigest() == expected
    assert LedgerEntry.objects.filter(debit="sent").count() == PaymentLine.objects.count() == 2
    assert reconciliation.reconcile(cast.contract).faults == []
    with pytest.raises(RuleBroken, match="nothing to pay"):
        call_command("payments", "export", "SCO", str(tmp_path))


@pytest.mark.real_time
def test_drawing_up_that_is_killed_at_each_step_leaves_nothing_and_is_done_once_after(committed_cast):
    cast = committed_cast
    shares = {cast.ash_vale_partner: D("0.6"), cast.bramble_partner: D("0.4")}
    report = a_report(cast.contract, Quarter(2018, 2), D("22500.00"), shares)
    post_schedule(contract=cast.contract, by=cast.olive)
    for step in ("_create", "_add_lines", "_post", "_tell"):
        target = f"trellis.payments.commands.statements:{step}"
        killed_at(target, lambda: commands.draw_up_statement(report=report, by=cast.olive))
        assert not Statement.objects.exists(), step
        assert reconciliation.reconcile(cast.contract).faults == [], step
    statement = commands.draw_up_statement(report=report, by=cast.olive)
    assert (statement.amount, statement.lines.count()) == (D("22500.00"), 2)
    assert ledger.balances(cast.contract)["payable"] == D("22500.00")
    assert reconciliation.reconcile(cast.contract).faults == []


@pytest.mark.real_time
def test_a_remittance_that_is_killed_within_a_row_is_gone_on_with_and_pays_once(committed_cast, tmp_path):
    """Killed while the second payment is matched: the first is, the second not at all; sent again, both are, once."""
    cast = committed_cast
    commands.authorise_statement(statement=a_certified_statement(cast), by=cast.fred)
    batch = batches.export_batch(contract=cast.contract, by=cast.fred)
    rows = [f"{one.reference},{one.amount},{batch.exported_on}" for one in batch.payments.order_by("pk")]
    file = tmp_path / "bank.csv"
    file.write_text("\n".join(["Payment,Amount,Paid on", *rows]))
    match = partial(remittance.match_remittance, contract=cast.contract, rows=read(file.read_bytes()), by=cast.fred)
    killed_at("trellis.payments.commands.remittance:_add_interest", match, call=2)
    assert batch.payments.filter(paid_on__isnull=False).count() == 1
    assert ledger.balances(cast.contract)["paid"] == D("13500.00")
    match()
    match()
    assert ledger.balances(cast.contract)["paid"] == D("22500.00")
    assert LedgerEntry.objects.filter(debit="paid").count() == 2
    assert reconciliation.reconcile(cast.contract).faults == []
