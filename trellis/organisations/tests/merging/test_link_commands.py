"""Questions: claimed by one, answered once, never asked again, and taken back exactly."""

from datetime import timedelta

import pytest
import time_machine

from trellis.audit.models import AuditEntry
from trellis.core import clock
from trellis.core.errors import RuleBroken
from trellis.organisations import commands, families
from trellis.organisations.models import LinkQuestion, Merge, Organisation, Relation
from trellis.organisations.tests.merging.register import merge, organisation, question, rows, undo

pytestmark = pytest.mark.django_db
State = LinkQuestion.State


def audited(action: str) -> int:
    return AuditEntry.objects.filter(action=f"organisations.{action}").count()


@pytest.fixture
def pair() -> tuple[Organisation, Organisation]:
    return organisation("Mill Lane Pantry"), organisation("Mill Lane Foodbank", "ccew", number="1007778")


@pytest.fixture
def asked(pair) -> LinkQuestion:
    return question(*pair, 0.6, value=2.0, evidence=[{"field": "name", "words": "Names are alike", "weight": 3.0}])


def test_the_most_valuable_question_comes_first_and_nobody_else_gets_it(asked, pair, cast):
    less = question(pair[0], organisation("Pantry"), value=1.0)
    assert commands.claim_question(by=cast.ada) == asked
    assert commands.claim_question(by=cast.ada) == asked  # still hers
    assert commands.claim_question(by=cast.olive) == less
    with time_machine.travel(clock.now() + timedelta(minutes=11), tick=False):
        assert commands.claim_question(by=cast.olive) == asked  # she went to lunch
    assert audited("claim_question") == 3


def test_nothing_is_claimed_where_nothing_waits(cast):
    assert commands.claim_question(by=cast.ada) is None


def test_the_same_are_merged_with_the_evidence_kept(asked, pair, cast):
    commands.answer_question(question=asked, answer="same", by=cast.ada)
    done = Merge.objects.get()
    assert (done.question, done.probability, done.is_automatic) == (asked, 0.6, False)
    assert done.evidence == asked.evidence
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by, asked.held_by) == (State.SAME, cast.ada.actor_name, "")
    assert audited("answer_question") == audited("merge_organisations") == 1


def test_not_the_same_stays_so(asked, pair, cast):
    commands.answer_question(question=asked, answer="different", by=cast.ada)
    with pytest.raises(RuleBroken, match="are not the same"):
        merge(*pair)
    with pytest.raises(RuleBroken, match="answered this question already"):
        commands.answer_question(question=asked, answer="same", by=cast.olive)
    assert audited("answer_question") == 1


def test_a_branch_is_related_and_not_merged(asked, pair, cast):
    commands.answer_question(question=asked, answer="branch", parent=pair[1], by=cast.ada)
    relation = Relation.objects.get()
    assert (relation.organisation, relation.parent, relation.kind) == (pair[0], pair[1], "branch")
    assert not Merge.objects.exists()


@pytest.mark.parametrize("answer", ["", "perhaps", "branch"])
def test_an_answer_that_is_none_is_refused(asked, answer, cast):
    with pytest.raises(RuleBroken):
        commands.answer_question(question=asked, answer=answer, by=cast.ada)
    asked.refresh_from_db()
    assert asked.state == State.WAITING and audited("answer_question") == 0


def test_a_question_that_somebody_else_holds_is_not_answered(asked, cast):
    commands.claim_question(by=cast.ada)
    for deed in (
        lambda: commands.answer_question(question=asked, answer="same", by=cast.olive),
        lambda: commands.skip_question(question=asked, by=cast.olive),
    ):
        with pytest.raises(RuleBroken, match="Somebody else is looking"):
            deed()


def test_an_answer_that_would_unite_two_numbers_leaves_the_question_open(pair, cast):
    other = organisation("Mill Lane Food Bank", number="1007779")
    asked = question(pair[1], other)
    with pytest.raises(RuleBroken, match="two different charity numbers"):
        commands.answer_question(question=asked, answer="same", by=cast.ada)
    asked.refresh_from_db()
    assert asked.state == State.WAITING


def test_a_skipped_question_comes_last(asked, pair, cast):
    other = question(pair[0], organisation("Pantry"), value=1.0)
    commands.skip_question(question=commands.claim_question(by=cast.ada), by=cast.ada)
    assert commands.claim_question(by=cast.ada) == other
    assert audited("skip_question") == 1


@pytest.mark.parametrize("answer", ["same", "different", "branch"])
def test_an_answer_is_taken_back_exactly(asked, pair, answer, cast):
    before = rows()
    commands.answer_question(question=asked, answer=answer, parent=pair[1], by=cast.ada)
    commands.undo_answer(question=asked, by=cast.ada)
    asked.refresh_from_db()
    assert asked.state == State.WAITING and rows() == before and not Relation.objects.exists()
    assert commands.claim_question(by=cast.ada) == asked
    with pytest.raises(RuleBroken, match="no answer to take back"):
        commands.undo_answer(question=asked, by=cast.ada)


def test_questions_that_a_merge_answers_are_withdrawn_and_come_back_with_it(asked, pair, cast):
    third = organisation("Pantry of Mill Lane")
    with_first, with_second = question(third, pair[0]), question(third, pair[1])
    commands.answer_question(question=asked, answer="same", by=cast.ada)
    commands.answer_question(question=with_first, answer="same", by=cast.ada)
    with_second.refresh_from_db()
    assert with_second.state == State.WITHDRAWN
    with pytest.raises(RuleBroken, match="no longer a question"):
        commands.answer_question(question=with_second, answer="same", by=cast.ada)
    commands.undo_answer(question=with_first, by=cast.ada)
    with_second.refresh_from_db()
    assert with_second.state == State.WAITING


def test_undoing_the_merge_says_that_none_of_either_is_one_of_the_other(asked, pair, cast):
    third = organisation("Pantry of Mill Lane")
    merge(third, pair[0])
    commands.answer_question(question=asked, answer="same", by=cast.ada)
    undo(Merge.objects.get(question=asked), by=cast.olive)
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by) == (State.DIFFERENT, cast.olive.actor_name)
    assert families.told_apart([third.pk], [pair[1].pk])
    assert not families.told_apart([third.pk], [pair[0].pk])


@pytest.mark.parametrize("who", ["dora", "alice", "carol"])
def test_only_those_who_keep_the_register_answer(who, asked, cast):
    by = getattr(cast, who)
    for deed in (
        lambda: commands.claim_question(by=by),
        lambda: commands.answer_question(question=asked, answer="same", by=by),
        lambda: commands.skip_question(question=asked, by=by),
        lambda: commands.undo_answer(question=asked, by=by),
    ):
        with pytest.raises(RuleBroken, match="keep the register"):
            deed()
