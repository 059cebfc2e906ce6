"""Reads of answers: by whoever holds the secret, and of those that were sent."""

import hashlib
from collections import defaultdict
from typing import Any

from django.db.models import QuerySet

from trellis.accounts.models import User
from trellis.commissioning.models import AnswerFile, Consultation, SurveyAnswer, SurveyInvitation, SurveyResponse
from trellis.commissioning.rules.answers import Asked, Part, value_of


def digest_of(secret: str) -> str:
    """SHA-256 of a link's secret, in hexadecimal. It is random and long, so it needs no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


def response_by_secret(consultation: Consultation, secret: str) -> SurveyResponse | None:
    """The answer that a secret link opens."""
    found = consultation.responses.filter(key_digest=digest_of(secret)).select_related("consultation__commission")
    return found.first()


def invitation_by_secret(consultation: Consultation, secret: str) -> SurveyInvitation | None:
    """The invitation that a secret link came with."""
    return consultation.invitations.filter(secret_digest=digest_of(secret)).first()


def response_of(consultation: Consultation, person: User) -> SurveyResponse | None:
    """The answer of somebody who signed in."""
    return consultation.responses.filter(person=person).first()


def sent(consultation: Consultation) -> QuerySet[SurveyResponse]:
    """The answers that count."""
    return consultation.responses.filter(status=SurveyResponse.Status.SENT)


def begun(consultation: Consultation) -> QuerySet[SurveyResponse]:
    """The answers that were not sent, and do not count."""
    return consultation.responses.filter(status=SurveyResponse.Status.DRAFT).order_by()


def values(response: SurveyResponse, questions: tuple[Asked, ...]) -> dict[int, Any]:
    """What was answered so far, by the question's id."""
    parts: dict[int, list[Part]] = defaultdict(list)
    for row in response.answers.order_by("slot"):
        parts[row.question_id].append(Part(row.slot, row.choice_id, row.row_id, row.number, row.text))
    return {question.id: value_of(question, parts[question.id]) for question in questions if question.id in parts}


def row_of(response: SurveyResponse, question: int, part: Part) -> SurveyAnswer:
    """A part of an answer as the row that keeps it, not saved: the other way round from `values`."""
    return SurveyAnswer(
        response=response,
        question_id=question,
        slot=part.slot,
        choice_id=part.choice,
        row_id=part.row,
        number=part.number,
        text=part.text,
    )


def texts(consultation: Consultation) -> QuerySet[SurveyAnswer]:
    """Answers in people's own words, of those that were sent."""
    return (
        SurveyAnswer.objects.filter(
            response__consultation=consultation, response__status=SurveyResponse.Status.SENT, question__kind="text"
        )
        .select_related("question")
        .order_by("pk")
    )


def files(consultation: Consultation) -> QuerySet[AnswerFile]:
    """The files that were read for it, the latest first."""
    return consultation.files.prefetch_related("refusals")
