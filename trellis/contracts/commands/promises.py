"""What the bid promised, and whether it came."""

from datetime import date

from django.db import transaction

from trellis.audit import commands as audit
from trellis.commissioning.models import Indicator
from trellis.contracts.models import Contract, Partner, Promise, PromiseStatus
from trellis.contracts.rules import promises as rules
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken


@transaction.atomic
def record_promise(
    *,
    contract: Contract,
    partner: Partner | None,
    words: str,
    due_on: date,
    indicator: Indicator | None,
    evidence: str,
    by: Actor,
) -> Promise:
    """Take a commitment over from the bid: of one partner, or (None) of the alliance together."""
    rules.check_promise(
        words=words, evidence=evidence, due_on=due_on, starts_on=contract.starts_on, ends_on=contract.ends_on
    )
    promise = Promise.objects.create(
        contract=contract, partner=partner, words=words, due_on=due_on, indicator=indicator, evidence=evidence
    )
    _record(promise, "record_promise", by, due_on=str(due_on))
    return promise


@transaction.atomic
def keep_promise(*, promise: Promise, outcome: str, settled_on: date, by: Actor) -> None:
    """Say that a promise is kept, and what shows it; a broken one may be kept late."""
    _settle(promise, "keep", outcome, settled_on, by)
    _record(promise, "keep_promise", by, settled_on=str(settled_on))


@transaction.atomic
def break_promise(*, promise: Promise, outcome: str, settled_on: date, by: Actor) -> None:
    """Say that a promise is not kept, and why."""
    _settle(promise, "break", outcome, settled_on, by)
    _record(promise, "break_promise", by, settled_on=str(settled_on))


def _settle(promise: Promise, action: str, outcome: str, settled_on: date, by: Actor) -> None:
    status = rules.next_status(promise.status, action)
    rules.check_settled(outcome=outcome, settled_on=settled_on, today=clock.today())
    here = Promise.objects.filter(pk=promise.pk, status=promise.status)
    if not here.update(status=status, outcome=outcome, settled_on=settled_on):
        raise RuleBroken("Somebody else changed this promise a moment ago. Look at it again before you go on.")
    promise.status = Promise.Status(status)
    promise.outcome, promise.settled_on = outcome, settled_on
    PromiseStatus.objects.create(promise=promise, status=status, on=settled_on, by=by.actor_name, note=outcome)


def _record(promise: Promise, verb: str, by: Actor, **facts: str) -> None:
    subject = f"contract {promise.contract.reference}"
    audit.record(by=by, action=f"contracts.{verb}", subject=subject, facts={"promise": str(promise.pk)} | facts)
