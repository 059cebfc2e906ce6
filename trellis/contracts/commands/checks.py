"""The checks before an organisation joins and the handover before it has left: answered by one, verified by another."""

from django.db import transaction

from trellis.accounts.models import User
from trellis.contracts.models import Membership, MembershipCheck
from trellis.contracts.moving import ask, move, record
from trellis.contracts.rules import membership as rules
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken

Kind = MembershipCheck.Kind


@transaction.atomic
def start_due_diligence(*, membership: Membership, by: Actor) -> None:
    """Begin to check an organisation that was invited, with the questions as they are today."""
    move(membership, "start_due_diligence", by=by)
    ask(membership, Kind.DUE_DILIGENCE)
    record(membership, "start_due_diligence", by)


@transaction.atomic
def answer_check(*, check: MembershipCheck, outcome: str, note: str, by: User) -> None:
    """Answer a question, with what the answer rests on. A new answer has to be verified again."""
    membership = check.membership
    action = "check" if check.kind == Kind.DUE_DILIGENCE else "hand_over"
    rules.check_answer(outcome=outcome, note=note)
    move(membership, action, by=by)
    MembershipCheck.objects.filter(pk=check.pk).update(
        outcome=outcome, note=note, answered_at=clock.now(), answered_by=by, verified_at=None, verified_by=None
    )
    check.refresh_from_db()
    record(membership, "answer_check", by, question=check.question, outcome=outcome)


@transaction.atomic
def verify_check(*, check: MembershipCheck, by: User) -> None:
    """Confirm an answer before an organisation joins: never one's own."""
    rules.check_can_verify(
        outcome=check.outcome,
        is_verified=check.verified_by_id is not None,
        is_same_person=check.answered_by_id == by.pk,
    )
    move(check.membership, "check", by=by)
    as_read = MembershipCheck.objects.filter(
        pk=check.pk, verified_at__isnull=True, answered_at=check.answered_at, answered_by=check.answered_by_id
    )
    if not as_read.update(verified_at=clock.now(), verified_by=by):
        raise RuleBroken("The answer changed a moment ago. Look at it again before you verify it.")
    check.refresh_from_db()
    record(check.membership, "verify_check", by, question=check.question)
