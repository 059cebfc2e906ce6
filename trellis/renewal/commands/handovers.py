"""A partner that leaves: its open cases go to others, its people's roles end."""

from collections.abc import Iterator
from datetime import date

from django.db import IntegrityError, transaction

from trellis.accounts import commands as accounts
from trellis.accounts.models import User
from trellis.audit import commands as audit
from trellis.contracts.commands.membership import end_partnership
from trellis.contracts.models import Partner
from trellis.contracts.queries.membership import membership_of
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.renewal import jobs
from trellis.renewal.models import Handover, HandoverCase, HandoverPerson
from trellis.renewal.queries import handovers as queries
from trellis.renewal.rules import handovers as rules
from trellis.support import commands as support
from trellis.support.models import Case


@transaction.atomic
def open_handover(*, partner: Partner, by: User) -> Handover:
    """Begin the handover of a partner that has a last day. Whoever opens it answers for what the night goes on with."""
    rules.check_can_open(left_on=partner.left_on, is_open=queries.handover_of(partner) is not None)
    try:
        with transaction.atomic():
            handover = Handover.objects.create(partner=partner, opened_by=by)
    except IntegrityError as error:
        raise RuleBroken("Somebody began the handover just now.") from error
    _record(handover, "open_handover", by, left_on=str(partner.left_on))
    return handover


@transaction.atomic
def ask_to_hand_over(*, handover: Handover, by: Actor) -> None:
    """Ask the worker to hand the cases over; asked again, it goes on where it stopped."""
    rules.check_is_open(handover.status)
    Handover.objects.filter(pk=handover.pk).update(asked_at=clock.now(), asked_by=by.actor_name)
    _record(handover, "ask_to_hand_over", by, cases=queries.cases_to_hand_over(handover.partner).count())
    transaction.on_commit(lambda: jobs.hand_over.enqueue(handover.pk))


def handing_over(*, handover: Handover, by: Actor) -> Iterator[Case]:
    """Hand the cases over one by one, each in a transaction of its own, and yield each that is done.

    Killed and begun again it goes on with what is left; two at once share the work.
    """
    rules.check_is_open(handover.status)
    for case in queries.cases_to_hand_over(handover.partner):
        if hand_over_case(handover=handover, case=case, by=by):
            yield case


@transaction.atomic
def hand_over_case(*, handover: Handover, case: Case, by: Actor) -> bool:
    """Hand one case over. False when it was already, or is not the partner's any more."""
    try:
        to = support.hand_over_case(case=case, leaving=handover.partner, by=by)
    except RuleBroken:
        return False
    # a row again only for a case that the partner took anew since
    changes = {"to": to, "handed_at": clock.now(), "handed_by": by.actor_name}
    HandoverCase.objects.update_or_create(handover=handover, case=case, defaults=changes)
    _record(handover, "hand_over_case", by, case=case.reference)
    return True


@transaction.atomic
def end_people(*, handover: Handover, by: Actor) -> int:
    """End the roles of the partner's people, once its last day is over; how many there were."""
    rules.check_is_open(handover.status)
    partner = handover.partner
    rules.check_can_end_roles(left_on=_last_day(partner), today=clock.today())
    ended = 0
    for membership in queries.roles_to_end(partner):
        if accounts.end_role(membership=membership, on_behalf_of=handover.opened_by, by=by):
            HandoverPerson.objects.create(handover=handover, membership=membership, ended_by=by.actor_name)
            ended += 1
    _record(handover, "end_people", by, roles=ended)
    return ended


@transaction.atomic
def close_handover(*, handover: Handover, by: User) -> None:
    """Say that the handover is complete, nothing is left to hand over, and with it that the partner has left.

    RuleBroken too while a question of the handover is open.
    """
    rules.check_is_open(handover.status)
    partner = handover.partner
    rules.check_can_close(
        left_on=_last_day(partner),
        today=clock.today(),
        cases=queries.cases_to_hand_over(partner).count(),
        roles=queries.roles_to_end(partner).count(),
        are_shares_restated=queries.shares(partner).are_restated,
    )
    changes = {"status": Handover.Status.CLOSED, "closed_at": clock.now(), "closed_by": by}
    if not Handover.objects.filter(pk=handover.pk, status=Handover.Status.OPEN).update(**changes):
        raise RuleBroken("Somebody said so just now: the handover is complete.")
    handover.refresh_from_db()
    end_partnership(membership=membership_of(partner), by=by)
    _record(handover, "close_handover", by)


def go_on_with_handovers(*, by: Actor) -> tuple[int, int]:
    """What the night does once a partner's last day is over: cases left and roles left; how many of each."""
    cases = roles = 0
    for handover in queries.due():
        cases += sum(1 for _ in handing_over(handover=handover, by=by))
        if queries.roles_to_end(handover.partner).exists():
            roles += end_people(handover=handover, by=by)
    return cases, roles


def _last_day(partner: Partner) -> date:
    assert partner.left_on is not None, "a handover is begun only with a last day"
    return partner.left_on


def _record(handover: Handover, verb: str, by: Actor, **facts: str | int) -> None:
    subject = f"contract {handover.partner.contract.reference}"
    facts["partner"] = handover.partner.organisation.reference
    audit.record(by=by, action=f"renewal.{verb}", subject=subject, facts=facts)
