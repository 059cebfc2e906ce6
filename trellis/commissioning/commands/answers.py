"""Writes of an answer on our pages: begun, saved page by page, sent."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from trellis.accounts.models import User
from trellis.commissioning.commands.surveys import record
from trellis.commissioning.models import Consultation, SurveyAnswer, SurveyInvitation, SurveyResponse
from trellis.commissioning.queries import answers as queries
from trellis.commissioning.queries import surveys
from trellis.commissioning.rules import answers as rules
from trellis.commissioning.rules.answers import Asked
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.web.words import day

Status = SurveyResponse.Status


@transaction.atomic
def begin_answer(*, consultation: Consultation, person: User | None = None, by: Actor) -> str:
    """Begin an answer to a public consultation, or go on with the one that `person` began; the secret of its link.

    The database keeps only a digest of the secret, so a person who comes back without theirs gets a new one. Somebody
    who is not signed in is nobody to us: they can begin twice, and the page says so. RuleBroken when answers are not
    taken, and when the person has sent theirs.
    """
    _check_open(consultation)
    if consultation.access != Consultation.Access.PUBLIC:
        raise RuleBroken("Only people who were invited can answer: use the link in your email.")
    secret = secrets.token_urlsafe(24)
    begun = queries.response_of(consultation, person) if person else None
    if begun:
        renewed = SurveyResponse.objects.filter(pk=begun.pk, status=Status.DRAFT)
        if not renewed.update(key_digest=queries.digest_of(secret)):
            raise RuleBroken(rules.SENT)
    else:
        _begin(consultation, key_digest=queries.digest_of(secret), person=person)
    record(by=by, verb="begin_answer", consultation=consultation)
    return secret


@transaction.atomic
def begin_invited_answer(*, invitation: SurveyInvitation, by: Actor) -> SurveyResponse:
    """Begin the one answer that an invitation is for; the invitation's link leads back to it."""
    consultation = invitation.consultation
    _check_open(consultation)
    response = _begin(consultation, key_digest=invitation.secret_digest, invitation=invitation)
    record(by=by, verb="begin_invited_answer", consultation=consultation)
    return response


@transaction.atomic
def save_answer(*, response: SurveyResponse, questions: Sequence[Asked], values: Mapping[int, Any], by: Actor) -> None:
    """Keep what was answered to some questions; what is left out of `values` (by question id) is no longer answered.

    RuleBroken once it was sent or the consultation closed, and for what a question does not offer.
    """
    _check_open(response.consultation)
    parts = [(question, part) for question in questions for part in rules.parts_of(question, values.get(question.id))]
    _hold_draft(response)
    SurveyAnswer.objects.filter(response=response, question_id__in=[one.id for one in questions]).delete()
    SurveyAnswer.objects.bulk_create(queries.row_of(response, question.id, part) for question, part in parts)
    record(by=by, verb="save_answer", consultation=response.consultation)


@transaction.atomic
def send_answer(*, response: SurveyResponse, by: Actor) -> None:
    """Hand it in. RuleBroken when a question that must be answered is not, when it is empty, and the second time."""
    consultation = response.consultation
    _check_open(consultation)
    _hold_draft(response)
    questions = surveys.asked(consultation)
    values = queries.values(response, questions)
    if not values:
        raise RuleBroken("You have not answered any question yet.")
    for question in questions:
        rules.check_required(question, values.get(question.id))
    sent = SurveyResponse.objects.filter(pk=response.pk, status=Status.DRAFT)
    if not sent.update(status=Status.SENT, sent_on=clock.today()):
        raise RuleBroken(rules.SENT)
    response.status = Status.SENT
    record(by=by, verb="send_answer", consultation=consultation)


def _begin(consultation: Consultation, **who) -> SurveyResponse:
    try:
        with transaction.atomic():
            return SurveyResponse.objects.create(consultation=consultation, begun_on=clock.today(), **who)
    except IntegrityError as error:
        raise RuleBroken("You have begun an answer already, perhaps in another window. Go on with that one.") from error


def _hold_draft(response: SurveyResponse) -> None:
    """Nobody else may save or send it before this transaction ends; refuse when it was sent."""
    if not SurveyResponse.objects.filter(pk=response.pk, status=Status.DRAFT).update(status=Status.DRAFT):
        raise RuleBroken(rules.SENT)


def _check_open(consultation: Consultation) -> None:
    """Answers are taken today, as the database has it: somebody may have given more time."""
    consultation.refresh_from_db(fields=["status", "opens_on", "closes_on"])
    today = clock.today()
    if surveys.is_open(consultation, today):
        return
    if consultation.status == "released" and today < consultation.opens_on:
        raise RuleBroken(f"This consultation opens on {day(consultation.opens_on)}.")
    raise RuleBroken(f"This consultation closed on {day(consultation.closes_on)}. No answer is taken any more.")
