"""Two people do the same thing at the same moment: one of them did it, the other is told so, and it counts once.

On both databases, really committed, each person with a connection of their own (tests/races.py). Every deed of a
race works on a row of its own, read before either began, as two browsers would.
"""

from collections.abc import Callable
from datetime import date

import pytest

from tests.races import at_once, losers, winners
from trellis.accounts import roles
from trellis.accounts.commands import invitations
from trellis.accounts.models import Invitation, Membership
from trellis.audit.models import AuditEntry
from trellis.core.actors import SIMULATOR
from trellis.core.errors import RuleBroken
from trellis.core.periods import Quarter
from trellis.evidence import commands as evidence
from trellis.evidence.models import Evidence
from trellis.organisations.models import Organisation
from trellis.payments.commands import statements as payments
from trellis.payments.models import Statement
from trellis.performance import commands as performance
from trellis.performance.models import QuarterReport, Signature
from trellis.support import commands as support
from trellis.support import queries as cases_of
from trellis.support.models import Case, CaseStatus
from trellis.support.tests import cases

PEOPLE = 6
DONE = {"outcome": "met", "note": "They have bid.", "completed_on": date(2018, 7, 2)}


def race(*deeds: Callable) -> RuleBroken:
    """Exactly one gets their way; all others are refused in a sentence. Gives one of the refusals."""
    outcomes = at_once(*deeds)

    assert [type(error) for error in losers(outcomes)] == [RuleBroken] * (len(deeds) - 1), losers(outcomes)
    assert len(winners(outcomes)) == 1
    return losers(outcomes)[0]


def audited(action: str) -> int:
    return AuditEntry.objects.filter(action=action).count()


def test_two_people_completing_one_case_complete_it_once(committed_cast):
    case = cases.contacted(committed_cast)
    copies = [Case.objects.get(pk=case.pk) for _ in range(PEOPLE)]

    race(*[lambda copy=copy: support.complete_case(case=copy, by=committed_cast.alice, **DONE) for copy in copies])

    assert Case.objects.get().status == "completed"
    assert CaseStatus.objects.filter(status="completed").count() == 1
    assert Evidence.objects.filter(kind="support.case_completed").count() == 1
    assert Evidence.objects.filter(kind="support.organisation_reached").count() == 1
    assert audited("support.complete_case") == 1


def test_one_completes_while_another_withdraws(committed_cast):
    case = cases.contacted(committed_cast)
    mine, theirs = (Case.objects.get(pk=case.pk) for _ in range(2))

    race(
        lambda: support.complete_case(case=mine, by=committed_cast.alice, **DONE),
        lambda: support.withdraw_case(case=theirs, reason="We closed", by=committed_cast.dora),
    )

    status = Case.objects.get().status
    counted = Evidence.objects.filter(kind="support.case_completed").count()
    assert (status, counted) in [("completed", 1), ("withdrawn", 0)]
    assert audited("support.complete_case") + audited("support.withdraw_case") == 1


def test_several_advisers_taking_one_case_take_it_once(committed_cast):
    case = cases.triaged(committed_cast, organisation=committed_cast.choir, by=committed_cast.erin)
    advisers = [committed_cast.alice, committed_cast.bob] * 3
    copies = [Case.objects.get(pk=case.pk) for _ in advisers]

    race(
        *[
            lambda copy=copy, who=who: support.take_case(case=copy, by=who)
            for copy, who in zip(copies, advisers, strict=True)
        ]
    )

    taken = Case.objects.get()
    assert taken.held_by_id == taken.adviser.current_memberships[0].organisation_id
    assert audited("support.take_case") == 1


def test_first_contact_is_counted_once(committed_cast):
    case = cases.in_progress(committed_cast)
    copies = [Case.objects.get(pk=case.pk) for _ in range(PEOPLE)]
    call = {"kind": "call", "occurred_on": date(2018, 7, 2), "minutes": 10, "note": "Rang."}

    outcomes = at_once(
        *[lambda copy=copy: support.record_activity(case=copy, by=committed_cast.alice, **call) for copy in copies]
    )

    assert losers(outcomes) == []
    assert case.activities.count() == PEOPLE
    assert Evidence.objects.filter(kind="support.first_contact").count() == 1


def test_a_partner_shut_out_while_it_takes_the_case_does_not_keep_it(committed_cast):
    case = cases.triaged(committed_cast, organisation=committed_cast.choir, by=committed_cast.erin)
    taken, closed = (Case.objects.get(pk=case.pk) for _ in range(2))

    at_once(
        lambda: support.take_case(case=taken, by=committed_cast.bob),
        lambda: support.shut_out_partner(case=closed, partner=committed_cast.bramble_partner, by=committed_cast.erin),
    )

    case = Case.objects.get()
    if case.exclusions.exists():
        assert case.held_by != committed_cast.bramble
    assert cases_of.cases_visible_to(committed_cast.bob).exists() is not case.exclusions.exists()


def test_one_source_is_one_fact(committed_cast):
    fact = {"kind": "support.case_completed", "occurred_on": date(2018, 7, 2), "source": "case 1", "unit": "case"}

    refusal = race(*[lambda: evidence.record(by=SIMULATOR, **fact)] * PEOPLE)

    assert refusal.sentence == "This is already recorded: case 1."
    assert (Evidence.objects.count(), audited("evidence.record")) == (1, 1)


def test_a_fact_is_corrected_once(committed_cast):
    fact = evidence.record(by=SIMULATOR, kind="a.b", occurred_on=date(2018, 7, 2), source="case 1", unit="case")

    race(*[lambda n=n: evidence.correct(by=SIMULATOR, fact=fact, reason="Wrong", quantity=n) for n in range(PEOPLE)])

    assert (Evidence.objects.count(), audited("evidence.correct")) == (2, 1)


def test_an_invitation_is_accepted_once(committed_cast):
    invitations.invite_person(
        email="vera@example.org", organisation=committed_cast.ash_vale, role=roles.ADVISER, by=committed_cast.anna
    )
    copies = [Invitation.objects.get() for _ in range(PEOPLE)]

    race(*[lambda copy=copy: invitations.accept_invitation(invitation=copy, by=committed_cast.vera) for copy in copies])

    assert Membership.objects.filter(user=committed_cast.vera).count() == 1
    assert audited("accounts.accept_invitation") == 1


class TestTheQuarter:
    """From the readings to the money: signed once by each, certified once, authorised once."""

    @pytest.fixture
    def report(self, committed_cast) -> QuarterReport:
        quarter = Quarter(2018, 2)
        performance.compute_readings(contract=committed_cast.contract, quarter=quarter, by=SIMULATOR)
        return performance.prepare_report(contract=committed_cast.contract, quarter=quarter, by=committed_cast.olive)

    def sign(self, report, cast, who):
        copy = QuarterReport.objects.select_related("contract").get(pk=report.pk)
        partner = cast.ash_vale_partner if who == cast.anna else cast.bramble_partner
        return lambda: performance.sign_report(report=copy, partner=partner, signed_name=who.name, by=who)

    @pytest.fixture
    def statement(self, committed_cast, report) -> Statement:
        for who in (committed_cast.anna, committed_cast.bella):
            self.sign(report, committed_cast, who)()
        return payments.draw_up_statement(report=report, by=committed_cast.olive)

    def test_a_partner_signs_once(self, committed_cast, report):
        race(*[self.sign(report, committed_cast, committed_cast.anna) for _ in range(PEOPLE)])

        assert Signature.objects.count() == 1
        assert audited("performance.sign_report") == 1

    def test_both_partners_signing_at_once_make_it_signed(self, committed_cast, report):
        outcomes = at_once(
            self.sign(report, committed_cast, committed_cast.anna),
            self.sign(report, committed_cast, committed_cast.bella),
        )

        assert losers(outcomes) == []
        assert QuarterReport.objects.get().status == "signed"

    def test_a_statement_is_drawn_up_once(self, committed_cast, report):
        for who in (committed_cast.anna, committed_cast.bella):
            self.sign(report, committed_cast, who)()
        copies = [QuarterReport.objects.get() for _ in range(PEOPLE)]

        race(*[lambda copy=copy: payments.draw_up_statement(report=copy, by=committed_cast.olive) for copy in copies])

        assert Statement.objects.count() == 1
        assert audited("payments.draw_up_statement") == 1

    def test_a_statement_is_certified_once_and_authorised_once(self, committed_cast, statement):
        for command, who in (("certify_statement", committed_cast.olive), ("authorise_statement", committed_cast.fred)):
            copies = [Statement.objects.get() for _ in range(PEOPLE)]
            race(
                *[
                    lambda copy=copy, who=who, command=command: getattr(payments, command)(statement=copy, by=who)
                    for copy in copies
                ]
            )
            assert audited(f"payments.{command}") == 1

        assert Statement.objects.get().status == "authorised"


def test_organisations_made_at_once_all_have_a_reference_of_their_own(committed_cast):
    from trellis.core.references import create_with_reference

    def make():
        return create_with_reference(Organisation, "ORG", length=1, name="A choir", district=committed_cast.north)

    outcomes = at_once(*[make] * 8)

    assert losers(outcomes) == []
    assert len({organisation.reference for organisation in winners(outcomes)}) == 8
