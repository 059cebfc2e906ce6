from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.audit.models import AuditEntry
from trellis.contracts.commands import challenges as challenge_commands
from trellis.contracts.models import GapAnswer, Interest, InterestChallenge, Tie
from trellis.contracts.queries import gaps
from trellis.contracts.rules import challenges as challenge_rules
from trellis.core.errors import RuleBroken
from trellis.organisations.models import ServiceType
from trellis.support import interest_commands as commands
from trellis.support import queries, rules
from trellis.support.interest_queries import cost_of
from trellis.support.models import Case
from trellis.support.tests import cases

TODAY, MAY = date(2018, 7, 2), date(2018, 5, 1)
ROOM = "/support/interests/"


def deeds(action: str) -> int:
    return AuditEntry.objects.filter(action=action).count()


def asked_about(partner) -> list[ServiceType]:
    return [one.service_type for one in gaps.gaps(partner, TODAY)]


def a_challenge(cast, **asked) -> InterestChallenge:
    """Southdown Community Choir says that Ash Vale runs food services in North, too."""
    said = {"service_type": cast.food, "district": cast.north, "what": "It opened a kitchen.", "since": MAY}
    return challenge_commands.raise_challenge(
        partner=cast.ash_vale_partner, challenger=cast.choir, by=cast.erin, **said | asked
    )


def test_a_named_organisation_is_closed_to_the_partner_that_named_it(cast):
    case = cases.in_progress(cast, organisation=cast.choir, by=cast.erin)
    assert case.held_by == cast.ash_vale
    commands.declare_tie(
        partner=cast.ash_vale_partner, organisation=cast.choir, kind="bids-against", starts_on=TODAY, by=cast.anna
    )
    case.refresh_from_db()
    mine = [cast.ash_vale.pk]
    assert case.held_by != cast.ash_vale and not queries.is_open_to(case, mine)
    assert case not in queries.firewalled(Case.objects.all(), mine)
    assert case in queries.firewalled(Case.objects.all(), [cast.bramble.pk])
    assert cast.ash_vale_partner not in queries.free_for(case)
    assert deeds("contracts.declare_tie") == 1


def test_a_partner_cannot_name_itself(cast):
    with pytest.raises(RuleBroken, match="your own organisation"):
        commands.declare_tie(
            partner=cast.ash_vale_partner, organisation=cast.ash_vale, kind="tied-to", starts_on=TODAY, by=cast.anna
        )
    assert not Tie.objects.exists() and deeds("contracts.declare_tie") == 0


@pytest.mark.parametrize(
    ("status", "allowed"),
    [
        ("raised", {"accept": "upheld", "dispute": "disputed", "uphold": "upheld", "dismiss": "dismissed"}),
        ("disputed", {"uphold": "upheld", "dismiss": "dismissed"}),
        ("upheld", {}),
        ("dismissed", {}),
    ],
)
def test_each_status_of_a_challenge_allows_its_own_steps(status, allowed):
    for verb in ("accept", "dispute", "uphold", "dismiss"):
        if verb in allowed:
            assert challenge_rules.next_status(status, verb) == allowed[verb]
        else:
            with pytest.raises(RuleBroken):
                challenge_rules.next_status(status, verb)


def test_what_a_partner_accepts_is_declared_and_its_cases_go_back(cast):
    case = cases.in_progress(cast)  # Mill Lane Pantry runs food services in North, and Ash Vale holds its case
    commands.answer_challenge(challenge=a_challenge(cast), accepts=True, answer="We forgot.", by=cast.anna)
    found = InterestChallenge.objects.get()
    case.refresh_from_db()
    assert found.status == "upheld" and case.held_by == cast.independent  # nobody else is left
    assert Interest.objects.get(partner=cast.ash_vale_partner).starts_on == MAY
    for action in ("contracts.raise_challenge", "contracts.answer_challenge", "support.act_on_challenge"):
        assert deeds(action) == 1


def test_what_it_disputes_is_decided_by_the_contract_manager(cast):
    found = a_challenge(cast)
    commands.answer_challenge(challenge=found, accepts=False, answer="It is a church’s.", by=cast.anna)
    with pytest.raises(RuleBroken, match="contract manager decides"):
        commands.answer_challenge(challenge=found, accepts=True, answer="Well.", by=cast.anna)
    commands.settle_challenge(challenge=found, upheld=False, outcome="Seen the lease.", by=cast.olive)
    assert not Interest.objects.filter(partner=cast.ash_vale_partner).exists()
    with pytest.raises(RuleBroken, match="settled"):
        commands.settle_challenge(challenge=found, upheld=True, outcome="No.", by=cast.olive)
    assert deeds("contracts.settle_challenge") == 1


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"challenger": "ash_vale"}, "your own organisation"),
        ({"partner": "bramble_partner"}, "has declared this"),
        ({"district": None}, "Say a kind of service with its district"),
        ({"organisation": "pantry"}, "or an organisation"),
    ],
)
def test_raise_challenge_refuses(cast, asked, words):
    known = {name: getattr(cast, value) if value else None for name, value in asked.items()}
    said = {"service_type": cast.food, "district": cast.north, "partner": cast.ash_vale_partner,
            "challenger": cast.choir}  # fmt: skip
    with pytest.raises(RuleBroken, match=words):
        challenge_commands.raise_challenge(what="A kitchen.", since=MAY, by=cast.erin, **said | known)
    assert not InterestChallenge.objects.exists() and deeds("contracts.raise_challenge") == 0


def test_the_register_suggests_what_is_not_declared(cast):
    cast.bramble.service_types.set([cast.food, cast.transport])
    # Bramble is based in South, and has declared food in North alone
    assert asked_about(cast.bramble_partner) == [cast.transport, cast.food]
    challenge_commands.explain_gap(
        partner=cast.bramble_partner, service_type=cast.transport, reason="Sold the bus.", by=cast.bella
    )
    assert asked_about(cast.bramble_partner) == [cast.food]
    with pytest.raises(RuleBroken, match="already"):
        challenge_commands.explain_gap(
            partner=cast.bramble_partner, service_type=cast.transport, reason="Again.", by=cast.bella
        )
    assert GapAnswer.objects.count() == deeds("contracts.explain_gap") == 1


@given(st.lists(st.integers(0, 12), max_size=6), st.integers(2, 6))
def test_no_count_that_is_withheld_can_be_worked_out(numbers, fewest):
    """The slow way: every way to fill the gaps that fits what is shown. None of the withheld counts is the same in
    all of them, unless nothing small is hidden."""
    counts = {str(place): number for place, number in enumerate(numbers)}
    shown, total = rules.withheld(counts, fewest=fewest)
    hidden = [name for name, count in shown.items() if count is None]
    assert all(not 0 < count < fewest for count in shown.values() if count is not None)
    if hidden and total is not None:
        left = total - sum(count for count in shown.values() if count is not None)
        assert len(hidden) > 1 and left >= fewest
    if total is not None:
        assert total == sum(numbers) and not 0 < total < fewest


def test_the_cost_counts_requests_by_what_was_declared_on_their_day(cast):
    for _ in range(6):
        cases.requested(cast)
    cases.requested(cast, organisation=cast.choir, by=cast.erin)
    found = cost_of(cast.bramble_partner, MAY, TODAY)
    assert (found.total, found.asked) == (6, 7)
    assert {one.district.name: one.shut for one in found.districts} == {"North": 6, "South": 0}
    Interest.objects.update(ends_on=date(2018, 7, 1))  # the day before they asked
    assert cost_of(cast.bramble_partner, MAY, TODAY).total == 0


def test_a_group_challenges_and_the_partner_does_not_learn_who(cast, page_client):
    said = {
        "challenger": cast.choir.reference, "partner": cast.ash_vale.reference, "service_type": "food",
        "district": "E07000901", "since-day": "1", "since-month": "5", "since-year": "2018", "what": "A kitchen.",
    }  # fmt: skip
    page_client.post(f"{ROOM}challenges/raise/", said, by=cast.erin, expect=302)
    here = f"{ROOM}challenges/{InterestChallenge.objects.get().reference}/"
    assert "Southdown Community Choir" in page_client.get(here, by=cast.olive).text
    partner = page_client.get(here, by=cast.anna)
    assert "Southdown" not in partner.text and partner.has_link("Answer it")
    page_client.get(here, by=cast.bella, expect=404)
    page_client.get(here, by=cast.dora, expect=404)
    page_client.post(f"{here}answer/", {"accepts": "no", "answer": "No."}, by=cast.anna, expect=302)
    page_client.post(f"{here}decide/", {"upheld": "yes", "outcome": "It is so."}, by=cast.anna, expect=403)
    page_client.post(f"{here}decide/", {"upheld": "yes", "outcome": "It is so."}, by=cast.olive, expect=302)
    assert "It is so." in page_client.get(here, by=cast.erin).text
    assert "Upheld" in page_client.get(f"{ROOM}challenges/", by=cast.erin).text


def test_a_partner_keeps_its_interests_on_one_page(cast, page_client):
    ServiceType.objects.create(code="halls", name="Village halls")
    cast.bramble.service_types.add("halls")
    page = page_client.get(ROOM, by=cast.bella)
    assert "Do you run these, too?" in page.text and "The register says that you run it." in page.text
    assert "Village halls" in page.text
    assert "Village halls" in page_client.get(page.href("Declare it"), by=cast.bella).text
    page_client.post(f"{ROOM}gaps/halls/", {"reason": "Let to others."}, by=cast.bella, expect=302)
    assert "Let to others." in page_client.get(f"{ROOM}challenges/", by=cast.olive).text
    tie = {"organisation": cast.choir.reference, "kind": "tied-to", "starts_on-day": "2", "starts_on-month": "7",
           "starts_on-year": "2018"}  # fmt: skip
    page_client.post(f"{ROOM}organisations/name/", tie, by=cast.bella, expect=302)
    row = Tie.objects.get()
    assert "Southdown Community Choir" in page_client.get(ROOM, by=cast.bella).text
    page_client.get(f"{ROOM}organisations/{row.pk}/end/", by=cast.anna, expect=404)
    ended = {"ends_on-day": "2", "ends_on-month": "7", "ends_on-year": "2018"}
    page_client.post(f"{ROOM}organisations/{row.pk}/end/", ended, by=cast.bella, expect=302)
    assert deeds("contracts.end_tie") == 1


def test_each_partner_sees_what_its_own_interests_cost(cast, page_client):
    for _ in range(6):
        cases.requested(cast)
    page = page_client.get(f"{ROOM}cost/?period=12", by=cast.bella)
    assert "6 of 6 requests were closed to you" in page.text
    assert "0 of 6 requests" in page_client.get(f"{ROOM}cost/", by=cast.anna).text
    page_client.get(f"{ROOM}cost/", by=cast.olive, expect=403)
