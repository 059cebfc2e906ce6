"""Reads of consultations and of what they ask. Officers see their authority's; the public what has opened."""

from datetime import date

from django.db.models import Q, QuerySet

from trellis.commissioning.models import Commission, Consultation, SurveyQuestion
from trellis.commissioning.rules import surveys as rules
from trellis.commissioning.rules.answers import Asked, Offered

Status, Access = Consultation.Status, Consultation.Access


def consultations(commission: Commission) -> QuerySet[Consultation]:
    """Those of a commission, the latest first."""
    return commission.consultations.select_related("commission")


def public_consultations(on: date) -> QuerySet[Consultation]:
    """What anybody may know of on a day: public ones that have opened, and all whose replies are published."""
    opened = Q(status=Status.RELEASED, opens_on__lte=on) | Q(status=Status.CLOSED)
    known = Q(status=Status.TOLD) | Q(opened, access=Access.PUBLIC)
    return Consultation.objects.filter(known).select_related("commission").order_by("-closes_on", "-pk")


def opened_consultations(on: date) -> QuerySet[Consultation]:
    """Those that have opened, by invitation too: for whoever holds a secret link."""
    opened = Q(status=Status.RELEASED, opens_on__lte=on) | Q(status__in=[Status.CLOSED, Status.TOLD])
    return Consultation.objects.filter(opened).select_related("commission")


def is_open(consultation: Consultation, on: date) -> bool:
    """Whether answers are taken on a day."""
    return rules.is_open(
        status=consultation.status, opens_on=consultation.opens_on, closes_on=consultation.closes_on, on=on
    )


def questions(consultation: Consultation) -> QuerySet[SurveyQuestion]:
    """Its questions, in their order."""
    return consultation.questions.prefetch_related("choices")


def asked(consultation: Consultation) -> tuple[Asked, ...]:
    """Its questions as they are put to people. Two queries, however many."""
    return tuple(as_asked(question) for question in questions(consultation))


def as_asked(question: SurveyQuestion) -> Asked:
    """One question as it is put to people."""
    lists: dict[bool, list[Offered]] = {False: [], True: []}
    for choice in question.choices.all():
        lists[choice.is_row].append(Offered(choice.pk, choice.words))
    return Asked(
        id=question.pk,
        code=question.code,
        kind=question.kind,
        wording=question.wording,
        hint=question.hint,
        section=question.section,
        is_required=question.is_required,
        choices=tuple(lists[False]),
        rows=tuple(lists[True]),
        lowest=question.lowest or 0,
        highest=question.highest or 0,
        lowest_words=question.lowest_words,
        highest_words=question.highest_words,
    )
