"""Raising a risk or an issue, looking at it again, doing something about it, closing it."""

from datetime import date

from django.db import transaction

from trellis.audit import commands as audit
from trellis.contracts.models import Contract, Risk, RiskAction, RiskReview
from trellis.contracts.queries import rooms
from trellis.contracts.rules import risks as rules
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.core.references import create_with_reference
from trellis.organisations.models import Organisation


@transaction.atomic
def raise_risk(
    *,
    contract: Contract,
    kind: str,
    title: str,
    causes: str,
    effects: str,
    controls: str,
    owner: Organisation,
    likelihood_before: int,
    impact_before: int,
    likelihood_after: int,
    impact_after: int,
    review_on: date,
    by: Actor,
) -> Risk:
    """Write a risk or an issue down, with its scores without and with the controls, each 1 to 5.

    RuleBroken for an owner who is no member, controls that make it worse, and a review in the past.
    """
    rules.check_scores(before=(likelihood_before, impact_before), after=(likelihood_after, impact_after))
    rules.check_to_come(review_on, today=clock.today(), field="review_on")
    _check_is_member(contract, owner)
    risk = create_with_reference(
        Risk, "RSK", contract=contract, kind=kind, title=title, causes=causes, effects=effects, controls=controls,
        owner=owner, likelihood_before=likelihood_before, impact_before=impact_before,
        likelihood_after=likelihood_after, impact_after=impact_after, review_on=review_on, raised_by=by.actor_name,
    )  # fmt: skip
    _record(risk, "raise_risk", by, kind=kind, score=rules.score(likelihood_after, impact_after))
    return risk


@transaction.atomic
def review_risk(*, risk: Risk, likelihood: int, impact: int, note: str, review_on: date, by: Actor) -> None:
    """Look at a risk again: its scores with the controls from now on, why, and when it is looked at next."""
    rules.check_is_open(is_closed=risk.closed_at is not None)
    rules.check_scores(before=(risk.likelihood_before, risk.impact_before), after=(likelihood, impact))
    rules.check_to_come(review_on, today=clock.today(), field="review_on")
    changed = Risk.objects.filter(pk=risk.pk, closed_at__isnull=True).update(
        likelihood_after=likelihood, impact_after=impact, review_on=review_on
    )
    if not changed:
        raise RuleBroken("Somebody closed this just now.")
    RiskReview.objects.create(risk=risk, likelihood=likelihood, impact=impact, note=note, reviewed_by=by.actor_name)
    risk.refresh_from_db()
    _record(risk, "review_risk", by, score=rules.score(likelihood, impact))


@transaction.atomic
def close_risk(*, risk: Risk, lessons: str, by: Actor) -> None:
    """Close a risk or an issue with what was learned. RuleBroken while an action is not verified."""
    rules.check_is_open(is_closed=risk.closed_at is not None)
    rules.check_can_close(unverified=risk.actions.filter(verified_at__isnull=True).count())
    open_still = Risk.objects.filter(pk=risk.pk, closed_at__isnull=True)
    if not open_still.update(closed_at=clock.now(), closed_by=by.actor_name, lessons=lessons):
        raise RuleBroken("Somebody closed this just now.")
    risk.refresh_from_db()
    _record(risk, "close_risk", by)


@transaction.atomic
def add_action(*, risk: Risk, what: str, owner: Organisation, due_on: date, by: Actor) -> RiskAction:
    """Agree what a member does about a risk, and by when."""
    rules.check_is_open(is_closed=risk.closed_at is not None)
    rules.check_to_come(due_on, today=clock.today(), field="due_on")
    _check_is_member(risk.contract, owner)
    action = RiskAction.objects.create(risk=risk, what=what, owner=owner, due_on=due_on)
    _record(risk, "add_action", by, owner=owner.reference, due_on=str(due_on))
    return action


@transaction.atomic
def finish_action(*, action: RiskAction, how: str, by: Actor) -> None:
    """Say that it is done, and where one can see it."""
    undone = RiskAction.objects.filter(pk=action.pk, done_at__isnull=True)
    if not undone.update(done_at=clock.now(), done_by=by.actor_name, how=how):
        raise RuleBroken("Somebody said already that it is done.")
    action.refresh_from_db()
    _record(action.risk, "finish_action", by, action=action.pk)


@transaction.atomic
def verify_action(*, action: RiskAction, by: Actor) -> None:
    """Say that one has seen it done; never who did it."""
    rules.check_can_verify(
        is_done=action.done_at is not None,
        is_verified=action.verified_at is not None,
        is_own=action.done_by == by.actor_name,
    )
    unverified = RiskAction.objects.filter(pk=action.pk, verified_at__isnull=True)
    if not unverified.update(verified_at=clock.now(), verified_by=by.actor_name):
        raise RuleBroken("It is verified already.")
    action.refresh_from_db()
    _record(action.risk, "verify_action", by, action=action.pk)


@transaction.atomic
def reopen_action(*, action: RiskAction, by: Actor) -> None:
    """Say that one has looked and it is not done: it is to be done again."""
    rules.check_can_verify(
        is_done=action.done_at is not None,
        is_verified=action.verified_at is not None,
        is_own=action.done_by == by.actor_name,
    )
    RiskAction.objects.filter(pk=action.pk, verified_at__isnull=True).update(done_at=None, done_by="")
    action.refresh_from_db()
    _record(action.risk, "reopen_action", by, action=action.pk)


def _check_is_member(contract: Contract, owner: Organisation) -> None:
    if owner not in rooms.members(contract):
        raise RuleBroken("Only a member of the alliance can own this.", field="owner")


def _record(risk: Risk, verb: str, by: Actor, **facts: object) -> None:
    audit.record(by=by, action=f"contracts.{verb}", subject=f"risk {risk.reference}", facts=facts)
