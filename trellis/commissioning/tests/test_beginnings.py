"""What forms begin with, and where pages lead while something else is needed first."""

from datetime import date
from decimal import Decimal

import pytest

from trellis.commissioning.commands import appraisal_options as options
from trellis.commissioning.commands import equality_signing as signing
from trellis.commissioning.commands import market
from trellis.commissioning.models import Appraisal, Commission, Milestone
from trellis.commissioning.presenters.provision import _who_gets_most
from trellis.commissioning.tests import appraisals, equality_scenes, rooms, surveys

APRIL, MARCH = date(2018, 4, 1), date(2019, 3, 31)


@pytest.fixture
def commission(cast) -> Commission:
    return rooms.open_commission(cast)


@pytest.fixture
def home(commission) -> str:
    return f"/commissions/{commission.reference}/"


def begins(page, name: str) -> str:
    """What stands in a box before anybody writes there."""
    box = page.find(f"[name={name}]")
    return (box.get("value") or box.text_content()).strip()


def test_the_next_body_begins_with_the_days_and_terms_of_the_one_before(page_client, cast, commission, home):
    assert begins(page_client.get(f"{home}provision/bodies/new/", by=cast.carol), "notice_months") == ""
    rooms.fund(
        cast, commission, yearly={rooms.name_sources(cast, commission)[0]: 1000}, award_starts_on=APRIL,
        award_ends_on=MARCH, notice_months=3, terms="Clause 9",
    )  # fmt: skip
    page = page_client.get(f"{home}provision/bodies/new/", by=cast.carol)
    names = ("award_starts_on-month", "award_ends_on-year", "notice_months", "terms")
    assert [begins(page, name) for name in names] == ["4", "2019", "3", "Clause 9"]
    assert begins(page, "name") == ""


def test_a_scenario_begins_with_the_grants_of_today_and_the_planned_start(page_client, cast, commission, home):
    assert begins(page_client.get(f"{home}budget/new/", by=cast.carol), "baseline") == ""
    rooms.fund(cast, commission, yearly={rooms.name_sources(cast, commission)[0]: "615291"})
    rooms.plan_start(cast, commission, award=date(2018, 10, 15), start=date(2019, 1, 1))
    page = page_client.get(f"{home}budget/new/", by=cast.carol)
    assert begins(page, "baseline").replace(",", "") in ("615291", "615291.00")
    assert begins(page, "start-year") == "2019"


def test_an_assessment_begins_with_what_the_commission_says(page_client, cast, commission, home):
    page = page_client.get(f"{home}equality/begin/", by=cast.carol)
    assert (begins(page, "responsible"), begins(page, "aims")) == (commission.owner.name, commission.purpose)
    assert begins(page, "assessed_on-day") == "2"


def test_the_second_to_attest_is_asked_as_the_other_of_the_two(page_client, cast):
    row = equality_scenes.ready(cast)
    signing.attest_assessment(assessment=row, by=cast.carol, **equality_scenes.HEAD)
    where = f"/commissions/{row.commission.reference}/equality/{row.version}/attest/"
    page = page_client.get(where, by=cast.carol)
    assert page.find("[name=capacity][checked]").get("value") == "management"


def test_what_needs_no_name_in_the_timetable_is_called_what_it_is(page_client, cast, commission, home):
    day = {"planned_on-day": "1", "planned_on-month": "8", "planned_on-year": "2018"}
    page_client.post(f"{home}timetable/new/", {"kind": "procurement", **day}, by=cast.carol)
    assert Milestone.objects.get().name == "Procurement opens"
    refused = page_client.post(f"{home}timetable/new/", {"kind": "other", **day}, by=cast.carol, expect=200)
    assert "Say what happens" in refused.find(".govuk-form-group--error").text_content()


def test_a_policy_lists_its_commitments(page_client, cast, commission, home):
    commitment = rooms.promise(cast, commission)
    page = page_client.get(f"{home}policies/{commitment.policy.pk}/", by=cast.carol)
    page_client.get(page.href(commitment.text), by=cast.carol)


def test_the_market_is_given_models_before_anybody_is_asked(page_client, cast, home):
    page = page_client.get(f"{home}market/", by=cast.carol)
    assert page.find("a.govuk-button").text_content().strip() == "Add a model"


def test_an_appraisal_begins_with_the_models_that_the_market_was_asked_about(page_client, cast, commission, home):
    for name in ("Alliance", "Framework"):
        market.add_market_model(commission=commission, name=name, by=cast.carol)
    page = page_client.get(f"{home}appraisal/open/", by=cast.carol)
    assert len(page.find_all("[name=models][checked]")) == 2
    page_client.post(f"{home}appraisal/open/", {"models": ["Alliance"]}, by=cast.carol)
    options = Appraisal.objects.get().options.order_by("order").values_list("name", flat=True)
    assert list(options) == ["Business as usual", "Do-minimum", "Alliance"]


def test_money_and_agreed_scores_begin_with_what_was_said_before(page_client, cast):
    room = appraisals.prepared(cast)
    appraisals.score(room)
    options.set_money(
        option=room.lead_body, yearly_value=Decimal(500000), management_cost=Decimal(1), organisations_reached=1,
        is_illustrative=True, basis="An estimate.", by=cast.carol,
    )  # fmt: skip
    here = f"/commissions/{room.commission.reference}/appraisal/1/"
    page = page_client.get(f"{here}options/{room.alliance.pk}/money/", by=cast.carol)
    assert (begins(page, "basis"), begins(page, "management_cost")) == ("An estimate.", "")
    page = page_client.get(f"{here}scores/{room.reach.pk}/", by=cast.carol)
    assert begins(page, f"reason_{room.alliance.pk}") == "As we found it."


def test_an_answer_begins_with_the_day_of_the_last(page_client, cast, commission, home):
    model = market.add_market_model(commission=commission, name="Alliance", by=cast.carol)
    first, second = (rooms.ask(cast, commission, name) for name in ("One", "Two"))
    rooms.answer(cast, first, model, answered_on=date(2018, 6, 5))
    page = page_client.get(f"{home}market/providers/{second.pk}/answer/", by=cast.carol)
    assert (begins(page, "answered_on-day"), begins(page, "answered_on-month")) == ("5", "6")


def test_a_consultation_that_was_held_elsewhere_is_closed_and_takes_its_file(page_client, cast, home, commission):
    over = surveys.a_draft(cast, commission, opens_on=date(2018, 5, 1), closes_on=date(2018, 5, 31))
    here = f"{home}findings/consultations/{over.reference}/"
    page = page_client.get(here, by=cast.carol)
    assert "Close it, as it was asked elsewhere" in page.text and "Release it" not in page.text
    page_client.post(f"{here}move/close/", {}, by=cast.carol)
    page_client.get(page_client.get(here, by=cast.carol).href("Read answers from a file"), by=cast.carol)


@pytest.mark.parametrize(
    ("paid", "words"),
    [
        ({"East": Decimal(10)}, "East gets £10 a year"),
        ({"East": Decimal(10), "West": Decimal(10)}, "Each of 2 districts gets £10 a year"),
        ({"East": Decimal(10), "West": Decimal(30)}, "West gets £30 a year, East £10"),
    ],
)
def test_the_map_of_grants_says_who_gets_most(paid, words):
    assert _who_gets_most(paid) == words
