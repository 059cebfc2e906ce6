"""Answering whether two organisations are the same."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q

from trellis.audit import commands as audit
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.permissions import Permission
from trellis.organisations import families, rules
from trellis.organisations.commands import merges
from trellis.organisations.models import LinkQuestion, Merge, Organisation, Relation

HELD = timedelta(minutes=10)
State = LinkQuestion.State
NOBODY = {"held_by": "", "held_until": None}
ANSWERED = "Answered “The same”."


@transaction.atomic
def claim_question(*, by: Actor) -> LinkQuestion | None:
    """The question that this person has open, or else the most valuable that nobody looks at; None when all are done.

    It is theirs for ten minutes: nobody else is shown it.
    """
    _check_may_link(by)
    mine = LinkQuestion.objects.filter(state=State.WAITING, held_by=by.actor_name, held_until__gt=clock.now()).first()
    if mine:
        return mine
    for pk in LinkQuestion.objects.filter(_free(by), state=State.WAITING).values_list("pk", flat=True)[:50]:
        held = {"held_by": by.actor_name, "held_until": clock.now() + HELD}
        if LinkQuestion.objects.filter(_free(by), pk=pk, state=State.WAITING).update(**held):
            _audit("claim_question", pk, by)
            return LinkQuestion.objects.get(pk=pk)
    return None


@transaction.atomic
def answer_question(
    *, question: LinkQuestion, answer: str, by: Actor, parent: Organisation | None = None, kind: str = "branch"
) -> None:
    """Say that two organisations are the same, not the same, or that one belongs to the other (`parent`), as a `kind`.

    The same are merged. Raises RuleBroken when somebody else has answered or is at it, or they cannot be merged.
    """
    _check_may_link(by)
    decided = {"state": answer, "decided_at": clock.now(), "decided_by": by.actor_name}
    rules.check_answer(answer=answer, has_parent=parent is not None, kind_is_known=kind in Relation.Kind.values)
    families.locked(
        [question.first_id, question.second_id]
    )  # first, as whoever merges does: no two then wait in a ring
    waiting = LinkQuestion.objects.filter(_free(by), pk=question.pk, state=State.WAITING)
    if not waiting.update(**decided, **NOBODY):
        question.refresh_from_db()
        rules.check_can_answer(state=question.state, is_free=False)
    question.refresh_from_db()
    if answer == rules.SAME:
        merges.merge_organisations(one=question.first, other=question.second, reason=ANSWERED, by=by, question=question)
    if answer == rules.BRANCH and parent is not None:
        _relate(question, parent, kind, by)
    _audit("answer_question", question.pk, by, facts={"answer": answer, "chance": f"{question.chance:.4f}"})


@transaction.atomic
def skip_question(*, question: LinkQuestion, by: Actor) -> None:
    """Pass a question on: it comes again after all that nobody has passed on."""
    _check_may_link(by)
    waiting = LinkQuestion.objects.filter(_free(by), pk=question.pk, state=State.WAITING)
    if not waiting.update(skipped=F("skipped") + 1, **NOBODY):
        question.refresh_from_db()
        rules.check_can_answer(state=question.state, is_free=False)
    _audit("skip_question", question.pk, by)


@transaction.atomic
def undo_answer(*, question: LinkQuestion, by: Actor) -> None:
    """Take an answer back, with the merge or the relation that it brought, and ask again.

    Raises RuleBroken where there is no answer, or another merge makes them one.
    """
    _check_may_link(by)
    families.locked([question.first_id, question.second_id])
    merge = Merge.objects.filter(question=question, undone_at__isnull=True).first()
    if merge:
        merges.take_back_merge(merge=merge, by=by)
    open_again = {"state": State.WAITING, "decided_at": None, "decided_by": ""}
    held = {"held_by": by.actor_name, "held_until": clock.now() + HELD}
    answered = LinkQuestion.objects.filter(pk=question.pk, state__in=rules.ANSWERS)
    stand = set(families.roots_of([question.first_id, question.second_id]).values())
    rules.check_can_ask_again(was_answered=bool(answered.update(**open_again, **held)), are_one=len(stand) == 1)
    Relation.objects.filter(question=question).delete()
    _audit("undo_answer", question.pk, by)


def _relate(question: LinkQuestion, parent: Organisation, kind: str, by: Actor) -> None:
    rules.check_parent(is_one_of_them=parent.pk in (question.first_id, question.second_id))
    child = question.second if parent.pk == question.first_id else question.first
    said = {"kind": kind, "question": question, "said_at": clock.now(), "said_by": by.actor_name}
    Relation.objects.update_or_create(organisation=child, parent=parent, defaults=said)


def _free(by: Actor) -> Q:
    """Nobody else is looking at it."""
    return Q(held_until__isnull=True) | Q(held_until__lte=clock.now()) | Q(held_by=by.actor_name)


def _check_may_link(by: Actor) -> None:
    rules.check_may_link(may=by.can(Permission.REGISTER_LINK))


def _audit(verb: str, question: int, by: Actor, facts: dict | None = None) -> None:
    audit.record(by=by, action=f"organisations.{verb}", subject=f"link question {question}", facts=facts or {})
