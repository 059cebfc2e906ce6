"""Settling a year: what it waits for, what it comes to, and what of it the next statement pays."""

import json
from decimal import Decimal
from functools import partial

import pytest
import time_machine

from trellis.audit.models import AuditEntry
from trellis.contracts import commands as contracts
from trellis.contracts.commands import membership
from trellis.contracts.models import ContractQuarter
from trellis.contracts.tests import membership_scenes
from trellis.contracts.tests.membership_scenes import OCTOBER, SEPTEMBER_END
from trellis.contracts.tests.papers_scenes import minutes
from trellis.core.errors import RuleBroken
from trellis.core.periods import Quarter
from trellis.payments.commands import books, statements
from trellis.payments.commands import shares as commands
from trellis.payments.models import Statement
from trellis.payments.queries import commercial, what_if
from trellis.payments.queries import shares as queries
from trellis.payments.sharing import reading
from trellis.payments.sharing.sums import share
from trellis.payments.tests import books_scenes as scenes
from trellis.payments.tests.books_scenes import Q1, Q2, REACHED
from trellis.payments.tests.quarters import a_report, a_signed_report
from trellis.performance.tests.facts import SPRING

MEASURED = {"weights": {REACHED: Decimal(1)}}


@pytest.fixture
def one_quarter_year(cast):
    """A contract whose first year is its first quarter, with a report that says that 2 organisations were reached."""
    cast.contract.quarters.filter(quarter__gte=2).update(year=2)
    scenes.with_terms(cast, target_cost=Decimal("90000.00"), **MEASURED)
    report = a_signed_report(cast)
    content = report.content | {"quarter": Q1, "contract_year": 1}
    return report, content


def with_a_report_of_the_year(cast, report, content, reached="2"):
    """The signed report of spring, told again as one of the year before it."""
    from trellis.performance.models import QuarterReport
    from trellis.performance.report import digest

    content = json.loads(json.dumps(content))
    for outcome in content["outcomes"]:
        for indicator in outcome["indicators"]:
            if indicator["code"] == REACHED:
                indicator["value"] = reached
    return QuarterReport.objects.create(
        contract=cast.contract, quarter=Q1, status="signed", content=content, digest=digest(content),
        prepared_by="person:1",
    )  # fmt: skip


def test_a_loss_is_shared_out_and_the_next_statement_takes_it_back(cast, one_quarter_year):
    spring, content = one_quarter_year
    with_a_report_of_the_year(cast, spring, content)
    scenes.accepted(cast, staff="44000.00")  # 47,500 each: £5,000 more than the target

    settled = commands.settle_year(contract=cast.contract, year=1, by=cast.olive)

    assert (settled.difference, settled.pool) == (Decimal("-5000.00"), Decimal("-2500.00"))
    assert [(str(part.partner), part.fair, part.amount) for part in settled.parts.all()] == [
        ("Ash Vale CVS", Decimal("-1500.00"), Decimal("-1000.00")),
        ("Bramble Volunteering", Decimal("-1000.00"), Decimal("-500.00")),
    ]
    assert (settled.commissioner, settled.pays_in) == (Decimal("-3500.00"), "2018-Q2")
    assert share(reading.terms(settled.document)).pool == settled.pool, "trellis share reads what was settled"
    statement = statements.draw_up_statement(report=spring, by=cast.olive)
    parts = {str(line.partner): line.amount for line in statement.lines.filter(kind="share")}
    assert parts == {"Ash Vale CVS": Decimal("-1000.00"), "Bramble Volunteering": Decimal("-500.00")}
    assert statement.amount == Decimal("21000.00")
    assert AuditEntry.objects.filter(action="payments.settle_year").count() == 1


def test_a_gain_waits_for_the_gate(cast, one_quarter_year):
    spring, content = one_quarter_year
    with_a_report_of_the_year(cast, spring, content, reached="1")  # the floor: a score of nothing
    scenes.accepted(cast)

    settled = commands.settle_year(contract=cast.contract, year=1, by=cast.olive)

    assert (settled.difference, settled.pool) == (Decimal("63000.00"), Decimal("0.00"))
    assert queries.share_lines(spring) == []


@pytest.mark.parametrize(("reinvest", "lines"), [(False, 2), (True, 0)])
def test_a_gain_is_paid_unless_it_is_reinvested(reinvest, lines, cast):
    cast.contract.quarters.filter(quarter__gte=2).update(year=2)
    scenes.with_terms(cast, reinvest=reinvest, **MEASURED)
    spring = a_signed_report(cast)
    with_a_report_of_the_year(cast, spring, spring.content | {"quarter": Q1, "contract_year": 1}, reached="3")
    scenes.accepted(cast)

    settled = commands.settle_year(contract=cast.contract, year=1, by=cast.olive)

    assert settled.pool == Decimal("31500.00")
    proposed = queries.share_lines(spring)
    assert len(proposed) == lines
    if lines:
        assert sum(line.amount for line in proposed) == settled.pool
        assert (proposed[0].kind, proposed[0].partner_reference) == ("share", cast.ash_vale.reference)
        assert proposed[0].opens == "/contracts/SCO/share/1/"


def test_settle_year_waits_for_every_return(cast, one_quarter_year):
    spring, content = one_quarter_year
    with pytest.raises(RuleBroken, match="Not yet: Ash Vale CVS, January to March 2018 and 1 more"):
        commands.settle_year(contract=cast.contract, year=1, by=cast.olive)
    scenes.accepted(cast)
    with pytest.raises(RuleBroken, match="There is no reading"):
        commands.settle_year(contract=cast.contract, year=1, by=cast.olive)
    with_a_report_of_the_year(cast, spring, content)
    with pytest.raises(RuleBroken, match="Only the contract manager"):
        commands.settle_year(contract=cast.contract, year=1, by=cast.anna)
    assert not AuditEntry.objects.filter(action="payments.settle_year").exists()

    commands.settle_year(contract=cast.contract, year=1, by=cast.olive)

    with pytest.raises(RuleBroken, match="already been settled"):
        commands.settle_year(contract=cast.contract, year=1, by=cast.olive)
    with pytest.raises(RuleBroken, match="has been settled"):
        book = queries.books.latest(cast.ash_vale_partner, Q1)
        books.correct_return(book=book, reason="Late invoice.", by=cast.anna)


def test_the_share_goes_to_the_first_statement_that_is_not_drawn_up(cast, one_quarter_year):
    spring, content = one_quarter_year
    with_a_report_of_the_year(cast, spring, content)
    scenes.accepted(cast)
    statements.draw_up_statement(report=spring, by=cast.olive)

    settled = commands.settle_year(contract=cast.contract, year=1, by=cast.olive)

    assert (str(SPRING), settled.pays_in) == ("2018-Q2", "2018-Q3")


def test_a_year_without_terms_has_nothing_to_share(cast):
    with pytest.raises(RuleBroken, match="No commercial terms"):
        commands.settle_year(contract=cast.contract, year=1, by=cast.olive)


def test_a_change_of_shares_counts_from_its_quarter_and_not_before(cast):
    """Three quarters at 60 to 40, and one at 50 to 50."""
    terms = scenes.with_terms(cast, **MEASURED)
    half = Decimal("0.5")
    contracts.restate_shares(
        contract=cast.contract, starts_on=OCTOBER, shares={cast.ash_vale_partner: half, cast.bramble_partner: half},
        reason="", by=cast.olive,
    )  # fmt: skip

    by_hand = {cast.ash_vale_partner: Decimal("0.575"), cast.bramble_partner: Decimal("0.425")}
    assert commercial.shares_of(terms, 1) == by_hand
    tried = what_if.year_with(terms, commercial.year(cast.contract, 1), over=Decimal(0), score=Decimal(1))
    assert [float(one.share) for one in tried.partners] == [0.575, 0.425]


def test_a_partner_that_leaves_within_the_year_bears_the_quarters_in_which_it_was_a_member(cast):
    scenes.with_terms(cast, **MEASURED)
    membership.accept_leaving(
        membership=membership_scenes.leaving(cast), left_on=SEPTEMBER_END, shares={cast.ash_vale_partner: Decimal(1)},
        proposal=minutes(cast).title, by=cast.olive,
    )  # fmt: skip
    cast.contract.quarters.filter(quarter=1).update(year=2)  # three quarters are left: thirds, which no decimal holds
    terms = commercial.terms_of(cast.contract, 1)

    parts = commercial.shares_of(terms, 1)

    assert list(parts.values()) == [Decimal("0.733333333333"), Decimal("0.266666666667")]
    assert sum(parts.values()) == 1
    cast.contract.quarters.filter(quarter=1).update(year=1)
    year = commercial.year(cast.contract, 1)
    document = commercial.document(terms, year=1, actual_cost=Decimal("80000"), measures=commercial.a_score(Decimal(1)))
    assert [(one["name"], one["share"]) for one in document["partners"]] == [
        ("Ash Vale CVS", "0.7"),
        ("Bramble Volunteering", "0.3"),
    ]
    assert [part.amount for part in queries.shared_out(document)[1].parts] == [Decimal("3500.00"), Decimal("1500.00")]
    assert [str(one.partner) for one in what_if.exposures(terms, year)] == ["Ash Vale CVS", "Bramble Volunteering"]


@pytest.fixture
def a_short_contract(cast):
    """A contract that ends in June 2018, and the signed report of its last quarter."""
    cast.contract.quarters.filter(quarter__gte=3).delete()
    return a_signed_report(cast)


def a_settled_year(cast):
    for quarter in (Q1, Q2):
        scenes.accepted(cast, quarter, staff="18500.00")  # £88,000 in all: £2,000 less than the target
    return commands.settle_year(contract=cast.contract, year=1, by=cast.olive)


def test_the_last_statement_of_a_contract_waits_for_its_last_year_and_pays_it(cast, page_client, a_short_contract):
    scenes.with_terms(cast, **MEASURED)
    ready = f"/contracts/SCO/statements/{SPRING}"
    with pytest.raises(RuleBroken, match="last statement, and year 1 is not settled yet"):
        statements.draw_up_statement(report=a_short_contract, by=cast.olive)
    assert not Statement.objects.exists()
    assert "Settle it first" in page_client.get(ready, by=cast.olive).text

    settled = a_settled_year(cast)

    assert settled.pays_in == str(SPRING)
    assert "Draw up the statement" in page_client.get(ready, by=cast.olive).text
    statement = statements.draw_up_statement(report=a_short_contract, by=cast.olive)
    paid = sum(line.amount for line in statement.lines.filter(kind="share"))
    assert paid == settled.pool == Decimal("1000.00")


def test_a_year_of_which_a_return_never_comes_is_left_as_it_is_and_the_last_statement_drawn_up(
    cast, page_client, a_short_contract
):
    scenes.with_terms(cast, **MEASURED)
    scenes.accepted(cast, Q1, staff="18500.00")
    here = "/contracts/SCO/share/1/"
    with time_machine.travel("2018-06-29 12:00"), pytest.raises(RuleBroken, match="is not over"):
        commands.leave_unshared(contract=cast.contract, year=1, reason="It closed.", by=cast.olive)
    page_client.get(f"{here}leave/", by=cast.anna, expect=403)
    assert page_client.get(here, by=cast.olive).has_link("What is missing will not come")
    assert not page_client.get(here, by=cast.anna).has_link("What is missing will not come")
    with pytest.raises(RuleBroken, match="Only the contract manager"):
        commands.leave_unshared(contract=cast.contract, year=1, reason="It closed.", by=cast.bella)
    page_client.post(f"{here}leave/", {"reason": "Bramble has closed; its books are lost."}, by=cast.olive)
    left = AuditEntry.objects.get(action="payments.leave_unshared")
    assert (left.reason, left.facts["year"]) == ("Bramble has closed; its books are lost.", 1)
    page = page_client.get(here, by=cast.anna)
    assert "Not shared out" in page.text and "its books are lost" in page.text and "April to June" in page.text
    assert "Not shared out" in page_client.get("/contracts/SCO/share/", by=cast.anna).text
    for again in (partial(commands.leave_unshared, reason="Again."), commands.settle_year):
        with pytest.raises(RuleBroken, match="left as it is"):
            again(contract=cast.contract, year=1, by=cast.olive)
    statement = statements.draw_up_statement(report=a_short_contract, by=cast.olive)
    assert not statement.lines.filter(kind="share").exists()


def test_a_year_that_can_be_settled_is_not_left_as_it_is(cast, a_short_contract):
    scenes.with_terms(cast, **MEASURED)
    for quarter in (Q1, Q2):
        scenes.accepted(cast, quarter, staff="18500.00")
    with pytest.raises(RuleBroken, match="Nothing is missing"):
        commands.leave_unshared(contract=cast.contract, year=1, reason="It is a loss.", by=cast.olive)


def test_a_year_that_no_statement_could_pay_is_paid_by_the_first_of_an_extension(cast, page_client, a_short_contract):
    statements.draw_up_statement(report=a_short_contract, by=cast.olive)  # before anybody agreed terms
    scenes.with_terms(cast, **MEASURED)
    settled = a_settled_year(cast)
    assert settled.pays_in == ""
    assert "an extension’s first" in page_client.get("/contracts/SCO/share/1/", by=cast.olive).text

    later = [Quarter(2018, 3), Quarter(2018, 4)]
    ContractQuarter.objects.bulk_create(
        ContractQuarter(contract=cast.contract, year=2, quarter=number, starts_on=one.start, ends_on=one.end,
                        value=Decimal("22500.00"))
        for number, one in enumerate(later, start=1)
    )  # fmt: skip
    halves = {cast.ash_vale_partner: Decimal("0.5"), cast.bramble_partner: Decimal("0.5")}
    summer, autumn = (a_report(cast.contract, one, Decimal("22500.00"), halves) for one in later)
    statement = statements.draw_up_statement(report=summer, by=cast.olive)

    assert sum(line.amount for line in statement.lines.filter(kind="share")) == settled.pool == Decimal("1000.00")
    settled.refresh_from_db()
    assert settled.pays_in == "2018-Q3"
    assert AuditEntry.objects.filter(action="payments.place_settlements").count() == 1
    assert queries.share_lines(autumn) == [], "once"
    with pytest.raises(RuleBroken, match="year 2 is not settled"):
        statements.draw_up_statement(report=autumn, by=cast.olive)
