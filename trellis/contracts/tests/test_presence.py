from datetime import date
from decimal import Decimal

import pytest

from trellis.audit.models import AuditEntry
from trellis.contracts.commands import presence as commands
from trellis.contracts.models import DependencePlan, PresenceMonth, PresencePromise
from trellis.contracts.queries import presence as queries
from trellis.contracts.rules import presence as rules
from trellis.contracts.rules.presence import Kept, Presence
from trellis.contracts.tests.room_scenes import a_promise
from trellis.core.errors import RuleBroken

ROOM = "/contracts/SCO/presence/"
MAY, JUNE = date(2018, 5, 1), date(2018, 6, 1)


def deeds(verb: str) -> int:
    return AuditEntry.objects.filter(action=f"contracts.{verb}").count()


def record(cast, month: date, hours: str, days: int, **said) -> None:
    presences = {cast.south: (Decimal(hours), days)}
    commands.record_presence(partner=cast.bramble_partner, month=month, presences=presences, by=cast.bella, **said)


@pytest.mark.parametrize(
    ("promised", "happened", "short", "part"),
    [
        (Presence(Decimal(12), 3), Presence(Decimal(12), 3), Presence(), Decimal(1)),
        (Presence(Decimal(12), 3), Presence(Decimal(20), 2), Presence(Decimal(0), 1), Decimal(1)),
        (Presence(Decimal(12), 3), Presence(Decimal(9), 4), Presence(Decimal(3), 0), Decimal("0.75")),
        (Presence(), Presence(Decimal(9), 4), Presence(), None),
    ],
)
def test_promised_against_kept(promised, happened, short, part):
    found = Kept(promised, happened)
    assert (found.short, found.fraction, found.is_kept) == (short, part, short == Presence())


@pytest.mark.parametrize(
    ("planned", "contract", "other", "actual", "ahead"),
    [
        ("0.8", "80", "20", Decimal("0.8"), True),
        ("0.8", "81", "19", Decimal("0.81"), False),
        ("0.8", "0", "0", None, None),
    ],
)
def test_dependence_is_the_contracts_part_of_all_income(planned, contract, other, actual, ahead):
    found = rules.dependence(planned=Decimal(planned), from_contract=Decimal(contract), other=Decimal(other))
    assert (found.actual, found.is_as_planned) == (actual, ahead)


def test_a_quarter_is_the_sum_of_its_months_with_the_promise_of_each(cast):
    a_promise(cast)
    a_promise(cast, hours=Decimal(20), starts_on=JUNE)
    record(cast, MAY, "10", 3)
    record(cast, JUNE, "21.5", 4)
    by_district = {row.district: row.kept for row in queries.kept_by_district(cast.contract, date(2018, 4, 1), JUNE)}
    assert by_district[cast.north] is None
    kept = by_district[cast.south]
    assert kept.promised == Presence(Decimal(32), 6) and kept.happened == Presence(Decimal("31.5"), 7)
    assert kept.missing == 1 and not kept.is_kept  # April, whose promise does not count until it is recorded


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"starts_on": date(2018, 1, 2)}, "first day of a month"),
        ({"starts_on": date(2019, 1, 1)}, "outside the contract"),
        ({"hours": Decimal(80)}, "more hours than 3 days have"),
    ],
)
def test_promise_presence_refuses(cast, said, words):
    with pytest.raises(RuleBroken, match=words):
        a_promise(cast, **said)
    assert not PresencePromise.objects.exists() and deeds("promise_presence") == 0


def test_a_second_promise_from_the_same_day_is_refused(cast):
    a_promise(cast)
    with pytest.raises(RuleBroken, match="already"):
        a_promise(cast, hours=Decimal(2))
    assert deeds("promise_presence") == 1


def test_a_month_is_recorded_when_it_is_over_and_can_be_corrected(cast):
    with pytest.raises(RuleBroken, match="not over yet"):
        record(cast, date(2018, 7, 1), "10", 3)
    with pytest.raises(RuleBroken, match="outside the contract"):
        record(cast, date(2017, 12, 1), "10", 3)
    with pytest.raises(RuleBroken, match="hours without a day"):
        record(cast, JUNE, "10", 0)
    assert not PresenceMonth.objects.exists() and deeds("record_presence") == 0
    record(cast, JUNE, "10", 3)
    record(cast, JUNE, "11", 3, note="One session moved.")
    assert PresenceMonth.objects.get().hours == 11 and deeds("record_presence") == 2


def test_the_plan_falls_or_stays(cast):
    commands.plan_dependence(contract=cast.contract, fractions={1: Decimal("0.95")}, by=cast.olive)
    with pytest.raises(RuleBroken, match="Year 2 is above"):
        commands.plan_dependence(
            contract=cast.contract, fractions={1: Decimal("0.9"), 2: Decimal("0.91")}, by=cast.olive
        )
    assert DependencePlan.objects.get().fraction == Decimal("0.95") and deeds("plan_dependence") == 1


def test_a_partner_records_what_it_promised_and_all_members_see_it(cast, page_client):
    a_promise(cast)
    page = page_client.get(ROOM, by=cast.bella)
    assert page.has_link("Record June 2018") and "Not all recorded" in page.text
    said = {"hours-E07000902": "9.5", "days-E07000902": "3", "note": "The library closed."}
    page_client.post(f"{ROOM}record/2018-06/", said, by=cast.bella, expect=302)
    page = page_client.get(f"{ROOM}?quarter=2018-Q2", by=cast.olive)
    assert "In April to June 2018, 0 of 1 districts" in page.text and "79%" in page.text  # 9.5 of 12
    assert "1 is not all recorded yet" in page.text
    assert "The library closed." in page.text
    page_client.get(f"{ROOM}record/2018-06/", by=cast.anna, expect=404)  # she promised nothing
    page_client.get(f"{ROOM}record/2018-13/", by=cast.bella, expect=404)
    page_client.get(ROOM, by=cast.carol, expect=403)


def test_the_contract_manager_writes_promises_and_the_plan_down(cast, page_client):
    said = {"partner": cast.bramble.reference, "district": "E07000902", "hours": "12", "days": "3",
            "starts_on-day": "1", "starts_on-month": "7", "starts_on-year": "2018"}  # fmt: skip
    page_client.post(f"{ROOM}promise/", said, by=cast.olive, expect=302)
    assert "12" in page_client.get(ROOM, by=cast.anna).text
    page_client.post(f"{ROOM}sustainment/plan/", {"year-1": "90"}, by=cast.olive, expect=302)
    page = page_client.get(f"{ROOM}sustainment/", by=cast.bella)
    assert "90%" in page.text and "£10,000.00" in page.text  # 90,000 ÷ 0.9 − 90,000
    page_client.get(f"{ROOM}sustainment/plan/", by=cast.bella, expect=403)
