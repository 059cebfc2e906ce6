from datetime import date

import pytest
from django.db import DatabaseError, transaction

from trellis.audit.models import AuditEntry
from trellis.commissioning.tests import rooms
from trellis.core.errors import RuleBroken
from trellis.decisions.commands import forward_plan, records
from trellis.decisions.models import Decision, Record, RecordDraft
from trellis.decisions.queries import records as queries
from trellis.decisions.rules import records as rules
from trellis.decisions.tests import scenes

TODAY = date(2018, 7, 2)


def audited(action: str) -> int:
    return AuditEntry.objects.filter(action=f"decisions.{action}").count()


def refused(sentence: str, action: str, command, **arguments) -> RuleBroken:
    """The command refuses with the sentence and writes nothing in the audit."""
    before = audited(action)
    with pytest.raises(RuleBroken, match=sentence) as error:
        command(**arguments)
    assert audited(action) == before
    return error.value


def test_a_record_published_on_a_tuesday_takes_effect_after_five_clear_working_days(cast):
    decision = scenes.published(cast.council)
    record = queries.current_record(decision)
    assert (record.version, record.published_on, record.call_in_ends_on, record.effective_on) == (
        1, scenes.PUBLISHED_ON, date(2018, 6, 26), scenes.EFFECTIVE_ON,
    )  # fmt: skip
    assert not queries.is_effective(decision, date(2018, 6, 26))
    assert queries.is_effective(decision, date(2018, 6, 27))
    entry = AuditEntry.objects.get(action="decisions.publish_record")
    assert entry.facts == {"version": 1, "effective_on": "2018-06-27"}


def test_a_decision_is_refused_before_it_may_be_taken_and_says_from_when(cast):
    with scenes.on(date(2018, 6, 20)):
        decision = scenes.drafted(cast.council)
        said = scenes.NOTICE | {"due_from": date(2018, 7, 19)}
        forward_plan.publish_notice(decision=decision, kind="forward-plan", by=scenes.NIGHTLY, **said)
    error = refused(
        "28 clear calendar days must pass before a key decision is made. It may be taken from 19 July 2018 on",
        "take_decision", records.take_decision, decision=decision, decided_on=TODAY, by=scenes.NIGHTLY,
    )  # fmt: skip
    assert error.field == "decided_on"
    assert Decision.objects.get().status == "draft"


def test_a_decision_of_tomorrow_is_refused(cast):
    decision = scenes.announced(cast.council)
    refused(
        "The date is in the future", "take_decision", records.take_decision, decision=decision,
        decided_on=date(2018, 7, 3), by=scenes.NIGHTLY,
    )  # fmt: skip


def test_a_decision_before_its_committee_is_refused(cast):
    decision = scenes.announced(cast.council)
    refused(
        "The last body was heard on 12 June 2018", "take_decision", records.take_decision, decision=decision,
        decided_on=date(2018, 6, 11), by=scenes.NIGHTLY,
    )  # fmt: skip


@pytest.mark.parametrize("field", ["text", "reasons", "alternatives", "interests"])
def test_a_record_without_a_statutory_field_is_not_published(cast, field):
    decision = scenes.taken(cast.council)
    records.draft_record(decision=decision, by=scenes.NIGHTLY, **{field: "  "})
    error = refused(".", "publish_record", records.publish_record, decision=decision, by=scenes.NIGHTLY)
    assert error.field == field
    assert not Record.objects.exists()


def test_a_published_record_is_not_rewritten(cast):
    decision = scenes.published(cast.council)
    refused(
        "publish a new version instead", "draft_record", records.draft_record, decision=decision, by=scenes.NIGHTLY,
        text="Something else.",
    )  # fmt: skip
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Record.objects.update(text="Something else.")


def test_a_new_version_says_what_it_puts_right_and_changes_no_date(cast):
    decision = scenes.published(cast.council)
    refused(
        "Say what a new version puts right", "correct_record", records.correct_record, decision=decision,
        change_note=" ", by=scenes.NIGHTLY,
    )  # fmt: skip
    second = records.correct_record(
        decision=decision, change_note="A reason was left out.", reasons="Two reasons.", by=scenes.NIGHTLY
    )
    assert (second.version, second.effective_on, second.decided_on) == (2, scenes.EFFECTIVE_ON, scenes.DECIDED_ON)
    assert [one.reasons for one in decision.records.order_by("version")] == [scenes.RECORD["reasons"], "Two reasons."]
    assert audited("correct_record") == 1
    assert [one.text for one in queries.open_conditions(decision)] == ["A good alternative is in place"]


def test_nobody_writes_over_a_record_that_they_have_not_seen(cast):
    decision = scenes.taken(cast.council)
    seen = rules.as_seen(RecordDraft.objects.values().get(decision=decision))
    records.draft_record(decision=decision, seen=seen, reasons="Better reasons.", by=scenes.NIGHTLY)
    refused(
        "Somebody else changed the record", "draft_record", records.draft_record, decision=decision, seen=seen,
        reasons="My reasons.", by=scenes.NIGHTLY,
    )  # fmt: skip
    records.publish_record(decision=decision, by=scenes.NIGHTLY)
    seen = rules.as_seen(RecordDraft.objects.values().get(decision=decision))
    again = {"change_note": "A slip.", "seen": seen, "by": scenes.NIGHTLY}
    records.correct_record(decision=decision, reasons="The best reasons.", **again)
    refused("Somebody else changed the record", "correct_record", records.correct_record, decision=decision, **again)
    assert decision.records.count() == 2


def test_a_decision_that_cannot_be_called_in_takes_effect_at_once(cast):
    decision = scenes.published(cast.council, is_subject_to_call_in=False)
    record = queries.current_record(decision)
    assert (record.call_in_ends_on, record.effective_on) == (None, scenes.PUBLISHED_ON)


def test_an_urgent_decision_needs_the_chairs_agreement_and_takes_effect_at_once(cast):
    decision = scenes.taken(cast.council)
    records.draft_record(decision=decision, is_urgent=True, by=scenes.NIGHTLY)
    refused(
        "chair of scrutiny who agreed", "publish_record", records.publish_record, decision=decision, by=scenes.NIGHTLY
    )
    records.draft_record(
        decision=decision, urgency_agreed_by="Kim Vale", urgency_reasons="A date falls.", by=scenes.NIGHTLY
    )
    assert records.publish_record(decision=decision, by=scenes.NIGHTLY).effective_on == TODAY
    assert queries.is_effective(decision, TODAY)


def test_a_condition_gates_until_it_is_met(cast):
    decision = scenes.published(cast.council)
    assert [one.text for one in queries.open_conditions(decision, "end-grants")] == ["A good alternative is in place"]
    assert queries.open_conditions(decision, "award") == []
    with pytest.raises(RuleBroken, match="A condition is open: A good alternative is in place. Record first"):
        queries.check_can_act(decision, on=TODAY, gates="end-grants")
    met = {"decision": decision, "number": 1, "by": scenes.NIGHTLY}
    refused("Say what shows", "meet_condition", records.meet_condition, met_on=TODAY, evidence=" ", **met)
    refused(
        "from the day of the decision to today", "meet_condition", records.meet_condition, met_on=date(2018, 6, 1),
        evidence="The contract.", **met,
    )  # fmt: skip
    records.meet_condition(met_on=TODAY, evidence="The contract is signed.", **met)
    assert queries.open_conditions(decision) == []
    queries.check_can_act(decision, on=TODAY, gates="end-grants")
    assert audited("meet_condition") == 1
    refused("met already", "meet_condition", records.meet_condition, met_on=TODAY, evidence="Again.", **met)


def test_a_condition_keeps_its_number_through_versions(cast):
    decision = scenes.taken(cast.council)
    rows = [{"text": text, "gates": "award"} for text in ("First", "Second")]
    records.draft_record(decision=decision, conditions=rows, by=scenes.NIGHTLY)
    records.publish_record(decision=decision, by=scenes.NIGHTLY)
    records.meet_condition(decision=decision, number=1, met_on=TODAY, evidence="Seen.", by=scenes.NIGHTLY)
    first, second = RecordDraft.objects.get().conditions
    assert (first["number"], second["number"]) == (1, 2)
    changed = [second, {"text": "Third", "gates": "award"}]
    records.correct_record(decision=decision, change_note="A slip.", conditions=changed, by=scenes.NIGHTLY)
    assert [(one.number, one.text) for one in queries.open_conditions(decision)] == [(2, "Second"), (3, "Third")]


def test_nothing_is_implemented_before_the_decision_is_effective(cast):
    decision = scenes.published(cast.council)
    refused(
        "takes effect on 27 June 2018", "record_implementation", records.record_implementation, decision=decision,
        done_on=date(2018, 6, 26), what="Opened the procurement.", by=scenes.NIGHTLY,
    )  # fmt: skip
    records.record_implementation(
        decision=decision, done_on=date(2018, 6, 27), what="Opened the procurement.",
        delegation=queries.delegations(decision, TODAY)[0], by=scenes.NIGHTLY,
    )  # fmt: skip
    assert decision.implementation.get().delegation.to_whom == "The corporate director"
    assert audited("record_implementation") == 1


def test_a_condition_gates_the_act_that_it_names_and_no_other(cast):
    decision = scenes.taken(cast.council)
    with scenes.on(scenes.PUBLISHED_ON):
        money = {"text": "The money is there.", "gates": "award"}
        records.draft_record(decision=decision, conditions=[money], by=scenes.NIGHTLY)
        records.publish_record(decision=decision, by=scenes.NIGHTLY)
    done = {"decision": decision, "done_on": TODAY, "by": scenes.NIGHTLY}
    records.record_implementation(what="Opened it.", act="procure", **done)
    refused(
        "A condition is open: The money is there. Record", "record_implementation", records.record_implementation,
        what="Awarded it.", act="award", **done,
    )  # fmt: skip
    records.meet_condition(decision=decision, number=1, met_on=TODAY, evidence="The budget book.", by=scenes.NIGHTLY)
    records.record_implementation(what="Awarded it.", act="award", **done)
    assert decision.implementation.count() == 2


def test_a_power_that_has_ended_cannot_be_used(cast):
    decision = scenes.published(cast.council)
    (power,) = queries.delegations(decision)
    with scenes.on(date(2019, 1, 8)):
        assert queries.delegations(decision, date(2019, 1, 8)) == []
        refused(
            "The delegated power ended on 31 December 2018", "record_implementation", records.record_implementation,
            decision=decision, done_on=date(2019, 1, 1), what="Late.", delegation=power, by=scenes.NIGHTLY,
        )  # fmt: skip
        records.record_implementation(
            decision=decision, done_on=power.until, what="In time.", delegation=power, by=scenes.NIGHTLY
        )
    assert queries.delegations(decision, power.until) == [power]


def test_what_was_regular_cannot_be_entered_as_irregular(cast):
    decision = scenes.announced(cast.council)
    refused(
        "Every rule is kept on that day", "enter_irregular_decision", records.enter_irregular_decision,
        decision=decision, decided_on=scenes.DECIDED_ON, monitoring_officer="Mo Finch", reason="It was done.",
        by=scenes.NIGHTLY,
    )  # fmt: skip


def test_an_irregular_decision_is_recorded_and_nothing_rests_on_it_until_cured(cast):
    with scenes.on(date(2018, 6, 11)):
        decision = scenes.drafted(cast.council)
        records.draft_record(decision=decision, by=scenes.NIGHTLY, **scenes.RECORD)
        entering = {"decision": decision, "decided_on": date(2018, 6, 11), "by": scenes.NIGHTLY}
        refused(
            "name of the monitoring officer", "enter_irregular_decision", records.enter_irregular_decision,
            monitoring_officer="", reason="It was done.", **entering,
        )  # fmt: skip
        irregularity = records.enter_irregular_decision(
            monitoring_officer="Mo Finch", reason="The decision was signed, so it must be recorded.", **entering
        )
        records.publish_record(decision=decision, by=scenes.NIGHTLY)
    assert irregularity.what == "It is a key decision, and it is not on the forward plan yet."
    assert queries.effective_on(decision) <= TODAY
    assert not queries.is_effective(decision, TODAY)
    with pytest.raises(RuleBroken, match="taken irregularly"):
        queries.check_can_act(decision, on=TODAY)
    refused(
        "taken irregularly", "record_implementation", records.record_implementation, decision=decision,
        done_on=TODAY, what="Went ahead.", by=scenes.NIGHTLY,
    )  # fmt: skip
    curing = {"irregularity": irregularity, "cured_on": TODAY, "by": scenes.NIGHTLY}
    refused("Say how it was put right", "cure_irregularity", records.cure_irregularity, cure=" ", **curing)
    records.cure_irregularity(cure="Council confirmed it.", **curing)
    assert queries.is_effective(decision, TODAY)
    assert not queries.is_effective(decision, date(2018, 7, 1))
    refused("put right already", "cure_irregularity", records.cure_irregularity, cure="Again.", **curing)


def test_a_record_cites_the_commitments_that_it_follows_in_the_words_of_that_day(cast):
    commission = rooms.open_commission(cast)
    commitment = rooms.promise(cast, commission)
    decision = scenes.taken(cast.council, commission=commission)
    (row,) = queries.citable(decision).values()
    records.draft_record(decision=decision, cites=[row], by=cast.carol)
    with scenes.on(scenes.PUBLISHED_ON):
        published = records.publish_record(decision=decision, by=cast.dee)
    assert published.cites == [
        {"policy": commitment.policy.title, "number": commitment.number, "text": commitment.text}
    ]
    assert queries.citable(scenes.drafted(cast.council, reference="18/00099")) == {}
