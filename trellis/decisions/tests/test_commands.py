"""Preparing, announcing and calling in: each command with its audit, and each refusal without one."""

from datetime import date

import pytest

from tests.races import at_once, losers, winners
from trellis.audit.models import AuditEntry
from trellis.core.actors import NIGHTLY
from trellis.core.errors import RuleBroken
from trellis.decisions.commands import call_in, forward_plan, pathway, records
from trellis.decisions.models import CallIn, Decision, Notice, Record
from trellis.decisions.queries import pathway as queries
from trellis.decisions.queries import records as record_queries
from trellis.decisions.tests import scenes

TODAY = date(2018, 7, 2)
TWO = [("Kim Vale", "Green"), ("Pat Dean", "Blue")]


def audited() -> list[str]:
    entries = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    return [action.removeprefix("decisions.") for action in entries]


def refused(sentence: str, command, **arguments) -> RuleBroken:
    before = audited()
    with pytest.raises(RuleBroken, match=sentence) as error:
        command(by=NIGHTLY, **arguments)
    assert audited() == before
    return error.value


def test_a_decision_copies_the_bodies_of_its_pathway(cast):
    usual = pathway.define_pathway(
        authority=cast.council, name="Usual", bodies=[("Management", False), ("Care Committee", True)], by=NIGHTLY
    )
    decision = scenes.drafted(cast.council, pathway=usual)
    assert [(step.body, step.needs_agenda) for step in decision.steps.all()] == [
        ("Management", False),
        ("Care Committee", True),
    ]
    assert audited() == ["define_pathway", "open_decision", "add_document"]
    refused("already a pathway", pathway.define_pathway, authority=cast.council, name="Usual", bodies=[("A", False)])


def test_a_reference_is_used_once(cast):
    scenes.drafted(cast.council)
    error = refused(
        "There is already a decision 18/00012", pathway.open_decision, reference="18/00012", authority=cast.council,
        **scenes.DESCRIBED,
    )  # fmt: skip
    assert error.field == "reference"


@pytest.mark.parametrize("field", ["title", "matter", "maker_name", "maker_title", "key_reason", "divisions"])
def test_a_decision_must_say_what_it_is(cast, field):
    described = scenes.DESCRIBED | {field: " "}
    error = refused(".", pathway.open_decision, reference="18/00013", authority=cast.council, **described)
    assert error.field == field
    assert not Decision.objects.exists()


def test_a_body_that_decides_lists_its_members(cast):
    described = scenes.DESCRIBED | {"maker_kind": "body", "maker_name": "The Cabinet"}
    error = refused(
        "List the members", pathway.open_decision, reference="18/00013", authority=cast.council, **described
    )
    assert error.field == "maker_members"


def test_what_is_taken_is_not_described_anew(cast):
    decision = scenes.taken(cast.council)
    refused("so it cannot be changed", pathway.describe_decision, decision=decision, **scenes.DESCRIBED)


def test_describing_changes_the_row_and_is_audited(cast):
    decision = scenes.drafted(cast.council)
    pathway.describe_decision(decision=decision, by=NIGHTLY, **scenes.DESCRIBED | {"title": "Another title"})
    assert Decision.objects.get().title == "Another title"
    assert audited()[-1] == "describe_decision"


def test_a_deferred_step_is_heard_again(cast):
    decision = scenes.drafted(cast.council)
    board = pathway.add_step(decision=decision, body="Board", needs_agenda=False, planned_on=None, by=NIGHTLY)
    again = scenes.deferred(board, date(2018, 6, 29))
    assert (again.order, again.outcome) == (board.order, "")
    refused("Board has not said", records.take_decision, decision=decision, decided_on=TODAY)
    pathway.plan_step(step=again, planned_on=TODAY, by=NIGHTLY)
    pathway.record_outcome(step=again, held_on=TODAY, outcome="noted", by=NIGHTLY)
    assert queries.guard_facts(decision).steps[0].outcome == "noted"
    refused("recorded already", pathway.record_outcome, step=again, held_on=TODAY, outcome="noted")
    refused("recorded already", pathway.plan_step, step=again, planned_on=TODAY)


def test_a_committee_does_not_consider_what_was_not_on_its_agenda_in_time(cast):
    decision = scenes.drafted(cast.council)
    step = pathway.add_step(decision=decision, body="Care Committee", needs_agenda=True, planned_on=None, by=NIGHTLY)
    outcome = {"step": step, "held_on": TODAY, "outcome": "endorsed"}
    refused("agenda of Care Committee is not published", pathway.record_outcome, **outcome)
    refused(
        "may be held from 10 July 2018 on", forward_plan.publish_agenda, decision=decision, step=step,
        meeting_on=date(2018, 7, 9),
    )  # fmt: skip
    forward_plan.publish_agenda(
        decision=decision, step=step, meeting_on=TODAY, short_notice="A flood on Sunday.", by=NIGHTLY
    )
    pathway.record_outcome(by=NIGHTLY, **outcome)
    assert audited()[-2:] == ["publish_agenda", "record_outcome"]


def test_an_agenda_without_the_report_is_refused(cast):
    decision = pathway.open_decision(reference="18/00014", authority=cast.council, by=NIGHTLY, **scenes.DESCRIBED)
    refused("No report is published yet", forward_plan.publish_agenda, decision=decision, meeting_on=date(2018, 7, 31))
    assert not Notice.objects.exists()


def test_a_notice_keeps_the_words_of_its_day(cast):
    decision = scenes.drafted(cast.council)
    said = scenes.NOTICE | {"due_from": date(2018, 7, 31), "due_to": date(2018, 8, 3)}
    error = refused(
        "from 31 July 2018 on", forward_plan.publish_notice, decision=decision, kind="forward-plan",
        **said | {"due_from": date(2018, 7, 30)},
    )  # fmt: skip
    assert error.field == "due_from"
    notice = forward_plan.publish_notice(decision=decision, kind="forward-plan", by=NIGHTLY, **said)
    pathway.describe_decision(decision=decision, by=NIGHTLY, **scenes.DESCRIBED | {"maker_name": "Another"})
    notice.refresh_from_db()
    assert notice.maker == "Lee Hart, Leader of the Council"
    refused("An agenda is published for a meeting", forward_plan.publish_notice, decision=decision, kind="agenda")


def test_divisions_are_asked_once_each(cast):
    decision = scenes.drafted(cast.council, divisions="Hillside\nRiverside")
    asked = {"decision": decision, "division": "Hillside", "member": "Kim Vale", "consulted_on": TODAY}
    forward_plan.record_consultation(by=NIGHTLY, **asked)
    assert queries.guard_facts(decision).divisions_not_consulted == ("Riverside",)
    refused("asked for Hillside already", forward_plan.record_consultation, **asked)
    refused("in the future", forward_plan.record_consultation, **asked | {"consulted_on": date(2018, 7, 3)})
    refused("Give the division", forward_plan.record_consultation, **asked | {"division": " "})
    refused("already a document", forward_plan.add_document, decision=decision, kind="report", title="The report")
    refused("what the document is called", forward_plan.add_document, decision=decision, kind="report", title=" ")


def test_a_decision_is_withdrawn_with_a_reason_and_not_once_taken(cast):
    decision = scenes.announced(cast.council)
    refused("Say why", pathway.withdraw_decision, decision=decision, reason=" ")
    pathway.withdraw_decision(decision=decision, reason="The budget changed.", by=NIGHTLY)
    assert Decision.objects.get().status == "withdrawn"
    other = scenes.taken(cast.council, reference="18/00015")
    refused("so it cannot be withdrawn", pathway.withdraw_decision, decision=other, reason="Too late.")


def called_in(cast) -> Decision:
    decision = scenes.published(cast.council)
    with scenes.on(date(2018, 6, 26)):
        call_in.call_in(decision=decision, called_in_on=date(2018, 6, 26), members=TWO, reasons="The cost.", by=NIGHTLY)
    return decision


def test_a_decision_called_in_is_not_effective(cast):
    decision = called_in(cast)
    assert not record_queries.is_effective(decision, TODAY)
    assert [str(one) for one in CallIn.objects.get().members.all()] == ["Kim Vale (Green)", "Pat Dean (Blue)"]
    assert audited()[-1] == "call_in"


def test_the_day_after_the_window_is_too_late(cast):
    decision = scenes.published(cast.council)
    error = refused(
        "The time to call it in ended on 26 June 2018", call_in.call_in, decision=decision,
        called_in_on=date(2018, 6, 27), members=TWO, reasons="The cost.",
    )  # fmt: skip
    assert error.field == "called_in_on"


def test_too_few_members_are_told_to_history_while_the_rule_is_unverified(cast):
    decision = scenes.published(cast.council)
    call_in.call_in(decision=decision, called_in_on=date(2018, 6, 22), members=TWO[:1], reasons="The cost.", by=NIGHTLY)
    assert decision.history.last().note == "It takes 2 members of the scrutiny committee to call a decision in."


def test_no_comment_lets_a_decision_take_effect_on_that_day(cast):
    decision = called_in(cast)
    outcome = {"decision": decision, "outcome_on": date(2018, 6, 29)}
    refused("Say what scrutiny resolved", call_in.conclude_call_in, outcome="", **outcome)
    call_in.conclude_call_in(outcome="no-comment", by=NIGHTLY, **outcome)
    assert record_queries.effective_on(decision) == date(2018, 6, 29)
    refused("No call-in of this decision is open", call_in.conclude_call_in, outcome="no-comment", **outcome)


@pytest.mark.parametrize(("outcome", "status"), [("refer-back", "referred"), ("refer-council", "council")])
def test_a_referred_decision_is_decided_again_as_a_new_version(cast, outcome, status):
    decision = called_in(cast)
    concluded = {"decision": decision, "outcome": outcome, "outcome_on": date(2018, 6, 29)}
    refused("looked at again", call_in.conclude_call_in, **concluded)
    call_in.conclude_call_in(note="Look at the cost again.", by=NIGHTLY, **concluded)
    assert Decision.objects.get().status == status
    assert record_queries.effective_on(decision) is None
    records.draft_record(decision=decision, text="The grants end later.", by=NIGHTLY)
    records.take_decision(decision=decision, decided_on=TODAY, by=NIGHTLY)
    second = records.publish_record(decision=decision, by=NIGHTLY)
    assert (second.version, second.text, second.effective_on) == (2, "The grants end later.", TODAY)
    assert record_queries.is_effective(decision, TODAY)
    refused(
        "not open to call-in", call_in.call_in, decision=decision, called_in_on=TODAY, members=TWO, reasons="Again."
    )


def test_who_sees_what(cast):
    hidden = scenes.drafted(cast.council)
    seen = scenes.published(cast.council, reference="18/00015")
    announced = scenes.announced(cast.council, reference="18/00016")
    public = set(queries.decisions_visible_to(cast.vera))
    assert public == {seen, announced}
    assert set(queries.decisions_visible_to(cast.carol)) == {hidden, seen, announced}
    assert not queries.decisions_drafted_by(cast.olive).exists()
    assert not queries.decisions_recorded_by(cast.carol).exists()


def test_two_who_publish_at_once_publish_one_record(committed_db, committed_cast):
    decision = scenes.taken(committed_cast.council)
    copies = [Decision.objects.get(pk=decision.pk) for _ in range(2)]
    outcomes = at_once(*(lambda one=one: records.publish_record(decision=one, by=NIGHTLY) for one in copies))
    assert len(winners(outcomes)) == len(losers(outcomes)) == 1
    assert "Somebody else changed this decision" in losers(outcomes)[0].sentence
    assert Record.objects.count() == 1
    assert audited().count("publish_record") == 1


def test_two_who_correct_at_once_publish_two_versions_or_one(committed_db, committed_cast):
    decision = scenes.published(committed_cast.council)
    copies = [Decision.objects.get(pk=decision.pk) for _ in range(2)]
    outcomes = at_once(
        *(
            lambda one=one, note=note: records.correct_record(decision=one, change_note=note, by=NIGHTLY)
            for one, note in zip(copies, ("One", "Other"), strict=True)
        )
    )
    versions = sorted(Record.objects.values_list("version", flat=True))
    assert versions == list(range(1, 2 + len(winners(outcomes))))
    assert all(isinstance(one, RuleBroken) for one in losers(outcomes))


def test_two_who_call_in_at_once_are_one_call_in(committed_db, committed_cast):
    decision = scenes.published(committed_cast.council)
    copies = [Decision.objects.get(pk=decision.pk) for _ in range(2)]
    outcomes = at_once(
        *(
            lambda one=one: call_in.call_in(
                decision=one, called_in_on=date(2018, 6, 22), members=TWO, reasons="The cost.", by=NIGHTLY
            )
            for one in copies
        )
    )
    assert len(winners(outcomes)) == 1
    assert isinstance(losers(outcomes)[0], RuleBroken)
    assert CallIn.objects.count() == 1
