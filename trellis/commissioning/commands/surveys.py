"""Writes of a consultation: planned, its questions asked, released, given more time, closed."""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.text import slugify

from trellis.audit import commands as audit
from trellis.commissioning.models import (
    Commission,
    Consultation,
    ConsultationStatus,
    SurveyChoice,
    SurveyQuestion,
)
from trellis.commissioning.rules import surveys as rules
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.core.references import create_with_reference

MEANWHILE = "Somebody changed this consultation just now. Look at where it stands."


@transaction.atomic
def plan_consultation(
    *,
    commission: Commission,
    title: str,
    introduction: str,
    access: str,
    opens_on: date,
    closes_on: date,
    is_illustrative: bool = False,
    by: Actor,
) -> Consultation:
    """Begin a draft. `access` is "public" or "invited"; both dates are days on which answers are taken.

    `is_illustrative`: its answers are made up, and every page says so.
    """
    rules.check_dates(opens_on, closes_on)
    consultation = create_with_reference(
        Consultation,
        "CON",
        commission=commission,
        title=title,
        introduction=introduction,
        access=access,
        opens_on=opens_on,
        closes_on=closes_on,
        is_illustrative=is_illustrative,
    )
    _note(consultation, by)
    record(by=by, verb="plan_consultation", consultation=consultation, commission=commission.reference, access=access)
    return consultation


@transaction.atomic
def change_consultation(
    *,
    consultation: Consultation,
    title: str,
    introduction: str,
    access: str,
    opens_on: date,
    closes_on: date,
    is_illustrative: bool,
    by: Actor,
) -> None:
    """Change what a draft is called, says, whom it is for and its dates."""
    rules.check_can_edit(consultation.status)
    rules.check_dates(opens_on, closes_on)
    _only_draft(
        consultation,
        title=title,
        introduction=introduction,
        access=access,
        opens_on=opens_on,
        closes_on=closes_on,
        is_illustrative=is_illustrative,
    )
    record(
        by=by,
        verb="change_consultation",
        consultation=consultation,
        opens_on=opens_on.isoformat(),
        closes_on=closes_on.isoformat(),
    )


@transaction.atomic
def ask_question(
    *,
    consultation: Consultation,
    kind: str,
    wording: str,
    section: str,
    hint: str = "",
    is_required: bool = False,
    choices: Sequence[str] = (),
    rows: Sequence[str] = (),
    lowest: int | None = None,
    highest: int | None = None,
    lowest_words: str = "",
    highest_words: str = "",
    code: str = "",
    by: Actor,
) -> SurveyQuestion:
    """Add a question after those there are. `rows` are what a matrix asks about; `choices` what any list offers.

    `lowest` and `highest` are the ends of a scale. `code` names it in files of answers; made from the wording if empty.
    """
    rules.check_can_edit(consultation.status)
    rules.check_question(kind=kind, choices=choices, rows=rows, lowest=lowest, highest=highest)
    _only_draft(consultation)
    order = (consultation.questions.aggregate(last=Max("order"))["last"] or 0) + 1
    question = _create(
        consultation,
        code or f"q{order}-{slugify(wording)[:30]}".strip("-"),
        order=order,
        kind=kind,
        wording=wording,
        section=section,
        hint=hint,
        is_required=is_required,
        lowest=lowest if kind == "scale" else None,
        highest=highest if kind == "scale" else None,
        lowest_words=lowest_words,
        highest_words=highest_words,
    )
    _offer(question, choices, rows)
    record(by=by, verb="ask_question", consultation=consultation, question=question.code, kind=kind)
    return question


@transaction.atomic
def change_question(
    *,
    question: SurveyQuestion,
    wording: str,
    section: str,
    hint: str = "",
    is_required: bool = False,
    choices: Sequence[str] = (),
    rows: Sequence[str] = (),
    lowest: int | None = None,
    highest: int | None = None,
    lowest_words: str = "",
    highest_words: str = "",
    by: Actor,
) -> None:
    """Change a question of a draft; its kind stays."""
    consultation = question.consultation
    rules.check_can_edit(consultation.status)
    rules.check_question(kind=question.kind, choices=choices, rows=rows, lowest=lowest, highest=highest)
    _only_draft(consultation)
    SurveyQuestion.objects.filter(pk=question.pk).update(
        wording=wording,
        section=section,
        hint=hint,
        is_required=is_required,
        lowest=lowest if question.kind == "scale" else None,
        highest=highest if question.kind == "scale" else None,
        lowest_words=lowest_words,
        highest_words=highest_words,
    )
    question.choices.all().delete()
    _offer(question, choices, rows)
    record(by=by, verb="change_question", consultation=consultation, question=question.code)


@transaction.atomic
def move_question(*, question: SurveyQuestion, up: bool, by: Actor) -> None:
    """Let a question of a draft change places with the one before it (`up`) or after it."""
    consultation = question.consultation
    rules.check_can_edit(consultation.status)
    _only_draft(consultation)
    order = list(consultation.questions.all())
    here = order.index(question)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(order):
        raise RuleBroken("It is the first question." if up else "It is the last question.")
    order[here], order[there] = order[there], order[here]
    for place, one in enumerate(order, 1):
        SurveyQuestion.objects.filter(pk=one.pk).update(order=place)
    record(by=by, verb="move_question", consultation=consultation, question=question.code, up=up)


@transaction.atomic
def drop_question(*, question: SurveyQuestion, by: Actor) -> None:
    """Take a question out of a draft."""
    consultation = question.consultation
    rules.check_can_edit(consultation.status)
    _only_draft(consultation)
    SurveyQuestion.objects.filter(pk=question.pk).delete()
    record(by=by, verb="drop_question", consultation=consultation, question=question.code)


@transaction.atomic
def release_consultation(*, consultation: Consultation, by: Actor) -> None:
    """Let it open on its day. Its questions stay as they are from then on."""
    rules.check_can_release(
        status=consultation.status,
        questions=consultation.questions.count(),
        closes_on=consultation.closes_on,
        on=clock.today(),
    )
    _move(consultation, "released", by)
    record(by=by, verb="release_consultation", consultation=consultation, opens_on=consultation.opens_on.isoformat())


@transaction.atomic
def take_back_consultation(*, consultation: Consultation, by: Actor) -> None:
    """Make it a draft again, before the day on which it opens."""
    rules.check_can_take_back(status=consultation.status, opens_on=consultation.opens_on, on=clock.today())
    _move(consultation, "draft", by)
    record(by=by, verb="take_back_consultation", consultation=consultation)


@transaction.atomic
def extend_consultation(*, consultation: Consultation, closes_on: date, by: Actor) -> None:
    """Give people more time. `closes_on` is the new last day."""
    was = consultation.closes_on
    rules.check_can_extend(status=consultation.status, was=was, closes_on=closes_on, on=clock.today())
    extended = Consultation.objects.filter(pk=consultation.pk, status="released", closes_on=was)
    if not extended.update(closes_on=closes_on):
        raise RuleBroken(MEANWHILE)
    consultation.closes_on = closes_on
    record(
        by=by,
        verb="extend_consultation",
        consultation=consultation,
        was=was.isoformat(),
        closes_on=closes_on.isoformat(),
    )


@transaction.atomic
def close_consultation(*, consultation: Consultation, by: Actor) -> None:
    """End it, once the last day that people were given has passed. RuleBroken before.

    A draft whose last day is over was asked elsewhere: closed, it takes its answers from a file.
    """
    rules.check_can_close(
        status=consultation.status,
        closes_on=consultation.closes_on,
        on=clock.today(),
        questions=consultation.questions.count(),
    )
    _move(consultation, "closed", by)
    record(by=by, verb="close_consultation", consultation=consultation)


@transaction.atomic(savepoint=False)
def record(*, verb: str, consultation: Consultation, by: Actor, **facts: str | int | bool) -> None:
    """Tell the audit what was done to a consultation, as `commissioning.<verb>`. `facts` hold no answer."""
    audit.record(
        by=by, action=f"commissioning.{verb}", subject=f"consultation {consultation.reference}", facts=facts or None
    )


def _create(consultation: Consultation, code: str, **fields) -> SurveyQuestion:
    try:
        with transaction.atomic():
            return SurveyQuestion.objects.create(consultation=consultation, code=code, **fields)
    except IntegrityError as error:
        raise RuleBroken(f"There is a question called {code} already.", field="code") from error


def _offer(question: SurveyQuestion, choices: Sequence[str], rows: Sequence[str]) -> None:
    if question.kind in rules.WITH_CHOICES:
        lists = ((choices, False), (rows if question.kind == "matrix" else (), True))
        SurveyChoice.objects.bulk_create(
            SurveyChoice(question=question, order=order, words=words, is_row=is_row)
            for offered, is_row in lists
            for order, words in enumerate(offered, 1)
        )


def _only_draft(consultation: Consultation, **changes) -> None:
    """Change a draft, or hold it while its questions change: nobody may release it meanwhile."""
    held = Consultation.objects.filter(pk=consultation.pk, status="draft")
    if not held.update(**(changes or {"status": "draft"})):
        raise RuleBroken(MEANWHILE)
    for name, value in changes.items():
        setattr(consultation, name, value)


def _move(consultation: Consultation, status: str, by: Actor) -> None:
    moved = Consultation.objects.filter(
        pk=consultation.pk, status=consultation.status, closes_on=consultation.closes_on
    )
    if not moved.update(status=status):
        raise RuleBroken(MEANWHILE)
    consultation.status = status
    _note(consultation, by)


def _note(consultation: Consultation, by: Actor) -> None:
    ConsultationStatus.objects.create(consultation=consultation, status=consultation.status, by=by.actor_name)
