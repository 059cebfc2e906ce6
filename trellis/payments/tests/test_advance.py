"""A quarter paid in advance, put right by the shares that came to hold: each line, its pages, and what is owed back."""

from datetime import date
from decimal import Decimal as D

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from trellis.contracts import queries as contracts
from trellis.contracts.commands import membership
from trellis.contracts.tests import membership_scenes
from trellis.contracts.tests.membership_scenes import OCTOBER, SEPTEMBER_END
from trellis.contracts.tests.papers_scenes import minutes
from trellis.core.periods import Quarter
from trellis.payments.commands import batches, statements, terms
from trellis.payments.queries import base, reconciliation
from trellis.payments.rules.advance import Advance, Correction, corrections, words
from trellis.payments.tests.quarters import a_report

JULY = date(2018, 7, 2)
SUMMER, AUTUMN = Quarter(2018, 3), Quarter(2018, 4)
ASH, BRAMBLE, NEWCOMER = ("ORG-A", ""), ("ORG-B", ""), ("ORG-C", "")
PENCE = st.integers(0, 10**8).map(lambda pence: D(pence) / 100)


def paid(part, amount):
    return Advance(part, D(amount), "PAY-1", JULY)


@pytest.mark.parametrize(
    ("due", "advances", "found"),
    [
        ({ASH: "60", BRAMBLE: "40"}, [paid(ASH, "60"), paid(BRAMBLE, "40")], {}),  # nothing changed
        ({ASH: "50", BRAMBLE: "50"}, [paid(ASH, "60"), paid(BRAMBLE, "40")], {ASH: "-10", BRAMBLE: "10"}),
        ({ASH: "100"}, [paid(ASH, "60"), paid(BRAMBLE, "40")], {ASH: "40", BRAMBLE: "-40"}),  # one left
        ({ASH: "60", NEWCOMER: "40"}, [paid(ASH, "100")], {ASH: "-40", NEWCOMER: "40"}),  # one joined
        ({ASH: "60"}, [paid(ASH, "50"), paid(ASH, "10")], {}),  # by two statements
        ({("ORG-A", "Health"): "60"}, [paid(("ORG-A", "Care"), "60")],
         {("ORG-A", "Health"): "60", ("ORG-A", "Care"): "-60"}),
    ],
)  # fmt: skip
def test_what_puts_an_advance_right(due, advances, found):
    made = corrections({part: D(amount) for part, amount in due.items()}, advances)

    assert {one.part: one.amount for one in made} == {part: D(amount) for part, amount in found.items()}


@given(st.dictionaries(st.sampled_from("abcd"), PENCE), st.lists(st.tuples(st.sampled_from("cdef"), PENCE)))
def test_with_its_corrections_every_part_has_what_is_due_and_no_penny_is_lost(due, advances):
    due = {(name, ""): amount for name, amount in due.items()}
    advances = [paid((name, ""), amount) for name, amount in advances]

    made = corrections(due, advances)

    for part in {*due, *(one.part for one in advances)}:
        had = sum((one.amount for one in advances if one.part == part), D(0))
        assert had + sum((one.amount for one in made if one.part == part), D(0)) == due.get(part, D(0))


def test_the_words_say_what_is_corrected_and_why():
    told = words(
        Correction(BRAMBLE, D(0), D("9000.00")), paid(BRAMBLE, "9000.00"), period=AUTUMN.words, shares_from=OCTOBER
    )
    assert told == (
        "Paid in advance on 2 July 2018 (PAY-1), by the shares of that day: £9,000.00. "
        "The shares from 1 October 2018 give nothing for October to December 2018"
    )


@pytest.fixture
def autumn(cast):
    """The statement of October to December, which went in advance before Bramble's leaving from its first day.

    Reports of quarters to come are made by hand: the pages make none before its quarter is over.
    """
    terms.set_payment_terms(contract=cast.contract, starts_on=AUTUMN.start, in_advance=True, by=cast.olive)
    stated(cast, SUMMER)
    membership.accept_leaving(
        membership=membership_scenes.leaving(cast), left_on=SEPTEMBER_END, shares={cast.ash_vale_partner: D(1)},
        proposal=minutes(cast).title, by=cast.olive,
    )  # fmt: skip
    return stated(cast, AUTUMN)


def stated(cast, quarter):
    row = contracts.quarter(cast.contract, quarter)
    report = a_report(cast.contract, quarter, row.value, contracts.shares(cast.contract, quarter.start))
    statement = statements.draw_up_statement(report=report, by=cast.olive)
    statements.certify_statement(statement=statement, by=cast.olive)
    statements.authorise_statement(statement=statement, by=cast.fred)
    return statement


def test_the_quarters_own_statement_states_the_difference_and_nothing_is_lost(cast, autumn):
    lines = {str(line.partner): (line.amount, line.share) for line in autumn.lines.all()}

    assert lines == {"Ash Vale CVS": (D("9000.00"), None), "Bramble Volunteering": (D("-9000.00"), None)}
    assert autumn.amount == 0
    both = base.stated_base(cast.contract).filter(quarter=str(AUTUMN))
    assert sum(line.amount for line in both) == D("22500.00")
    assert reconciliation.reconcile(cast.contract).faults == []


def test_the_share_of_a_line_paid_in_advance_is_that_of_its_own_quarter(cast):
    terms.set_payment_terms(contract=cast.contract, starts_on=AUTUMN.start, in_advance=True, by=cast.olive)
    membership.accept_leaving(
        membership=membership_scenes.leaving(cast), left_on=SEPTEMBER_END, shares={cast.ash_vale_partner: D(1)},
        proposal=minutes(cast).title, by=cast.olive,
    )  # fmt: skip
    ahead = stated(cast, SUMMER).lines.get(quarter=str(AUTUMN))

    assert (str(ahead.partner), ahead.share, ahead.amount) == ("Ash Vale CVS", D(1), D("22500.00"))
    assert "100% of the value of October to December 2018, in advance" in ahead.reason
    assert not stated(cast, AUTUMN).lines.exists(), "nothing changed since, so nothing is put right"


def test_a_quarter_paid_in_advance_is_paid_by_the_budgets_of_that_quarter(cast):
    terms.set_payment_terms(contract=cast.contract, starts_on=AUTUMN.start, in_advance=True, by=cast.olive)
    terms.set_funding(contract=cast.contract, starts_on=SUMMER.start, shares={"Care": D(1)}, by=cast.olive)
    terms.set_funding(contract=cast.contract, starts_on=OCTOBER, shares={"Health": D(1)}, by=cast.olive)

    lines = stated(cast, SUMMER).lines.all()

    assert {(line.quarter, line.funding_source) for line in lines} == {(str(SUMMER), "Care"), (str(AUTUMN), "Health")}


def test_the_pages_say_what_was_put_right_and_lead_to_it(cast, autumn, page_client):
    page = page_client.get("/contracts/SCO/statements/2018-Q4", by=cast.bella)
    assert "2 lines put each partner’s part right" in page.text and "Together they come to £0.00" in page.text
    assert "below nought is sent nothing" in page.text and "Base put right" in page.text
    number = autumn.lines.get(partner=cast.bramble_partner).number
    line = page_client.get(f"/contracts/SCO/statements/2018-Q4/lines/{number}", by=cast.bella)
    assert "What it corrects" in line.text and "−£9,000.00" in line.text
    earlier = base.same_part(autumn.lines.get(number=number)).get()
    before = page_client.get(f"/contracts/SCO/statements/2018-Q3/lines/{earlier.number}", by=cast.bella)
    assert "What puts it right" in before.text and before.has_link(f"Line {number} of {autumn.reference}")
    paper = page_client.get("/contracts/SCO/statements/2018-Q4.csv", by=cast.bella).response
    paper = b"".join(paper.streaming_content).decode()
    assert "Base put right" in paper and "Paid in advance on 2 July 2018" in paper


def test_who_was_paid_too_much_is_set_off_first_and_owes_the_rest(cast, autumn, page_client):
    payable = page_client.get("/contracts/SCO/payments/", by=cast.fred)
    assert "Bramble Volunteering£9,000.00" in payable.text, "summer’s share; autumn’s advance is taken back at once"
    batches.export_batch(contract=cast.contract, by=cast.fred)

    sent = {str(line.partner): line.amount for line in autumn.lines.filter(payment_line__isnull=False)}
    assert sent == {"Ash Vale CVS": D("9000.00"), "Bramble Volunteering": D("-9000.00")}
    assert reconciliation.reconcile(cast.contract).faults == []


def test_what_was_sent_before_is_owed_back_and_nothing_is_sent(cast, page_client):
    terms.set_payment_terms(contract=cast.contract, starts_on=AUTUMN.start, in_advance=True, by=cast.olive)
    stated(cast, SUMMER)
    batches.export_batch(contract=cast.contract, by=cast.fred)
    membership.accept_leaving(
        membership=membership_scenes.leaving(cast), left_on=SEPTEMBER_END, shares={cast.ash_vale_partner: D(1)},
        proposal=minutes(cast).title, by=cast.olive,
    )  # fmt: skip
    autumn = stated(cast, AUTUMN)
    page = "/contracts/SCO/payments/"
    assert "Bramble Volunteering£9,000.00. It is taken off" in page_client.get(page, by=cast.fred).text
    batches.export_batch(contract=cast.contract, by=cast.fred)

    assert not autumn.lines.filter(partner=cast.bramble_partner, payment_line__isnull=False).exists()
    assert reconciliation.reconcile(cast.contract).balances["payable"] == D("-9000.00")
    with time_machine.travel("2018-10-02 09:00"):  # who signed in in July has been signed out since
        page_client.clients.clear()
        assert "It left on 30 September 2018, so it has to pay this back" in page_client.get(page, by=cast.fred).text
