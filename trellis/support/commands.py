"""Writes to a case. Each one is one transaction: rule, rows, status row, evidence, audit."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Max, Q

from trellis.accounts.models import User
from trellis.audit import commands as audit
from trellis.contracts import commands as contracts_commands
from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract, Interest, Partner
from trellis.core import clock, working_days
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.core.permissions import Permission
from trellis.core.references import create_with_reference
from trellis.evidence import commands as evidence
from trellis.organisations.models import Organisation, ServiceType
from trellis.places.models import District
from trellis.support import queries, rules
from trellis.support.models import Case, CaseActivity, CaseExclusion, CaseStatus, SupportTopic

MOVED_ON = "Somebody else changed this case a moment ago. Look at it again before you go on."


@transaction.atomic
def request_support(
    *,
    organisation: Organisation,
    contract: Contract,
    topic: SupportTopic,
    need: str,
    by: Actor,
    chosen_partner: Partner | None = None,
    conflict_accepted: bool = False,
    shut_out: Iterable[Partner] = (),
) -> Case:
    """Ask for support for an organisation.

    It may shut any partner out without a reason, or choose one; one with a conflict only with `conflict_accepted`.
    If no partner is left without a conflict, the case goes to the independent route at once.
    """
    rules.check_need(need)
    shut_out = list(shut_out)
    if chosen_partner is not None:
        _check_choice(contract, organisation, chosen_partner, conflict_accepted, shut_out)
    now, today = clock.now(), clock.today()
    case = create_with_reference(
        Case,
        "CASE",
        contract=contract,
        organisation=organisation,
        topic=topic,
        need=need.strip(),
        requested_at=now,
        requested_on=today,
        requested_by=by if isinstance(by, User) else None,
        chosen_partner=chosen_partner,
        conflict_accepted_at=now if chosen_partner and conflict_accepted else None,
    )
    CaseExclusion.objects.bulk_create(CaseExclusion(case=case, partner=partner) for partner in shut_out)
    _tell(case, by=by)
    audit.record(by=by, action="support.request_support", subject=f"case {case.reference}", facts={"topic": topic.code})
    _send_to_independent_route_if_nobody_is_left(case, by=by)
    return case


def _check_choice(
    contract: Contract, organisation: Organisation, chosen: Partner, accepted: bool, shut_out: list[Partner]
) -> None:
    today = clock.today()
    rules.check_choice(
        is_partner=contracts.partners(contract, today).filter(pk=chosen.pk).exists(),
        is_conflicted=chosen.organisation_id in contracts.conflicted_partner_organisation_ids(organisation, today),
        conflict_accepted=accepted,
        is_shut_out=chosen in shut_out,
    )


@transaction.atomic
def triage_case(*, case: Case, urgency: str, note: str, by: Actor) -> None:
    """Say how soon a request matters and what it is about, so that an adviser can take it."""
    _check_open_to(case, by)
    _move(case, "triage", by=by, note=note, urgency=urgency)
    _record(case, "triage_case", by, urgency=urgency)


@transaction.atomic
def allocate_case(*, case: Case, partner_organisation: Organisation | None = None, by: Actor) -> None:
    """Offer a case to a partner; without one named, to the free partner that holds the fewest.

    Where every partner has a conflict or is shut out, it goes to the contract's independent route.
    """
    _check_open_to(case, by)
    free = queries.least_busy_first(case.contract, queries.free_for(case))
    eligible = [partner.organisation for partner in free]
    if partner_organisation is not None:
        rules.check_can_offer(is_open_to=partner_organisation in eligible)
        holder = partner_organisation
    else:
        holder = eligible[0] if eligible else case.contract.independent_route
    _move(case, "allocate", by=by, note=f"Offered to {holder.name}", held_by=holder)
    _record(case, "allocate_case", by, to=holder.reference)


@transaction.atomic
def take_case(*, case: Case, by: Actor) -> None:
    """An adviser takes a case that waits, or that is offered to their organisation, and becomes its adviser."""
    holder = _holder_for(case, by)
    _move(case, "take", by=by, held_by=holder, adviser=by if isinstance(by, User) else None)
    _record(case, "take_case", by, holder=holder.reference)


def _holder_for(case: Case, by: Actor) -> Organisation:
    """The organisation for which this adviser takes the case; refused from behind the firewall."""
    if not isinstance(by, User):
        raise RuleBroken("Only an adviser can take a case.")
    _check_open_to(case, by)
    mine = by.organisation_ids(Permission.CASE_WORK)
    if case.held_by is not None:
        rules.check_holds(holder=case.held_by.pk, mine=mine)
        return case.held_by
    partner = contracts.partner_of(case.contract, mine, clock.today())
    if partner is None:
        raise RuleBroken("Only an adviser of a partner can take a case.")
    return partner.organisation


@transaction.atomic
def hand_back_case(*, case: Case, reason: str, by: Actor) -> None:
    """Give a case back, so that another partner can take it."""
    if not reason.strip():
        raise RuleBroken("Say why, so that the next adviser knows.", field="reason")
    _check_holds(case, by)
    _move(case, "hand_back", by=by, note=reason, held_by=None, adviser=None)
    _record(case, "hand_back_case", by)
    _send_to_independent_route_if_nobody_is_left(case, by=by)


@transaction.atomic
def record_activity(*, case: Case, kind: str, occurred_on: date, minutes: int, note: str, by: Actor) -> CaseActivity:
    """Record help given: `minutes` of it, on a date. The first is the first contact, counted in working days."""
    rules.next_status(case.status, "record_activity")
    rules.check_activity(
        occurred_on=occurred_on, minutes=minutes, note=note, requested_on=case.requested_on, today=clock.today()
    )
    _check_holds(case, by)
    first = Case.objects.filter(pk=case.pk, status=case.status, first_contact_on__isnull=True)
    is_first = bool(first.update(first_contact_on=occurred_on))
    if not is_first and not Case.objects.filter(pk=case.pk, status=case.status).exists():
        raise RuleBroken(MOVED_ON)
    activity = CaseActivity.objects.create(
        case=case,
        kind=kind,
        occurred_on=occurred_on,
        minutes=minutes,
        note=note.strip(),
        recorded_by=by if isinstance(by, User) else None,
    )
    if is_first:
        case.first_contact_on = occurred_on
        waited = working_days.between(case.requested_on, occurred_on)
        _evidence(case, "first_contact", on=occurred_on, quantity=waited, unit="working days", by=by)
    _record(case, "record_activity", by, kind=kind, minutes=minutes)
    return activity


@transaction.atomic
def complete_case(*, case: Case, outcome: str, note: str, completed_on: date, by: Actor) -> None:
    """Close a case with what came of it. The completed case is the evidence that performance counts."""
    rules.check_can_complete(
        status=case.status,
        outcome=outcome,
        first_contact_on=case.first_contact_on,
        last_activity_on=case.activities.aggregate(last=Max("occurred_on"))["last"],
        completed_on=completed_on,
        today=clock.today(),
    )
    _check_holds(case, by)
    _move(
        case, "complete", by=by, note=case.Outcome(outcome).label,
        outcome=outcome, outcome_note=note.strip(), completed_on=completed_on, completed_at=clock.now(),
    )  # fmt: skip
    _evidence(case, "completed", kind="case_completed", on=completed_on, quantity=1, unit="case", by=by)
    income = case.organisation.standing.latest_income
    reached = {"reached": "organisation_reached"}
    if case.topic.serves:
        reached[f"{case.topic.serves} helped"] = f"{case.topic.serves}_helped"
    for event, kind in reached.items():
        _evidence(case, event, kind=kind, on=completed_on, quantity=income, unit="pounds of income", by=by)
    _record(case, "complete_case", by, outcome=outcome)


@transaction.atomic
def withdraw_case(*, case: Case, reason: str, by: Actor) -> None:
    """The organisation no longer wants the help; it need not say why. Its adviser may record that for it."""
    if isinstance(by, User) and case.organisation_id not in by.organisation_ids(Permission.CASE_REQUEST):
        _check_holds(case, by)
    _move(case, "withdraw", by=by, note=reason.strip())
    _record(case, "withdraw_case", by)


@transaction.atomic
def shut_out_partner(*, case: Case, partner: Partner, by: Actor) -> None:
    """The organisation closes its case to a partner, without a reason. A partner that holds it loses it at once."""
    _check_is_their_own(case, by)
    _lock(case)
    case.refresh_from_db()  # the partner may have taken it since the page was read, and must lose it
    if not rules.is_open(case.status):
        raise RuleBroken(f"This case {rules.STANDS[case.status]}, so who may see it cannot be changed.")
    _, is_new = CaseExclusion.objects.get_or_create(case=case, partner=partner)
    if not is_new:
        raise RuleBroken(f"{partner.organisation.name} is already shut out of this case.")
    if case.chosen_partner_id == partner.pk:
        Case.objects.filter(pk=case.pk).update(chosen_partner=None, conflict_accepted_at=None)
        case.chosen_partner = case.conflict_accepted_at = None
    _record(case, "shut_out_partner", by, partner=partner.organisation.reference)
    if case.held_by_id == partner.organisation_id:
        _move(case, "hand_back", by=by, note="Waiting for another partner", held_by=None, adviser=None)
    _send_to_independent_route_if_nobody_is_left(case, by=by)


@transaction.atomic
def readmit_partner(*, case: Case, partner: Partner, by: Actor) -> None:
    """Undo of shutting out: the partner may be offered the case again (a conflict still keeps it away)."""
    _check_is_their_own(case, by)
    if not CaseExclusion.objects.filter(case=case, partner=partner).delete()[0]:
        raise RuleBroken(f"{partner.organisation.name} is not shut out of this case.")
    _record(case, "readmit_partner", by, partner=partner.organisation.reference)


@transaction.atomic
def declare_interest(
    *, partner: Partner, service_type: ServiceType, district: District, starts_on: date,
    ends_on: date | None = None, kind: str = Interest.Kind.DELIVERS, by: Actor,
) -> Interest:  # fmt: skip
    """Declare what a partner also delivers, and hand back the open cases that it may now no longer see."""
    interest = contracts_commands.declare_interest(
        partner=partner, service_type=service_type, district=district, starts_on=starts_on, ends_on=ends_on,
        kind=kind, by=by,
    )  # fmt: skip
    release_conflicted_cases(contract=partner.contract, by=by)
    return interest


@transaction.atomic
def release_conflicted_cases(*, contract: Contract, by: Actor) -> int:
    """Take the open cases from partners that have come to compete with their organisation; how many there were.

    What waits in the pool is looked at too: its last partner without a conflict may be gone, or the chosen one.
    """
    released = 0
    for partner in contracts.partners(contract, clock.today()):
        mine = [partner.organisation_id]
        theirs = queries.unfinished(contract).filter(Q(held_by_id__in=mine) | Q(chosen_partner=partner))
        for case in theirs.exclude(pk__in=queries.firewalled(theirs, mine).values("pk")):
            _release(case, by=by)
            _record(case, "release_conflicted_cases", by, holder=partner.organisation.reference)
            released += 1
    for case in queries.waiting_for_nobody(contract):
        _release(case, by=by)
        _record(case, "release_conflicted_cases", by)
        released += 1
    return released


@transaction.atomic
def hand_over_case(*, case: Case, leaving: Partner, by: Actor) -> Organisation | None:
    """Give an open case of a partner that leaves to another, the one that holds the fewest; who has it now.

    The firewall decides who may; where nobody may, it goes to the independent route. A case that only waited for this
    partner, because the organisation chose it, waits for any again: None. RuleBroken when it is not this partner's any
    more. What was done before stays the partner's that did it.
    """
    _lock(case)
    case.refresh_from_db()
    held = case.held_by_id == leaving.organisation_id
    rules.check_can_hand_over(status=case.status, is_theirs=held or case.chosen_partner_id == leaving.pk)
    if case.chosen_partner_id == leaving.pk:
        Case.objects.filter(pk=case.pk).update(chosen_partner=None, conflict_accepted_at=None)
        case.chosen_partner = case.conflict_accepted_at = None
    if held:
        note = f"{leaving.organisation.name} leaves the alliance"
        _move(case, "hand_back", by=by, note=note, held_by=None, adviser=None)
    free = [one for one in queries.least_busy_first(case.contract, queries.free_for(case)) if one.left_on is None]
    to: Organisation | None = None
    if held or not free:
        to = free[0].organisation if free else case.contract.independent_route
        if case.status == rules.REQUESTED:
            _move(case, "triage", by=by)
        _move(case, "allocate", by=by, note=f"Offered to {to.name}", held_by=to)
    _record(case, "hand_over_case", by, leaving=leaving.organisation.reference, to=to.reference if to else "")
    return to


def _release(case: Case, *, by: Actor) -> None:
    """Take a case from a partner that may no longer see it; a choice of that partner falls with it."""
    Case.objects.filter(pk=case.pk).update(chosen_partner=None, conflict_accepted_at=None)
    case.chosen_partner = case.conflict_accepted_at = None
    if case.held_by_id is not None:
        _move(case, "hand_back", by=by, note="Waiting for another partner", held_by=None, adviser=None)
    _send_to_independent_route_if_nobody_is_left(case, by=by)


def _move(case: Case, action: str, *, by: Actor, note: str = "", **changes: Any) -> None:
    """Change a case only if it is still in the status that was checked: two may press at once."""
    status = rules.next_status(case.status, action)
    if not Case.objects.filter(pk=case.pk, status=case.status).update(status=status, **changes):
        raise RuleBroken(MOVED_ON)
    case.status = status
    for name, value in changes.items():
        setattr(case, name, value)
    _tell(case, by=by, note=note)


def _tell(case: Case, *, by: Actor, note: str = "") -> None:
    """The row of history that people see."""
    CaseStatus.objects.create(case=case, status=case.status, by=by.actor_name, note=note)


def _record(case: Case, verb: str, by: Actor, **facts: Any) -> None:
    audit.record(by=by, action=f"support.{verb}", subject=f"case {case.reference}", facts=facts)


def _evidence(case: Case, event: str, *, on: date, quantity: Any, unit: str, by: Actor, kind: str = "") -> None:
    evidence.record(
        by=by,
        kind=f"support.{kind or event}",
        occurred_on=on,
        source=f"case {case.reference} {event.replace('_', ' ')}",
        quantity=quantity,
        unit=unit,
        contract=case.contract.reference,
        partner=case.held_by,
        organisation=case.organisation,
        district=case.organisation.standing.district,
    )


def _lock(case: Case) -> None:
    """Make whoever else changes this case, or who may see it, wait until we are done.

    An update that changes nothing takes the row's lock on both databases; select_for_update does so on one.
    """
    Case.objects.filter(pk=case.pk).update(status=F("status"))


def _check_open_to(case: Case, by: Actor) -> None:
    """Refuse people from behind the firewall, whatever page or tool they come by."""
    _lock(case)
    if isinstance(by, User):
        mine = by.organisation_ids(Permission.CASE_TRIAGE)
        if not queries.is_open_to(case, mine):
            raise RuleBroken("This case is not open to you.")


def _check_holds(case: Case, by: Actor) -> None:
    if isinstance(by, User):
        rules.check_holds(holder=case.held_by_id, mine=by.organisation_ids(Permission.CASE_WORK))
        _check_open_to(case, by)


def _check_is_their_own(case: Case, by: Actor) -> None:
    if isinstance(by, User) and case.organisation_id not in by.organisation_ids(Permission.CASE_REQUEST):
        raise RuleBroken("Only the organisation itself can say who may see its case.")


def _send_to_independent_route_if_nobody_is_left(case: Case, *, by: Actor) -> None:
    """A case that no partner may have goes to the named independent route, never to silence."""
    if case.held_by_id is not None or case.status not in (rules.REQUESTED, rules.TRIAGED) or queries.free_for(case):
        return
    if case.status == rules.REQUESTED:
        _move(case, "triage", by=by)
    route = case.contract.independent_route
    _move(case, "allocate", by=by, note=f"Offered to {route.name}, which is independent of the partners", held_by=route)
    _record(case, "send_to_independent_route", by, to=route.reference)
