"""From an authorised statement to money that arrived: batches, remittance, late interest, disputes, limits."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from trellis.audit.models import AuditEntry
from trellis.core.actors import COMMAND_LINE, NIGHTLY
from trellis.core.errors import RuleBroken
from trellis.core.periods import Quarter
from trellis.payments import posting
from trellis.payments.commands import batches, disputes, ledger, remittance, terms
from trellis.payments.commands import statements as commands
from trellis.payments.models import Account, Adjustment, Dispute, LedgerEntry, Payment, PaymentLine
from trellis.payments.queries import batches as batch_queries
from trellis.payments.queries import compliance, limits, reconciliation
from trellis.payments.queries import ledger as books
from trellis.payments.rules.ledger import Entry
from trellis.payments.rules.remittance import read, with_vat
from trellis.payments.tests.quarters import a_report, a_signed_report, an_authorised_statement

WINTER, SPRING, TODAY = Quarter(2018, 1), Quarter(2018, 2), date(2018, 7, 2)


@pytest.fixture
def statement(cast):
    return an_authorised_statement(cast)


@pytest.fixture
def batch(cast, statement):
    return batches.export_batch(contract=cast.contract, by=cast.fred)


def balances(cast):
    found = books.balances(cast.contract)
    assert reconciliation.reconcile(cast.contract).faults == []
    return {account: amount for account, amount in found.items() if amount}


def audited(action):
    return AuditEntry.objects.filter(action=f"payments.{action}").count()


def test_money_is_in_one_account_at_a_time(cast):
    report = a_signed_report(cast)
    statement = commands.draw_up_statement(report=report, by=cast.olive)
    assert balances(cast) == {"contract": D("-90000.00"), "schedule": D("67500.00"), "payable": D("22500.00")}

    commands.certify_statement(statement=statement, by=cast.olive)
    commands.authorise_statement(statement=statement, by=cast.fred)
    batches.export_batch(contract=cast.contract, by=cast.fred)
    assert balances(cast) == {"contract": D("-90000.00"), "schedule": D("67500.00"), "sent": D("22500.00")}

    for payment in Payment.objects.all():
        remittance.match_payment(payment=payment, amount=payment.amount, paid_on=TODAY, by=cast.fred)
    assert balances(cast) == {"contract": D("-90000.00"), "schedule": D("67500.00"), "paid": D("22500.00")}
    assert reconciliation.chain_faults() == []


def test_export_batch_pays_each_line_once(cast, batch):
    assert (batch.count, batch.total) == (2, D("22500.00"))
    assert PaymentLine.objects.count() == 2
    with pytest.raises(RuleBroken, match="nothing to pay"):
        batches.export_batch(contract=cast.contract, by=cast.fred)
    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentLine.objects.create(payment=Payment.objects.last(), line=PaymentLine.objects.first().line)
    assert audited("export_batch") == 1


def test_a_batch_gives_the_same_bytes_whenever_it_is_fetched(cast, batch):
    before = batch_queries.files(batch)
    cast.ash_vale.name = "Ash Vale CVS and Friends"
    cast.ash_vale.save()

    with time_machine.travel("2019-03-01"):
        assert batch_queries.files(batch) == before
    records = before["txt"].decode().splitlines()
    assert [len(record) for record in records] == [106, 106, 106]
    assert records[0][:33] == "0" * 15 + "99" + "0" * 14 + "  "
    assert records[0][35:46] == "00001350000"
    assert records[-1].startswith("UTL100000022500000000000000000" + "0000002")
    assert before["csv"].decode().splitlines()[-1] == f"{batch.reference},2 payments,,,,,,Total,,22500.00"


def test_a_batch_whose_payments_somebody_changed_gives_no_file(batch):
    Payment.objects.filter(batch=batch).update(amount=D("1.00"))

    with pytest.raises(RuleBroken, match="not those that were exported"):
        batch_queries.files(batch)


def test_export_batch_is_for_finance(cast, statement):
    for by in (cast.olive, cast.anna, cast.carol):
        with pytest.raises(RuleBroken, match="Only the finance team"):
            batches.export_batch(contract=cast.contract, by=by)
    assert audited("export_batch") == 0


def test_vat_goes_on_top_for_a_partner_that_charges_it(cast, statement):
    terms.set_vat_treatment(
        partner=cast.bramble_partner, starts_on=date(2018, 1, 1), treatment="standard", by=cast.olive
    )
    batch = batches.export_batch(contract=cast.contract, by=cast.fred)

    assert [(one.amount, one.vat) for one in batch.payments.all()] == [(D("13500.00"), 0), (D("9000.00"), D("1800.00"))]
    assert batch.total == D("24300.00")
    assert balances(cast)["vat"] == D("-1800.00")


def test_match_payment_refuses_another_amount_another_day_and_a_second_time(cast, batch):
    payment = batch.payments.first()
    for amount, paid_on, words in (
        (D("13499.99"), TODAY, "£13,499.99 was paid and £13,500.00 sent: −£0.01 differs"),
        (D("13500.00"), TODAY - timedelta(days=1), "sent on 2 July 2018"),
        (D("13500.00"), TODAY + timedelta(days=1), "until today"),
    ):
        with pytest.raises(RuleBroken, match=words):
            remittance.match_payment(payment=payment, amount=amount, paid_on=paid_on, by=cast.fred)
    with pytest.raises(RuleBroken, match="Only the finance team"):
        remittance.match_payment(payment=payment, amount=payment.amount, paid_on=TODAY, by=cast.olive)
    assert audited("match_payment") == 0

    also = Payment.objects.get(pk=payment.pk)
    remittance.match_payment(payment=payment, amount=payment.amount, paid_on=TODAY, by=cast.fred)
    with pytest.raises(RuleBroken, match="just matched"):
        remittance.match_payment(payment=also, amount=also.amount, paid_on=TODAY, by=cast.fred)
    assert audited("match_payment") == 1


def test_the_same_remittance_twice_changes_nothing(cast, batch):
    first, second = batch.payments.all()
    content = (
        f'\ufeffPaid on,Payment,Amount\r\n2018-07-02,{first.reference},"13,500.00"\r\n02/07/2018,P-NOBODY,5\r\n'
        f"2018-07-02,{second.reference},8999.99\r\n32/07/2018,{second.reference},9000\r\n\r\n"
    ).encode()

    found = remittance.match_remittance(contract=cast.contract, rows=read(content), by=cast.fred)
    assert [(one.line, one.state) for one in found] == [(2, "Matched"), (3, "Differs"), (4, "Differs"), (5, "Differs")]
    assert "−£0.01 differs" in found[2].words and "not a day" in found[3].words
    entries = LedgerEntry.objects.count()

    again = remittance.match_remittance(contract=cast.contract, rows=read(content), by=cast.fred)
    assert [one.state for one in again] == ["Matched before", "Differs", "Differs", "Differs"]
    assert LedgerEntry.objects.count() == entries
    assert balances(cast)["paid"] == D("13500.00")


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "no column “Payment”"), (b"Payment,Amount\n", "no column “Paid on”"), (b"\xff\xfe", "not text in UTF-8")],
)
def test_a_file_that_is_no_remittance_is_refused(content, words):
    with pytest.raises(RuleBroken, match=words):
        read(content)


def test_what_is_paid_late_earns_interest_on_the_next_statement(cast, batch):
    """Certified on 2 July, due by 1 August, paid on 31 August: 30 days at 8% over the base rate of 30 June, 0.5%."""
    with time_machine.travel("2018-08-31 12:00"):
        for payment in batch.payments.all():
            remittance.match_payment(payment=payment, amount=payment.amount, paid_on=date(2018, 8, 31), by=cast.fred)
    owed = [(row.partner, row.amount) for row in Adjustment.objects.all()]
    assert owed == [(cast.ash_vale_partner, D("94.32")), (cast.bramble_partner, D("62.88"))]

    shares = {cast.ash_vale_partner: D("0.6"), cast.bramble_partner: D("0.4")}
    report = a_report(cast.contract, Quarter(2018, 3), D("22500.00"), shares)
    after = commands.draw_up_statement(report=report, by=cast.olive)
    lines = after.lines.filter(kind="interest")
    assert [(line.amount, line.reason) for line in lines] == [
        (D("94.32"), f"{batch.payments.first().lines.first().line.statement} was paid 30 days late"),
        (D("62.88"), f"{batch.payments.first().lines.first().line.statement} was paid 30 days late"),
    ]
    assert after.amount == D("22657.20")
    assert balances(cast)["interest"] == D("-157.20")


def test_interest_is_on_the_whole_debt_vat_included(cast, statement):
    """30 days at 8.5%: on £13,500.00, and on £9,000.00 with £1,800.00 of VAT."""
    terms.set_vat_treatment(
        partner=cast.bramble_partner, starts_on=date(2018, 1, 1), treatment="standard", by=cast.olive
    )
    batch = batches.export_batch(contract=cast.contract, by=cast.fred)
    with time_machine.travel("2018-08-31 12:00"):
        for payment in batch.payments.all():
            sent = payment.amount + payment.vat
            remittance.match_payment(payment=payment, amount=sent, paid_on=date(2018, 8, 31), by=cast.fred)

    owed = [(row.partner, row.amount) for row in Adjustment.objects.all()]
    assert owed == [(cast.ash_vale_partner, D("94.32")), (cast.bramble_partner, D("75.45"))]


def test_no_vat_and_no_interest_is_on_interest_that_is_paid(cast, batch):
    """Bramble charges VAT from July: its £62.88 of interest is paid as it is, beside a quarter of £9,000.00."""
    terms.set_vat_treatment(
        partner=cast.bramble_partner, starts_on=date(2018, 7, 1), treatment="standard", by=cast.olive
    )
    with time_machine.travel("2018-08-31 12:00"):
        for payment in batch.payments.all():
            sent = payment.amount + payment.vat
            remittance.match_payment(payment=payment, amount=sent, paid_on=date(2018, 8, 31), by=cast.fred)
    with time_machine.travel("2018-10-10 12:00"):
        shares = {cast.ash_vale_partner: D("0.6"), cast.bramble_partner: D("0.4")}
        after = commands.draw_up_statement(
            report=a_report(cast.contract, Quarter(2018, 3), D("22500.00"), shares), by=cast.olive
        )
        commands.certify_statement(statement=after, by=cast.olive)
        commands.authorise_statement(statement=after, by=cast.fred)
        later = batches.export_batch(contract=cast.contract, by=cast.fred)
    paid = later.payments.get(partner=cast.bramble_partner)
    assert (paid.amount, paid.vat) == (D("9062.88"), D("1800.00"))
    assert [part.amount for part in compliance.parts_paid(paid)] == [D("9000.00")]
    assert compliance.taxed(paid) == D("9000.00")


@pytest.mark.parametrize(
    ("part", "net", "vat", "whole"),
    [
        ("100.00", "300.00", "60.00", "120.00"),
        ("0.01", "0.03", "0.01", "0.01"),
        ("5.00", "4.00", "0.00", "5.00"),
        ("5.00", "0.00", "0.00", "5.00"),
    ],
)
def test_a_part_of_a_payment_has_its_part_of_the_vat(part, net, vat, whole):
    assert with_vat(D(part), net=D(net), vat=D(vat)) == D(whole)


def test_paid_on_the_last_day_earns_none(cast, batch):
    with time_machine.travel("2018-08-31 12:00"):
        payment = batch.payments.first()
        remittance.match_payment(payment=payment, amount=payment.amount, paid_on=date(2018, 8, 1), by=cast.fred)

    assert not Adjustment.objects.exists()


def test_a_disputed_line_is_not_paid_and_the_rest_is(cast, statement):
    line = statement.lines.first()
    dispute = disputes.dispute_line(line=line, reason="Two posts were empty.", by=cast.olive)
    assert balances(cast)["disputed"] == D("13500.00")

    batch = batches.export_batch(contract=cast.contract, by=cast.fred)
    assert [payment.partner for payment in batch.payments.all()] == [cast.bramble_partner]
    with pytest.raises(RuleBroken, match="line 1 is in dispute: it cannot be paid"):
        batches.export_batch(contract=cast.contract, by=cast.fred)
    for held, words in ((line, "in dispute already"), (statement.lines.last(), "has been sent to be paid")):
        with pytest.raises(RuleBroken, match=words):
            disputes.dispute_line(line=held, reason="Again.", by=cast.olive)

    disputes.settle_dispute(dispute=dispute, outcome="They were filled.", by=cast.olive)
    batches.export_batch(contract=cast.contract, by=cast.fred)
    assert balances(cast)["sent"] == D("22500.00")
    assert (audited("dispute_line"), audited("settle_dispute")) == (1, 1)


def test_a_dispute_is_settled_by_an_adjustment_and_both_are_paid_together(cast, statement):
    dispute = disputes.dispute_line(line=statement.lines.first(), reason="One post was empty.", by=cast.anna)
    disputes.settle_dispute(dispute=dispute, outcome="Agreed.", adjustment=D("-1000.00"), by=cast.olive)
    assert Dispute.objects.get().status == "settled"
    assert {
        payment.partner for payment in batches.export_batch(contract=cast.contract, by=cast.fred).payments.all()
    } == {cast.bramble_partner}

    shares = {cast.ash_vale_partner: D("0.6"), cast.bramble_partner: D("0.4")}
    report = a_report(cast.contract, Quarter(2018, 3), D("22500.00"), shares)
    after = commands.draw_up_statement(report=report, by=cast.olive)
    commands.certify_statement(statement=after, by=cast.olive)
    commands.authorise_statement(statement=after, by=cast.fred)
    assert Dispute.objects.get().status == "closed"
    assert after.lines.get(kind="adjustment").amount == D("-1000.00")
    batch = batches.export_batch(contract=cast.contract, by=cast.fred)
    assert [(one.partner, one.amount) for one in batch.payments.all()] == [
        (cast.ash_vale_partner, D("26000.00")), (cast.bramble_partner, D("9000.00")),
    ]  # fmt: skip
    assert balances(cast) == {
        "contract": D("-90000.00"), "adjustments": D("1000.00"), "schedule": D("45000.00"), "sent": D("44000.00")
    }  # fmt: skip


def test_who_may_dispute_and_settle(cast, statement):
    ours, theirs = statement.lines.all()
    for by, line in ((cast.anna, theirs), (cast.carol, ours), (cast.alice, ours)):
        with pytest.raises(RuleBroken, match="the partner whose line it is"):
            disputes.dispute_line(line=line, reason="No.", by=by)
    with pytest.raises(RuleBroken, match="Say what is wrong"):
        disputes.dispute_line(line=ours, reason=" ", by=cast.anna)
    dispute = disputes.dispute_line(line=ours, reason="No.", by=cast.anna)
    for by in (cast.anna, cast.fred):
        with pytest.raises(RuleBroken, match="Only the contract manager"):
            disputes.settle_dispute(dispute=dispute, outcome="Fine.", by=by)
    with pytest.raises(RuleBroken, match="what was agreed"):
        disputes.settle_dispute(dispute=dispute, outcome="", by=cast.olive)
    disputes.settle_dispute(dispute=dispute, outcome="Fine.", by=cast.olive)
    with pytest.raises(RuleBroken, match="settled already"):
        disputes.settle_dispute(dispute=dispute, outcome="Fine.", by=cast.olive)


def test_what_is_taken_off_beyond_what_is_due_waits_for_the_next_statement(cast, statement):
    adjusted = disputes.adjust(
        contract=cast.contract, partner=cast.bramble_partner, amount=D("-20000.00"), reason="Paid twice.", by=cast.olive
    )
    report = a_signed_report(cast, WINTER)
    winter = commands.draw_up_statement(report=report, by=cast.olive)
    commands.certify_statement(statement=winter, by=cast.olive)
    commands.authorise_statement(statement=winter, by=cast.fred)

    batch = batches.export_batch(contract=cast.contract, by=cast.fred)
    adjusted.refresh_from_db()
    assert (adjusted.statement, audited("state_adjustments")) == (winter, 1)
    assert [payment.partner for payment in batch.payments.all()] == [cast.ash_vale_partner]
    assert balances(cast)["payable"] == D("-2000.00")


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"amount": D(0)}, "changes nothing"), ({"reason": " "}, "what this puts right"), ({"by": "fred"}, "Only the c")],
)
def test_adjust_is_refused(cast, changes, words):
    facts = {"partner": None, "amount": D("5.00"), "reason": "Five too few.", "by": "olive"} | changes
    with pytest.raises(RuleBroken, match=words):
        disputes.adjust(contract=cast.contract, **facts | {"by": getattr(cast, facts["by"])})
    assert audited("adjust") == 0


def test_above_their_limit_they_are_told_who_may_authorise(cast):
    cast.contract.quarters.update(value=D("300000.00"))
    statement = commands.draw_up_statement(report=a_signed_report(cast), by=cast.olive)
    commands.certify_statement(statement=statement, by=cast.olive)
    with pytest.raises(RuleBroken, match=r"£300,000.00, and you may authorise up to £250,000. Nobody has a limit"):
        commands.authorise_statement(statement=statement, by=cast.fred)
    limit = {"authority": cast.council, "limit": D("500000.00")}
    terms.set_authorisation_limit(user=cast.fred, starts_on=date(2018, 7, 3), by=COMMAND_LINE, **limit)
    with pytest.raises(RuleBroken, match="Nobody has a limit"):
        commands.authorise_statement(statement=statement, by=cast.fred)

    terms.set_authorisation_limit(user=cast.fred, starts_on=date(2018, 7, 2), by=COMMAND_LINE, **limit)
    assert limits.able_to_authorise(cast.council, D("300000.00"), TODAY) == ["Fred"]
    commands.authorise_statement(statement=statement, by=cast.fred)
    assert audited("authorise_statement") == 1


def test_nobody_who_moves_money_sets_how_much(cast):
    for by, user, words in (
        (cast.fred, cast.fred, "runs the service"),
        (COMMAND_LINE, cast.olive, "authorises nothing"),
    ):
        with pytest.raises(RuleBroken, match=words):
            terms.set_authorisation_limit(user=user, authority=cast.council, starts_on=TODAY, limit=D(1), by=by)


def test_an_entry_that_does_not_balance_cannot_be_written(cast):
    entry = Entry(Account.PAID, Account.SENT, D("1.00"), "by hand")
    for wrong in ({"amount": D("0.00")}, {"amount": D("-1.00")}, {"debit": Account.SENT}, {"credit": "pocket"}):
        with pytest.raises(RuleBroken), transaction.atomic():
            posting.post(contract=cast.contract, entries=[Entry(**vars(entry) | wrong)], by=NIGHTLY)
    posting.post(contract=cast.contract, entries=[entry], by=NIGHTLY)
    with pytest.raises(RuleBroken, match="moved money already"):
        posting.post(contract=cast.contract, entries=[entry], by=NIGHTLY)


def test_the_schedule_follows_a_variation_and_never_moves_a_closed_quarter(cast, statement):
    cast.contract.quarters.filter(quarter=4).update(value=D("20000.00"))
    assert ledger.post_schedule(contract=cast.contract, by=NIGHTLY) == D("-2500.00")
    assert ledger.post_schedule(contract=cast.contract, by=NIGHTLY) == 0
    assert balances(cast)["contract"] == D("-87500.00")

    cast.contract.quarters.filter(quarter=2).update(value=D("1.00"))
    assert ledger.post_schedule(contract=cast.contract, by=NIGHTLY) == 0
    [fault] = reconciliation.reconcile(cast.contract).faults
    assert fault.startswith("Schedule of the contract: the books say £87,500.00, the records £65,001.00")


def test_the_books_prove_any_earlier_day(cast, statement):
    with time_machine.travel("2018-07-20 12:00"):
        batch = batches.export_batch(contract=cast.contract, by=cast.fred)
    with time_machine.travel("2018-07-25 12:00"):
        payment = batch.payments.first()
        remittance.match_payment(payment=payment, amount=payment.amount, paid_on=date(2018, 7, 24), by=cast.fred)
        days = {day: reconciliation.reconcile(cast.contract, date(2018, 7, day)) for day in (1, 2, 19, 20, 24, 25)}
    assert [found.faults for found in days.values()] == [[]] * 6
    assert [found.balances["paid"] for found in days.values()] == [0, 0, 0, 0, 0, D("13500.00")]
    assert [found.balances["payable"] for found in days.values()] == [0, D("22500"), D("22500"), 0, 0, 0]


@pytest.mark.parametrize("field", ["amount", "kind"])
def test_a_record_that_was_changed_behind_the_books_shows(cast, statement, field):
    statement.lines.filter(number=1).update(**{field: {"amount": D("1.00"), "kind": "share"}[field]})

    assert reconciliation.reconcile(cast.contract).faults


def test_an_entry_that_was_changed_breaks_the_chain(cast, statement):
    if connection.vendor != "sqlite":
        pytest.skip("there the triggers cannot be dropped within the transaction of a test")
    assert reconciliation.chain_faults() == []
    with connection.cursor() as cursor:
        cursor.execute('DROP TRIGGER "payments_ledgerentry_refuses_update"')
        cursor.execute(
            "UPDATE payments_ledgerentry SET amount = amount + 1 WHERE id = (SELECT MIN(id) FROM payments_ledgerentry)"
        )

    assert any("was changed" in fault for fault in reconciliation.chain_faults())


def test_the_half_years_of_the_compliance_notice(cast, batch):
    first, second = batch.payments.all()
    with time_machine.travel("2018-10-05 12:00"):
        remittance.match_payment(payment=first, amount=first.amount, paid_on=date(2018, 8, 1), by=cast.fred)
        remittance.match_payment(payment=second, amount=second.amount, paid_on=date(2018, 10, 4), by=cast.fred)
        autumn, summer, winter = compliance.half_yearly(cast.contract)
    assert (summer.number, summer.mean_days, summer.bands) == (1, 30, (1, 0, 0))
    assert (summer.fell_due, summer.due_not_paid) == (D("22500.00"), D("9000.00"))
    assert (autumn.number, autumn.mean_days, autumn.bands) == (1, 94, (0, 0, 1))
    assert (winter.mean_days, winter.not_paid, winter.bands) == (None, None, (None, None, None))
