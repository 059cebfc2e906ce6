"""Lines of each kind: shared out to the penny, stated once, funded as the contract says."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.audit.models import AuditEntry
from trellis.contracts.tests import terms_scenes
from trellis.core.actors import NIGHTLY
from trellis.core.errors import RuleBroken
from trellis.core.money import split
from trellis.core.periods import Period, Quarter, contract_years
from trellis.payments.commands import statements as commands
from trellis.payments.commands import terms
from trellis.payments.models import StatementLine
from trellis.payments.queries import lines as line_queries
from trellis.payments.queries import money
from trellis.payments.rules.lines import ProposedLine, check_proposed, parts, stated
from trellis.payments.rules.schedule import Money, by_financial_year
from trellis.payments.tests.quarters import a_signed_report

SPRING = "2018-Q2"
CREDIT = ProposedLine("credit", "", D("-100.01"), "", "Floor missed", "/contracts/SCO/")
FUNDED = {"Adult Social Care": D("0.6"), "Public Health": D("0.4")}


def state(*lines, shares, funding=None):
    return stated(lines, shares=shares, funding=funding or {}, contract="SCO", quarter=SPRING)


weights = st.dictionaries(
    st.sampled_from("abcdefgh"), st.integers(0, 1000).map(lambda number: D(number) / 1000), min_size=1
).filter(lambda found: any(found.values()))


@given(st.integers(-(10**9), 10**9), weights, weights)
def test_a_line_of_the_alliance_is_shared_out_to_the_penny(pence, shares, funding):
    funding = {name: weight for name, weight in funding.items() if weight}
    amount = D(pence) / 100

    lines = state(replace(CREDIT, amount=amount), shares=shares, funding=funding)

    assert sum(line.amount for line in lines) == amount
    total = sum(shares.values())
    for name, share in shares.items():
        mine = sum(line.amount for line in lines if line.proposed.partner_reference == name)
        assert abs(Fraction(mine) - Fraction(amount) * Fraction(share) / Fraction(total)) < Fraction(1, 100)
    assert len({line.proposed.source for line in lines}) == len(lines)


@given(st.integers(-(10**6), 10**6), weights, st.randoms())
def test_the_order_of_partners_changes_nothing(pence, shares, random):
    names = list(shares)
    random.shuffle(names)

    assert parts(D(pence) / 100, shares) == parts(D(pence) / 100, {name: shares[name] for name in names})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "bonus"}, "no lines of the kind"),
        ({"partner_reference": "ORG-X"}, "not a partner"),
        ({"reason": ""}, "says why"),
        ({"opens": ""}, "says why"),
    ],
)
def test_a_line_that_no_statement_can_have_is_refused(changes, words):
    check_proposed([CREDIT], ["ORG-A"])

    with pytest.raises(RuleBroken, match=words):
        check_proposed([replace(CREDIT, **changes)], ["ORG-A"])


def test_a_statement_collects_what_each_source_proposes(cast, monkeypatch):
    terms.set_funding(contract=cast.contract, starts_on=date(2018, 1, 1), shares=FUNDED, by=cast.olive)
    sources = (line_queries.base_lines, lambda report: [CREDIT])
    monkeypatch.setattr(line_queries, "LINE_SOURCES", sources)

    statement = commands.draw_up_statement(report=a_signed_report(cast), by=cast.olive)

    lines = list(statement.lines.values_list("number", "kind", "partner__organisation__name", "funding_source"))
    assert lines == [
        (1, "base", "Ash Vale CVS", "Adult Social Care"),
        (2, "base", "Ash Vale CVS", "Public Health"),
        (3, "base", "Bramble Volunteering", "Adult Social Care"),
        (4, "base", "Bramble Volunteering", "Public Health"),
        (5, "credit", "Ash Vale CVS", "Adult Social Care"),
        (6, "credit", "Ash Vale CVS", "Public Health"),
        (7, "credit", "Bramble Volunteering", "Adult Social Care"),
        (8, "credit", "Bramble Volunteering", "Public Health"),
    ]
    amounts = [line.amount for line in statement.lines.all()]
    assert amounts[:4] == [D("8100.00"), D("5400.00"), D("5400.00"), D("3600.00")]
    assert sum(amounts[4:]) == D("-100.01")
    assert statement.amount == sum(amounts) == D("22399.99")


def test_a_source_is_never_stated_twice(cast, monkeypatch):
    once = replace(CREDIT, source="credit 7")
    monkeypatch.setattr(line_queries, "LINE_SOURCES", (line_queries.base_lines, lambda report: [once]))
    commands.draw_up_statement(report=a_signed_report(cast), by=cast.olive)

    with pytest.raises(RuleBroken, match="on another one already"):
        commands.draw_up_statement(report=a_signed_report(cast, Quarter(2018, 1)), by=cast.olive)

    assert StatementLine.objects.filter(kind="base").values("quarter").distinct().count() == 1


def test_in_advance_the_next_quarter_is_paid_as_it_begins_and_never_again(cast):
    terms.set_payment_terms(contract=cast.contract, starts_on=date(2018, 4, 1), in_advance=True, by=cast.olive)
    winter = commands.draw_up_statement(report=a_signed_report(cast, Quarter(2018, 1)), by=cast.olive)
    spring = commands.draw_up_statement(report=a_signed_report(cast), by=cast.olive)

    assert [(line.quarter, line.amount) for line in winter.lines.all()] == [
        ("2018-Q1", D("13500.00")), ("2018-Q1", D("9000.00")), ("2018-Q2", D("13500.00")), ("2018-Q2", D("9000.00")),
    ]  # fmt: skip
    assert {line.quarter for line in spring.lines.all()} == {"2018-Q3"}
    assert "in advance" in spring.lines.first().reason


def test_terms_are_set_by_the_contract_manager_and_add_up(cast):
    for by in (cast.fred, cast.anna):
        with pytest.raises(RuleBroken, match="Only the contract manager"):
            terms.set_funding(contract=cast.contract, starts_on=date(2018, 1, 1), shares=FUNDED, by=by)
    for shares, words in (({"A": D("0.6")}, "add up to 60%"), ({"A": D(1), "B": D(0)}, "pays some part")):
        with pytest.raises(RuleBroken, match=words):
            terms.set_funding(contract=cast.contract, starts_on=date(2018, 1, 1), shares=shares, by=NIGHTLY)
    with pytest.raises(RuleBroken, match="not a treatment"):
        terms.set_vat_treatment(partner=cast.ash_vale_partner, starts_on=date(2018, 1, 1), treatment="none", by=NIGHTLY)


def test_2017_to_2021_by_the_councils_financial_year():
    """Decision 16/00051: £2,267,710 over five years, worked by hand from the value of each quarter."""
    years = ("553761.90", "498385.71", "448547.14", "403692.43", "363323.18")
    values = [part for value in years for part in split(D(value), [1, 1, 1, 1])]
    quarters = [part for year in contract_years(date(2017, 1, 1), 5) for part in year.quarters]

    found = by_financial_year(zip(quarters, [Money(value=value) for value in values], strict=True))

    assert [(str(one.year), one.money.value) for one in found] == [
        ("2016-17", D("138440.48")), ("2017-18", D("539917.85")), ("2018-19", D("485926.07")),
        ("2019-20", D("437333.46")), ("2020-21", D("393600.12")), ("2021-22", D("272492.38")),
    ]  # fmt: skip


def test_the_money_page_has_2017_to_2021_by_financial_year_with_optional_years_apart(page_client, cast):
    contract = terms_scenes.enter(cast)
    found = [(str(one.year), one.in_term, one.optional) for one in money.with_optional_years(contract)]
    assert found == [
        ("2016-17", D("138440.48"), D(0)), ("2017-18", D("539917.85"), D(0)), ("2018-19", D("485926.07"), D(0)),
        ("2019-20", D("336410.35"), D("100923.11")), ("2020-21", D(0), D("393600.12")),
        ("2021-22", D(0), D("272492.38")),
    ]  # fmt: skip
    text = page_client.get("/contracts/SCO-2/money/", by=cast.fred).text
    assert "2021-22 £0.00 £272,492.38 £272,492.38" in text
    assert "With the optional years" not in page_client.get("/contracts/SCO/money/", by=cast.fred).text


def test_a_quarter_across_the_first_of_april_is_split_by_its_days():
    """91 days from 1 March to 30 May 2018: 31 before 1 April, 60 after."""
    quarter = Period(date(2018, 3, 1), date(2018, 5, 30))

    found = by_financial_year([(quarter, Money(value=D("91.00"), paid=D("0.91")))])

    assert [(one.money.value, one.money.paid) for one in found] == [(D("31.00"), D("0.31")), (D("60.00"), D("0.60"))]


def test_terms_never_change_a_closed_quarter(cast):
    commands.draw_up_statement(report=a_signed_report(cast), by=cast.olive)
    with pytest.raises(RuleBroken, match="April to June 2018 is closed, and what is closed is not changed"):
        terms.set_funding(contract=cast.contract, starts_on=date(2018, 6, 30), shares=FUNDED, by=cast.olive)
    with pytest.raises(RuleBroken, match="Choose a day after 30 June 2018"):
        terms.set_payment_terms(contract=cast.contract, starts_on=date(2018, 4, 1), in_advance=True, by=cast.olive)
    assert not AuditEntry.objects.filter(action__startswith="payments.set").exists()

    terms.set_funding(contract=cast.contract, starts_on=date(2018, 7, 1), shares=FUNDED, by=cast.olive)
    terms.set_payment_terms(contract=cast.contract, starts_on=date(2018, 7, 1), in_advance=True, by=cast.olive)
    assert AuditEntry.objects.filter(action__in=["contracts.set_funding", "payments.set_payment_terms"]).count() == 2
