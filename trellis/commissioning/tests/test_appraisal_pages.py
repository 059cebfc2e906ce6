import json
from io import StringIO

import pytest
from django.core.management import call_command

from trellis.commissioning.commands import appraisal as commands
from trellis.commissioning.models import Appraisal, Scorer
from trellis.commissioning.queries import appraisal as queries
from trellis.commissioning.tests import appraisals
from trellis.settings import ROOT


def home(commission) -> str:
    return f"/commissions/{commission.reference}/appraisal/"


@pytest.fixture
def room(cast):
    return appraisals.prepared(cast)


@pytest.fixture
def whole(cast):
    return appraisals.complete(cast)


def judged(appraisal: Appraisal, fate: str, reason: str = "As said.") -> dict:
    return {f"factor_{factor.pk}": "meets" for factor in appraisal.factors.all()} | {"fate": fate, "reason": reason}


def test_the_whole_road_by_pages(page_client, cast):
    commission = appraisals.open_commission(cast)
    carol, fred = cast.carol, cast.fred
    start = page_client.get(home(commission), by=carol)
    page_client.post(start.href("Begin the appraisal"), {}, by=carol)
    appraisal = queries.latest(commission)
    base = f"{home(commission)}1/"
    assert "Judge Business as usual and Do-minimum" in page_client.get(base, by=carol).text

    for name in ("Lead body", "Alliance"):
        page_client.post(f"{base}options/new/", {"name": name, "description": "It is so."}, by=carol)
    for option in appraisal.options.all():
        fate = "carried" if option.kind == "other" else "discounted"
        page_client.post(f"{base}options/{option.pk}/", judged(appraisal, fate), by=carol)
    short = list(queries.short_list(appraisal))
    for option in short:
        money = {"yearly_value": "500,000", "management_cost": "50,000", "organisations_reached": "400", "basis": "x"}
        page_client.post(f"{base}options/{option.pk}/money/", money, by=carol)

    for name in ("Reach", "Cost"):
        asked = {"name": name, "question": "How much?", "scale": "fixed", "worst": "0", "best": "100", "unit": "points"}
        page_client.post(f"{base}criteria/new/", asked, by=carol)
    reach, cost = queries.leaves(appraisal)
    weights = {"basis": "share", f"weight_{reach.pk}": "60", f"weight_{cost.pk}": "40"}
    weights |= {f"reason_{reach.pk}": "It matters.", f"reason_{cost.pk}": "Less."}
    page_client.post(f"{base}weights/", weights, by=carol)
    assert "60.0% of the weight" in page_client.get(f"{base}criteria/", by=carol).text

    page_client.post(f"{base}scorers/new/", {"email": fred.email, "capacity": "Finance"}, by=carol)
    assert "Say first whether you have an interest" in page_client.get(f"{base}scoring/", by=fred).text
    page_client.post(f"{base}scoring/declare/", {"has_interest": "none"}, by=fred)
    for criterion, scores in ((reach, (60, 90)), (cost, (70, 50))):
        sent = {f"score_{option.pk}": score for option, score in zip(short, scores, strict=True)}
        sent |= {f"reason_{option.pk}": "So I found it." for option in short}
        page_client.post(f"{base}scoring/{criterion.pk}/", sent, by=fred)
        page = page_client.get(f"{base}scores/{criterion.pk}/", by=carol)
        assert page.find(f"#id_score_{short[0].pk}").get("value") == str(scores[0])
        page_client.post(f"{base}scores/{criterion.pk}/", sent, by=carol)

    page_client.post(f"{base}try/", {"draws": "2,000", "seed": "7"}, by=carol)
    result = page_client.get(f"{base}result/", by=carol)
    assert "Alliance comes first with 74.0 of 100 points" in result.text
    assert "of 2,000 sets of weights" in result.text
    page_client.post(f"{base}conclude/", {"preferred": short[1].pk, "conclusion": "It reaches more."}, by=carol)
    page = page_client.get(home(commission), by=carol)
    assert "Alliance is the preferred option" in page.text
    page_client.post(page.href("Open a new version"), {"reason": "The money changed."}, by=carol)
    assert "version 2" in page_client.get(home(commission), by=carol).find(".trellis-title").text_content()


def test_the_result_says_what_would_change_it_and_why(page_client, cast, whole):
    page = page_client.get(f"{home(whole.commission)}1/result/", by=cast.carol)
    assert "Alliance comes first with 75.0 of 100 points" in page.text
    assert "Alliance stays first while “Reach” has more than 40.0% of the weight" in page.text
    assert "No option is dominated" in page.text
    assert "Running it takes £90,000 of £500,000 a year (18.0%), so £410,000 reaches the sector." in page.text
    assert "Its management costs £50,000 a year more than that of Alliance: money that does not reach" in page.text
    assert "It reaches 100 fewer organisations than Alliance." in page.text
    assert "standard error of a share is" in page.text
    other = page_client.get(f"{home(whole.commission)}1/result/?criterion=Cost", by=cast.carol)
    assert "Alliance stays first while “Cost” has less than 60.0% of the weight" in other.text


def test_a_trial_of_other_scores_is_marked_as_such(page_client, cast, whole):
    scores = {f"score_{whole.lead_body.pk}": "10", f"score_{whole.alliance.pk}": "20"}
    scores |= {f"reason_{option.pk}": "Anew." for option in (whole.lead_body, whole.alliance)}
    page_client.post(f"{home(whole.commission)}1/scores/{whole.reach.pk}/", scores, by=cast.carol)
    page = page_client.get(f"{home(whole.commission)}1/result/", by=cast.carol)
    assert "The scores or weights have changed since this was tried." in page.text


def test_tables_download_as_they_are_shown(page_client, cast, whole):
    base = f"{home(whole.commission)}1/"
    for path, words in (
        ("options/?format=csv", "Carried forward"),
        ("options/?m-format=csv", "£410,000.00"),
        ("scores/?format=csv", "As we all found it."),
        ("scorers/?format=csv", "Finance"),
        ("result/?c-format=csv", "60.0%"),
        ("result/?r-format=csv", "Standard error"),
    ):
        answer = page_client.get(base + path, by=cast.carol).response
        assert words in b"".join(answer.streaming_content).decode(), path


def test_the_file_is_read_by_the_command_line(page_client, cast, whole, tmp_path):
    answer = page_client.get(f"{home(whole.commission)}1/appraisal.json", by=cast.carol).response
    file = tmp_path / "appraisal.json"
    file.write_bytes(answer.content)
    out = StringIO()
    call_command("appraise", str(file), "--draws", "2000", "--json", stdout=out)
    assert json.loads(out.getvalue()) == queries.current_trial(whole.appraisal).result


def test_the_schema_is_published(page_client):
    answer = page_client.get("/schemas/appraisal.json").response
    assert answer.json() == json.loads((ROOT / "trellis/commissioning/appraisal/schema.json").read_text())


# --- Refused, with a sentence


def test_shares_that_do_not_sum_are_refused_and_nothing_typed_is_lost(page_client, cast, room):
    weights = {"basis": "share", f"weight_{room.reach.pk}": "60", f"weight_{room.cost.pk}": "30"}
    weights |= {f"reason_{room.reach.pk}": "It matters.", f"reason_{room.cost.pk}": "Less."}
    page = page_client.post(f"{home(room.commission)}1/weights/", weights, by=cast.carol, expect=200)
    assert "The shares add up to 90, and must add up to 100." in page.text
    assert page.find(f"#id_reason_{room.reach.pk}").text_content().strip() == "It matters."


def test_weights_that_are_refused_say_so_at_their_question(page_client, cast, room):
    numbers = [room.reach.pk, room.cost.pk]
    sent = {"basis": "share"} | {f"weight_{pk}": "40" for pk in numbers} | {f"reason_{pk}": "So." for pk in numbers}
    where = f"/commissions/{room.commission.reference}/appraisal/1/weights/"
    page = page_client.post(where, sent, by=cast.carol, expect=200)
    assert "The shares add up to 80" in page.find(".govuk-form-group--error").text_content()


def test_a_score_without_a_reason_is_refused_at_its_field(page_client, cast, room):
    scores = {f"score_{room.lead_body.pk}": "60", f"score_{room.alliance.pk}": "130"}
    scores |= {f"reason_{room.lead_body.pk}": "", f"reason_{room.alliance.pk}": "High."}
    path = f"{home(room.commission)}1/scoring/{room.reach.pk}/"
    page = page_client.post(path, scores, by=cast.fred, expect=200)
    assert "Answer “Why that score for Lead body?”" in page.text
    scores[f"reason_{room.lead_body.pk}"] = "Fair."
    page = page_client.post(path, scores, by=cast.fred, expect=200)
    assert "The score for Alliance must be from 0 to 100." in page.text
    assert page.find_all(f"#id_score_{room.alliance.pk}-error")


def test_a_scorer_with_an_interest_is_told_so(page_client, cast, room):
    page_client.post(
        f"{home(room.commission)}1/scorers/new/", {"email": "anna@example.org", "capacity": "A body"}, by=cast.carol
    )
    base = f"{home(room.commission)}1/scoring/"
    declared = {"has_interest": "some", "interest": "We would bid."}
    refused = page_client.post(f"{base}declare/", declared | {"interest": ""}, by=cast.anna, expect=200)
    assert "Say what your interest is." in refused.text
    page_client.post(f"{base}declare/", declared, by=cast.anna)
    assert "so you cannot score it: We would bid." in page_client.get(base, by=cast.anna).text
    scores = {f"score_{option.pk}": "60" for option in (room.lead_body, room.alliance)}
    scores |= {f"reason_{option.pk}": "Fair." for option in (room.lead_body, room.alliance)}
    page = page_client.post(f"{base}{room.reach.pk}/", scores, by=cast.anna, expect=200)
    assert "You have declared an interest in this choice, so you cannot score it." in page.text


def test_nobody_without_an_account_is_appointed_and_a_scorer_can_be_stood_down(page_client, cast, room):
    path = f"{home(room.commission)}1/scorers/"
    unknown = {"email": "nobody@example.org", "capacity": "x"}
    page = page_client.post(f"{path}new/", unknown, by=cast.carol, expect=200)
    assert "Nobody has an account with that address." in page.text
    page_client.post(f"{path}{room.scorer.pk}/", {"reason": "They left."}, by=cast.carol)
    assert not Scorer.objects.exists()
    page_client.get(f"{home(room.commission)}1/scoring/", by=cast.fred, expect=404)


def test_the_standing_options_stay_and_others_can_go(page_client, cast, room):
    base = f"{home(room.commission)}1/options/"
    as_usual = room.appraisal.options.get(kind="as-usual")
    page_client.post(f"{base}{as_usual.pk}/remove/", by=cast.carol)
    assert "stay on every long list" in page_client.get(base, by=cast.carol).find(".trellis-message").text_content()
    page_client.post(f"{base}{room.alliance.pk}/remove/", by=cast.carol)
    assert not room.appraisal.options.filter(name="Alliance").exists()


def test_factors_and_criteria_come_and_go_on_pages(page_client, cast, room):
    base = f"{home(room.commission)}1/"
    page_client.post(f"{base}factors/new/", {"name": "Local", "question": "Is it here?"}, by=cast.carol)
    own = room.appraisal.factors.get(name="Local")
    page_client.post(f"{base}factors/{own.pk}/remove/", by=cast.carol)
    assert not room.appraisal.factors.filter(name="Local").exists()
    under = {"name": "Pace", "question": "When?", "scale": "relative", "unit": "weeks", "parent": room.cost.pk}
    page = page_client.post(f"{base}criteria/new/", under | {"worst": "1"}, by=cast.carol, expect=200)
    assert "leave worst and best empty" in page.text
    page_client.post(f"{base}criteria/new/", under, by=cast.carol)
    page = page_client.get(f"{base}criteria/", by=cast.carol)
    assert page.href("Weigh what Cost is made of") == f"{base}weights/{room.cost.pk}/"
    page_client.get(f"{base}weights/{room.cost.pk}/", by=cast.carol)
    page_client.get(f"{base}weights/{room.reach.pk}/", by=cast.carol, expect=404)
    pace = room.appraisal.criteria.get(name="Pace")
    page_client.post(f"{base}criteria/{pace.pk}/remove/", by=cast.carol)
    assert not room.appraisal.criteria.filter(name="Pace").exists()


def test_it_is_not_concluded_before_it_is_ready(page_client, cast, room):
    sent = {"preferred": room.alliance.pk, "conclusion": "Good."}
    page = page_client.post(f"{home(room.commission)}1/conclude/", sent, by=cast.carol, expect=200)
    assert "Agree 4 scores that are missing." in page.text
    page = page_client.post(f"{home(room.commission)}1/try/", {"draws": "2000", "seed": "1"}, by=cast.carol, expect=200)
    assert "Agree 4 scores that are missing." in page.text


def test_a_concluded_version_is_not_changed_by_an_old_page(page_client, cast, whole):
    commands.conclude_appraisal(
        appraisal=whole.appraisal, preferred=whole.alliance, conclusion="It reaches more.", by=cast.carol
    )
    sent = {"name": "Late", "description": ""}
    page = page_client.post(f"{home(whole.commission)}1/options/new/", sent, by=cast.carol, expect=200)
    assert "This version is concluded and does not change." in page.text
    assert "Add an option" not in page_client.get(f"{home(whole.commission)}1/options/", by=cast.carol).text


def test_an_illustrative_appraisal_says_so_on_every_page(page_client, cast):
    commission = appraisals.open_commission(cast)
    commands.open_appraisal(commission=commission, is_illustrative=True, by=cast.carol)
    for path in ("", "options/", "criteria/", "scorers/", "scores/", "result/"):
        assert "Illustrative:" in page_client.get(f"{home(commission)}1/{path}", by=cast.carol).text


# --- Who may


def test_who_may_only_look_sees_everything_and_is_offered_nothing(page_client, cast, whole):
    for path in ("", "options/", "criteria/", "scorers/", "scores/", "result/"):
        page = page_client.get(f"{home(whole.commission)}1/{path}", by=cast.dee)
        assert not page.find_all("main form")
        assert not page.find_all("main .govuk-button")
    page_client.get(f"{home(whole.commission)}1/options/new/", by=cast.dee, expect=403)


def test_scorers_see_their_own_page_and_nothing_else_of_it(page_client, cast, room):
    page_client.get(f"{home(room.commission)}1/scoring/", by=cast.fred)
    page_client.get(home(room.commission), by=cast.fred, expect=403)
    page_client.get(f"{home(room.commission)}1/scoring/", by=cast.carol, expect=404)
    page_client.get(f"{home(room.commission)}1/scoring/{room.reach.pk}/", by=cast.anna, expect=404)


def test_another_authoritys_appraisal_is_not_there(page_client, cast, room):
    room.commission.authority = cast.outside
    room.commission.save()
    page_client.get(home(room.commission), by=cast.carol, expect=404)
    page_client.get(f"{home(room.commission)}1/options/", by=cast.carol, expect=404)
    page_client.get(f"{home(room.commission)}1/options/new/", by=cast.carol, expect=404)
