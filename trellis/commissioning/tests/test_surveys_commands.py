from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core import mail

from trellis.audit.models import AuditEntry
from trellis.commissioning.commands import answers as answering
from trellis.commissioning.commands import surveys as commands
from trellis.commissioning.commands import surveys_invitations as invitations
from trellis.commissioning.models import Consultation, SurveyInvitation, SurveyQuestion
from trellis.commissioning.queries import answers, surveys
from trellis.commissioning.tests.surveys import a_commission, a_draft, an_open_one, values
from trellis.core.actors import VISITOR
from trellis.core.errors import RuleBroken

LATER = datetime(2018, 8, 1, 9, tzinfo=UTC)


def deeds(verb: str) -> int:
    return AuditEntry.objects.filter(action=f"commissioning.{verb}").count()


@pytest.fixture
def draft(cast):
    return a_draft(cast)


def test_a_draft_is_planned_and_its_questions_asked_in_order(draft):
    assert draft.reference.startswith("CON-")
    assert [question.kind for question in draft.questions.all()] == ["one", "scale", "many", "rank", "matrix", "text"]
    assert [row.status for row in draft.history.all()] == ["draft"]
    assert (deeds("plan_consultation"), deeds("ask_question")) == (1, 6)


def test_it_never_closes_before_it_opens(cast):
    with pytest.raises(RuleBroken, match="close before it opens"):
        a_draft(cast, opens_on=date(2018, 8, 1))
    assert deeds("plan_consultation") == 0


def test_a_question_is_changed_with_what_it_offers(draft, cast):
    question = draft.questions.get(code="kind")
    given = {"wording": "Who are you?", "section": "You", "choices": ("A group", "A resident")}
    commands.change_question(question=question, by=cast.carol, **given)
    asked = surveys.asked(draft)[0]
    assert (asked.wording, [one.words for one in asked.choices]) == ("Who are you?", ["A group", "A resident"])
    with pytest.raises(RuleBroken):
        commands.change_question(question=question, by=cast.carol, **given | {"choices": ("One",)})
    assert deeds("change_question") == 1


def test_questions_change_places(draft, cast):

    def codes():
        return [question.code for question in draft.questions.all()]

    first, second, *rest = codes()
    commands.move_question(question=draft.questions.get(code=first), up=False, by=cast.carol)
    assert codes() == [second, first, *rest]
    for code, up in ((second, True), (rest[-1], False)):
        with pytest.raises(RuleBroken):
            commands.move_question(question=draft.questions.get(code=code), up=up, by=cast.carol)
    commands.drop_question(question=draft.questions.get(code=first), by=cast.carol)
    assert codes() == [second, *rest]
    assert (deeds("move_question"), deeds("drop_question")) == (1, 1)


def test_questions_stay_as_they_are_once_it_is_released(draft, cast):
    commands.release_consultation(consultation=draft, by=cast.carol)
    question = SurveyQuestion.objects.select_related("consultation").get(code="say")
    words = {"wording": "Another?", "section": "In your words"}
    for deed in (
        lambda: commands.ask_question(consultation=draft, kind="text", by=cast.carol, **words),
        lambda: commands.change_question(question=question, by=cast.carol, **words),
        lambda: commands.move_question(question=question, up=True, by=cast.carol),
        lambda: commands.drop_question(question=question, by=cast.carol),
    ):
        with pytest.raises(RuleBroken, match="only be changed while it is a draft"):
            deed()
    assert (deeds("ask_question"), deeds("change_question")) == (6, 0)


def test_a_question_is_not_slipped_in_by_whoever_saw_the_draft_before(draft, cast):
    seen = Consultation.objects.get()
    commands.release_consultation(consultation=draft, by=cast.carol)
    with pytest.raises(RuleBroken, match="Somebody changed this consultation just now"):
        commands.ask_question(consultation=seen, kind="text", wording="One more?", section="End", by=cast.carol)
    with pytest.raises(RuleBroken, match="Somebody changed this consultation just now"):
        commands.release_consultation(consultation=seen, by=cast.carol)
    assert (deeds("ask_question"), deeds("release_consultation")) == (6, 1)


def test_a_draft_without_questions_is_not_released(cast):
    empty = commands.plan_consultation(
        commission=a_commission(cast), title="Empty", introduction="Nothing.", access="public",
        opens_on=date(2018, 7, 1), closes_on=date(2018, 7, 31), by=cast.carol,
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="no question yet"):
        commands.release_consultation(consultation=empty, by=cast.carol)
    assert deeds("release_consultation") == 0


def test_it_is_taken_back_before_it_opens_and_never_after(cast):
    ahead = an_open_one(cast, opens_on=date(2018, 7, 9))
    commands.take_back_consultation(consultation=ahead, by=cast.carol)
    assert ahead.status == "draft"
    commands.change_consultation(
        consultation=ahead, title="Now", introduction="Now.", access="public", is_illustrative=False,
        opens_on=date(2018, 7, 1), closes_on=date(2018, 7, 31), by=cast.carol,
    )  # fmt: skip
    commands.release_consultation(consultation=ahead, by=cast.carol)
    with pytest.raises(RuleBroken, match="It opened on 1 July 2018"):
        commands.take_back_consultation(consultation=ahead, by=cast.carol)
    assert (deeds("take_back_consultation"), deeds("change_consultation")) == (1, 1)


def test_closing_early_is_refused_and_closing_in_time_is_not(cast):
    consultation = an_open_one(cast)
    with pytest.raises(RuleBroken, match="until the end of 31 July 2018. It can be closed from the day after"):
        commands.close_consultation(consultation=consultation, by=cast.carol)
    assert deeds("close_consultation") == 0
    with time_machine.travel(LATER, tick=False):
        commands.close_consultation(consultation=consultation, by=cast.carol)
    assert [row.status for row in consultation.history.all()] == ["draft", "released", "closed"]
    assert deeds("close_consultation") == 1


def test_people_are_given_more_time(cast):
    consultation = an_open_one(cast)
    commands.extend_consultation(consultation=consultation, closes_on=date(2018, 8, 31), by=cast.carol)
    with time_machine.travel(LATER, tick=False):
        answering.begin_answer(consultation=consultation, by=VISITOR)
        with pytest.raises(RuleBroken, match="longer, not less"):
            commands.extend_consultation(consultation=consultation, closes_on=date(2018, 8, 2), by=cast.carol)
    assert deeds("extend_consultation") == 1


def test_what_was_not_opened_is_not_there_for_the_public(cast):
    draft = a_draft(cast)
    ahead = an_open_one(cast, commission=draft.commission, opens_on=date(2018, 7, 3))
    invited = an_open_one(cast, commission=draft.commission, access="invited")
    shown = an_open_one(cast, commission=draft.commission)
    assert list(surveys.public_consultations(date(2018, 7, 2))) == [shown]
    assert list(surveys.public_consultations(date(2018, 7, 3))) == [shown, ahead]
    assert set(surveys.opened_consultations(date(2018, 7, 2))) == {invited, shown}


class TestInvitations:
    @pytest.fixture
    def secret(self, cast, consultation, django_capture_on_commit_callbacks) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            invitations.invite_to_answer(
                consultation=consultation, emails=["jo@example.org", "JO@example.org ", "al@example.org"], by=cast.carol
            )
        return self.secret_in(mail.outbox[0])

    @pytest.fixture
    def consultation(self, cast):
        return an_open_one(cast, access="invited")

    @staticmethod
    def secret_in(message) -> str:
        return message.body.split("/answer/")[1].split("/")[0]

    def test_each_gets_a_link_of_their_own_whose_digest_alone_is_kept(self, secret, consultation):
        assert [message.to for message in mail.outbox] == [["jo@example.org"], ["al@example.org"]]
        assert self.secret_in(mail.outbox[1]) != secret
        assert answers.invitation_by_secret(consultation, secret).email == "jo@example.org"
        assert secret not in str(list(SurveyInvitation.objects.values()))
        entry = AuditEntry.objects.get(action="commissioning.invite_to_answer")
        assert (entry.facts, "jo@" in str(entry.facts)) == ({"count": 2}, False)

    def test_a_link_is_for_one_answer(self, secret, consultation):
        invitation = answers.invitation_by_secret(consultation, secret)
        response = answering.begin_invited_answer(invitation=invitation, by=VISITOR)
        with pytest.raises(RuleBroken, match="begun an answer already"):
            answering.begin_invited_answer(invitation=invitation, by=VISITOR)
        assert answers.response_by_secret(consultation, secret) == response
        answering.save_answer(
            response=response, questions=surveys.asked(consultation), values=values(consultation), by=VISITOR
        )
        answering.send_answer(response=response, by=VISITOR)
        with pytest.raises(RuleBroken, match="sent your answer already"):
            answering.send_answer(response=response, by=VISITOR)
        assert deeds("begin_invited_answer") == 1

    def test_who_has_not_answered_gets_a_new_link_to_what_they_wrote(
        self, secret, consultation, cast, django_capture_on_commit_callbacks
    ):
        invitation = answers.invitation_by_secret(consultation, secret)
        response = answering.begin_invited_answer(invitation=invitation, by=VISITOR)
        with django_capture_on_commit_callbacks(execute=True):
            assert invitations.remind_invited(consultation=consultation, by=cast.carol) == 2
        assert answers.response_by_secret(consultation, secret) is None
        assert answers.response_by_secret(consultation, self.secret_in(mail.outbox[2])) == response
        assert deeds("remind_invited") == 1

    def test_nobody_is_invited_to_a_draft(self, cast):
        with pytest.raises(RuleBroken, match="Release it first"):
            invitations.invite_to_answer(consultation=a_draft(cast), emails=["jo@example.org"], by=cast.carol)
        assert (SurveyInvitation.objects.count(), deeds("invite_to_answer")) == (0, 0)

    def test_nobody_is_invited_twice_or_after_the_end(self, secret, consultation, cast):
        assert invitations.invite_to_answer(consultation=consultation, emails=["jo@example.org"], by=cast.carol) == 0
        with time_machine.travel(LATER, tick=False):
            with pytest.raises(RuleBroken, match="not open today"):
                invitations.remind_invited(consultation=consultation, by=cast.carol)
            commands.close_consultation(consultation=consultation, by=cast.carol)
            with pytest.raises(RuleBroken, match="nobody can be invited"):
                invitations.invite_to_answer(consultation=consultation, emails=["di@example.org"], by=cast.carol)
        assert (deeds("invite_to_answer"), deeds("remind_invited")) == (2, 0)
