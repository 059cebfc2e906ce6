"""An organisation keeps its own profile: nobody else's, in the open, and it can be undone."""

from datetime import date
from decimal import Decimal

import pytest

from trellis.audit.models import AuditDetail, AuditEntry
from trellis.core.actors import SIMULATOR
from trellis.core.errors import RuleBroken
from trellis.organisations import commands, provenance, search
from trellis.organisations.models import Cause, Organisation, ProfileChange, YearEnd
from trellis.places.models import Outcode

LAST_YEAR = date(2018, 3, 31)


def change(cast, by=None, **values):
    """Dora, or another, changes the pantry's profile."""
    pantry = Organisation.objects.get(pk=cast.pantry.pk)
    return commands.change_profile(organisation=pantry, values=values, by=by or cast.dora)


def pantry(cast) -> Organisation:
    return Organisation.objects.get(pk=cast.pantry.pk)


def written() -> list[str]:
    return list(AuditEntry.objects.values_list("action", flat=True))


def test_change_profile_writes_the_fields_and_says_who_says_so(cast):
    change(cast, name="Mill Lane Larder", phone="01234 567890", website="larder.example")
    now = pantry(cast)
    assert (now.name, now.phone, now.website) == ("Mill Lane Larder", "01234 567890", "larder.example")
    assert provenance.source_of(now.provenance, "phone") == ("organisation", "2018-07-02")
    assert provenance.source_of(now.provenance, "email") is None


def test_change_profile_is_audited_without_what_was_written(cast):
    change(cast, phone="01234 567890", email="dora@example.org")
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject) == ("organisations.change_profile", f"organisation {cast.pantry.reference}")
    assert entry.facts == {"fields": ["email", "phone"]} and entry.actor == cast.dora.actor_name
    assert not AuditDetail.objects.exists()


def test_the_audit_keeps_what_changed_apart_and_no_contacts(cast):
    change(cast, phone="01234 567890", website="larder.example", activities="Food. Ring 01234 567890.")
    entry = AuditEntry.objects.get()
    assert entry.facts == {"fields": ["activities", "phone", "website"]}
    assert entry.detail.detail["after"] == {"website": "larder.example", "activities": "Food. Ring [left out]."}


def test_change_profile_writes_nothing_when_nothing_differs(cast):
    assert change(cast, name="Mill Lane Pantry", service_types=["food"], latest_income=Decimal("24000"),
                  latest_year_end=date(2017, 12, 31)) is None  # fmt: skip
    assert written() == [] and not ProfileChange.objects.exists()


def test_change_profile_keeps_lists(cast):
    Cause.objects.create(code="health", name="Health")
    change(cast, service_types=["transport"], causes=["health"])
    now = pantry(cast)
    assert [one.code for one in now.service_types.all()] == ["transport"]
    assert [one.code for one in now.causes.all()] == ["health"]


def test_change_profile_finds_the_district_of_a_new_postcode(cast):
    Outcode.objects.create(outcode="ME14", district=cast.south, latitude=51.1, longitude=0.6)
    change(cast, postcode="me141xq")
    now = pantry(cast)
    assert (now.postcode, now.district, now.district_is_guess) == ("ME14 1XQ", cast.south, True)


def test_change_profile_is_found_by_its_new_name(cast):
    search.index([cast.pantry.pk])
    change(cast, name="Larder of Plenty")
    assert search.find("larder plenty").ids == (cast.pantry.pk,)
    assert search.find("mill lane pantry").ids == ()


def test_change_profile_adds_a_declared_year(cast):
    change(cast, latest_income=Decimal("31000.50"), latest_year_end=LAST_YEAR)
    now = pantry(cast)
    assert (now.latest_income, now.latest_year_end) == (Decimal("31000.50"), LAST_YEAR)
    assert YearEnd.objects.get(organisation=now).income == Decimal("31000.50")


def test_change_profile_leaves_the_latest_year_when_an_older_one_is_declared(cast):
    change(cast, latest_income=Decimal("100"), latest_year_end=date(2015, 12, 31))
    assert pantry(cast).latest_income == Decimal("24000")
    assert YearEnd.objects.get(organisation=cast.pantry).ends_on == date(2015, 12, 31)


def test_change_profile_does_not_overrule_a_year_of_the_register(cast):
    YearEnd.objects.create(organisation=cast.pantry, ends_on=LAST_YEAR, income=Decimal("5"))
    with pytest.raises(RuleBroken, match="another income for that year"):
        change(cast, latest_income=Decimal("9"), latest_year_end=LAST_YEAR)
    assert written() == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "  "}, "name"),
        ({"phone": "ring Dora"}, "phone"),
        ({"postcode": "ME14"}, "postcode"),
        ({"latest_income": Decimal(1)}, "latest_year_end"),
        ({"latest_year_end": LAST_YEAR}, "latest_income"),
        ({"latest_income": Decimal(-1), "latest_year_end": LAST_YEAR}, "latest_income"),
        ({"latest_income": Decimal(1), "latest_year_end": date(2018, 7, 3)}, "latest_year_end"),
        ({"latest_income": Decimal(1), "latest_year_end": date(1918, 7, 3)}, "latest_year_end"),
    ],
)
def test_change_profile_refuses_what_cannot_stand_and_writes_nothing(cast, values, field):
    with pytest.raises(RuleBroken) as refusal:
        change(cast, **{"website": "x.example"} | values)
    assert refusal.value.field == field
    assert pantry(cast).website == "" and written() == []


@pytest.mark.parametrize("name", ["erin", "alice", "fred", "dev", "vera"])
def test_change_profile_refuses_everybody_else(cast, name):
    with pytest.raises(RuleBroken, match="Only the organisation itself"):
        change(cast, by=getattr(cast, name), name="Mine Now")
    assert pantry(cast).name == "Mill Lane Pantry" and written() == []


def test_change_profile_takes_a_service_of_ours(cast):
    assert change(cast, by=SIMULATOR, phone="01234 567890")


def test_change_profile_refuses_one_that_is_part_of_another(cast):
    Organisation.objects.filter(pk=cast.pantry.pk).update(merged_into=cast.choir)
    with pytest.raises(RuleBroken, match="part of another"):
        change(cast, name="Ghost")


def test_change_profile_refuses_when_somebody_was_quicker(cast):
    stale = pantry(cast)
    change(cast, phone="01234 567890")
    Organisation.objects.filter(pk=stale.pk).update(changed_at=date(2018, 7, 3).isoformat() + "T09:00:00+00:00")
    with pytest.raises(RuleBroken, match="changed a moment ago"):
        commands.change_profile(organisation=stale, values={"phone": "09876 543210"}, by=cast.dora)
    assert pantry(cast).phone == "01234 567890"


def test_undo_profile_change_puts_everything_back(cast):
    before = pantry(cast)
    done = change(cast, name="Larder", service_types=[], latest_income=Decimal("1"), latest_year_end=LAST_YEAR)
    commands.undo_profile_change(change=done, by=cast.dora)
    after = pantry(cast)
    for field in ("name", "latest_income", "latest_year_end", "provenance"):
        assert getattr(after, field) == getattr(before, field), field
    assert [one.code for one in after.service_types.all()] == ["food"]
    assert not YearEnd.objects.exists()
    assert written()[-1] == "organisations.undo_profile_change"


@pytest.mark.parametrize("before", [None, date(2017, 3, 1)])
def test_undo_profile_change_brings_back_the_confirmation_that_stood_before(cast, before):
    Organisation.objects.filter(pk=cast.pantry.pk).update(confirmed_on=before)
    first, second = change(cast, phone="01234 567890"), change(cast, phone="01234 000000")
    commands.undo_profile_change(change=second, by=cast.dora)
    assert pantry(cast).confirmed_on == date(2018, 7, 2)
    commands.undo_profile_change(change=first, by=cast.dora)
    assert pantry(cast).confirmed_on == before
    facts = AuditEntry.objects.order_by("pk").last().facts
    assert facts == {"fields": ["phone"], "confirmed_on": before and "2017-03-01"}


def test_undo_profile_change_keeps_a_confirmation_that_came_after_the_change(cast):
    done = change(cast, phone="01234 567890")
    Organisation.objects.filter(pk=cast.pantry.pk).update(confirmed_on=date(2018, 7, 9))
    commands.undo_profile_change(change=done, by=cast.dora)
    assert pantry(cast).confirmed_on == date(2018, 7, 9)


def test_undoing_what_a_keeper_put_right_leaves_the_confirmation(cast):
    Organisation.objects.filter(pk=cast.pantry.pk).update(confirmed_on=date(2018, 7, 2))
    done = commands.change_profile(organisation=pantry(cast), values={"phone": "01234 567890"}, by=cast.olive)
    commands.undo_profile_change(change=done, by=cast.dora)
    assert pantry(cast).confirmed_on == date(2018, 7, 2)


def test_undo_profile_change_goes_back_one_at_a_time_and_once(cast):
    first, second = change(cast, phone="01234 567890"), change(cast, phone="01234 000000")
    with pytest.raises(RuleBroken, match="later change"):
        commands.undo_profile_change(change=first, by=cast.dora)
    commands.undo_profile_change(change=second, by=cast.dora)
    with pytest.raises(RuleBroken, match="undone already"):
        commands.undo_profile_change(change=ProfileChange.objects.get(pk=second.pk), by=cast.dora)
    commands.undo_profile_change(change=first, by=cast.dora)
    assert pantry(cast).phone == ""


def test_undo_profile_change_refuses_when_the_field_has_changed_since(cast):
    done = change(cast, phone="01234 567890")
    Organisation.objects.filter(pk=cast.pantry.pk).update(phone="01234 000000")
    with pytest.raises(RuleBroken, match="changed since"):
        commands.undo_profile_change(change=done, by=cast.dora)
    assert pantry(cast).phone == "01234 000000"


def test_undo_profile_change_refuses_others(cast):
    done = change(cast, phone="01234 567890")
    count = len(written())
    with pytest.raises(RuleBroken):
        commands.undo_profile_change(change=done, by=cast.erin)
    assert len(written()) == count
