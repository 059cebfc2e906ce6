from datetime import date

import pytest

from trellis.audit.models import AuditEntry
from trellis.commissioning.commands import commissions as commands
from trellis.commissioning.models import Commission
from trellis.commissioning.queries import commissions as queries
from trellis.commissioning.rules import commissions as rules
from trellis.core.errors import RuleBroken

STAGES = rules.STAGES


@pytest.fixture
def commission(cast) -> Commission:
    return commands.open_commission(
        title="Support to organisations",
        purpose="Even support.",
        authority=cast.council,
        owner=cast.carol,
        by=cast.carol,
    )


def deeds() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("to", STAGES)
@pytest.mark.parametrize("note", ["", "The board asked for another option."])
def test_a_stage_is_neither_left_out_nor_taken_back_without_a_reason(stage, to, note):
    steps = STAGES.index(to) - STAGES.index(stage)
    may = steps == 1 or (steps < 0 and bool(note))
    if may:
        rules.check_can_move(stage, to, note)
        return
    with pytest.raises(RuleBroken):
        rules.check_can_move(stage, to, note)


def test_the_stages_of_the_rules_are_those_of_the_table():
    assert list(STAGES) == Commission.Stage.values
    assert [rules.next_stage(stage) for stage in STAGES] == [*STAGES[1:], None]


def test_a_commission_begins_with_analysis(commission, cast):
    assert commission.reference.startswith("COM-")
    assert (commission.stage, commission.opened_on) == ("analyse", date(2018, 7, 2))
    assert [row.stage for row in commission.history.all()] == ["analyse"]
    assert deeds() == ["commissioning.open_commission"]


def test_a_commission_moves_on_and_back_and_keeps_its_history(commission, cast):
    commands.move_to_stage(commission=commission, stage="plan", by=cast.carol)
    commands.move_to_stage(commission=commission, stage="analyse", note="More to ask.", by=cast.carol)
    commission.refresh_from_db()
    assert [(row.stage, row.note) for row in commission.history.all()] == [
        ("analyse", ""),
        ("plan", ""),
        ("analyse", "More to ask."),
    ]
    assert deeds()[1:] == ["commissioning.move_to_stage"] * 2


def test_two_who_move_a_commission_at_once_move_it_once(commission, cast):
    seen_by_the_other = Commission.objects.get()
    commands.move_to_stage(commission=commission, stage="plan", by=cast.carol)
    with pytest.raises(RuleBroken, match="Somebody moved the commission just now"):
        commands.move_to_stage(commission=seen_by_the_other, stage="plan", by=cast.carol)
    assert deeds().count("commissioning.move_to_stage") == 1


def test_a_date_of_the_timetable_is_there_once_and_can_be_moved(commission, cast):
    for month in (8, 9):
        planned_on = date(2018, month, 1)
        commands.plan_milestone(
            commission=commission, kind="procurement", name="Tender", planned_on=planned_on, by=cast.carol
        )
    (milestone,) = queries.milestones(commission)
    assert milestone.planned_on == date(2018, 9, 1)
    with pytest.raises(RuleBroken, match="has “Tender” already"):
        commands.plan_milestone(
            commission=commission, kind="award", name="Tender", planned_on=date(2018, 10, 1), by=cast.carol
        )
    assert deeds().count("commissioning.plan_milestone") == 2


def test_what_has_happened_stays_in_the_timetable(commission, cast):
    milestone = commands.plan_milestone(
        commission=commission, kind="other", name="Workshop", planned_on=date(2018, 6, 1), by=cast.carol
    )
    with pytest.raises(RuleBroken, match="has not come yet"):
        commands.reach_milestone(milestone=milestone, happened_on=date(2018, 7, 3), by=cast.carol)
    commands.reach_milestone(milestone=milestone, happened_on=date(2018, 6, 4), by=cast.carol)
    with pytest.raises(RuleBroken, match="stays in the timetable"):
        commands.drop_milestone(milestone=milestone, by=cast.carol)
    assert deeds()[1:] == ["commissioning.plan_milestone", "commissioning.reach_milestone"]


def test_a_date_that_has_not_happened_can_be_taken_out(commission, cast):
    milestone = commands.plan_milestone(
        commission=commission, kind="other", name="Workshop", planned_on=date(2018, 8, 1), by=cast.carol
    )
    commands.drop_milestone(milestone=milestone, by=cast.carol)
    assert not queries.milestones(commission).exists()
    assert deeds()[-1] == "commissioning.drop_milestone"


def test_commissions_are_the_authoritys_own(commission, cast):
    assert list(queries.commissions_visible_to(cast.dee)) == [commission]
    assert not queries.commissions_editable_by(cast.dee).exists()
    assert list(queries.commissions_editable_by(cast.carol)) == [commission]
    assert not queries.commissions_visible_to(cast.anna).exists()


def test_an_officer_opens_a_commission_and_moves_it_on(page_client, cast):
    answer = page_client.post(
        "/commissions/new/", {"title": "Support", "purpose": "Even support."}, by=cast.carol, expect=302
    )
    home = answer.response["Location"]
    page = page_client.get(home, by=cast.carol)
    assert page.h1 == "Support"
    assert page.find("[aria-current=step]").text_content() == "Analyse"
    assert page.href("Go on with findings") == f"{home}findings/"
    page_client.post(page.href("Move to another stage"), {"stage": "plan", "note": ""}, by=cast.carol, expect=302)
    assert page_client.get(home, by=cast.carol).find("[aria-current=step]").text_content() == "Plan"


def test_a_stage_left_out_is_refused_at_its_field(page_client, cast, commission):
    page = page_client.post(
        f"/decisions/of/{commission.reference}/stage/", {"stage": "deliver", "note": ""}, by=cast.carol, expect=200
    )
    assert "Next comes plan: a stage cannot be left out." in page.text


def test_the_timetable_is_kept_on_pages(page_client, cast, commission):
    home = f"/commissions/{commission.reference}/"
    sent = {
        "kind": "other",
        "name": "Workshop",
        "planned_on-day": "1",
        "planned_on-month": "6",
        "planned_on-year": "2018",
    }
    page_client.post(f"{home}timetable/new/", sent, by=cast.carol, expect=302)
    page = page_client.get(home, by=cast.carol)
    assert "1 June 2018" in page.text
    one = page.href("Workshop")
    assert "Take it out of the timetable" in page_client.get(one, by=cast.carol).text
    happened = {"happened_on-day": "4", "happened_on-month": "6", "happened_on-year": "2018"}
    page_client.post(one, happened, by=cast.carol, expect=302)
    page_client.post(f"{one}drop/", {}, by=cast.carol, expect=302)
    page = page_client.get(home, by=cast.carol)
    assert "4 June 2018" in page.text and "stays in the timetable" in page.text


def test_who_may_only_look_is_offered_nothing_to_change(page_client, cast, commission):
    home = f"/commissions/{commission.reference}/"
    seen = page_client.get(home, by=cast.dee).text
    assert "Move to another stage" not in seen and "Go on with" not in seen
    page_client.get(home, by=cast.anna, expect=403)
    page_client.get("/commissions/COM-XXXX/", by=cast.carol, expect=404)
    assert "Support to organisations" in page_client.get("/commissions/", by=cast.percy).text
