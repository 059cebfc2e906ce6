from datetime import date
from decimal import Decimal

import pytest

from trellis.audit.models import AuditEntry
from trellis.commissioning.models import Indicator
from trellis.contracts import commands, queries
from trellis.contracts.models import Contract, Interest
from trellis.core.errors import RuleBroken
from trellis.core.periods import Quarter


def create(cast, **changes) -> Contract:
    terms = {
        "reference": "SCO2",
        "title": "The next one",
        "authority": cast.council,
        "starts_on": date(2017, 1, 1),
        "years": 3,
        "baseline": Decimal("615291.00"),
        "step_down": Decimal("0.1"),
        "shares": {cast.ash_vale: Decimal("0.6"), cast.bramble: Decimal("0.4")},
        "independent_route": cast.independent,
        "by": cast.olive,
    }
    return commands.create_contract(**terms | changes)


def test_create_contract_gives_each_quarter_its_value_to_the_penny(cast):
    contract = create(cast)

    values = [quarter.value for quarter in queries.quarters(contract)]
    assert values[:4] == [Decimal(value) for value in ("138440.48", "138440.48", "138440.47", "138440.47")]
    assert queries.value(contract) == Decimal("1500694.75")
    assert contract.ends_on == date(2019, 12, 31)
    assert AuditEntry.objects.get(action="contracts.create_contract").facts["value"] == "1500694.75"


@pytest.mark.parametrize("fault", ["shares", "route", "baseline"])
def test_create_contract_refuses_and_leaves_nothing(cast, fault):
    changes = {
        "shares": {"shares": {cast.ash_vale: Decimal("0.6")}},
        "route": {"independent_route": cast.bramble},
        "baseline": {"baseline": Decimal(0)},
    }[fault]
    with pytest.raises(RuleBroken):
        create(cast, **changes)
    assert not Contract.objects.filter(reference="SCO2").exists()
    assert not AuditEntry.objects.filter(action="contracts.create_contract").exists()


def test_the_shares_in_force_are_the_latest_begun_and_sum_to_one(cast):
    for partner, share in ((cast.ash_vale_partner, "0.5"), (cast.bramble_partner, "0.5")):
        partner.shares.create(starts_on=date(2018, 7, 1), share=Decimal(share))

    assert list(queries.shares(cast.contract, date(2018, 6, 30)).values()) == [Decimal("0.6"), Decimal("0.4")]
    assert list(queries.shares(cast.contract, date(2018, 7, 1)).values()) == [Decimal("0.5"), Decimal("0.5")]


def test_a_partner_that_has_left_is_none_from_the_day_after(cast):
    cast.bramble_partner.left_on = date(2018, 6, 30)
    cast.bramble_partner.save()

    assert queries.partners(cast.contract, date(2018, 6, 30)).count() == 2
    assert list(queries.partners(cast.contract, date(2018, 7, 1))) == [cast.ash_vale_partner]
    assert queries.partner_of(cast.contract, [cast.bramble.pk], date(2018, 7, 1)) is None


def test_a_new_target_leaves_the_earlier_one_for_the_time_before_it(cast):
    indicator = Indicator.objects.get(code="days-to-first-contact")
    commands.set_target(
        contract=cast.contract, indicator=indicator, starts_on=date(2018, 7, 1),
        target=Decimal(4), floor=Decimal(9), by=cast.olive,
    )  # fmt: skip

    assert queries.targets(cast.contract, date(2018, 6, 30))[indicator.code].target == 5
    assert queries.targets(cast.contract, date(2018, 7, 1))[indicator.code].target == 4
    assert AuditEntry.objects.filter(action="contracts.set_target").count() == 1


def test_set_target_refuses_a_floor_that_is_better_than_the_target(cast):
    indicator = Indicator.objects.get(code="days-to-first-contact")
    with pytest.raises(RuleBroken):
        commands.set_target(
            contract=cast.contract, indicator=indicator, starts_on=date(2018, 7, 1),
            target=Decimal(9), floor=Decimal(4), by=cast.olive,
        )  # fmt: skip
    assert not AuditEntry.objects.filter(action="contracts.set_target").exists()


def test_an_interest_stands_on_its_first_and_last_day_and_not_beside_them(cast):
    Interest.objects.all().delete()
    interest = commands.declare_interest(
        partner=cast.bramble_partner, service_type=cast.food, district=cast.north,
        starts_on=date(2018, 3, 1), by=cast.bella,
    )  # fmt: skip
    commands.end_interest(interest=interest, ends_on=date(2018, 5, 31), by=cast.bella)

    for day, conflicted in (
        (date(2018, 2, 28), False),
        (date(2018, 3, 1), True),
        (date(2018, 5, 31), True),
        (date(2018, 6, 1), False),
    ):
        assert (cast.bramble.pk in queries.conflicted_partner_organisation_ids(cast.pantry, day)) is conflicted
    assert AuditEntry.objects.filter(subject=f"partner {cast.bramble.reference}").count() == 2


def test_ending_an_interest_twice_is_refused(cast):
    interest = cast.bramble_partner.interests.get()
    same = Interest.objects.get(pk=interest.pk)
    commands.end_interest(interest=interest, ends_on=date(2018, 7, 1), by=cast.bella)
    with pytest.raises(RuleBroken, match="already ended"):
        commands.end_interest(interest=same, ends_on=date(2018, 7, 2), by=cast.bella)
    assert AuditEntry.objects.filter(action="contracts.end_interest").count() == 1


def test_an_organisation_competes_with_itself(cast):
    assert cast.ash_vale.pk in queries.conflicted_partner_organisation_ids(cast.ash_vale, date(2018, 7, 2))


def test_a_calendar_quarter_finds_its_contract_quarter(cast):
    assert queries.quarter(cast.contract, Quarter(2018, 2)).quarter == 2
    assert queries.quarter(cast.contract, Quarter(2019, 1)) is None


def test_the_current_contract_is_the_one_whose_term_holds_the_day(cast):
    assert queries.current_contract(date(2018, 12, 31)) == cast.contract
    assert queries.current_contract(date(2019, 1, 1)) is None
