from dataclasses import replace
from decimal import Decimal

import pytest

from trellis.audit.models import AuditEntry
from trellis.commissioning.commands import commissions, findings, policies, themes
from trellis.commissioning.commands import outcomes as commands
from trellis.commissioning.commands.outcomes import MeasureLine
from trellis.commissioning.models import Commission, Indicator, Measure, Outcome
from trellis.commissioning.queries import outcomes as queries
from trellis.commissioning.rules import outcomes as rules
from trellis.commissioning.tests import rooms
from trellis.core.errors import RuleBroken


@pytest.fixture
def commission(cast) -> Commission:
    return rooms.open_commission(cast)


@pytest.fixture
def indicator(cast, commission) -> Indicator:
    return rooms.set_outcome(cast, commission)


def deeds(verb: str) -> int:
    return AuditEntry.objects.filter(action=f"commissioning.{verb}").count()


def line(indicator: Indicator, **said) -> MeasureLine:
    known = {"name": "In a year", "before": None, "target": None, "floor": None, "source": ""}
    figures = {name: Decimal(value) if isinstance(value, int) else value for name, value in (known | said).items()}
    return MeasureLine(key="new", indicator=indicator, measure=None, **figures)


@pytest.mark.parametrize(
    ("before", "target", "floor", "higher", "words"),
    [
        (90, 150, 110, True, ""),
        (None, 150, None, True, ""),
        (8, 5, 7, False, ""),
        (None, None, 3, True, "A floor needs a target"),
        (None, 150, 151, True, "The floor is above the target"),
        (None, 5, 4, False, "The floor is below the target"),
        (160, 150, 110, True, "worse than the baseline"),
        (4, 5, 7, False, "worse than the baseline"),
    ],
)
def test_bounds_run_the_right_way(before, target, floor, higher, words):
    figures = {name: None if value is None else Decimal(value) for name, value in
               (("before", before), ("target", target), ("floor", floor))}  # fmt: skip
    if not words:
        rules.check_measure(name="A", **figures, higher_is_better=higher)
        return
    with pytest.raises(RuleBroken, match=words):
        rules.check_measure(name="A", **figures, higher_is_better=higher)


def test_a_table_of_measures_is_taken_over_whole_or_not_at_all(cast, commission, indicator):
    good = line(indicator, before=90, target=150, floor=110)
    bad = replace(line(indicator, name="", target=5), key="m7")
    with pytest.raises(RuleBroken, match="Say what is counted") as refusal:
        commands.set_measures(commission=commission, lines=[good, bad], by=cast.carol)
    assert refusal.value.field == "m7-name"
    assert not Measure.objects.exists() and deeds("set_measures") == 0
    assert commands.set_measures(commission=commission, lines=[good], by=cast.carol) == 1
    assert Measure.objects.get().target == 150
    assert deeds("set_measures") == 1


def test_lines_change_measures_and_empty_ones_take_them_out(cast, commission, indicator):
    commands.set_measures(commission=commission, lines=[line(indicator, target=150, floor=110)], by=cast.carol)
    measure = Measure.objects.get()
    same = replace(line(indicator, target=150, floor=110), measure=measure)
    assert commands.set_measures(commission=commission, lines=[same], by=cast.carol) == 0
    assert commands.set_measures(commission=commission, lines=[replace(same, floor=Decimal(120))], by=cast.carol) == 1
    with pytest.raises(RuleBroken, match="has a measure of this name"):
        commands.set_measures(commission=commission, lines=[line(indicator)], by=cast.carol)
    empty = replace(same, name="", target=None, floor=None)
    assert commands.set_measures(commission=commission, lines=[empty], by=cast.carol) == 1
    assert not Measure.objects.exists() and deeds("set_measures") == 3


def test_outcomes_of_a_commission_that_is_not_decided_judge_nobody(cast, commission, indicator):
    assert "networks" not in [outcome.code for outcome in queries.outcomes()]
    for stage in ("plan", "decide", "procure"):
        commissions.move_to_stage(commission=commission, stage=stage, by=cast.carol)
    in_force = {outcome.code: [one.code for one in outcome.indicators] for outcome in queries.outcomes()}
    assert in_force["networks"] == ["groups-met"]


def test_outcomes_of_one_commission_do_not_judge_what_another_bought(cast, commission, indicator):
    for stage in ("plan", "decide", "procure"):
        commissions.move_to_stage(commission=commission, stage=stage, by=cast.carol)
    beside = {code: [one.code for one in queries.outcomes([code])] for code in ("groups-met", "contact-consistency")}
    assert beside["groups-met"] == ["networks"]
    assert "business-support" in beside["contact-consistency"] and "networks" not in beside["contact-consistency"]
    assert {*beside["groups-met"], *beside["contact-consistency"]} == {one.code for one in queries.outcomes()}


def test_an_outcome_is_adopted_by_one_commission(cast, commission):
    outcome = Outcome.objects.get(code="business-support")
    commands.adopt_outcomes(commission=commission, outcomes=[outcome], by=cast.carol)
    assert list(queries.outcomes_of(commission)) == [outcome]
    with pytest.raises(RuleBroken, match="belongs to a commission already"):
        commands.adopt_outcomes(commission=commission, outcomes=[outcome], by=cast.carol)
    assert deeds("adopt_outcome") == 1


def test_what_is_used_is_not_taken_out(cast, commission, indicator):
    commands.set_measures(commission=commission, lines=[line(indicator, target=5)], by=cast.carol)
    with pytest.raises(RuleBroken, match="It has measures"):
        commands.drop_indicator(indicator=indicator, by=cast.carol)
    with pytest.raises(RuleBroken, match="It has indicators"):
        commands.drop_outcome(outcome=indicator.outcome, by=cast.carol)
    with pytest.raises(RuleBroken, match="worse|floor|above|below"):
        commands.set_measures(
            commission=commission, lines=[line(indicator, name="B", before=9, target=5)], by=cast.carol
        )
    Measure.objects.all().delete()
    said = {"name": "Groups met", "definition": "Groups.", "unit": "groups", "polarity": "lower"}
    commands.change_indicator(indicator=indicator, **said, by=cast.carol)
    commands.drop_indicator(indicator=indicator, by=cast.carol)
    commands.change_outcome(outcome=indicator.outcome, name="Network", statement="Groups meet.", by=cast.carol)
    commands.drop_outcome(outcome=indicator.outcome, by=cast.carol)
    assert not commission.outcomes.exists()
    made = ("change_indicator", "drop_indicator", "change_outcome", "drop_outcome")
    assert [deeds(verb) for verb in made] == [1, 1, 1, 1]


def test_an_indicator_is_not_turned_round_under_its_bounds(cast, commission, indicator):
    commands.set_measures(commission=commission, lines=[line(indicator, target=150, floor=110)], by=cast.carol)
    said = {"name": "Groups met", "definition": "Groups.", "unit": "groups", "polarity": "lower"}
    with pytest.raises(RuleBroken, match="The floor is below the target"):
        commands.change_indicator(indicator=indicator, **said, by=cast.carol)
    assert Indicator.objects.get(pk=indicator.pk).polarity == "higher" and deeds("change_indicator") == 0


def test_the_thread_says_what_is_missing_of_the_outcomes(cast, commission):
    assert queries.progress(commission).missing == "No outcome is set."
    commands.define_outcome(code="a", name="A", statement="B.", commission=commission, by=cast.carol)
    assert queries.progress(commission).missing == "1 outcome without an indicator."
    commission.outcomes.all().delete()
    indicator = rooms.set_outcome(cast, commission)
    assert queries.progress(commission).missing == "1 indicator without a target and a floor."
    commands.set_measures(commission=commission, lines=[line(indicator, target=150, floor=110)], by=cast.carol)
    found = queries.progress(commission)
    assert (found.done, found.words) == (True, "1 outcome, 1 indicator.")


def test_the_theory_of_change_is_edited_as_a_table_and_drawn(page_client, cast, commission):
    room = f"/commissions/{commission.reference}/outcomes/"
    assert "No outcome is set yet." in page_client.get(room, by=cast.carol).text
    page_client.get(f"{room}new/", by=cast.carol)
    said = {"name": "Networks", "statement": "Groups know one another."}
    add = page_client.post(f"{room}new/", said, by=cast.carol).response["Location"]
    page_client.get(add, by=cast.carol)
    told = {"name": "Groups that met", "definition": "Groups that came.", "unit": "groups", "polarity": "higher"}
    table = page_client.post(add, told, by=cast.carol).response["Location"]
    page_client.get(table, by=cast.carol)
    key = "new-groups-that-met"
    row = {f"{key}-name": "In a year", f"{key}-before": "90", f"{key}-target": "150", f"{key}-floor": "151"}
    page = page_client.post(table, row, by=cast.carol, expect=200)
    assert "The floor is above the target." in page.text
    assert page.href("The floor is above the target. It is the least that is acceptable.") == f"#id_{key}-floor"
    page_client.post(table, row | {f"{key}-floor": "110"}, by=cast.carol)
    page = page_client.get(room, by=cast.carol)
    drawn = "".join(text.text_content() for text in page.find_all("svg .trellis-chain__note"))
    assert "From 90 to 150" in drawn and "110" in drawn
    assert page.find("svg title").text_content() == "How we tell: 1 outcome, 1 indicator"
    measure = Measure.objects.get()
    page_client.post(table, {f"m{measure.pk}-name": ""}, by=cast.carol)
    page_client.post(f"{room}networks/", said | {"name": "Network"}, by=cast.carol)
    page_client.get(f"{room}networks/", by=cast.carol)
    page_client.get(page.href("Groups that met"), by=cast.carol)
    page_client.post(page.href("Groups that met"), told, by=cast.carol)
    page_client.post(f"{page.href('Groups that met')}drop/", by=cast.carol)
    page_client.post(f"{room}networks/drop/", by=cast.carol)
    assert "No outcome is set yet." in page_client.get(room, by=cast.carol).text


def state_finding(commission, statement, cast):
    theme = themes.name_theme(commission=commission, name="Meeting", by=cast.carol)
    return findings.state_finding(commission=commission, statement=statement, themes=[theme], by=cast.carol)


def test_an_outcome_cites_the_commitments_it_follows_from(page_client, cast, commission, indicator):
    commitment = rooms.promise(cast, commission)
    room = f"/commissions/{commission.reference}/outcomes/"
    cite = page_client.get(room, by=cast.carol).href("Say what it follows from and answers: Networks")
    page_client.get(cite, by=cast.carol)
    finding = state_finding(commission, "Groups never meet.", cast)
    sent = {"commitments": [str(commitment.pk)], "findings": [str(finding.pk)]}
    page_client.post(cite, sent, by=cast.carol)
    assert "Groups never meet." in page_client.get(room, by=cast.dee).text
    assert list(finding.outcomes.all()) == [indicator.outcome]
    assert "Sector policy, commitment 1: Review the model." in page_client.get(room, by=cast.dee).text
    assert "Networks" in page_client.get(f"/commissions/{commission.reference}/policies/", by=cast.dee).text
    page_client.post(cite, {}, by=cast.carol)
    after = page_client.get(room, by=cast.dee).text
    assert "No commitment of a policy is cited" in after and "which findings it answers" in after


def test_an_outcome_answers_the_findings_of_its_own_commission_only(cast, commission, indicator):
    other = state_finding(rooms.open_commission(cast), "Elsewhere.", cast)
    with pytest.raises(RuleBroken, match="of its own commission only") as refused:
        policies.cite_commitments(outcome=indicator.outcome, commitments=[], findings=[other], by=cast.carol)
    assert refused.value.field == "findings" and not other.outcomes.exists()


def test_who_may_only_look_at_outcomes_changes_nothing(page_client, cast, commission, indicator):
    room = f"/commissions/{commission.reference}/outcomes/"
    page = page_client.get(room, by=cast.dee)
    assert "Groups know one another." in page.text and not page.has_link("Edit the table")
    page_client.get(f"{room}edit/", by=cast.dee, expect=403)
    page_client.get(room, by=cast.anna, expect=403)
    page_client.get(f"{room}business-support/", by=cast.carol, expect=404)
    file = page_client.get(f"{room}?format=csv", by=cast.dee).response
    assert b"".join(file.streaming_content).decode("utf-8-sig").splitlines()[1].startswith("Networks,Groups that met,")
