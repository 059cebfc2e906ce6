from datetime import date

import pytest

from trellis.support import commands
from trellis.support.models import Case
from trellis.support.tests import cases


def ask(page_client, cast, by=None, **who):
    """Answer the questions one by one, as a person does."""
    by = by or cast.dora
    page_client.post("/support/ask/topic/", {"topic": "funding"}, by=by, expect=302)
    page_client.post("/support/ask/need/", {"need": "Money for a freezer."}, by=by, expect=302)
    page_client.post("/support/ask/who/", who, by=by, expect=302)


def test_asking_for_support_question_by_question(page_client, cast):
    first = page_client.get("/support/ask/topic/", by=cast.dora)
    assert first.h1 == "Ask for support"
    assert "What do you need help with?" in first.text
    ask(page_client, cast)

    check = page_client.get("/support/ask/check/", by=cast.dora)
    assert "Money for a freezer." in check.text
    page_client.post("/support/ask/check/", {}, by=cast.dora, expect=302)

    case = Case.objects.get()
    assert (case.organisation, case.need, case.status) == (cast.pantry, "Money for a freezer.", "requested")
    assert "What was asked for" in page_client.get(f"/support/{case.reference}/", by=cast.dora).text


def test_a_conflicted_partner_can_be_chosen_only_after_being_told(page_client, cast):
    ask(page_client, cast, chosen_partner=str(cast.bramble_partner.pk))

    page = page_client.post("/support/ask/conflict/", {}, by=cast.dora, expect=200)
    assert "runs services like yours" in page.text
    page_client.post("/support/ask/conflict/", {"conflict_accepted": "on"}, by=cast.dora, expect=302)
    page_client.post("/support/ask/check/", {}, by=cast.dora, expect=302)

    assert Case.objects.get().chosen_partner == cast.bramble_partner


def test_a_later_question_leads_back_to_the_first_open_one(page_client, cast):
    page = page_client.get("/support/ask/check/", by=cast.dora, expect=302)
    assert page.response.url == "/support/ask/topic/"
    page_client.get("/support/ask/nonsense/", by=cast.dora, expect=404)


def test_an_unanswered_question_says_so_at_the_field(page_client, cast):
    page = page_client.post("/support/ask/topic/", {}, by=cast.dora, expect=200)
    assert page.title.startswith("Error: ")
    assert "Answer “What do you need help with?”" in page.text


def test_only_groups_ask_for_support(page_client, cast):
    for by in (cast.alice, cast.olive, cast.vera):
        page_client.get("/support/ask/", by=by, expect=403)


def test_the_list_shows_what_each_may_see_and_no_more(page_client, cast):
    case = cases.requested(cast)
    for by in (cast.dora, cast.alice, cast.anna, cast.olive):
        assert case.reference in page_client.get("/support/", by=by).text
    for by in (cast.bob, cast.bella, cast.charlie, cast.ivy, cast.erin):
        page = page_client.get("/support/", by=by)
        assert case.reference not in page.text
        assert "Mill Lane" not in page.text
        assert case.reference not in page_client.get("/support/?q=Mill", by=by).text
        csv = page_client.get("/support/?format=csv", by=by).response
        assert case.reference.encode() not in b"".join(csv.streaming_content)


@pytest.mark.parametrize("query", ["?q=%00", "?status=%00", f"?q={'x' * 121}", "?mine=%00&page=-1&sort=%00"])
def test_filters_that_cannot_be_are_passed_over(page_client, cast, query):
    case = cases.requested(cast)
    assert case.reference in page_client.get(f"/support/{query}", by=cast.alice).text


STEPS = ["", "triage/", "offer/", "take/", "hand-back/", "activity/", "complete/", "withdraw/"]


@pytest.mark.parametrize("step", STEPS)
def test_a_guessed_address_tells_a_conflicted_adviser_nothing(page_client, cast, step):
    case = cases.requested(cast)
    for by in (cast.bob, cast.charlie, cast.ivy):
        page_client.get(f"/support/{case.reference}/{step}", by=by, expect=404)
        page_client.post(f"/support/{case.reference}/{step}", {}, by=by, expect=404)
        page_client.get(f"/support/CASE-0000/{step}", by=by, expect=404)


def test_an_adviser_works_a_case_to_its_end(page_client, cast):
    case = cases.requested(cast)
    at = f"/support/{case.reference}/"
    today = {"day": "2", "month": "7", "year": "2018"}
    page_client.get(f"{at}triage/", by=cast.alice)
    page_client.post(f"{at}triage/", {"urgency": "soon", "note": ""}, by=cast.alice, expect=302)
    page_client.get(f"{at}take/", by=cast.alice)
    page_client.post(f"{at}take/", {}, by=cast.alice, expect=302)
    page_client.get(f"{at}activity/", by=cast.alice)
    activity = {"kind": "call", "minutes": "30", "note": "Rang."} | {f"occurred_on-{k}": v for k, v in today.items()}
    page_client.post(f"{at}activity/", activity, by=cast.alice, expect=302)
    nothing = {f"completed_on-{k}": v for k, v in today.items()}
    refused = page_client.post(f"{at}complete/", nothing, by=cast.alice, expect=200)
    assert "Say what came of it." in refused.text
    done = {"outcome": "met", "note": "They have bid."} | {f"completed_on-{k}": v for k, v in today.items()}
    page_client.post(f"{at}complete/", done, by=cast.alice, expect=302)

    page = page_client.get(at, by=cast.dora)
    assert "Completed" in page.text
    assert "They have bid." in page.text


def test_the_contract_manager_sees_where_a_case_stands_but_not_what_was_said(page_client, cast):
    case = cases.completed(cast)
    page = page_client.get(f"/support/{case.reference}/", by=cast.olive)
    assert "Completed" in page.text
    assert "freezer" not in page.text
    assert "Talked through funds." not in page.text

    commands.withdraw_case(case=(other := cases.requested(cast)), reason="Our treasurer left.", by=cast.dora)
    assert "Our treasurer left." in page_client.get(f"/support/{other.reference}/", by=cast.dora).text
    assert "Our treasurer left." not in page_client.get(f"/support/{other.reference}/", by=cast.olive).text


def test_the_history_names_people_and_keeps_only_a_reference_to_them(page_client, cast):
    case = cases.triaged(cast)
    commands.shut_out_partner(case=case, partner=cast.ash_vale_partner, by=cast.dora)

    assert [row.by for row in case.history.all()] == [one.actor_name for one in (cast.dora, cast.alice, cast.dora)]
    assert "Alice" in page_client.get(f"/support/{case.reference}/", by=cast.dora).text


def test_shutting_a_partner_out_and_letting_it_in_again(page_client, cast):
    case = cases.requested(cast, organisation=cast.choir, by=cast.erin)
    at = f"/support/{case.reference}/partners/"
    assert "It may see your case" in page_client.get(at, by=cast.erin).text
    partner = str(cast.ash_vale_partner.pk)
    page_client.post(at, {"partner": partner, "shut_out": "yes"}, by=cast.erin, expect=302)
    assert "You shut it out" in page_client.get(at, by=cast.erin).text
    page_client.get(f"/support/{case.reference}/", by=cast.alice, expect=404)
    page_client.post(at, {"partner": partner, "readmit": "yes"}, by=cast.erin, expect=302)
    page_client.get(f"/support/{case.reference}/", by=cast.alice)
    page_client.post(at, {"partner": "nonsense"}, by=cast.erin, expect=404)
    page_client.get(at, by=cast.dora, expect=404)


def test_a_late_first_contact_shows(page_client, cast):
    case = cases.in_progress(cast)
    Case.objects.filter(pk=case.pk).update(requested_on=date(2018, 6, 1))
    assert "It is late." in page_client.get(f"/support/{case.reference}/", by=cast.alice).text


def test_a_partner_lead_declares_and_ends_an_interest(page_client, cast):
    declared = {"service_type": "transport", "kind": "delivers", "district": cast.south.code}
    declared |= {"starts_on-day": "1", "starts_on-month": "7", "starts_on-year": "2018"}
    page_client.get("/support/interests/declare/", by=cast.anna)
    page_client.post("/support/interests/declare/", declared, by=cast.anna, expect=302)
    page = page_client.get("/support/interests/", by=cast.anna)
    assert "Community transport" in page.text
    again = page_client.post("/support/interests/declare/", declared, by=cast.anna, expect=200)
    assert "You have already declared this interest" in again.text
    interest = cast.ash_vale_partner.interests.get()
    end = f"/support/interests/{interest.pk}/end/"
    page_client.get(end, by=cast.bella, expect=404)
    page_client.get(end, by=cast.anna)
    last = {"ends_on-day": "2", "ends_on-month": "7", "ends_on-year": "2018"}
    page_client.post(end, last, by=cast.anna, expect=302)
    interest.refresh_from_db()
    assert interest.ends_on == date(2018, 7, 2)


def test_offering_a_case_names_only_partners_without_a_conflict(page_client, cast):
    case = cases.triaged(cast)
    page = page_client.get(f"/support/{case.reference}/offer/", by=cast.alice)
    assert "Ash Vale CVS" in page.text
    assert "Bramble" not in page.text
    page_client.post(f"/support/{case.reference}/offer/", {"partner": ""}, by=cast.alice, expect=302)
    case.refresh_from_db()
    assert case.held_by == cast.ash_vale


def test_triage_twice_is_refused_with_a_sentence(page_client, cast):
    case = cases.triaged(cast)
    page = page_client.post(f"/support/{case.reference}/triage/", {"urgency": "soon"}, by=cast.alice, expect=200)
    assert "This case is waiting for an adviser, so it cannot be triaged." in page.text
    commands.take_case(case=case, by=cast.alice)
