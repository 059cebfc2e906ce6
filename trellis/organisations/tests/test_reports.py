"""Anybody reports an error; the keepers or the organisation answer, once; words are forgotten in time."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from tests.races import at_once, losers, winners
from trellis.audit.models import AuditEntry
from trellis.core import clock
from trellis.core.actors import NIGHTLY, VISITOR
from trellis.core.errors import RuleBroken
from trellis.organisations import commands as register
from trellis.organisations.commands import reports as commands
from trellis.organisations.models import ErrorReport
from trellis.organisations.rules import reports as rules

SAID = {"about": "contact", "says": "The telephone is 01632 960001.", "email": "vic@example.org"}


def reported(cast, **change) -> ErrorReport:
    return commands.report_error(**{"organisation": cast.pantry, "by": VISITOR} | SAID | change)


def address(cast, rest: str = "report/") -> str:
    return f"/organisations/{cast.pantry.reference}/{rest}"


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def test_anybody_reports_an_error_without_an_account(cast, page_client):
    profile = page_client.get(address(cast, ""))
    page = page_client.get(profile.href("Report an error"))
    assert page.h1 == "Report an error"
    page_client.post(address(cast), SAID)
    report = ErrorReport.objects.get()
    assert (report.about, report.says, report.email, report.reported_by) == (*SAID.values(), "service:visitor")
    assert AuditEntry.objects.get().facts == {"about": "contact", "organisation": cast.pantry.reference}
    assert not AuditEntry.objects.filter(detail__isnull=False).exists()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"about": ""}, "Choose what is wrong"),
        ({"says": " "}, "Answer “What is right?”"),
        ({"email": "vic"}, "Enter an email address in full"),
    ],
)
def test_a_report_that_says_too_little_is_told_where(cast, page_client, given, sentence):
    page = page_client.post(address(cast), SAID | given, expect=200)
    assert sentence in page.text and actions() == []


def test_a_program_that_fills_in_what_nobody_sees_changes_nothing(cast, page_client):
    page_client.post(address(cast), SAID | {"homepage": "https://spam.example"})
    assert not ErrorReport.objects.exists() and actions() == []


def test_a_visitor_is_stopped_after_several_reports(cast, page_client):
    for _ in range(5):
        page_client.post(address(cast), SAID)
    page = page_client.post(address(cast), SAID, expect=200)
    assert "Wait an hour before you send the next one." in page.text
    page_client.post(address(cast), SAID, REMOTE_ADDR="192.0.2.7")
    assert ErrorReport.objects.count() == 6


def test_report_error_refuses_one_too_many(cast):
    for _ in range(10):
        reported(cast)
    with pytest.raises(RuleBroken, match="reported already"):
        reported(cast)
    assert len(actions()) == 10


def test_what_is_hidden_cannot_be_reported_by_the_public(cast, page_client):
    register.unlist_organisation(organisation=cast.pantry, by=cast.dora)
    page_client.get(address(cast), expect=404)


@pytest.mark.parametrize(("name", "path"), [("ada", "/organisations/reports/"), ("dora", None)])
def test_keepers_and_the_organisation_answer(cast, page_client, name, path, django_capture_on_commit_callbacks):
    by, path = getattr(cast, name), path or address(cast, "reports/")
    assert "No error has been reported." in page_client.get(path, by=by).text
    report = reported(cast)
    page = page_client.get(page_client.get(path, by=by).href(report.reference), by=by)
    assert "The telephone is 01632 960001." in page.text and "vic@example.org" not in page.source
    page_client.get(page.href("Change the profile"), by=by)
    refused = page_client.post(f"{path}{report.reference}/", {"outcome": "not-changed"}, by=by, expect=200)
    assert "Say why nothing changes." in refused.text
    with django_capture_on_commit_callbacks(execute=True):
        page_client.post(f"{path}{report.reference}/", {"outcome": "put-right", "answer": "Well seen."}, by=by)
    report.refresh_from_db()
    assert (report.status, report.answered_by) == ("put-right", by.actor_name)
    assert mail.outbox[0].to == ["vic@example.org"] and "It is put right.\n\nWell seen." in mail.outbox[0].body
    assert "Put right on 2 July 2018" in page_client.get(f"{path}{report.reference}/", by=by).text
    assert actions() == ["organisations.report_error", "organisations.answer_report"]


@pytest.mark.parametrize(
    ("name", "own", "keepers"),
    [("erin", 404, 403), ("alice", 403, 403), ("vera", 403, 403), ("fred", 403, 403), ("dora", 200, 403)],
)
def test_reports_are_for_those_who_answer_them(cast, page_client, name, own, keepers):
    report, by = reported(cast), getattr(cast, name)
    page_client.get(address(cast, "reports/"), by=by, expect=own)
    page_client.get(address(cast, f"reports/{report.reference}/"), by=by, expect=own)
    page_client.get("/organisations/reports/", by=by, expect=keepers)
    page_client.get(f"/organisations/reports/{report.reference}/", by=by, expect=keepers)


@pytest.mark.parametrize("name", ["erin", "alice", "fred", "vera"])
def test_answer_report_refuses_everybody_else(cast, name):
    report = reported(cast)
    with pytest.raises(RuleBroken, match="can answer this"):
        commands.answer_report(report=report, outcome="put-right", answer="", by=getattr(cast, name))
    assert actions() == ["organisations.report_error"]


@pytest.mark.parametrize(
    ("status", "outcome", "answer", "field"),
    [("put-right", "put-right", "", ""), ("open", "open", "", "outcome"), ("open", "not-changed", " ", "answer")],
)
def test_check_can_answer_refuses(status, outcome, answer, field):
    with pytest.raises(RuleBroken) as refusal:
        rules.check_can_answer(may_answer=True, status=status, outcome=outcome, answer=answer)
    assert refusal.value.field == field


def test_words_and_addresses_are_forgotten_after_the_answer(cast):
    waiting, answered = reported(cast), reported(cast)
    commands.answer_report(report=answered, outcome="not-changed", answer="It is right.", by=cast.ada)
    assert commands.purge_reports(by=NIGHTLY) == 0
    with time_machine.travel(clock.now() + timedelta(days=91), tick=False):
        assert (commands.purge_reports(by=NIGHTLY), commands.purge_reports(by=NIGHTLY)) == (1, 0)
    waiting.refresh_from_db()
    answered.refresh_from_db()
    assert (answered.says, answered.answer, answered.email) == ("", "", "") and waiting.email
    assert actions()[-1] == "organisations.purge_reports"


def test_two_people_answering_one_report_answer_it_once(committed_cast):
    cast = committed_cast
    report = reported(cast)
    mine, theirs = (ErrorReport.objects.select_related("organisation").get(pk=report.pk) for _ in range(2))
    outcomes = at_once(
        lambda: commands.answer_report(report=mine, outcome="put-right", answer="", by=cast.ada),
        lambda: commands.answer_report(report=theirs, outcome="not-changed", answer="It is right.", by=cast.dora),
    )
    assert len(winners(outcomes)) == 1 and str(losers(outcomes)[0]) == rules.ALREADY_ANSWERED
    assert actions().count("organisations.answer_report") == 1
