"""A partner that leaves: its cases, its people, its share; the past stays its own."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from tests.killed import killed_at
from tests.races import at_once, losers
from trellis.audit.models import AuditEntry
from trellis.contracts import queries as contracts
from trellis.contracts.commands import membership
from trellis.contracts.models import Partner
from trellis.contracts.queries.membership import membership_of
from trellis.contracts.tests import membership_scenes
from trellis.contracts.tests.papers_scenes import minutes
from trellis.core.actors import NIGHTLY
from trellis.core.errors import RuleBroken
from trellis.core.periods import Quarter
from trellis.evidence.models import Evidence
from trellis.payments.commands import batches, remittance, statements
from trellis.payments.tests.quarters import a_report, an_authorised_statement
from trellis.performance.tests import facts
from trellis.performance.tests.facts import WINTER
from trellis.renewal.commands import handovers as commands
from trellis.renewal.models import Handover, HandoverCase
from trellis.renewal.queries import handovers as queries
from trellis.renewal.tests import scenes
from trellis.support.models import Case, CaseStatus
from trellis.support.tests import cases

LAST = date(2018, 9, 30)
HOME = "/contracts/SCO/handovers/"


def leaving(cast) -> Handover:
    """Ash Vale leaves with September; Olive has begun the handover."""
    mine = membership_of(cast.ash_vale_partner)
    membership.give_notice(membership=mine, leaves_on=LAST, reason="It merges with another.", by=cast.anna)
    membership.accept_leaving(
        membership=mine, left_on=LAST, shares={cast.bramble_partner: Decimal(1)},
        proposal=minutes(cast).title, by=cast.olive,
    )  # fmt: skip
    return commands.open_handover(partner=Partner.objects.get(pk=cast.ash_vale_partner.pk), by=cast.olive)


def two_cases(cast) -> tuple[Case, Case]:
    """Alice works on one for the choir, which Bramble may have, and one for the pantry, which it competes with."""
    choir = cases.in_progress(cast, organisation=cast.choir, by=cast.erin)
    return choir, cases.in_progress(cast)


def test_cases_go_to_whom_the_firewall_lets_have_them_else_to_the_independent_route(cast):
    choir, pantry = two_cases(cast)
    facts.contact(cast, choir.reference, 2, district=cast.south, organisation=cast.choir)
    handover = leaving(cast)
    done = [case.reference for case in commands.handing_over(handover=handover, by=cast.olive)]
    assert sorted(done) == sorted([choir.reference, pantry.reference])
    choir.refresh_from_db()
    pantry.refresh_from_db()
    assert (choir.status, choir.held_by, choir.adviser) == ("allocated", cast.bramble, None)
    assert (pantry.status, pantry.held_by) == ("allocated", cast.independent)
    assert Evidence.objects.get().partner == cast.ash_vale
    assert queries.where_cases_went(handover) == [("Bramble Volunteering", 1), ("Independent Support Panel", 1)]
    assert not list(commands.handing_over(handover=handover, by=cast.olive))
    assert AuditEntry.objects.filter(action="support.hand_over_case").count() == 2


def test_a_case_that_chose_the_partner_and_waits_for_it_waits_for_any_again(cast):
    case = cases.requested(cast, organisation=cast.choir, by=cast.erin, chosen_partner=cast.ash_vale_partner)
    handover = leaving(cast)
    list(commands.handing_over(handover=handover, by=cast.olive))
    case.refresh_from_db()
    assert (case.status, case.held_by, case.chosen_partner) == ("requested", None, None)
    assert queries.where_cases_went(handover) == [("Waiting for whoever is free", 1)]


def test_a_handover_needs_a_last_day_and_is_begun_once(cast):
    with pytest.raises(RuleBroken, match="on which day the partner leaves"):
        commands.open_handover(partner=cast.ash_vale_partner, by=cast.olive)
    handover = leaving(cast)
    with pytest.raises(RuleBroken, match="begun already"):
        commands.open_handover(partner=handover.partner, by=cast.olive)
    assert AuditEntry.objects.filter(action="renewal.open_handover").count() == 1


def test_people_keep_their_roles_until_the_last_day_is_over_and_the_night_ends_them(cast):
    two_cases(cast)
    handover = leaving(cast)
    with scenes.on(LAST), pytest.raises(RuleBroken, match="until 30 September 2018 is over"):
        commands.end_people(handover=handover, by=cast.olive)
    with scenes.on(LAST):
        assert commands.go_on_with_handovers(by=NIGHTLY) == (0, 0)
    with scenes.on(date(2018, 10, 1)):
        assert commands.go_on_with_handovers(by=NIGHTLY) == (2, 2)
        assert commands.go_on_with_handovers(by=NIGHTLY) == (0, 0)
    assert not cast.anna.memberships.filter(ended_at__isnull=True).exists()
    assert cast.bella.memberships.filter(ended_at__isnull=True).exists()
    assert AuditEntry.objects.filter(action="accounts.end_role", actor="service:nightly").count() == 2


def test_its_share_is_the_others_from_the_day_after_and_what_is_due_to_it_stays(cast):
    handover = leaving(cast)
    found = queries.shares(handover.partner)
    assert found.are_restated
    assert found.before == {"Ash Vale CVS": Decimal("0.6"), "Bramble Volunteering": Decimal("0.4")}
    assert found.after == {"Bramble Volunteering": Decimal(1)}
    assert [one.amount for one in queries.money(handover.partner)] == [Decimal("13500.00")] * 3


def test_it_is_complete_when_nothing_is_left_and_then_certified(cast, page_client):
    two_cases(cast)
    handover = leaving(cast)
    here = f"{HOME}{cast.ash_vale.reference}/"
    assert page_client.get(HOME, by=cast.olive).has_link("Ash Vale CVS")
    assert "2 open cases are still with it" in page_client.get(here, by=cast.anna).text
    page_client.get(here, by=cast.bella, expect=404)
    page_client.get(here, by=cast.alice, expect=403)
    page_client.post(here + "close/", by=cast.anna, expect=403)
    page_client.post(here + "cases/", by=cast.olive)
    commands.ask_to_hand_over(handover=handover, by=cast.olive)
    list(commands.handing_over(handover=handover, by=NIGHTLY))
    assert "2 of 2 cases handed over" in page_client.get(here + "cases/", by=cast.olive).text
    page_client.post(here + "close/", by=cast.olive)
    assert Handover.objects.get().status == "open"
    page_client.get(here + "certificate/", by=cast.olive, expect=404)
    page_client.clients.clear()  # three months later, everybody signs in again
    with scenes.on(date(2018, 10, 1)):
        page_client.post(here + "people/", by=cast.olive)
        assert "6 questions of the handover are open" in page_client.get(here, by=cast.olive).text
        page_client.post(here + "close/", by=cast.olive)
        assert (Handover.objects.get().status, membership_of(handover.partner).status) == ("open", "leaving")
        membership_scenes.handed_over(cast, membership_of(handover.partner))
        page_client.post(here + "close/", by=cast.olive)
        assert membership_of(handover.partner).status == "left"
        page = page_client.get(here + "certificate/", by=cast.olive)
        assert "Bramble Volunteering: 1 case" in page.text and "Ash Vale CVS 60% –" in page.text
        file = page_client.get(here + "certificate/?shares-format=csv", by=cast.olive).response
        assert b"Ash Vale CVS" in b"".join(file.streaming_content)
        pdf = page_client.get(here + "certificate.pdf", by=cast.olive).response
        assert pdf.content.startswith(b"%PDF")
        assert "Complete" in page_client.get(here, by=cast.olive).text


def test_what_is_due_to_a_leaver_stands_in_the_order_of_the_quarters_with_how_far_it_is(cast):
    an_authorised_statement(cast, WINTER)
    batch = batches.export_batch(contract=cast.contract, by=cast.fred)
    payment = batch.payments.get(partner=cast.ash_vale_partner)
    summer = a_report(cast.contract, Quarter(2018, 3), Decimal("22500.00"), contracts.shares(cast.contract, LAST))
    statements.draw_up_statement(report=summer, by=cast.olive)
    partner = leaving(cast).partner

    def told() -> list[tuple[str, str]]:
        return [(one.quarter, one.state) for one in queries.money(partner)]

    assert told() == [
        ("January to March 2018", "On its way"),
        ("April to June 2018", "Not stated yet: its share of the value"),
        ("July to September 2018", "Drawn up"),
    ]
    remittance.match_payment(payment=payment, amount=payment.amount, paid_on=date(2018, 7, 2), by=cast.fred)
    assert told()[0] == ("January to March 2018", "Paid")


def test_two_workers_at_once_hand_each_case_over_once(committed_cast):
    for _ in range(6):
        cases.in_progress(committed_cast, organisation=committed_cast.choir, by=committed_cast.erin)
    handover = leaving(committed_cast)

    def work() -> int:
        return sum(1 for _ in commands.handing_over(handover=Handover.objects.get(), by=NIGHTLY))

    outcomes = at_once(work, work, work)
    assert not losers(outcomes), outcomes
    assert sum(outcomes) == HandoverCase.objects.filter(handover=handover).count() == 6
    assert CaseStatus.objects.filter(note__startswith="Ash Vale CVS leaves").count() == 6


def test_killed_within_a_case_it_goes_on_with_that_case(committed_cast):
    """Killed (SIGKILL) while the third case is under way: two are handed over, the third not at all, and then all."""
    for _ in range(4):
        cases.in_progress(committed_cast, organisation=committed_cast.choir, by=committed_cast.erin)
    handover = leaving(committed_cast)
    hand_over = partial(commands.handing_over, handover=handover, by=NIGHTLY)
    killed_at("trellis.renewal.commands.handovers:_record", lambda: list(hand_over()), call=3)
    assert HandoverCase.objects.count() == 2
    assert Case.objects.filter(held_by=committed_cast.ash_vale, status="in-progress").count() == 2
    assert len(list(hand_over())) == 2
    assert Case.objects.filter(held_by=committed_cast.bramble, status="allocated").count() == 4
    assert CaseStatus.objects.filter(status="allocated", note="Offered to Bramble Volunteering").count() == 4
