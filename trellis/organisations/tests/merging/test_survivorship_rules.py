"""Which value is shown, and why: by table, and for any family."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.organisations.rules import survivorship
from trellis.organisations.rules.survivorship import COLUMNS, GROUPS, Own

BLANK = dict.fromkeys(COLUMNS, "") | {
    "legal_form": "other", "status": "active", "district_id": None, "district_is_guess": False, "removed_on": None,
    "latest_income": None, "latest_year_end": None, "registered_on": None,
}  # fmt: skip
RANKS = {"register": 10, "list": 50, "other": 50}


def own(pk: int, source: str = "list", on: str = "2018-01-01", **values) -> Own:
    return Own(pk, BLANK | {"name": f"Group {pk}"} | values, {"*": [source, on]})


@pytest.mark.parametrize(
    ("family", "field", "of", "why"),
    [
        ([own(1), own(2, phone="01")], "phone", 2, survivorship.ONLY),
        ([own(1, phone="01"), own(2, phone="01")], "phone", 1, survivorship.ALIKE),
        ([own(1, phone="01"), own(2, "register", phone="02")], "phone", 2, survivorship.TRUSTED),
        ([own(1, phone="01"), own(2, "", phone="02")], "phone", 2, survivorship.TRUSTED),  # a person's own word
        ([own(1, phone="01"), own(2, "other", "2018-02-01", phone="02")], "phone", 2, survivorship.LATER),
        ([own(1, phone="01"), own(2, phone="02")], "phone", 1, survivorship.STANDING),
        ([own(1, postcode="ME1 1AA", address="A"), own(2, "register", address="B")], "postcode", 2,
         survivorship.TRUSTED),
        ([own(1, "register", status="removed"), own(2, status="active")], "status", 1, survivorship.TRUSTED),
        ([own(1, "register", latest_income=1, latest_year_end="2016-03-31"),
          own(2, latest_income=2, latest_year_end="2017-03-31")], "latest_income", 2, survivorship.LATEST_YEAR),
    ],
)  # fmt: skip
def test_the_value_that_is_shown(family, field, of, why):
    pick = survivorship.picks(family, RANKS, {})[field]
    assert (pick.own.pk, pick.why) == (of, why)


def test_a_charity_in_two_registers_is_registered_since_the_first():
    family = [own(1, "register", registered_on="2018-10-29"), own(2, registered_on="1962-10-18"),
              own(3, "register", registered_on="1901-01-01")]  # fmt: skip
    pick = survivorship.picks(family, RANKS, {}, registered={1, 2})["registered_on"]
    assert (pick.own.pk, pick.why) == (2, survivorship.FIRST)
    assert survivorship.picks(family[:2], RANKS, {})["registered_on"].own.pk == 1


def test_a_persons_choice_comes_before_every_source_and_only_of_the_family():
    family = [own(1, "register", phone="01"), own(2, phone="02")]
    assert survivorship.picks(family, RANKS, {"phone": 2})["phone"].why == survivorship.CHOSEN
    assert survivorship.picks(family, RANKS, {"phone": 9})["phone"].own.pk == 1


def test_what_belongs_together_is_shown_of_one_organisation_with_its_source():
    family = [own(1, address="Old Hall"), own(2, "register", postcode="ME1 1AA", district_id="E07000901")]
    values, noted = survivorship.shown(
        survivorship.picks(family, RANKS, {}), {"causes": ["organisation", "2018-01-01"]}
    )
    assert (values["address"], values["postcode"], values["district_id"]) == ("", "ME1 1AA", "E07000901")
    assert noted["address"] == noted["postcode"] == ["register", "2018-01-01"]
    assert noted["causes"] == ["organisation", "2018-01-01"]


FAMILIES = st.lists(
    st.builds(
        lambda source, days, phone, income, year: own(
            0, source, (date(2018, 1, 1) + timedelta(days)).isoformat(), phone=phone,
            latest_income=income, latest_year_end=year,
        ),
        st.sampled_from([*RANKS, "organisation"]), st.integers(0, 3), st.sampled_from(["", "01", "02"]),
        st.sampled_from([None, 100]), st.sampled_from([None, "2016-03-31", "2017-03-31"]),
    ),
    min_size=1, max_size=5,
)  # fmt: skip


@given(FAMILIES)
def test_one_value_is_shown_and_none_that_is_empty_while_another_is_not(family):
    family = [Own(number, one.values, one.provenance) for number, one in enumerate(family, 1)]
    picks = survivorship.picks(family, RANKS, {})
    assert set(picks) == set(GROUPS)
    for group, pick in picks.items():
        assert pick.own.has(group) or not any(one.has(group) for one in family)
        for one in family:
            if one.has(group) and group not in ("latest_income",):
                mine, theirs = (RANKS.get(each.source(group)[0], 0) for each in (pick.own, one))
                assert (mine, one.source(group)[1]) <= (theirs, pick.own.source(group)[1]) or mine < theirs


@given(FAMILIES)
def test_a_family_of_one_shows_what_it_says(family):
    only = Own(1, family[0].values, family[0].provenance)
    values, _ = survivorship.shown(survivorship.picks([only], RANKS, {}), only.provenance)
    assert values == dict(only.values)
