"""The award, the beginning, and the grants that end for it."""

from datetime import date

from django.db import transaction

from trellis.audit import commands as audit
from trellis.commissioning.commands import provision as provision_commands
from trellis.commissioning.models import EndingPlan
from trellis.contracts.models import Contract, GrantEnding
from trellis.contracts.queries import grants as queries
from trellis.contracts.rules import grants as rules
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.decisions.queries import records as decisions
from trellis.decisions.queries.progress import decision_of


@transaction.atomic
def sign_award(*, contract: Contract, signed_on: date, by: Actor) -> None:
    """Say that the award is signed: from that day on, notice may be served on the grants before it.

    RuleBroken while the decision that the contract was made on is not in effect, was taken irregularly, or has a
    condition on the award.
    """
    rules.check_can_sign_award(award_signed_on=contract.award_signed_on, signed_on=signed_on, today=clock.today())
    queries.check_decision_allows_award(contract.decision, signed_on=signed_on)
    if not Contract.objects.filter(pk=contract.pk, award_signed_on__isnull=True).update(award_signed_on=signed_on):
        raise RuleBroken("Somebody said so just now: the award is signed.")
    contract.award_signed_on = signed_on
    _record(by, "sign_award", contract, signed_on=str(signed_on))


@transaction.atomic
def record_beginning(*, contract: Contract, began_on: date, by: Actor) -> None:
    """Say on which day the support did begin. The grants before it end no earlier, and move with it."""
    rules.check_can_begin(starts_on=contract.starts_on, began_on=began_on, today=clock.today())
    Contract.objects.filter(pk=contract.pk).update(began_on=began_on)
    contract.began_on = began_on
    _record(by, "record_beginning", contract, began_on=str(began_on))


@transaction.atomic
def serve_notice(
    *, grant_plan: EndingPlan, contract: Contract, served_on: date | None = None, by: Actor
) -> GrantEnding:
    """Carry out a planned ending: serve notice on a body whose grants the contract takes the place of.

    `served_on` None: today. When the grants stop is worked out from the plan, the contract's start and the months of
    notice (queries.grant_endings). RuleBroken while the award is not signed, and while the decision that the commission
    led to is not in effect, was taken irregularly, or has a condition on all that it allows. An authority that keeps
    its decisions elsewhere has none here to ask.
    """
    served_on = served_on or clock.today()
    rules.check_can_serve_notice(award_signed_on=contract.award_signed_on, served_on=served_on, today=clock.today())
    if grant_plan.body.commission.authority_id != contract.authority_id:
        raise RuleBroken("This grant is another authority’s: the contract does not take its place.")
    decision = decision_of(grant_plan.body.commission)
    if decision:
        decisions.check_can_act(decision, on=served_on)
    provision_commands.note_notice(plan=grant_plan, served_on=served_on, by=by)
    ending = GrantEnding.objects.create(
        contract=contract,
        plan=grant_plan,
        served_on=served_on,
        notice_months=grant_plan.body.notice_months,
        served_by=by.actor_name,
    )
    _record(by, "serve_notice", contract, body=grant_plan.body.name, served_on=str(served_on))
    return ending


@transaction.atomic
def withdraw_notice(*, ending: GrantEnding, reason: str, by: Actor) -> None:
    """Take back a notice served by mistake, before the grant has stopped. The ending is only planned again."""
    rules.check_can_withdraw_notice(stops_on=queries.stops_on(ending), today=clock.today())
    gone, _ = GrantEnding.objects.filter(pk=ending.pk).delete()
    if not gone:
        raise RuleBroken("Somebody took the notice back just now.")
    provision_commands.forget_notice(plan=ending.plan, by=by)
    _record(by, "withdraw_notice", ending.contract, reason=reason, body=ending.plan.body.name)


def _record(by: Actor, verb: str, contract: Contract, *, reason: str = "", **facts: str) -> None:
    subject = f"contract {contract.reference}"
    audit.record(by=by, action=f"contracts.{verb}", subject=subject, reason=reason, facts=facts)
