"""The table: seats named by each member itself, shares of work, and who works where."""

from datetime import date
from decimal import Decimal

import pytest

from tests.cast import person
from trellis.audit.models import AuditEntry
from trellis.commissioning.models import Outcome
from trellis.contracts import commands, queries
from trellis.contracts.models import Coverage, PartnerShare, Seat
from trellis.contracts.tests import papers_scenes
from trellis.core.errors import RuleBroken

TODAY, OCTOBER = date(2018, 7, 2), date(2018, 10, 1)
ROOM = "/contracts/SCO/members/"


def cover(cast, *districts, starts_on=TODAY):
    outcome = Outcome.objects.get()
    commands.restate_coverage(
        partner=cast.ash_vale_partner,
        starts_on=starts_on,
        places=[(district, outcome) for district in districts],
        reason="Minutes",
        by=cast.olive,
    )


def covered(cast, on) -> list[str]:
    return [row.district.name for row in queries.coverage(cast.contract, on)]


def test_shares_of_work_are_restated_apart_from_the_money(cast):
    shares = {cast.ash_vale_partner: Decimal("0.25"), cast.bramble_partner: Decimal("0.75")}
    commands.restate_work(contract=cast.contract, starts_on=OCTOBER, shares=shares, reason="Minutes", by=cast.olive)

    assert queries.work_shares(cast.contract, TODAY) == {}
    assert queries.work_shares(cast.contract, OCTOBER) == shares
    assert list(queries.shares(cast.contract, OCTOBER).values()) == [Decimal("0.6"), Decimal("0.4")]
    assert AuditEntry.objects.get(action="contracts.restate_work").facts["from"] == "2018-10-01"


def test_shares_of_work_sum_to_one_too(cast):
    with pytest.raises(RuleBroken, match="add up to 75%"):
        commands.restate_work(
            contract=cast.contract,
            starts_on=OCTOBER,
            shares={cast.ash_vale_partner: Decimal("0.75"), cast.bramble_partner: Decimal(0)},
            reason="",
            by=cast.olive,
        )
    assert not AuditEntry.objects.filter(action="contracts.restate_work").exists()


def test_where_a_partner_works_changes_from_a_day_and_the_past_stays(cast):
    cover(cast, cast.north)
    cover(cast, cast.north, cast.south)  # the same day again: it was not in force yet
    cover(cast, cast.south, starts_on=OCTOBER)

    assert covered(cast, date(2018, 9, 30)) == ["North", "South"]
    assert covered(cast, OCTOBER) == ["South"]
    assert Coverage.objects.count() == 2
    assert AuditEntry.objects.filter(action="contracts.restate_coverage").count() == 3


@pytest.mark.parametrize(
    ("starts_on", "words"), [(date(2018, 7, 1), "has passed"), (date(2018, 8, 1), "agreed from 1 October 2018")]
)
def test_where_a_partner_works_is_not_restated_backwards(cast, starts_on, words):
    cover(cast, cast.north, starts_on=OCTOBER)
    with pytest.raises(RuleBroken, match=words):
        cover(cast, cast.south, starts_on=starts_on)
    assert covered(cast, OCTOBER) == ["North"]


def test_the_page_shows_the_commissioner_among_the_members(page_client, cast):
    commands.name_seat(
        contract=cast.contract, organisation=cast.council, holder=cast.olive, deputy=None,
        starts_on=date(2018, 1, 1), by=cast.olive,
    )  # fmt: skip
    cover(cast, cast.north)
    page = page_client.get(ROOM, by=cast.anna)
    for words in ("Trellisshire Council", "Commissioner", "Olive", "60%", "Nobody decides yet for Ash Vale CVS"):
        assert words in page.text
    assert not page.has_link("Enter shares of the money agreed on paper")
    assert page_client.get(ROOM, by=cast.olive).has_link("Enter shares of the money agreed on paper")


@pytest.mark.parametrize("name", ["charlie", "dora", "alice", "carol"])
def test_nobody_away_from_the_table_sees_it(page_client, cast, name):
    page_client.get(ROOM, by=getattr(cast, name), expect=403)


def test_finance_reads_what_explains_its_lines_and_changes_nothing(page_client, cast):
    for room in ("members", "proposals", "variations", "subcontracts"):
        page_client.get(f"/contracts/SCO/{room}/", by=cast.fred)
    for step in ("shares/", "invite/", f"seats/{cast.council.reference}/"):
        page_client.get(f"{ROOM}{step}", by=cast.fred, expect=403)
    page_client.get("/contracts/SCO/proposals/new/", by=cast.fred, expect=403)


def test_the_lead_of_another_alliance_does_not_find_it(page_client, cast):
    stranger = person("Stella", cast.outside, "partner-lead")
    page_client.get(ROOM, by=stranger, expect=404)


def test_a_lead_names_who_sits_for_their_own_member_and_for_no_other(page_client, cast):
    amy = person("Amy", cast.ash_vale, "partner-lead")
    answers = {"holder": cast.anna.pk, "deputy": amy.pk}
    when = {"starts_on-day": "2", "starts_on-month": "7", "starts_on-year": "2018"}
    url = f"{ROOM}seats/{cast.ash_vale.reference}/"
    page_client.post(url, answers | when, by=cast.anna)
    assert Seat.objects.get().deputy == amy

    page_client.get(f"{ROOM}seats/{cast.bramble.reference}/", by=cast.anna, expect=404)
    page = page_client.post(url, answers | when | {"starts_on-day": "1"}, by=cast.anna, expect=200)
    assert "who decided before stays as it was" in page.text


def test_the_contract_manager_enters_what_was_agreed_on_paper_with_its_document(page_client, cast):
    document = papers_scenes.minutes(cast)
    answers = {
        "starts_on": "2018-10-01",
        f"share_{cast.ash_vale_partner.pk}": "55.5",
        f"share_{cast.bramble_partner.pk}": "44.5",
    }
    url = f"{ROOM}shares/"
    refused = page_client.post(url, answers, by=cast.olive, expect=200)
    assert "Answer “Which document says so?”" in refused.text
    page_client.post(url, answers | {"document": document.pk}, by=cast.olive)

    assert list(queries.shares(cast.contract, OCTOBER).values()) == [Decimal("0.555"), Decimal("0.445")]
    page_client.get(url, by=cast.anna, expect=403)
    assert PartnerShare.objects.count() == 4


def test_the_contract_manager_enters_where_a_partner_works(page_client, cast):
    url = f"{ROOM}coverage/{cast.bramble.reference}/"
    when = {"starts_on-day": "2", "starts_on-month": "7", "starts_on-year": "2018"}
    places = {"outcome_business-support": [cast.north.code, cast.south.code], "reason": "Agreement, schedule 2"}
    page_client.post(url, places | when, by=cast.olive)
    assert covered(cast, TODAY) == ["North", "South"]
    assert page_client.get(url, by=cast.olive).find("input[checked]") is not None
