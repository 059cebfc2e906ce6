"""A quarter closed without everybody: when, by whom, what it shows, and that it then stays as it is."""

from datetime import date

import pytest
import time_machine

from trellis.audit.models import AuditEntry
from trellis.core.actors import NIGHTLY
from trellis.core.errors import RuleBroken
from trellis.payments.commands import statements as payments
from trellis.performance import commands, queries
from trellis.performance.models import QuarterReport
from trellis.performance.tests.facts import SPRING, a_quarter

REPORT = "/contracts/SCO/performance/2018-Q2"
AFTER = "2018-07-17 09:00"  # prepared on 2 July: ten working days end on Monday 16 July


@pytest.fixture
def report(cast):
    a_quarter(cast)
    commands.compute_readings(contract=cast.contract, quarter=SPRING, by=NIGHTLY)
    report = commands.prepare_report(contract=cast.contract, quarter=SPRING, by=cast.olive)
    commands.sign_report(report=report, partner=cast.ash_vale_partner, signed_name="Anna Ash", by=cast.anna)
    return report


def closed():
    return AuditEntry.objects.filter(action="performance.close_report").count()


@time_machine.travel("2018-07-16 09:00")
def test_until_the_last_day_to_sign_nobody_closes(cast, report):
    assert queries.last_day_to_sign(report).on == date(2018, 7, 16)
    with pytest.raises(RuleBroken, match="can sign until 16 July 2018"):
        commands.close_report(report=report, by=cast.olive)

    assert (commands.close_due_reports(by=NIGHTLY), closed()) == (0, 0)


@time_machine.travel(AFTER)
def test_close_report_shows_who_has_not_signed_and_everybody_is_paid(cast, report):
    commands.close_report(report=report, by=cast.olive)

    report.refresh_from_db()
    assert (report.status, closed()) == ("closed", 1)
    assert report.history.last().note == "Not signed by Bramble Volunteering."
    statement = payments.draw_up_statement(report=report, by=cast.olive)
    assert statement.amount == 22500


@time_machine.travel(AFTER)
def test_the_nightly_run_closes_once(cast, report):
    assert [commands.close_due_reports(by=NIGHTLY) for _ in range(2)] == [1, 0]
    assert (QuarterReport.objects.get().status, closed()) == ("closed", 1)


@time_machine.travel(AFTER)
def test_a_closed_quarter_is_not_changed(cast, report):
    commands.close_report(report=report, by=cast.olive)

    with pytest.raises(RuleBroken, match="April to June 2018 is closed, so its report stays"):
        commands.prepare_report(contract=cast.contract, quarter=SPRING, by=cast.olive)
    with pytest.raises(RuleBroken, match="nobody has signed can be withdrawn"):
        commands.withdraw_report(report=report, reason="Wrong.", by=cast.olive)
    with pytest.raises(RuleBroken, match="closed without your signature"):
        commands.sign_report(report=report, partner=cast.bramble_partner, signed_name="Bella", by=cast.bella)
    with pytest.raises(RuleBroken, match="closed already"):
        commands.close_report(report=report, by=cast.olive)


@time_machine.travel(AFTER)
def test_closing_is_for_the_contract_manager(cast, report):
    for by in (cast.fred, cast.anna, cast.carol):
        with pytest.raises(RuleBroken, match="Only the contract manager"):
            commands.close_report(report=report, by=by)


@time_machine.travel(AFTER)
def test_the_page_says_whose_signature_is_missing_before_and_after(page_client, cast, report):
    assert page_client.get("/", by=cast.olive).has_link("Close April to June 2018 without every signature")
    page = page_client.get(REPORT, by=cast.olive)
    assert page.href("Close without every signature") == f"{REPORT}/close"
    assert "Bramble Volunteering" in page_client.get(f"{REPORT}/close", by=cast.olive).text
    page_client.get(f"{REPORT}/close", by=cast.bella, expect=403)
    page_client.post(f"{REPORT}/close", {}, by=cast.olive, expect=302)

    public = page_client.get(REPORT)
    assert "closed without every signature" in public.text and "Not signed" in public.text
    assert page_client.get("/", by=cast.olive).has_link("Draw up the statement for April to June 2018")
