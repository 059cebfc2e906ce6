"""Each indicator on a small world that one can count by hand, and against its slow twin on random ones."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trellis.performance import engine, indicators, rules
from trellis.performance.tests.slow import TWINS, Fact

SPRING = (date(2018, 4, 1), date(2018, 6, 30))
LIMIT = Decimal(500_000)
REACHED, CONTACT = "support.organisation_reached", "support.first_contact"
VOLUNTEERING, NETWORKING = "support.volunteering_helped", "support.networking_helped"


def measured(facts, indicator, *, periods=(SPRING,), limits=None, fewest_cases=2):
    """What the engine says: {district: (value, counted, unknown)} of the last period."""
    columns = {name: [getattr(fact, name) for fact in facts] for name in Fact._fields}
    limits = limits or {fact.occurred_on: LIMIT for fact in facts}
    evidence = pa.table(columns, schema=indicators.FACTS.to_pyarrow())
    found = engine.figures(evidence, indicator=indicator, periods=periods, limits=limits, fewest_cases=fewest_cases)
    return {figure.district: (figure.value, figure.counted, figure.unknown) for figure in found}


def reached(number, organisation, income, *, on=date(2018, 5, 1), district="N", kind=REACHED, **more):
    return Fact(number, kind, on, organisation, district, None if income is None else Decimal(income), **more)


def contacted(number, days, *, district="N", on=date(2018, 5, 1), **more):
    return Fact(number, CONTACT, on, number, district, None if days is None else Decimal(days), **more)


def test_an_organisation_that_two_partners_reached_counts_once():
    facts = [reached(1, 7, "24000"), reached(2, 7, "24000"), reached(3, 8, "24000", district="S")]

    assert measured(facts, "eligible-organisations-reached") == {None: (2, 2, 0), "N": (1, 1, 0), "S": (1, 1, 0)}


def test_the_limit_itself_is_not_under_the_limit():
    facts = [reached(1, 7, "499999.99"), reached(2, 8, "500000")]

    assert measured(facts, "eligible-organisations-reached")[None] == (1, 2, 0)


def test_the_limit_is_that_of_the_day():
    before, after = date(2018, 5, 1), date(2018, 6, 1)
    facts = [reached(1, 7, "300000", on=before), reached(2, 8, "300000", on=after)]
    limits = {before: Decimal(500_000), after: Decimal(250_000)}

    assert measured(facts, "eligible-organisations-reached", limits=limits)[None] == (1, 2, 0)


def test_an_income_that_is_not_known_is_counted_apart():
    facts = [reached(1, 7, None), reached(2, 8, None), reached(3, 8, "100")]

    assert measured(facts, "eligible-organisations-reached")[None] == (1, 2, 1)


def test_a_corrected_fact_gives_way_and_a_retracted_one_is_gone():
    facts = [
        reached(1, 7, "24000"),
        reached(2, 7, "900000", corrects=1),
        reached(3, 8, "24000"),
        reached(4, 8, "24000", corrects=3, retracts=True),
    ]

    assert measured(facts, "eligible-organisations-reached")[None] == (0, 1, 0)


@pytest.mark.parametrize(
    ("indicator", "kind"),
    [("organisations-helped-with-volunteering", VOLUNTEERING), ("organisations-helped-to-network", NETWORKING)],
)
def test_only_the_help_of_its_own_kind_counts_and_each_organisation_once(indicator, kind):
    facts = [reached(1, 7, "100"), reached(2, 7, "100", kind=kind), reached(3, 7, "100", kind=kind)]

    assert measured(facts, indicator)[None] == (1, 1, 0)


def test_days_to_first_contact_are_a_median():
    facts = [contacted(1, 1), contacted(2, 2), contacted(3, 4), contacted(4, 40), contacted(5, None)]

    assert measured(facts, "days-to-first-contact")[None] == (3, 4, 1)


def test_only_the_period_counts_its_first_and_last_day_included():
    days = [date(2018, 3, 31), date(2018, 4, 1), date(2018, 6, 30), date(2018, 7, 1)]
    facts = [contacted(number, number, on=on) for number, on in enumerate(days)]

    assert measured(facts, "days-to-first-contact")[None] == (Decimal("1.5"), 2, 0)


def test_consistency_is_the_longest_median_less_the_shortest():
    facts = [contacted(number, days, district=district) for number, (district, days) in enumerate(
        [("N", 2), ("N", 4), ("S", 6), ("S", 8), ("W", 90)]
    )]  # fmt: skip

    assert measured(facts, "contact-consistency") == {
        None: (4, 5, 0), "N": (-3, 2, 0), "S": (1, 2, 0), "W": (None, 1, 0)
    }  # fmt: skip


def test_consistency_needs_two_districts_with_enough_cases():
    facts = [contacted(1, 2), contacted(2, 2), contacted(3, 9, district="S")]

    assert measured(facts, "contact-consistency")[None] == (None, 3, 0)


@pytest.mark.parametrize("indicator", TWINS)
def test_with_no_evidence_there_is_nothing_to_measure(indicator):
    value = 0 if indicator in rules.COUNTS else None

    assert measured([], indicator) == {None: (value, 0, 0)}


def test_every_indicator_has_its_kind_and_its_twin():
    assert indicators.MEASURES.keys() == rules.EVIDENCE_KINDS.keys() == TWINS.keys()


@st.composite
def worlds(draw):
    """Facts of every kind, with chains of corrections and retractions, in one to four districts."""
    facts: list[Fact] = []
    open_facts: list[Fact] = []
    for number in range(1, draw(st.integers(0, 30)) + 1):
        on = date(2018, 3, 25) + timedelta(days=draw(st.integers(0, 110)))
        if open_facts and draw(st.integers(0, 4)) == 0:
            old = open_facts.pop(draw(st.integers(0, len(open_facts) - 1)))
            fact = old._replace(
                id=number,
                occurred_on=on,
                quantity=draw(quantities(old.kind)),
                corrects=old.id,
                retracts=draw(st.booleans()),
            )
        else:
            kind = draw(st.sampled_from([REACHED, CONTACT, VOLUNTEERING, NETWORKING]))
            district = draw(st.sampled_from(["N", "S", "E", None]))
            organisation = draw(st.integers(1, 8))
            fact = Fact(number, kind, on, organisation, district, draw(quantities(kind)))
        facts.append(fact)
        open_facts.append(fact)
    return facts


def quantities(kind):
    choices = [0, 1, 2, 3, 10, 21] if kind == CONTACT else ["0", "100", "249999.99", "250000", "500000", "9000000"]
    return st.sampled_from([None, *[Decimal(choice) for choice in choices]])


@pytest.mark.parametrize("indicator", TWINS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(facts=worlds())
def test_the_expression_agrees_with_its_slow_twin(indicator, facts):
    limits = {
        fact.occurred_on: Decimal(500_000) if fact.occurred_on < date(2018, 5, 1) else Decimal(250_000)
        for fact in facts
    }

    fast = measured(facts, indicator, limits=limits)

    assert fast == TWINS[indicator](facts, *SPRING, limits, 2)


def test_what_is_asked_at_once_is_answered_each_from_its_own_evidence():
    """All share one database, and none sees what another put in."""

    def ask(number: int):
        facts = [reached(one, one, "24000") for one in range(1, number + 1)]
        return measured(facts, "eligible-organisations-reached")

    with ThreadPoolExecutor(4) as people:
        answers = list(people.map(ask, range(1, 21)))

    assert answers == [{None: (number, number, 0), "N": (number, number, 0)} for number in range(1, 21)]


def test_the_engine_can_open_no_file():
    import duckdb

    with pytest.raises(duckdb.Error, match="disabled"):
        engine.database(os.getpid()).cursor().execute("ATTACH 'somewhere.sqlite3' (TYPE SQLITE)")
