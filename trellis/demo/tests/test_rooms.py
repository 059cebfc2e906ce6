from datetime import date
from decimal import Decimal

import pytest

from trellis.commissioning.models import Commission
from trellis.commissioning.queries import market as market_queries
from trellis.commissioning.queries import outcomes as outcomes_queries
from trellis.commissioning.queries import policies as policies_queries
from trellis.commissioning.queries import provision as provision_queries
from trellis.contracts.models import Contract
from trellis.contracts.queries import grants as contracts
from trellis.core import clock
from trellis.demo import county
from trellis.demo.decide import market, on, policies, provision, road
from trellis.demo.names import read
from trellis.demo.staff import employ_council


@pytest.fixture
def rooms(db) -> Commission:
    """The county of the demo, and the four rooms of its commission as the council filled them."""
    with on(date(2015, 10, 1)):
        county.lay_out()
        council = county.add_authority()
        officer = employ_council(council)["commissioning-officer"]
    commission = road._open(council, officer, read("commission"))
    policies.hold_policies(commission, officer)
    provision.map_provision(commission, officer)
    market.engage_market(commission, officer)
    return commission


def test_the_grants_of_the_demo_are_those_of_the_report(rooms):
    found = provision_queries.provision(rooms)
    assert found.total == Decimal("615291.00")
    assert {one.name: one.bodies for one in found.by_kind} == {
        "Volunteer centre": 10,
        "Council for voluntary service (CVS)": 5,
        "Independent": 4,
    }
    for totals in (found.by_source, found.by_kind, found.by_district):
        assert sum(one.yearly for one in totals) == found.total
    assert len(found.districts) == 12
    assert found.overlap_cost == 0
    assert all(one.too_late for one in found.endings if one.plan.body.notice_months is None)


def test_most_providers_prefer_an_alliance_or_a_strategic_partner_and_all_agree_whom_it_must_serve(rooms):
    found = market_queries.published_market(rooms.reference)
    assert found.answered == 26 and found.is_illustrative
    first, second, *rest = found.preferences
    assert {first.names[0], second.names[0]} == {"Alliance", "Key Strategic Partner"}
    assert first.count + second.count > found.answered / 2
    serves = found.statements[0]
    assert serves.question.startswith("The model must serve those who benefit")
    assert [(one.names, one.count) for one in serves.counts if one.count] == [(("Agree",), 26)]
    names = [provider.name for provider in market_queries.providers(rooms)]
    assert not [name for name in names if name in str(found)]


def test_the_three_outcomes_are_the_commissions_and_follow_from_its_policies(rooms):
    outcomes = list(outcomes_queries.outcomes_of(rooms))
    assert [outcome.name for outcome in outcomes] == ["Business Support", "Volunteering and Social Action", "Strategic"]
    assert all(outcome.commitments.all() for outcome in outcomes)
    assert all(outcome.indicators.all() for outcome in outcomes)
    assert outcomes_queries.measures_of(rooms).count() == 5


def test_the_thread_says_what_is_there_and_what_is_not(rooms):
    for queries in (policies_queries, provision_queries, market_queries, outcomes_queries):
        found = queries.progress(rooms)
        assert (found.done, found.missing) == (True, ""), found.name


def test_the_grants_end_once_the_contract_starts(rooms):
    officer = rooms.owner
    with on(date(2016, 11, 1)):
        contract, _by_key = county.form_alliance(rooms.authority)
    provision.end_grants(contract, rooms, officer)
    grants = contracts.grants_before(Contract.objects.get(pk=contract.pk))
    assert len(grants) == 19
    assert {grant.stops_on for grant in grants} == {date(2017, 1, 1)}
    assert clock.today() == date(2018, 7, 2)
