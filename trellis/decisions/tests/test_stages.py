from datetime import date

import pytest

from trellis.audit.models import AuditEntry
from trellis.commissioning.commands import commissions
from trellis.commissioning.models import Commission
from trellis.commissioning.tests import rooms
from trellis.core.errors import RuleBroken
from trellis.decisions.commands import records
from trellis.decisions.commands.stages import move_to_stage
from trellis.decisions.rules import stages as rules
from trellis.decisions.tests import scenes

TODAY = date(2018, 7, 2)


def at_decide(cast) -> Commission:
    commission = rooms.open_commission(cast)
    for stage in ("plan", "decide"):
        move_to_stage(commission=commission, stage=stage, by=cast.carol)
    return commission


def goes_on(commission, cast):
    move_to_stage(commission=commission, stage="procure", by=cast.carol)
    commission.refresh_from_db()
    assert commission.stage == "procure"


def is_refused(words, commission, cast):
    before = AuditEntry.objects.count()
    with pytest.raises(RuleBroken, match=words):
        move_to_stage(commission=commission, stage="procure", by=cast.carol)
    commission.refresh_from_db()
    assert commission.stage == "decide" and AuditEntry.objects.count() == before


@pytest.mark.parametrize(
    ("stage", "to", "needed"),
    [
        ("analyse", "plan", False), ("plan", "decide", False), ("decide", "procure", True),
        ("procure", "deliver", True), ("deliver", "review", True), ("deliver", "procure", False),
        ("review", "analyse", False),
    ],
)  # fmt: skip
def test_only_the_way_on_past_decide_needs_a_decision(stage, to, needed):
    assert rules.needs_decision(stage, to) is needed


def test_nothing_is_procured_where_nothing_was_decided(cast):
    is_refused("No decision allows it yet", at_decide(cast), cast)


def test_nothing_is_procured_before_the_decision_is_in_effect(cast):
    commission = at_decide(cast)
    decision = scenes.taken(cast.council, commission=commission)
    is_refused("The decision is not in effect", commission, cast)
    with scenes.on(scenes.PUBLISHED_ON):
        records.publish_record(decision=decision, by=scenes.NIGHTLY)
    goes_on(commission, cast)


@pytest.mark.parametrize("gates", ["procure", "everything"])
def test_a_condition_on_procuring_is_met_first(cast, gates):
    commission = at_decide(cast)
    decision = scenes.taken(cast.council, commission=commission)
    rows = [{"text": "The market is ready", "gates": gates}]
    records.draft_record(decision=decision, conditions=rows, by=scenes.NIGHTLY)
    with scenes.on(scenes.PUBLISHED_ON):
        records.publish_record(decision=decision, by=scenes.NIGHTLY)
    is_refused("A condition is open: The market is ready", commission, cast)
    records.meet_condition(decision=decision, number=1, met_on=TODAY, evidence="It is.", by=scenes.NIGHTLY)
    goes_on(commission, cast)


def test_a_condition_on_the_grants_does_not_hold_back_the_procurement(cast):
    commission = at_decide(cast)
    scenes.published(cast.council, commission=commission)
    goes_on(commission, cast)


def test_nothing_is_procured_under_an_irregular_decision_until_it_is_cured(cast):
    commission = at_decide(cast)
    irregularity = scenes.irregular(cast.council, commission=commission)
    is_refused("taken irregularly", commission, cast)
    records.cure_irregularity(
        irregularity=irregularity, cure="Council confirmed it.", cured_on=TODAY, by=scenes.NIGHTLY
    )
    goes_on(commission, cast)


def test_the_page_says_what_it_waits_for(page_client, cast):
    commission = at_decide(cast)
    address = f"/decisions/of/{commission.reference}/stage/"
    page = page_client.post(address, {"stage": "procure"}, by=cast.carol, expect=200)
    assert "No decision allows it yet" in page.text
    page_client.post(address, {"stage": "plan", "note": "More to find out."}, by=cast.carol, expect=302)
    assert commissions.Commission.objects.get(pk=commission.pk).stage == "plan"
    page_client.get(address, by=cast.olive, expect=403)
    page_client.get(address, by=cast.dora, expect=403)
