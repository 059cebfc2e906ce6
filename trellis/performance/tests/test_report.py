"""The frozen object: nothing is lost on the way to JSON and back, and any change is another digest."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from trellis.performance.report import (
    Correction,
    DistrictFigure,
    IndicatorResult,
    OutcomeResult,
    Point,
    QuarterlyReport,
    Share,
    digest,
    from_json,
    to_json,
)

words = st.text(max_size=12)
figures = st.one_of(st.none(), st.decimals(-(10**6), 10**6, places=1))
known = st.decimals(0, 10**9, places=2)
counts = st.integers(0, 10**6)
points = st.builds(Point, words, words, figures, st.booleans())
districts = st.builds(DistrictFigure, words, words, counts, counts, figures, counts, st.booleans())
indicators = st.builds(
    IndicatorResult, code=words, name=words, definition=words, unit=words, decimals=st.integers(0, 4),
    polarity=st.sampled_from(["higher", "lower"]), value=figures, counted=counts, unknown=counts, target=figures,
    floor=figures, rating=words, direction=words, history=st.lists(points, max_size=3).map(tuple),
    districts=st.lists(districts, max_size=3).map(tuple),
)  # fmt: skip
outcomes = st.builds(OutcomeResult, words, words, words, st.lists(indicators, max_size=2).map(tuple))
corrections = st.builds(Correction, words, words, words, words, words, st.integers(0, 4), figures, figures)
shares = st.builds(Share, words, words, st.decimals(0, 1, places=6))
reports = st.builds(
    QuarterlyReport, contract=words, title=words, authority=words, quarter=words, period=words, starts_on=st.dates(),
    ends_on=st.dates(), evidence_up_to=counts, fewest_cases=counts, contract_year=counts, value=known,
    shares=st.lists(shares, max_size=3).map(tuple), outcomes=st.lists(outcomes, max_size=2).map(tuple),
    corrections=st.lists(corrections, max_size=2).map(tuple),
)  # fmt: skip


@given(reports)
def test_a_report_comes_back_from_json_as_it_was(report):
    assert from_json(to_json(report)) == report


@given(reports)
def test_the_digest_does_not_depend_on_the_order_of_keys(report):
    content = to_json(report)

    assert digest(dict(reversed(content.items()))) == digest(content)


def test_a_penny_more_is_another_digest():
    report = QuarterlyReport(
        contract="SCO", title="", authority="", quarter="2018-Q2", period="", starts_on=date(2018, 4, 1),
        ends_on=date(2018, 6, 30), evidence_up_to=7, fewest_cases=5, contract_year=1, value=Decimal("22500.00"),
        shares=(), outcomes=(), corrections=(),
    )  # fmt: skip

    changed = replace(report, value=Decimal("22500.01"))

    assert digest(to_json(changed)) != digest(to_json(report))
    assert to_json(report)["value"] == "22500.00"
