"""Service credits: what a quarter below the floor costs, where it stops, and how it is earned back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.contracts.models import Target
from trellis.payments.commands import statements
from trellis.payments.queries import credits as queries
from trellis.payments.rules.credits import Conditions, QuarterResult, Rate, Result, credit_lines
from trellis.payments.tests import books_scenes as scenes
from trellis.payments.tests.books_scenes import DAYS
from trellis.payments.tests.quarters import a_signed_report

TERMS = Conditions(
    {"reach": Rate(amount=Decimal("100.00")), "days": Rate(fraction=Decimal("0.02"))}, Decimal("0.02"),
    Decimal("0.0125"), 2,
)  # fmt: skip


def quarter(number, year=1, conditions=TERMS, **went):
    """A quarter worth £10,000 of a year worth £40,000; `reach="below"`, `days="met"`, else in between."""
    results = [Result(code, went.get(code) == "below", went.get(code) == "met") for code in ("reach", "days")]
    return QuarterResult(f"Q{number}", year, Decimal("10000.00"), Decimal("40000.00"), results, conditions)


def lines(*quarters):
    return [(line.quarter, line.code, str(line.amount), line.of_quarter) for line in credit_lines(quarters)]


@pytest.mark.parametrize(
    ("quarters", "expected"),
    [
        ([quarter(1)], []),
        ([quarter(1, reach="met")], []),
        ([quarter(1, reach="below")], [("Q1", "reach", "-100.00", "Q1")]),
        # the quarter's cap of £200 cuts the second one
        ([quarter(1, reach="below", days="below")],
         [("Q1", "reach", "-100.00", "Q1"), ("Q1", "days", "-100.00", "Q1")]),
        # the year's cap of £500 leaves nothing for the fifth hundred but one, and a new year begins afresh
        ([quarter(n, days="below") for n in (1, 2, 3, 4)] + [quarter(5, 2, days="below")],
         [("Q1", "days", "-200.00", "Q1"), ("Q2", "days", "-200.00", "Q2"), ("Q3", "days", "-100.00", "Q3"),
          ("Q5", "days", "-200.00", "Q5")]),
        # back above the target: what was credited in the two quarters before comes back, once
        ([quarter(1, reach="below"), quarter(2), quarter(3, reach="met"), quarter(4, reach="met")],
         [("Q1", "reach", "-100.00", "Q1"), ("Q3", "reach", "100.00", "Q1")]),
        # between floor and target nothing comes back, and after the window nothing does
        ([quarter(1, reach="below"), quarter(2), quarter(3), quarter(4, reach="met")],
         [("Q1", "reach", "-100.00", "Q1")]),
        ([quarter(1, reach="below", conditions=Conditions(TERMS.rates, Decimal(1), Decimal(1), 0)),
          quarter(2, reach="met", conditions=Conditions(TERMS.rates, Decimal(1), Decimal(1), 0))],
         [("Q1", "reach", "-100.00", "Q1")]),
        ([quarter(1, reach="below", conditions=queries.NO_CONDITIONS)], []),
    ],
)  # fmt: skip
def test_known_answers(quarters, expected):
    assert lines(*quarters) == expected


@given(st.lists(st.tuples(st.sampled_from(["below", "met", ""]), st.sampled_from(["below", "met", ""])), max_size=8))
def test_caps_hold_and_nothing_comes_back_that_was_not_taken(went):
    quarters = [quarter(number, 1 + number // 4, reach=reach, days=days) for number, (reach, days) in enumerate(went)]
    found = credit_lines(quarters)
    taken = {(one.of_quarter, one.code): -one.amount for one in found if one.amount < 0}
    back = [one for one in found if one.amount > 0]

    assert len({(one.of_quarter, one.code) for one in back}) == len(back)
    assert all(one.amount == taken[one.of_quarter, one.code] for one in back)
    for one in quarters:
        assert sum(-line.amount for line in found if line.amount < 0 and line.quarter == one.quarter) <= 200
    for year in {one.year for one in quarters}:
        mine = {one.quarter for one in quarters if one.year == year}
        assert sum(-line.amount for line in found if line.amount < 0 and line.quarter in mine) <= 500


def test_a_quarter_below_its_floor_is_in_the_statement_and_is_no_partners_own(cast):
    Target.objects.filter(indicator=DAYS).update(target=Decimal("0.5"), floor=Decimal("0.5"))
    scenes.with_terms(cast)
    report = a_signed_report(cast)

    (line,) = queries.credit_lines(report)
    statement = statements.draw_up_statement(report=report, by=cast.olive)

    assert (line.kind, line.partner_reference, line.amount) == ("credit", "", Decimal("-225.00"))
    assert "Working days to first contact” was below its floor in April to June 2018" in line.reason
    assert statement.amount == Decimal("22275.00")
    assert sum(one.amount for one in statement.lines.filter(kind="credit")) == Decimal("-225.00")


def test_without_terms_there_are_no_credits(cast):
    Target.objects.filter(indicator=DAYS).update(target=Decimal("0.5"), floor=Decimal("0.5"))
    assert queries.credit_lines(a_signed_report(cast)) == []
