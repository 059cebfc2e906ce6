"""Working out, freezing, withdrawing and signing: what is stored, what is audited, what is refused."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from trellis.audit.models import AuditEntry
from trellis.core import clock
from trellis.core.actors import NIGHTLY
from trellis.core.errors import RuleBroken
from trellis.core.periods import Quarter
from trellis.evidence import commands as evidence
from trellis.evidence import sealing
from trellis.performance import commands, queries
from trellis.performance.models import QuarterReport, QuarterReportStatus, Reading, ReadingRequest, Signature
from trellis.performance.tests.facts import SPRING, WINTER, a_quarter, contact, reach


def actions():
    return list(
        AuditEntry.objects.filter(action__startswith="performance").order_by("id").values_list("action", flat=True)
    )


def prepared(cast, quarter=SPRING):
    commands.compute_readings(contract=cast.contract, quarter=quarter, by=NIGHTLY)
    return commands.prepare_report(contract=cast.contract, quarter=quarter, by=cast.olive)


def signed(cast, quarter=SPRING):
    report = prepared(cast, quarter)
    commands.sign_report(report=report, partner=cast.ash_vale_partner, signed_name="Anna Ash", by=cast.anna)
    commands.sign_report(report=report, partner=cast.bramble_partner, signed_name="Bella Bramble", by=cast.bella)
    return report


def test_compute_readings_stores_the_county_and_each_district(cast):
    a_quarter(cast)

    up_to = commands.compute_readings(contract=cast.contract, quarter=SPRING, by=NIGHTLY)

    found = {
        (row.indicator_id, row.district_id): (row.value, row.counted, row.unknown)
        for row in queries.readings(cast.contract, up_to).filter(period_start=SPRING.start)
    }
    north, south = cast.north.code, cast.south.code
    assert found == {
        ("eligible-organisations-reached", None): (3, 5, 1),
        ("eligible-organisations-reached", north): (2, 4, 1),
        ("eligible-organisations-reached", south): (1, 1, 0),
        ("days-to-first-contact", None): (4, 10, 0),
        ("days-to-first-contact", north): (2, 5, 0),
        ("days-to-first-contact", south): (5, 5, 0),
        ("contact-consistency", None): (3, 10, 0),
        ("contact-consistency", north): (-2, 5, 0),
        ("contact-consistency", south): (1, 5, 0),
    }
    assert actions() == ["performance.compute_readings"] * 3


def test_compute_readings_twice_adds_nothing(cast):
    a_quarter(cast)
    commands.compute_readings(contract=cast.contract, quarter=SPRING, by=NIGHTLY)
    before = list(Reading.objects.values_list("pk", flat=True))

    commands.compute_readings(contract=cast.contract, quarter=SPRING, by=NIGHTLY)

    assert list(Reading.objects.values_list("pk", flat=True)) == before
    assert len(actions()) == 3


def test_compute_readings_goes_on_where_it_was_killed(cast):
    a_quarter(cast)
    up_to = sealing.sealed_up_to()
    steps = commands.computing(contract=cast.contract, quarter=SPRING, up_to=up_to, by=NIGHTLY)
    next(steps)
    steps.close()

    commands.compute_readings(contract=cast.contract, quarter=SPRING, by=NIGHTLY)

    assert Reading.objects.filter(period_start=SPRING.start, district=None).count() == 3
    assert len(actions()) == 3


def test_compute_readings_adds_to_the_old_when_a_fact_comes_in(cast):
    a_quarter(cast)
    first = commands.compute_readings(contract=cast.contract, quarter=SPRING, by=NIGHTLY)
    reach(cast, "CASE-LATE", cast.outside, "90000")

    second = commands.compute_readings(contract=cast.contract, quarter=SPRING, by=NIGHTLY)

    def reached(up_to):
        rows = queries.readings(cast.contract, up_to).filter(period_start=SPRING.start, district=None)
        return rows.get(indicator_id="eligible-organisations-reached").value

    assert (reached(first), reached(second)) == (3, 4)


@pytest.mark.parametrize(("quarter", "words"), [(Quarter(2017, 4), "has no quarter"), (Quarter(2018, 4), "not begun")])
def test_compute_readings_refuses_a_quarter_outside_the_contract_or_to_come(cast, quarter, words):
    with pytest.raises(RuleBroken, match=words):
        commands.compute_readings(contract=cast.contract, quarter=quarter, by=NIGHTLY)

    assert not actions()


def test_request_readings_runs_the_job_and_says_that_it_is_done(cast):
    a_quarter(cast)

    commands.request_readings(contract=cast.contract, quarter=SPRING, by=cast.olive)

    request = ReadingRequest.objects.get()
    assert (request.steps_done, request.steps, request.failure) == (3, 3, "")
    assert request.finished_at
    assert actions()[0] == "performance.request_readings"
    assert queries.latest_reading(cast.contract, SPRING)


def test_request_readings_while_a_job_runs_gives_that_job(cast):
    running = ReadingRequest.objects.create(contract=cast.contract, quarter=str(SPRING), requested_by="person:1")

    found = commands.request_readings(contract=cast.contract, quarter=SPRING, by=cast.olive)

    assert found == running
    assert not actions()


def test_request_readings_begins_again_after_a_job_that_was_killed(cast):
    killed = ReadingRequest.objects.create(
        contract=cast.contract, quarter=str(SPRING), requested_by="person:1", steps=3, steps_done=1,
        requested_at=clock.now() - timedelta(minutes=6),
    )  # fmt: skip

    found = commands.request_readings(contract=cast.contract, quarter=SPRING, by=cast.olive)

    killed.refresh_from_db()
    assert found != killed
    assert killed.failure == "It stopped before it was done."


def test_a_job_says_why_it_was_refused(cast):
    commands.request_readings(contract=cast.contract, quarter=Quarter(2018, 4), by=cast.olive)

    assert "has not begun" in ReadingRequest.objects.get().failure


def test_prepare_report_freezes_the_quarter(cast):
    a_quarter(cast)

    row = prepared(cast)

    report = queries.quarterly_report(cast.contract, SPRING)
    assert row.status == "prepared"
    assert report.value == Decimal("22500.00")
    assert [(share.name, share.share) for share in report.shares] == [
        ("Ash Vale CVS", Decimal("0.6")),
        ("Bramble Volunteering", Decimal("0.4")),
    ]
    assert [(one.code, one.value, one.rating) for one in report.indicators] == [
        ("eligible-organisations-reached", 3, "Target met"),
        ("days-to-first-contact", 4, "Target met"),
        ("contact-consistency", 3, "Floor met"),
    ]
    assert actions()[-1] == "performance.prepare_report"
    assert QuarterReportStatus.objects.get().digest == row.digest


def test_prepare_report_refuses_without_figures(cast):
    with pytest.raises(RuleBroken, match="not been worked out"):
        commands.prepare_report(contract=cast.contract, quarter=SPRING, by=cast.olive)

    assert not actions()


def test_prepare_report_refuses_a_quarter_that_is_not_over(cast):
    commands.compute_readings(contract=cast.contract, quarter=Quarter(2018, 3), by=NIGHTLY)

    with pytest.raises(RuleBroken, match="is not over"):
        commands.prepare_report(contract=cast.contract, quarter=Quarter(2018, 3), by=cast.olive)

    assert "performance.prepare_report" not in actions()


def test_prepare_report_is_for_the_contract_manager(cast):
    a_quarter(cast)
    commands.compute_readings(contract=cast.contract, quarter=SPRING, by=NIGHTLY)

    with pytest.raises(RuleBroken, match="Only the contract manager"):
        commands.prepare_report(contract=cast.contract, quarter=SPRING, by=cast.anna)


def test_prepare_report_again_takes_the_later_facts_in_while_nobody_has_signed(cast):
    a_quarter(cast)
    before = prepared(cast).digest
    reach(cast, "CASE-LATE", cast.outside, "90000")

    row = prepared(cast)

    assert row.digest != before
    assert QuarterReport.objects.count() == 1
    assert queries.quarterly_report(cast.contract, SPRING).indicators[0].value == 4


def test_prepare_report_again_is_refused_after_the_first_signature(cast):
    a_quarter(cast)
    report = prepared(cast)
    commands.sign_report(report=report, partner=cast.ash_vale_partner, signed_name="Anna Ash", by=cast.anna)

    with pytest.raises(RuleBroken, match="stays as it is"):
        prepared(cast)


def test_withdraw_report_and_prepare_it_again(cast):
    a_quarter(cast)
    report = prepared(cast)

    commands.withdraw_report(report=report, reason="A late fact.", by=cast.olive)
    report.refresh_from_db()
    assert report.status == "withdrawn"
    assert AuditEntry.objects.latest("id").reason == "A late fact."

    with pytest.raises(RuleBroken, match="has been withdrawn"):
        commands.sign_report(report=report, partner=cast.ash_vale_partner, signed_name="Anna Ash", by=cast.anna)
    assert prepared(cast).status == "prepared"
    assert list(report.history.values_list("status", flat=True)) == ["prepared", "withdrawn", "prepared"]


def test_the_last_signature_makes_the_report_signed(cast):
    a_quarter(cast)
    report = prepared(cast)

    commands.sign_report(report=report, partner=cast.ash_vale_partner, signed_name="Anna Ash", by=cast.anna)
    assert QuarterReport.objects.get().status == "prepared"
    commands.sign_report(report=report, partner=cast.bramble_partner, signed_name=" Bella Bramble ", by=cast.bella)

    assert QuarterReport.objects.get().status == "signed"
    assert set(Signature.objects.values_list("signed_name", "digest")) == {
        ("Anna Ash", report.digest),
        ("Bella Bramble", report.digest),
    }
    assert actions()[-2:] == ["performance.sign_report"] * 2


def test_sign_report_refuses_everyone_but_the_partners_own_lead(cast):
    a_quarter(cast)
    report = prepared(cast)

    for by in (cast.bella, cast.alice, cast.olive, cast.charlie, NIGHTLY):
        with pytest.raises(RuleBroken, match="Only a lead of this partner"):
            commands.sign_report(report=report, partner=cast.ash_vale_partner, signed_name="Somebody", by=by)

    assert not Signature.objects.exists()
    assert "performance.sign_report" not in actions()


def test_sign_report_refuses_a_second_signature(cast):
    a_quarter(cast)
    report = prepared(cast)
    commands.sign_report(report=report, partner=cast.ash_vale_partner, signed_name="Anna Ash", by=cast.anna)

    with pytest.raises(RuleBroken, match="already signed"):
        commands.sign_report(report=report, partner=cast.ash_vale_partner, signed_name="Anna Ash", by=cast.anna)


def test_sign_report_refuses_a_report_that_changed_after_it_was_read(cast):
    a_quarter(cast)
    report = prepared(cast)
    reach(cast, "CASE-LATE", cast.outside, "90000")
    prepared(cast)

    with pytest.raises(RuleBroken, match="has changed since"):
        commands.sign_report(report=report, partner=cast.ash_vale_partner, signed_name="Anna Ash", by=cast.anna)

    assert not Signature.objects.exists()


def test_a_late_fact_shows_as_a_correction_in_the_next_report_and_once(cast):
    winter_day = WINTER.start
    a_quarter(cast, on=winter_day, prefix="CASE-W")
    winter = signed(cast, WINTER)
    a_quarter(cast)
    reach(cast, "CASE-LATE", cast.outside, "90000", on=winter_day)

    signed(cast, SPRING)

    assert queries.quarterly_report(cast.contract, WINTER).indicators[0].value == 3
    assert QuarterReport.objects.get(pk=winter.pk).digest == winter.digest
    spring = queries.quarterly_report(cast.contract, SPRING)
    assert [(one.quarter, one.indicator, one.published, one.now) for one in spring.corrections] == [
        ("2018-Q1", "eligible-organisations-reached", 3, 4)
    ]
    assert spring.indicators[0].history[0].corrected
    commands.compute_readings(contract=cast.contract, quarter=Quarter(2018, 3), by=NIGHTLY)
    from trellis.performance import drafting

    assert drafting.draft_report(cast.contract, Quarter(2018, 3)).corrections == ()


def test_a_retracted_fact_is_corrected_too(cast):
    a_quarter(cast, on=WINTER.start, prefix="CASE-W")
    late = contact(cast, "CASE-WX", 40, district=cast.north, on=WINTER.start)
    signed(cast, WINTER)
    evidence.correct(by=cast.olive, fact=late, reason="Typed twice.", retract=True)

    prepared(cast, SPRING)

    corrections = queries.quarterly_report(cast.contract, SPRING).corrections
    assert {one.indicator for one in corrections} == {"contact-consistency"}


def test_a_stored_report_that_somebody_changed_is_not_shown(cast):
    a_quarter(cast)
    row = prepared(cast)
    row.content["value"] = "99999.00"
    row.save()

    with pytest.raises(RuleBroken, match="not the one that was frozen"):
        queries.quarterly_report(cast.contract, SPRING)


def test_the_command_line_works_a_quarter_out(cast, capsys):
    a_quarter(cast)

    call_command("compute_readings", "SCO", "2018-Q2", "--json")

    assert json.loads(capsys.readouterr().out) == {
        "eligible-organisations-reached": "3.0000",
        "days-to-first-contact": "4.0000",
        "contact-consistency": "3.0000",
    }


@pytest.mark.parametrize("typed", [("XXX", "2018-Q2"), ("SCO", "spring")])
def test_the_command_line_says_what_is_wrong(cast, capsys, typed):
    with pytest.raises(CommandError, match="There is no contract|is not a quarter"):
        call_command("compute_readings", *typed)

    assert capsys.readouterr().out == ""
