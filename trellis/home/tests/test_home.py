from datetime import date

import pytest

from trellis.commissioning.models import Commission
from trellis.commissioning.queries.commissions import Progress
from trellis.commissioning.tests import appraisals
from trellis.decisions.queries import progress as decisions
from trellis.home import thread
from trellis.home.needs import needs_of
from trellis.payments.tests.quarters import a_signed_report
from trellis.performance import commands as performance
from trellis.performance.tests.facts import a_quarter
from trellis.performance.tests.test_commands import prepared
from trellis.support import commands
from trellis.support.tests import cases

MONEY = "The money of Strengthening Community Organisations"


def wants(user) -> list[str]:
    return [task.name for task in needs_of(user)]


def test_the_front_door_is_open_to_anybody(page_client, cast):
    page = page_client.get("/")
    assert page.h1 == "Support for voluntary and community organisations"
    assert page.has_link("Find an organisation")
    assert "7 organisations in the register" in page.text


@pytest.mark.parametrize("name", "alice anna bob bella charlie ivy dora erin olive fred carol ada dev vera".split())
def test_everybody_has_a_home(page_client, cast, name):
    page = page_client.get("/", by=getattr(cast, name))
    assert page.h1 == "What needs you today"


def test_somebody_without_a_role_is_told_that_nothing_waits(page_client, cast):
    assert "Nothing waits for you." in page_client.get("/", by=cast.vera).text


def test_an_adviser_sees_whom_to_ring_first_and_a_conflicted_one_sees_nothing(cast):
    cases.in_progress(cast)
    assert wants(cast.alice) == ["Get in touch with Mill Lane Pantry"]
    assert wants(cast.bob) == []


def test_an_adviser_sees_what_the_team_can_take(cast):
    cases.requested(cast)
    assert wants(cast.alice) == ["1 case to triage"]
    case = cases.triaged(cast)
    commands.allocate_case(case=case, by=cast.alice)
    assert wants(cast.alice) == ["1 case offered to your team", "1 case to triage"]
    assert "case" not in " ".join(wants(cast.bob))


def test_a_group_sees_its_own_request_until_it_is_completed(cast):
    case = cases.contacted(cast)
    assert "Your request: Finding and bidding for funding" in wants(cast.dora)
    assert "Your request: Finding and bidding for funding" not in wants(cast.erin)
    commands.complete_case(case=case, outcome="met", note="", completed_on=date(2018, 7, 2), by=cast.alice)
    assert "Your request: Finding and bidding for funding" not in wants(cast.dora)


def test_the_contract_manager_is_led_through_the_quarter(cast):
    assert "Prepare the report for April to June 2018" in wants(cast.olive)


def test_the_contract_manager_is_led_to_where_the_statement_is_drawn_up(page_client, cast):
    a_signed_report(cast)
    page = page_client.get("/", by=cast.olive)
    address = page.href("Draw up the statement for April to June 2018")
    assert page_client.get(address, by=cast.olive).find("main form button").text_content() == "Draw up the statement"


def test_a_report_that_was_withdrawn_is_to_be_prepared_again(cast):
    a_quarter(cast)
    report = prepared(cast)
    assert "The report for April to June 2018" in wants(cast.olive)
    performance.withdraw_report(report=report, reason="A late fact.", by=cast.olive)
    assert "Prepare the report for April to June 2018" in wants(cast.olive)


def test_finance_and_the_lead_are_not_asked_before_their_turn(cast):
    assert wants(cast.fred) == [MONEY]
    assert not any("Sign" in name for name in wants(cast.anna))


@pytest.mark.parametrize("name", ["fred", "olive", "anna"])
def test_whoever_sees_statements_finds_the_money_on_any_day(page_client, cast, name):
    address = page_client.get("/", by=getattr(cast, name)).href(MONEY)
    assert page_client.get(address, by=getattr(cast, name)).has_link("The ledger")


def test_nobody_else_is_led_to_the_money(cast):
    cast.olive.memberships.update(organisation=cast.outside)
    strangers = [type(cast.olive).objects.get(pk=cast.olive.pk), cast.alice, cast.dora]
    assert [person for person in strangers if MONEY in wants(person)] == []


def test_a_lead_finds_where_interests_are_declared(page_client, cast):
    assert page_client.get("/", by=cast.anna).href("What your organisation also delivers") == "/support/interests/"


@pytest.mark.parametrize(
    ("path", "current"),
    [("/", "Home"), ("/organisations/", "Organisations"), ("/organisations/import/", "Lists"), ("/audit/", "Audit")],
)
def test_exactly_one_entry_of_the_navigation_says_where_one_is(page_client, cast, path, current):
    page = page_client.get(path, by=cast.ada)
    here = page.find_all('nav.trellis-navigation a[aria-current="page"]')
    assert [link.text for link in here] == [current]


def test_an_officer_sees_what_each_commission_lacks_first(cast):
    commission = appraisals.open_commission(cast)
    (task,) = [task for task in needs_of(cast.carol) if task.name == commission.title]
    assert (task.status, task.hint.split(":")[0]) == ("3 things to do", "Findings")
    assert commission.title not in wants(cast.percy)


@pytest.mark.parametrize("stage", Commission.Stage.values)
def test_the_page_of_a_commission_leads_on_at_every_stage(page_client, cast, stage):
    commission = appraisals.open_commission(cast)
    Commission.objects.filter(pk=commission.pk).update(stage=stage)
    page = page_client.get(f"/commissions/{commission.reference}/", by=cast.carol)
    page_client.get(page.href("Go on with findings"), by=cast.carol)


def test_a_stage_that_lacks_nothing_is_left_for_the_next(page_client, cast, monkeypatch):
    commission = appraisals.open_commission(cast)
    done = Progress("findings", "Findings", "analyse", done=True, words="1 finding.", missing="")
    monkeypatch.setattr(thread, "TOPICS", (lambda _: done,))
    (task,) = [task for task in needs_of(cast.carol) if task.name == commission.title]
    assert (task.status, task.hint) == ("Move on to plan", "Nothing is missing from the stage “Analyse”.")
    page = page_client.get(f"/commissions/{commission.reference}/", by=cast.carol)
    page_client.get(page.href("Move on to plan"), by=cast.carol)
    Commission.objects.filter(pk=commission.pk).update(stage="procure")
    assert thread.next_step(Commission.objects.get(pk=commission.pk)) is None


def test_a_decision_that_is_missing_is_opened_from_the_page_of_its_commission(page_client, cast, monkeypatch):
    commission = appraisals.open_commission(cast)
    Commission.objects.filter(pk=commission.pk).update(stage="decide")
    monkeypatch.setattr(thread, "TOPICS", (decisions.progress,))
    page = page_client.get(f"/commissions/{commission.reference}/", by=cast.carol)
    page_client.get(page.href("Go on with decision"), by=cast.carol, expect=302)


def test_a_scorer_is_led_to_their_scores_until_they_have_begun(page_client, cast):
    room = appraisals.prepared(cast)
    (task,) = [task for task in needs_of(cast.fred) if task.status == "Your scores"]
    page_client.get(task.url, by=cast.fred)
    appraisals.score(room)
    assert [task for task in needs_of(cast.fred) if task.status == "Your scores"] == []
