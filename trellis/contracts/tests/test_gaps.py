"""What the register and lists of grants suggest that a partner also delivers: asked until it is answered."""

import json
from datetime import date
from decimal import Decimal

import pytest

from trellis.commissioning.tests.equality_scenes import open_commission
from trellis.contracts.commands import challenges, interests
from trellis.contracts.queries import gaps
from trellis.contracts.rules.gaps import GRANT, REGISTER, Hint, open_questions, still_pays
from trellis.organisations import commands as organisations
from trellis.organisations import queries as register
from trellis.organisations.models import Identifier, ServiceType, SourceRow
from trellis.organisations.tests.lists import read, write

TODAY = date(2018, 7, 2)
FOOD_HERE, FOOD_GRANT = Hint("food", REGISTER, "It says so."), Hint("food", GRANT, "£500.")
BUS_GRANT = Hint("transport", GRANT, "£900.")


@pytest.mark.parametrize(
    ("hints", "here", "anywhere", "answered", "found"),
    [
        ([FOOD_HERE], [], [], [], {"food": [FOOD_HERE]}),
        ([FOOD_HERE], ["food"], ["food"], [], {}),
        ([FOOD_HERE], [], ["food"], [], {"food": [FOOD_HERE]}),  # declared, but not where it is based
        ([FOOD_GRANT], [], ["food"], [], {}),  # a grant does not say where
        ([FOOD_HERE, FOOD_GRANT], [], [], [], {"food": [FOOD_HERE, FOOD_GRANT]}),
        ([FOOD_HERE, FOOD_GRANT], [], ["food"], [], {"food": [FOOD_HERE]}),
        ([FOOD_HERE, FOOD_GRANT, BUS_GRANT], [], [], ["food"], {"transport": [BUS_GRANT]}),
        ([], [], [], [], {}),
    ],
)
def test_which_questions_are_open(hints, here, anywhere, answered, found):
    assert open_questions(hints, declared_here=here, declared=anywhere, answered=answered) == found


@pytest.mark.parametrize(
    ("awarded_on", "ends_on", "pays"),
    [
        (date(2018, 7, 2), None, True),
        (date(2018, 7, 3), None, False),  # not awarded yet
        (date(2015, 7, 2), None, True),
        (date(2015, 7, 1), None, False),  # more than three years ago
        (date(2012, 1, 1), date(2018, 7, 2), True),  # its list says how long
        (date(2018, 1, 1), date(2018, 7, 1), False),
    ],
)
def test_how_long_a_grant_pays_for_something(awarded_on, ends_on, pays):
    assert still_pays(awarded_on=awarded_on, ends_on=ends_on, on=TODAY) is pays


GIVEN = {
    "id": "360G-a-1", "title": "Getting about", "currency": "GBP", "amountAwarded": 12500, "awardDate": "2017-10-02",
    "description": "A minibus that takes people to the surgery.", "grantProgramme": [{"title": "Small grants"}],
    "recipientOrganization": [{"id": "GB-CHC-1007778", "name": "Ash Vale CVS"}],
    "fundingOrganization": [{"id": "GB-CHC-1159982", "name": "The Rail Fund"}],
}  # fmt: skip


def grants(folder, *changes, number="GB-CHC-1007778"):
    """Lists of the grants that Ash Vale, or whoever has the number, was given: one, with each of these changes."""
    recipient = [{"id": number, "name": "Ash Vale CVS"}]
    rows = [GIVEN | {"id": f"360G-a-{at}", "recipientOrganization": recipient} | one for at, one in enumerate(changes)]
    read(write(folder, json.dumps({"grants": rows}), name="grants.json"), record={"kind": "grants"})


def asked(partner) -> dict[str, list[str]]:
    return {one.service_type.code: [hint.words for hint in one.hints] for one in gaps.gaps(partner, TODAY)}


@pytest.fixture
def ash_vale(cast):
    """Ash Vale with its charity number; it has declared nothing."""
    Identifier.objects.create(organisation=cast.ash_vale, scheme="GB-CHC", value="1007778")
    return cast.ash_vale_partner


def test_a_grant_asks_about_the_work_that_it_speaks_of(ash_vale, tmp_path):
    grants(tmp_path, {})

    assert asked(ash_vale) == {
        "transport": [
            "The Rail Fund granted you £12,500 on 2 October 2017: “Getting about. A minibus that takes people to the "
            "surgery” (grants)."
        ]
    }


@pytest.mark.parametrize(
    "change",
    [
        {"awardDate": "2014-01-01"},  # long spent
        {"plannedDates": [{"endDate": "2018-06-30"}]},
        {"description": "Core costs of the office."},
    ],
)
def test_a_grant_that_pays_for_none_of_it_today_asks_nothing(ash_vale, tmp_path, change):
    grants(tmp_path, change)
    assert asked(ash_vale) == {}


def test_register_and_grants_are_told_apart_and_one_answer_closes_both(cast, ash_vale, tmp_path):
    cast.ash_vale.service_types.add(cast.transport)
    grants(tmp_path, {}, {"amountAwarded": 700.4, "currency": "EUR", "title": "", "awardDate": "2018-01-05"})
    words = asked(ash_vale)["transport"]
    assert words[0] == "The register says that you run it." and len(words) == 3
    assert words[1].startswith("The Rail Fund granted you 700 EUR on 5 January 2018: “A minibus"), "the latest first"

    challenges.explain_gap(partner=ash_vale, service_type=cast.transport, reason="The bus is hired out.", by=cast.anna)

    assert asked(ash_vale) == {}


def test_a_grant_is_answered_by_a_declaration_in_any_district(cast, ash_vale, tmp_path):
    grants(tmp_path, {})
    interests.declare_interest(
        partner=ash_vale, service_type=cast.transport, district=cast.south, starts_on=TODAY, by=cast.anna
    )
    assert asked(ash_vale) == {}
    cast.ash_vale.service_types.add(cast.transport)
    assert list(asked(ash_vale).values()) == [["The register says that you run it."]], "it is based in North"


def test_what_was_granted_to_another_record_of_the_partner_counts_once_they_are_merged(cast, ash_vale, tmp_path):
    grants(tmp_path, {}, number="GB-COH-01234567")
    assert asked(ash_vale) == {}
    double = Identifier.objects.get(value="01234567").organisation

    organisations.merge_organisations(one=cast.ash_vale, other=double, reason="One body.", by=cast.ada)

    assert list(asked(ash_vale)) == ["transport"]


def test_a_grant_that_its_list_has_no_more_is_none(cast, ash_vale, tmp_path):
    grants(tmp_path, {})
    assert [one.amount for one in register.grants_to(cast.ash_vale)] == [Decimal("12500")]
    SourceRow.objects.update(digest="")
    assert register.grants_to(cast.ash_vale) == []


def test_the_councils_own_grants_ask_about_what_kind_of_body_they_fund(cast, ash_vale):
    ServiceType.objects.create(code="centre", name="Volunteer centres")
    commission = open_commission(cast)
    body = commission.funded_bodies.create(
        name="Ash Vale CVS", kind="volunteer-centre", organisation=cast.ash_vale, award_starts_on=date(2018, 4, 1),
        award_ends_on=date(2019, 3, 31),
    )  # fmt: skip
    body.grants.create(source=commission.funding_sources.create(name="Public Health"), yearly=Decimal("9000"))
    assert asked(ash_vale) == {
        "centre": ["The council grants you £9,000 a year until 31 March 2019: “Volunteer centre”."]
    }
    commission.funded_bodies.update(award_ends_on=date(2018, 6, 30))
    assert asked(ash_vale) == {}


def test_the_page_asks_and_says_where_each_question_comes_from(cast, ash_vale, tmp_path, page_client):
    grants(tmp_path, {})
    page = page_client.get("/support/interests/", by=cast.anna)
    assert "These are questions" in page.text and "The Rail Fund granted you £12,500" in page.text
    assert "Rail Fund" not in page_client.get("/support/interests/", by=cast.bella).text
    page_client.post("/support/interests/gaps/transport/", {"reason": "It went back."}, by=cast.anna)
    assert "Rail Fund" not in page_client.get("/support/interests/", by=cast.anna).text
    assert "It went back." in page_client.get("/support/interests/challenges/", by=cast.olive).text
