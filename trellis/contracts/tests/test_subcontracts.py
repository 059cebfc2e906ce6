from datetime import date
from decimal import Decimal

import pytest

from trellis.audit.models import AuditEntry
from trellis.contracts.commands import subcontracts as commands
from trellis.contracts.models import Subcontract
from trellis.contracts.queries import subcontracts as queries
from trellis.contracts.rules import subcontracts as rules
from trellis.contracts.tests.room_scenes import a_subcontract, checked
from trellis.core.errors import RuleBroken

VERBS = ("check", "agree", "start", "end", "drop")
ROOM = "/contracts/SCO/subcontracts/"


def deeds(verb: str) -> int:
    return AuditEntry.objects.filter(action=f"contracts.{verb}").count()


@pytest.mark.parametrize(
    ("status", "allowed"),
    [
        ("proposed", {"check": "checked", "drop": "dropped"}),
        ("checked", {"agree": "agreed", "drop": "dropped"}),
        ("agreed", {"start": "running", "drop": "dropped"}),
        ("running", {"end": "ended"}),
        ("ended", {}),
        ("dropped", {}),
    ],
)
def test_each_status_allows_its_own_steps(status, allowed):
    assert {verb: rules.next_status(status, verb) for verb in VERBS if rules.can(status, verb)} == allowed
    for verb in set(VERBS) - set(allowed):
        with pytest.raises(RuleBroken, match="You cannot"):
            rules.next_status(status, verb)


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"value": Decimal(0)}, "more than nothing"),
        ({"starts_on": date(2017, 12, 31)}, "starts on 1 January 2018"),
        ({"ends_on": date(2019, 1, 1)}, "ends on 31 December 2018"),
        ({"ends_on": date(2018, 7, 1)}, "before the first day"),
        ({"days_to_pay": 31}, "within 30 days"),
        ({"value": Decimal("54000.01")}, "£54,000.00 is not promised yet"),
    ],
)
def test_propose_subcontract_refuses_terms_that_the_contract_does_not_bear(cast, terms, words):
    # Ash Vale has 60% of £90,000
    with pytest.raises(RuleBroken, match=words):
        a_subcontract(cast, **terms)
    assert not Subcontract.objects.exists() and deeds("propose_subcontract") == 0


def test_a_member_is_no_subcontractor(cast):
    with pytest.raises(RuleBroken, match="member of the alliance"):
        a_subcontract(cast, organisation=cast.bramble)


def test_a_body_is_brought_in_step_by_step(cast, today):
    found = checked(cast, a_subcontract(cast))
    commands.agree_subcontract(subcontract=found, note="Meeting of 2 July.", by=cast.olive)
    commands.start_subcontract(subcontract=found, by=cast.anna)
    commands.end_subcontract(subcontract=found, ended_on=date(2018, 7, 2), note="Moved away.", by=cast.anna)
    found.refresh_from_db()
    assert (found.status, found.ends_on) == ("ended", date(2018, 7, 2))
    assert [one.status for one in found.history.all()] == ["proposed", "checked", "agreed", "running", "ended"]
    for verb in ("propose", "check", "agree", "start", "end"):
        assert deeds(f"{verb}_subcontract") == 1


@pytest.fixture
def today() -> date:
    return date(2018, 7, 2)


def test_checks_do_not_pass_while_one_is_open_or_answered_with_no(cast):
    found = a_subcontract(cast)
    with pytest.raises(RuleBroken, match="7 checks of 7 not answered"):
        commands.check_subcontract(subcontract=found, by=cast.anna)
    with pytest.raises(RuleBroken, match="Is it insured"):
        checked(cast, found, insurance="no")
    assert deeds("check_subcontract") == 0
    checked(cast, found, insurance="with-help")
    with pytest.raises(RuleBroken, match="The checks have passed"):
        commands.answer_check(subcontract=found, code="insurance", answer="no", by=cast.anna)


def test_agree_subcontract_asks_again_whether_the_share_still_bears_it(cast):
    first, second = (checked(cast, a_subcontract(cast, value=Decimal("30000.00"))) for _ in range(2))
    commands.agree_subcontract(subcontract=first, by=cast.olive)
    with pytest.raises(RuleBroken, match="£24,000.00 is not promised yet"):
        commands.agree_subcontract(subcontract=second, by=cast.olive)
    second.refresh_from_db()
    assert second.status == "checked" and deeds("agree_subcontract") == 1
    assert queries.committed(cast.ash_vale_partner) == Decimal("30000.00")


def test_nothing_is_agreed_until_the_terms_bind_the_body_too(cast):
    found = checked(cast, a_subcontract(cast, terms_passed_on=False))
    with pytest.raises(RuleBroken, match="not passed on"):
        commands.agree_subcontract(subcontract=found, by=cast.olive)
    commands.pass_terms_on(subcontract=found, by=cast.anna)
    commands.agree_subcontract(subcontract=found, by=cast.olive)
    with pytest.raises(RuleBroken, match="too late"):
        commands.pass_terms_on(subcontract=found, by=cast.anna)


def test_whoever_was_slower_is_told(cast):
    found = a_subcontract(cast)
    stale = Subcontract.objects.get(pk=found.pk)
    commands.drop_subcontract(subcontract=found, note="They found a grant.", by=cast.anna)
    with pytest.raises(RuleBroken, match="just now"):
        commands.drop_subcontract(subcontract=stale, note="Again.", by=cast.anna)


def test_the_alliance_reads_what_was_brought_in(cast, page_client):
    found = checked(cast, a_subcontract(cast))
    commands.agree_subcontract(subcontract=found, by=cast.olive)
    for who in (cast.olive, cast.bella, cast.anna, cast.fred):
        page = page_client.get(ROOM, by=who)
        assert "Southdown Community Choir" in page.text and "£3,000.00" in page.text and "1 of 1" in page.text
    assert page_client.get(ROOM, by=cast.anna).has_link("Propose a subcontract")
    assert not page_client.get(ROOM, by=cast.olive).has_link("Propose a subcontract")
    csv = b"".join(page_client.get(f"{ROOM}?format=csv", by=cast.olive).response.streaming_content).decode("utf-8-sig")
    assert csv.splitlines()[0] == "Body,Brought in by,Value,From,To,Days to pay,Status"


def test_nobody_else_comes_into_the_room(cast, page_client):
    found = a_subcontract(cast)
    for who, status in ((cast.carol, 403), (cast.dora, 403), (cast.alice, 403)):
        page_client.get(ROOM, by=who, expect=status)
    cast.contract.partners.filter(organisation=cast.bramble).update(left_on=date(2018, 7, 1))
    page_client.get(ROOM, by=cast.bella, expect=404)
    page_client.get(f"{ROOM}{found.reference}/", by=cast.bella, expect=404)


def test_a_partner_proposes_checks_and_starts_on_pages(cast, page_client):
    page_client.post(
        f"{ROOM}propose/",
        {"organisation": cast.choir.reference, "services": "Singing.", "districts": ["E07000902"], "value": "1,000",
         "starts_on-day": "2", "starts_on-month": "7", "starts_on-year": "2018", "ends_on-day": "31",
         "ends_on-month": "12", "ends_on-year": "2018", "days_to_pay": "30", "terms_passed_on": "on"},
        by=cast.anna, expect=302,
    )  # fmt: skip
    found = Subcontract.objects.get()
    here = f"{ROOM}{found.reference}/"
    answers = {f"answer-{code}": "yes" for code in queries.due_diligence(found)}
    assert page_client.get(f"{here}checks/", by=cast.anna).h1 == "Check Southdown Community Choir"
    page_client.post(f"{here}checks/", answers, by=cast.anna, expect=302)
    page_client.post(f"{here}checked/", {}, by=cast.bella, expect=404)  # not hers: it is paid from Ash Vale's share
    page_client.post(f"{here}checked/", {}, by=cast.anna, expect=302)
    page_client.post(f"{here}agree/", {"note": "Leadership team, 2 July"}, by=cast.anna, expect=403)
    page_client.post(f"{here}agree/", {"note": "Leadership team, 2 July"}, by=cast.olive, expect=302)
    page_client.post(f"{here}start/", {}, by=cast.anna, expect=302)
    page = page_client.get(here, by=cast.bella)
    assert "Running" in page.text and "Leadership team, 2 July" in page.text


def test_the_form_says_at_its_field_what_the_rule_refuses(cast, page_client):
    page = page_client.post(
        f"{ROOM}propose/",
        {"organisation": cast.bramble.reference, "services": "Help.", "districts": ["E07000902"], "value": "10",
         "starts_on-day": "2", "starts_on-month": "7", "starts_on-year": "2018", "ends_on-day": "31",
         "ends_on-month": "12", "ends_on-year": "2018", "days_to_pay": "30"},
        by=cast.anna, expect=200,
    )  # fmt: skip
    assert "This is a member of the alliance." in page.text
