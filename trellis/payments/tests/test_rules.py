"""The sums, the dates and the table of states."""

from datetime import date
from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.core.errors import RuleBroken
from trellis.core.money import rounded, split
from trellis.payments.rules import statements as rules
from trellis.performance.report import QuarterlyReport, Share


def report(value, shares):
    """A report of one quarter that is worth `value`; the partners are called by their place."""
    return QuarterlyReport(
        contract="SCO", title="", authority="", quarter="2018-Q2", period="", starts_on=date(2018, 4, 1),
        ends_on=date(2018, 6, 30), evidence_up_to=0, fewest_cases=5, contract_year=1, value=D(value),
        shares=tuple(Share(str(place), f"Partner {place}", D(share)) for place, share in enumerate(shares)),
        outcomes=(), corrections=(),
    )  # fmt: skip


def slow_parts(value, shares):
    """Each part's whole pence; then a penny to whoever lost most by rounding down, one after another."""
    pence = int(value * 100)
    exact = [Fraction(share) * pence / Fraction(sum(shares)) for share in shares]
    parts = [int(part) for part in exact]
    while sum(parts) < pence:
        losses = [whole - part for whole, part in zip(exact, parts, strict=True)]
        parts[losses.index(max(losses))] += 1
    return [D(part) / 100 for part in parts]


def amounts(due):
    return [line.amount for line in due.lines]


def test_the_lines_follow_the_shares():
    due = rules.statement(report("22500.00", ["0.6", "0.4"]))

    assert (due.amount, amounts(due)) == (D("22500.00"), [D("13500.00"), D("9000.00")])


def test_a_penny_that_nobody_can_share_goes_to_the_first():
    assert amounts(rules.statement(report("0.01", ["0.5", "0.5"]))) == [D("0.01"), D("0.00")]
    assert amounts(rules.statement(report("100.00", ["1", "1", "1"]))) == [D("33.34"), D("33.33"), D("33.33")]


shares = st.lists(st.integers(0, 1_000_000), min_size=1, max_size=12).filter(any)


@given(st.integers(0, 10**10), shares)
def test_the_lines_sum_to_the_amount_to_the_penny(pence, weights):
    due = rules.statement(report(D(pence) / 100, weights))

    assert sum(amounts(due)) == due.amount


@given(st.integers(0, 10**7), st.lists(st.sampled_from([1, 2, 4, 5, 8]), min_size=1, max_size=8))
def test_the_lines_agree_with_their_slow_twin(pence, weights):
    total = sum(weights)
    fractions = [D(weight) for weight in weights]

    found = amounts(rules.statement(report(D(pence) / 100, fractions)))

    assert sorted(found) == sorted(slow_parts(D(pence) / 100, fractions))
    assert all(
        abs(part - D(pence) / 100 * weight / total) < D("0.01") for part, weight in zip(found, weights, strict=True)
    )


def test_the_first_year_of_the_report_of_2016_in_quarters():
    """£615,291 less 10% (decision 16/00051): the odd pence go to the earliest quarters."""
    year = rounded(D("615291") * D("0.9"))

    assert split(year, [1, 1, 1, 1]) == [D("138440.48"), D("138440.48"), D("138440.47"), D("138440.47")]


def test_the_days_to_pay_are_calendar_days():
    assert rules.due_on(date(2018, 7, 2), 30) == date(2018, 8, 1)
    assert rules.due_on(date(2020, 2, 1), 30) == date(2020, 3, 2)


@pytest.mark.parametrize("state", rules.Status.values)
@pytest.mark.parametrize("event", ["certify", "authorise", "return"])
def test_every_cell_of_the_transition_table(state, event):
    expected = {
        ("draft", "certify"): "certified",
        ("certified", "authorise"): "authorised",
        ("certified", "return"): "draft",
    }

    assert rules.TRANSITIONS.get((state, event)) == expected.get((state, event))


def test_certify_is_refused():
    rules.check_can_certify(status="draft", may=True)

    with pytest.raises(RuleBroken, match="Only the contract manager"):
        rules.check_can_certify(status="draft", may=False)
    for status in ("certified", "authorised"):
        with pytest.raises(RuleBroken, match="already been certified"):
            rules.check_can_certify(status=status, may=True)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"may": False}, "Only the finance team"),
        ({"status": "draft"}, "not been certified"),
        ({"status": "authorised"}, "already been authorised"),
        ({"certified_it": True}, "somebody else"),
    ],
)
def test_authorise_is_refused(changes, words):
    facts = {"status": "certified", "may": True, "certified_it": False}
    rules.check_can_authorise(**facts)

    with pytest.raises(RuleBroken, match=words):
        rules.check_can_authorise(**facts | changes)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"may": False}, "Only the contract manager or the finance team"),
        ({"status": "draft"}, "not yet authorised"),
        ({"status": "authorised"}, "not yet authorised"),
        ({"reason": " "}, "why"),
    ],
)
def test_sending_back_is_refused(changes, words):
    facts = {"status": "certified", "may": True, "reason": "The wrong quarter."}
    rules.check_can_return(**facts)

    with pytest.raises(RuleBroken, match=words):
        rules.check_can_return(**facts | changes)
