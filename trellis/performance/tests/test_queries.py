"""The evidence under a figure: what is counted, and who may see whose."""

from trellis.commissioning.commands import commissions
from trellis.commissioning.tests import rooms
from trellis.core.actors import NIGHTLY
from trellis.core.periods import Quarter
from trellis.evidence import commands as evidence
from trellis.performance import commands, drafting, queries
from trellis.performance.tests.facts import SPRING, a_quarter, contact
from trellis.support.tests import cases

SUMMER = Quarter(2018, 3)


def drafted(cast, quarter=SUMMER):
    commands.compute_readings(contract=cast.contract, quarter=quarter, by=NIGHTLY)
    return drafting.draft_report(cast.contract, quarter)


def seen_by(user, cast, report, indicator="days-to-first-contact"):
    seen = queries.evidence_seen_by(user, report, cast.contract, indicator)
    return len(seen.facts), seen.number


def test_a_report_leaves_out_what_another_commission_wants(cast):
    other = rooms.open_commission(cast)
    rooms.set_outcome(cast, other)
    for stage in ("plan", "decide", "procure"):
        commissions.move_to_stage(commission=other, stage=stage, by=cast.carol)
    assert "business-support" in [one.code for one in drafted(cast).outcomes]
    assert "networks" not in [one.code for one in drafted(cast).outcomes]


def test_a_partner_opens_the_facts_of_its_own_cases_and_the_authority_all(cast):
    cases.contacted(cast)
    report = drafted(cast)

    assert report.indicator("days-to-first-contact").counted == 1
    assert seen_by(cast.anna, cast, report) == (1, 1)
    assert seen_by(cast.bella, cast, report) == (0, 1)
    assert seen_by(cast.olive, cast, report) == seen_by(cast.carol, cast, report) == (1, 1)


def test_a_corrected_fact_still_belongs_to_its_case(cast):
    case = cases.contacted(cast)
    first = queries.facts_under(cast.contract, SUMMER.start, SUMMER.end, "days-to-first-contact", None).get()
    evidence.correct(by=cast.alice, fact=first, reason="One day more.", quantity=1)

    report = drafted(cast)

    assert report.indicator("days-to-first-contact").value == 1
    facts = queries.evidence_seen_by(cast.anna, report, cast.contract, "days-to-first-contact").facts
    assert [queries.case_of(fact) for fact in facts] == [case.reference]


def test_the_facts_under_a_figure_are_those_that_were_counted(cast):
    a_quarter(cast)
    report = drafted(cast, SPRING)
    contact(cast, "CASE-LATE", 9, district=cast.north)

    facts = queries.facts_under(
        cast.contract, report.starts_on, report.ends_on, "days-to-first-contact", report.evidence_up_to
    )

    assert facts.count() == report.indicator("days-to-first-contact").counted == 10


def test_a_fact_without_a_case_belongs_to_none(cast):
    contact(cast, "CASE-1", 2, district=cast.north)
    fact = queries.facts_under(cast.contract, SPRING.start, SPRING.end, "days-to-first-contact", None).get()
    fact.source = "letter of 3 May 2018"

    assert queries.case_of(fact) == ""
