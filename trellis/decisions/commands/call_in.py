"""Calling a decision in, and what came of it."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from trellis.core import clock, rulebook
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.decisions.models import CallIn, CallInMember, Decision
from trellis.decisions.moving import move, record
from trellis.decisions.queries import records as queries
from trellis.decisions.rules import call_in as rules


@transaction.atomic
def call_in(
    *, decision: Decision, called_in_on: date, members: Sequence[tuple[str, str]], reasons: str, by: Actor
) -> CallIn:
    """Record that members call a decision in, on their behalf: it does not take effect until scrutiny has looked.

    `members` are (name, group). Raises RuleBroken out of time, without reasons, and when those who call it in may not;
    where the figures behind that are unverified, the history says what is wrong and nothing is refused.
    """
    before = queries.current_record(decision)
    rules.check_can_call_in(
        on=called_in_on,
        ends_on=before.call_in_ends_on if before else None,
        was_called_in=decision.call_ins.exists(),
        members=members,
        reasons=reasons,
        today=clock.today(),
    )
    warning = _warning(members, called_in_on)
    move(decision, "call_in", by=by, note=warning)
    row = CallIn.objects.create(
        decision=decision, called_in_on=called_in_on, reasons=reasons.strip(), recorded_by=by.actor_name
    )
    CallInMember.objects.bulk_create(CallInMember(call_in=row, name=name, group=group) for name, group in members)
    record(decision, "call_in", by, called_in_on=called_in_on, members=len(members), warning=warning)
    return row


def _warning(members: Sequence[tuple[str, str]], on: date) -> str:
    """What is wrong with who calls it in, when that only warns; RuleBroken when it refuses."""
    sentence, binds = rules.who_may_not(
        members,
        fewest=rulebook.parameter("decisions.call_in_members", on=on),
        groups=rulebook.parameter("decisions.call_in_groups", on=on),
    )
    if binds:
        raise RuleBroken(sentence, field="members")
    return sentence


@transaction.atomic
def conclude_call_in(*, decision: Decision, outcome: str, outcome_on: date, note: str = "", by: Actor) -> None:
    """Record what scrutiny resolved on a day: no comment, and it takes effect; or it is referred, and decided again."""
    row = decision.call_ins.filter(outcome="").first()
    if row is None:
        raise RuleBroken("No call-in of this decision is open.")
    rules.check_outcome(
        outcome=outcome, outcome_on=outcome_on, note=note, called_in_on=row.called_in_on, today=clock.today()
    )
    move(decision, outcome, by=by, note=note.strip())
    changes = {"outcome": outcome, "outcome_on": outcome_on, "outcome_note": note.strip()}
    CallIn.objects.filter(pk=row.pk, outcome="").update(**changes)
    record(decision, "conclude_call_in", by, outcome=outcome, outcome_on=outcome_on)
