"""Whatever happens to the money, none is lost and none is made: random contracts, followed by a slow twin in fractions.

The twin knows nothing of the ledger. It keeps each line in a list with the place where it is, and adds up pence.
"""

from datetime import date
from decimal import Decimal as D
from fractions import Fraction

import pytest
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.cast import assemble
from trellis.contracts import queries as contracts
from trellis.contracts.commands import membership
from trellis.contracts.models import ContractQuarter, Membership
from trellis.contracts.tests import membership_scenes
from trellis.contracts.tests.membership_scenes import OCTOBER, SEPTEMBER_END
from trellis.contracts.tests.papers_scenes import minutes
from trellis.core.actors import COMMAND_LINE
from trellis.core.errors import RuleBroken
from trellis.core.money import split
from trellis.core.periods import Quarter
from trellis.payments.commands import batches, disputes, remittance
from trellis.payments.commands import statements as commands
from trellis.payments.commands.ledger import post_schedule
from trellis.payments.models import (
    Dispute,
    Payment,
    Statement,
    StatementLine,
)
from trellis.payments.queries import base, ledger, money, reconciliation
from trellis.payments.queries import lines as line_queries
from trellis.payments.rules.ledger import given as given_by
from trellis.payments.rules.ledger import held
from trellis.payments.rules.lines import ProposedLine
from trellis.payments.rules.schedule import by_financial_year
from trellis.payments.tests import walk_scenes
from trellis.payments.tests.quarters import a_report

STEPS = ("state", "state", "dispute", "settle", "adjust", "export", "pay", "vary", "leave", "join", "share out")
TODAY = date(2018, 7, 2)
pytestmark = pytest.mark.django_db


class Twin:
    """Every pound by hand: what was scheduled, and each line with where it is."""

    def __init__(self, contract):
        self.contract = contract

    def expected(self) -> dict[str, Fraction]:
        """What each account must hold, from the records alone and line by line."""
        found = dict.fromkeys(("schedule", "payable", "disputed", "sent", "paid"), Fraction(0))
        value = sum(
            (Fraction(row.value) for row in ContractQuarter.objects.filter(contract=self.contract)), Fraction(0)
        )
        extra = Fraction(0)
        found["schedule"] = value
        for line in StatementLine.objects.all():
            amount = Fraction(line.amount)
            if line.kind == "base":
                found["schedule"] -= amount
            else:
                extra += amount
            found[self.place(line)] += amount
        found["vat"] = sum((Fraction(one.vat) for one in Payment.objects.all()), Fraction(0))
        for one in Payment.objects.all():
            found["paid" if one.paid_on else "sent"] += Fraction(one.vat)
        return found | {"in all": value + extra + found["vat"]}

    @staticmethod
    def place(line: StatementLine) -> str:
        for dispute in Dispute.objects.filter(line=line):
            if dispute.status in ("open", "settled"):
                return "disputed"
        for payment in Payment.objects.filter(lines__line=line):
            return "paid" if payment.paid_on else "sent"
        return "payable"


def step(cast, contract, leads, what, data):
    """Do one thing, if it can be done now."""
    amount = D(data.draw(st.integers(-200_000, 200_000).filter(bool))) / 100
    if what == "state":
        state_next(cast, contract, walk_scenes.measured(data))
    elif what == "dispute":
        line = pick(StatementLine.objects.all(), data)
        if line:
            disputes.dispute_line(line=line, reason="Why?", by=cast.olive)
    elif what == "settle":
        dispute = pick(Dispute.objects.filter(status="open"), data)
        if dispute:
            change = data.draw(st.sampled_from([None, amount]))
            disputes.settle_dispute(dispute=dispute, outcome="So.", adjustment=change, by=cast.olive)
    elif what == "adjust":
        partner = pick(contract.partners.all(), data) if data.draw(st.booleans()) else None
        disputes.adjust(contract=contract, partner=partner, amount=amount, reason="So.", by=cast.olive)
    elif what == "export":
        batches.export_batch(contract=contract, by=cast.fred)
    elif what in ("pay", "leave", "join"):
        {"pay": pay, "leave": leave, "join": join}[what](cast, contract, data)
    elif what == "share out":
        walk_scenes.settle_first_year(cast, contract, leads, data)
    else:
        vary(contract, amount)


def pay(cast, contract, data):
    payment = pick(Payment.objects.filter(paid_on__isnull=True), data)
    if payment:
        gross = payment.amount + payment.vat
        remittance.match_payment(payment=payment, amount=gross, paid_on=TODAY, by=cast.fred)


def has_come(contract, day):
    """Whether a day is past, as the statements have it: one of the quarter that begins then is drawn up in the next."""
    return contract.reports.filter(quarter__gte=str(Quarter.of(day))).exists()


def leave(cast, contract, data):
    """A partner that signed gives notice, and the others agree their shares from October without it."""
    if has_come(contract, OCTOBER):
        return
    staying = list(contracts.partners(contract, OCTOBER))
    found = pick(Membership.objects.filter(contract=contract, status="active"), data)
    if found and len(staying) > 1:
        membership.give_notice(membership=found, leaves_on=SEPTEMBER_END, reason="So.", by=cast.olive)
        left = [one for one in staying if one != found.partner]
        membership.accept_leaving(
            membership=found, left_on=SEPTEMBER_END, shares=random_shares(left, data), proposal=minutes(cast).title,
            by=cast.olive,
        )  # fmt: skip


def join(cast, contract, data):
    """Somebody who was checked joins in October, with a share of what the others have."""
    if not has_come(contract, OCTOBER) and not Membership.objects.filter(organisation=cast.outside).exists():
        found = membership_scenes.checked(cast)
        there = [one.organisation for one in contracts.partners(contract, OCTOBER)]
        membership.admit_partner(
            membership=found, joined_on=OCTOBER, shares=random_shares([*there, cast.outside], data), by=cast.olive
        )


def random_shares(whose, data):
    weights = data.draw(st.lists(st.integers(1, 9), min_size=len(whose), max_size=len(whose)))
    return dict(zip(whose, split(D(1), weights), strict=True))


def pick(rows, data):
    found = list(rows.order_by("pk"))
    return found[data.draw(st.integers(0, len(found) - 1))] if found else None


def state_next(cast, contract, outcomes=()):
    for row in contract.quarters.all():
        quarter = Quarter.of(row.starts_on)
        if not contract.reports.filter(quarter=str(quarter)).exists():
            shares = contracts.shares(contract, row.starts_on)
            report = a_report(contract, quarter, row.value, shares, outcomes, row.year)
            statement = commands.draw_up_statement(report=report, by=cast.olive)
            commands.certify_statement(statement=statement, by=cast.olive)
            commands.authorise_statement(statement=statement, by=cast.fred)
            return


def vary(contract, amount):
    """A variation of the last quarter, posted at once; one that a statement has closed keeps its value."""
    last = contract.quarters.last()
    if str(Quarter.of(last.starts_on)) not in base.stated_quarters(contract) and last.value + amount >= 0:
        contract.quarters.filter(pk=last.pk).update(value=last.value + amount)
    post_schedule(contract=contract, by=COMMAND_LINE)


def credit_and_share(report):
    """Sources such as other areas bring: a credit of everybody's, and a gain of one's own."""
    first = report.contract.partners.order_by("pk").first().organisation.reference
    return [
        ProposedLine("credit", "", D("-33.34"), "", "A floor was missed", "/"),
        ProposedLine("share", first, D("12.07"), "Public Health", "The pool is shared", "/"),
    ]


@given(st.data())
@settings(max_examples=8, phases=[Phase.generate])  # each step commits to a database: shrinking takes minutes
def test_at_every_step_paid_and_outstanding_are_the_value_with_all_that_was_added(data):
    before = line_queries.LINE_SOURCES
    line_queries.LINE_SOURCES = (*before, credit_and_share)
    try:
        with transaction.atomic():
            follow(data)
            transaction.set_rollback(True)
    finally:
        line_queries.LINE_SOURCES = before


def follow(data):
    cast = assemble()
    contract, leads = walk_scenes.a_contract(cast, data)
    vary(contract, D(0))
    begun = ["state"] * data.draw(st.integers(0, 3))  # else hardly a walk would get to the end of the year
    for what in begun + data.draw(st.lists(st.sampled_from(STEPS), min_size=6, max_size=16)):
        try:
            with transaction.atomic():
                step(cast, contract, leads, what, data)
        except RuleBroken:
            continue
        check_books(contract, what)
    walk_scenes.check_settled(StatementLine.objects.filter(kind="share", reason__contains="contract year"))
    quarters = money.by_quarter(contract)
    years = by_financial_year((one.period, one.money) for one in quarters)
    for place in ("value", "paid", "sent", "disputed"):
        in_years = sum((getattr(one.money, place) for one in years), D(0))
        assert in_years == sum((getattr(one.money, place) for one in quarters), D(0))


@given(st.data())
@settings(max_examples=4, phases=[Phase.generate])
def test_a_quarter_paid_in_advance_is_put_right_whoever_comes_or_goes(data):
    """October to December is stated with the quarter before it; then somebody joins or leaves from its first day."""
    with transaction.atomic():
        cast = assemble()
        contract, leads = walk_scenes.a_contract(cast, data, in_advance=True)
        comings = data.draw(st.sampled_from([["join"], ["leave"], ["join", "leave"]]))
        for what in ["state", "state", "state", *comings, "state"]:
            step(cast, contract, leads, what, data)
            check_books(contract, what)
        autumn = Statement.objects.get(report__quarter=str(Quarter.of(OCTOBER)))
        corrected = [line for line in autumn.lines.all() if base.is_correction(line.source)]
        assert sum((line.amount for line in corrected), D(0)) == 0
        transaction.set_rollback(True)


def check_books(contract, what):
    """Every account holds what the twin says, and each quarter is paid once, by its own shares."""
    balance, expected = ledger.balances(contract), Twin(contract).expected()
    for account in ("schedule", "payable", "disputed", "sent", "paid"):
        assert Fraction(balance[account]) == expected[account], (what, account)
    assert Fraction(held(balance)) == Fraction(given_by(balance)) == expected["in all"], what
    assert reconciliation.reconcile(contract).faults == [], what
    for row in contract.quarters.all():
        assert sum(contracts.shares(contract, row.starts_on).values()) == 1, what
        check_base(contract, row, what)


def check_base(contract, row, what):
    """A quarter is paid once, whatever way: by its own statement, each partner has what the shares of it give."""
    quarter = str(Quarter.of(row.starts_on))
    found = {}
    for line in base.stated_base(contract).filter(quarter=quarter):
        found[line.partner] = found.get(line.partner, D(0)) + line.amount
    if not found:
        return
    assert sum(found.values()) == row.value, (what, "none of it is lost, and none is paid twice")
    if Statement.objects.filter(report__contract=contract, report__quarter=quarter).exists():
        given = {partner: amount for partner, amount in found.items() if amount}
        by_hand = {partner: amount for partner, amount in walk_scenes.shares_by_hand(contract, row).items() if amount}
        assert given == by_hand, (what, "who has left, or has not joined, has no base")


def test_the_twin_sees_what_is_wrong(cast):
    """A twin that could not fail would prove nothing."""
    vary(cast.contract, D(0))
    state_next(cast, cast.contract)
    assert Fraction(ledger.balances(cast.contract)["payable"]) == Twin(cast.contract).expected()["payable"]

    StatementLine.objects.filter(number=1).update(amount=D("1.00"))

    assert Fraction(ledger.balances(cast.contract)["payable"]) != Twin(cast.contract).expected()["payable"]
