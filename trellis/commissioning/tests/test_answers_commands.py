from datetime import UTC, date, datetime

import pytest
import time_machine

from tests.races import at_once, losers, winners
from trellis.audit.models import AuditEntry
from trellis.commissioning.commands import answers as commands
from trellis.commissioning.models import SurveyResponse
from trellis.commissioning.queries import answers as queries
from trellis.commissioning.queries import surveys as reads
from trellis.commissioning.tests.surveys import a_begun_answer, a_draft, a_sent_answer, an_open_one, values
from trellis.core.actors import VISITOR
from trellis.core.errors import RuleBroken

AFTER_THE_END = datetime(2018, 8, 1, 9, tzinfo=UTC)


def deeds(verb: str) -> int:
    return AuditEntry.objects.filter(action=f"commissioning.{verb}").count()


@pytest.fixture
def consultation(cast):
    return an_open_one(cast)


def test_an_answer_is_begun_saved_and_sent(consultation):
    response = a_sent_answer(consultation, say="We need trustees.", ease=4)
    assert (response.status, response.person, response.invitation) == ("sent", None, None)
    assert SurveyResponse.objects.get().sent_on == date(2018, 7, 2)
    assert [deeds(verb) for verb in ("begin_answer", "save_answer", "send_answer")] == [1, 1, 1]
    assert not AuditEntry.objects.filter(facts__icontains="trustees").exists()


def test_the_database_keeps_a_digest_of_the_secret_alone(consultation):
    response, secret = a_begun_answer(consultation)
    assert response.key_digest == queries.digest_of(secret)
    kept = [str(value) for row in SurveyResponse.objects.values_list() for value in row]
    assert not any(secret in value for value in kept)
    assert not AuditEntry.objects.filter(facts__icontains=secret).exists()


def test_what_is_saved_again_takes_the_place_of_what_was(consultation):
    response, _ = a_begun_answer(consultation, say="First words.", ease=4)
    questions = reads.asked(consultation)
    commands.save_answer(response=response, questions=questions, values=values(consultation, say="Second."), by=VISITOR)
    found = queries.values(response, questions)
    assert list(found.values())[1:] == ["Second."]


def test_a_page_that_is_saved_leaves_the_others_alone(consultation):
    response, _ = a_begun_answer(consultation, say="Kept.", ease=4)
    first, *_, last = reads.asked(consultation)
    commands.save_answer(response=response, questions=[first], values={}, by=VISITOR)
    assert queries.values(response, (first, last)) == {last.id: "Kept."}


def test_an_answer_is_sent_once(consultation):
    response = a_sent_answer(consultation)
    again = SurveyResponse.objects.get(pk=response.pk)
    for deed in (
        lambda: commands.send_answer(response=again, by=VISITOR),
        lambda: commands.save_answer(response=again, questions=(), values={}, by=VISITOR),
    ):
        with pytest.raises(RuleBroken, match="You have sent your answer already. Each person's answer counts once."):
            deed()
    assert (deeds("send_answer"), deeds("save_answer")) == (1, 1)


def test_somebody_who_is_signed_in_answers_once(consultation, cast):
    first = commands.begin_answer(consultation=consultation, person=cast.dora, by=cast.dora)
    second = commands.begin_answer(consultation=consultation, person=cast.dora, by=cast.dora)
    assert queries.response_by_secret(consultation, first) is None  # a new link, to the same answer
    response = queries.response_by_secret(consultation, second)
    assert SurveyResponse.objects.get() == response
    commands.save_answer(
        response=response, questions=reads.asked(consultation), values=values(consultation), by=cast.dora
    )
    commands.send_answer(response=response, by=cast.dora)
    with pytest.raises(RuleBroken, match="You have sent your answer already"):
        commands.begin_answer(consultation=consultation, person=cast.dora, by=cast.dora)
    assert deeds("begin_answer") == 2


def test_an_empty_answer_is_not_sent(consultation):
    secret = commands.begin_answer(consultation=consultation, by=VISITOR)
    with pytest.raises(RuleBroken, match="You have not answered any question yet"):
        commands.send_answer(response=queries.response_by_secret(consultation, secret), by=VISITOR)
    assert deeds("send_answer") == 0


def test_what_must_be_answered_is_before_it_is_sent(consultation):
    response, _ = a_begun_answer(consultation, say="Only words.")
    kind = reads.asked(consultation)[0]
    commands.save_answer(response=response, questions=[kind], values={}, by=VISITOR)
    with pytest.raises(RuleBroken, match="Answer “What are you"):
        commands.send_answer(response=response, by=VISITOR)
    assert SurveyResponse.objects.get().status == "draft"


def test_no_answer_is_taken_before_it_opens_or_after_it_closed(cast):
    closed_to_us = an_open_one(cast, opens_on=date(2018, 7, 3))
    with pytest.raises(RuleBroken, match="opens on 3 July 2018"):
        commands.begin_answer(consultation=closed_to_us, by=VISITOR)
    with pytest.raises(RuleBroken):
        commands.begin_answer(consultation=a_draft(cast, closed_to_us.commission), by=VISITOR)
    assert deeds("begin_answer") == 0


def test_a_draft_that_was_not_sent_in_time_does_not_count(consultation):
    response, _ = a_begun_answer(consultation)
    with time_machine.travel(AFTER_THE_END, tick=False), pytest.raises(RuleBroken, match="closed on 31 July 2018"):
        commands.send_answer(response=response, by=VISITOR)
    assert not queries.sent(consultation).exists()


def test_by_invitation_nobody_else_begins(cast):
    with pytest.raises(RuleBroken, match="Only people who were invited"):
        commands.begin_answer(consultation=an_open_one(cast, access="invited"), by=VISITOR)


def test_an_answer_to_another_question_is_refused(consultation):
    response, _ = a_begun_answer(consultation)
    ease = next(question for question in reads.asked(consultation) if question.code == "ease")
    with pytest.raises(RuleBroken, match="takes a number from 1 to 5"):
        commands.save_answer(response=response, questions=[ease], values={ease.id: 9}, by=VISITOR)
    assert deeds("save_answer") == 1


@pytest.mark.real_time
class TestAtOnce:
    @pytest.fixture
    def everywhere(self, committed_cast, monkeypatch):
        from trellis.core import clock

        monkeypatch.setattr(clock, "now", lambda: datetime(2018, 7, 2, 9, tzinfo=UTC))
        return an_open_one(committed_cast)

    def test_two_who_send_one_answer_at_once_send_it_once(self, everywhere):
        response, _ = a_begun_answer(everywhere)
        copies = [SurveyResponse.objects.select_related("consultation").get(pk=response.pk) for _ in range(4)]
        outcomes = at_once(*[lambda copy=copy: commands.send_answer(response=copy, by=VISITOR) for copy in copies])
        assert len(winners(outcomes)) == 1
        assert {type(error) for error in losers(outcomes)} == {RuleBroken}
        assert deeds("send_answer") == 1

    def test_one_person_who_begins_twice_at_once_has_one_answer(self, everywhere, committed_cast):
        dora = committed_cast.dora
        outcomes = at_once(
            *[lambda: commands.begin_answer(consultation=everywhere, person=dora, by=dora) for _ in range(4)]
        )
        assert {type(error) for error in losers(outcomes)} <= {RuleBroken}
        assert SurveyResponse.objects.count() == 1
