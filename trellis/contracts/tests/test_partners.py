"""Seats at the table, and shares restated from a day on."""

from datetime import date
from decimal import Decimal

import pytest

from tests.cast import person
from trellis.audit.models import AuditEntry
from trellis.contracts import commands, queries
from trellis.contracts.models import PartnerShare
from trellis.core.errors import RuleBroken
from trellis.core.permissions import Permission

BEFORE, OCTOBER = date(2018, 7, 2), date(2018, 10, 1)


def sit(cast, organisation=None, holder=None, deputy=None, starts_on=date(2018, 1, 1)):
    return commands.name_seat(
        contract=cast.contract,
        organisation=organisation or cast.ash_vale,
        holder=holder or cast.anna,
        deputy=deputy,
        starts_on=starts_on,
        by=cast.olive,
    )


def restate(cast, ash_vale="0.5", bramble="0.5", starts_on=OCTOBER, **more):
    shares = {cast.ash_vale_partner: Decimal(ash_vale), cast.bramble_partner: Decimal(bramble)} | more.get("add", {})
    commands.restate_shares(
        contract=cast.contract, starts_on=starts_on, shares=shares, reason="Bramble takes on more.", by=cast.olive
    )


def deeds(verb: str) -> int:
    return AuditEntry.objects.filter(action=f"contracts.{verb}").count()


def test_every_member_has_a_seat_and_the_commissioner_too(cast):
    sit(cast)
    sit(cast, cast.council, cast.olive)
    later = sit(cast, holder=person("Amy", cast.ash_vale, "partner-lead"), deputy=cast.anna, starts_on=OCTOBER)

    assert [seat.holder for seat in queries.seats(cast.contract, BEFORE)] == [cast.anna, cast.olive]
    assert queries.seat_of(cast.anna, cast.contract, OCTOBER) == later  # she deputises then
    assert queries.seat_of(cast.bella, cast.contract, BEFORE) is None
    assert deeds("name_seat") == 3


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ({"organisation": "outside", "holder": "charlie"}, "not a member"),
        ({"holder": "alice"}, "Only somebody who speaks"),
        ({"holder": "bella"}, "Only somebody who speaks"),
        ({"deputy": "bella"}, "can deputise"),
        ({"deputy": "anna"}, "somebody else than the holder"),
    ],
)
def test_a_seat_is_refused_to_whoever_cannot_speak_for_the_member(cast, names, words):
    with pytest.raises(RuleBroken, match=words):
        sit(cast, **{role: getattr(cast, name) for role, name in names.items()})
    assert not deeds("name_seat")


def test_a_second_seat_from_the_same_day_is_refused(cast):
    sit(cast)
    with pytest.raises(RuleBroken, match="already named"):
        sit(cast)


def test_shares_are_restated_from_a_day_and_the_past_stays(cast):
    restate(cast)
    assert list(queries.shares(cast.contract, BEFORE).values()) == [Decimal("0.6"), Decimal("0.4")]
    assert list(queries.shares(cast.contract, OCTOBER).values()) == [Decimal("0.5"), Decimal("0.5")]
    restate(cast, "0.3", "0.7")  # agreed anew before that day comes
    assert list(queries.shares(cast.contract, OCTOBER).values()) == [Decimal("0.3"), Decimal("0.7")]
    assert deeds("restate_shares") == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"starts_on": date(2018, 7, 1)}, "The next one is 1 October 2018"),
        ({"starts_on": date(2018, 11, 1)}, "The next one is 1 October 2018"),
        ({"ash_vale": "0.6"}, "add up to 110%"),
    ],
)
def test_shares_are_not_restated_backwards_within_a_quarter_or_to_another_sum(cast, changes, words):
    with pytest.raises(RuleBroken, match=words):
        restate(cast, **changes)
    assert PartnerShare.objects.count() == 2
    assert not deeds("restate_shares")


def test_nobody_is_left_out_when_shares_are_restated(cast):
    with pytest.raises(RuleBroken, match="Say the share of Bramble Volunteering too"):
        commands.restate_shares(
            contract=cast.contract,
            starts_on=OCTOBER,
            shares={cast.ash_vale_partner: Decimal(1)},
            reason="",
            by=cast.olive,
        )


def test_the_alliances_of_somebody_are_those_at_whose_table_they_sit(cast):
    def seen(user):
        return list(queries.alliances_of(user, Permission.ALLIANCE_VIEW, BEFORE))

    assert seen(cast.anna) == seen(cast.olive) == seen(cast.fred) == [cast.contract]
    assert seen(cast.alice) == seen(cast.charlie) == seen(cast.carol) == seen(cast.dora) == []
