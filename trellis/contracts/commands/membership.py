"""Joining the alliance and leaving it: what a carried proposal, notice or a day that has come does."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction

from trellis.audit import commands as audit
from trellis.contracts import queries
from trellis.contracts.commands.interests import end_interest
from trellis.contracts.commands.partners import restate_shares, restate_work
from trellis.contracts.models import (
    Contract,
    Coverage,
    Interest,
    Membership,
    MembershipCheck,
    Partner,
    PartnerShare,
    Proposal,
)
from trellis.contracts.moving import as_checks, ask, move, record, tell
from trellis.contracts.on_paper import check_on_paper
from trellis.contracts.queries import basis
from trellis.contracts.queries.membership import is_known, membership_of
from trellis.contracts.rules import membership as rules
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.core.periods import ONE_DAY
from trellis.organisations.models import Organisation

Kind = MembershipCheck.Kind


@transaction.atomic
def invite_member(*, contract: Contract, organisation: Organisation, by: Actor) -> Membership:
    """Invite an organisation to the alliance. RuleBroken for one that is at the table already, or cannot be."""
    rules.check_can_invite(
        is_authority=organisation.pk == contract.authority_id,
        is_independent_route=organisation.pk == contract.independent_route_id,
        is_known=is_known(contract, organisation),
    )
    try:
        with transaction.atomic():
            membership = Membership.objects.create(
                contract=contract, organisation=organisation, invited_on=clock.today()
            )
    except IntegrityError as error:
        raise RuleBroken("Somebody invited it just now.", field="organisation") from error
    tell(membership, by=by)
    record(membership, "invite_member", by)
    return membership


@transaction.atomic
def withdraw_membership(*, membership: Membership, reason: str, by: Actor) -> None:
    """Say that an organisation that was invited does not join: it declined, or the checks said no."""
    move(membership, "withdraw", by=by, note=reason)
    record(membership, "withdraw_membership", by, reason=reason)


@transaction.atomic
def record_grounds(*, membership: Membership, proposal: str, variation: str, by: Actor) -> None:
    """Keep what an admission rests on that was agreed on paper: the document, and what shows that it is lawful.

    An admission by a proposal brings its own. RuleBroken for what is no document or lawful variation of the contract.
    """
    contract = membership.contract
    rules.check_rests_on(agreement=proposal, agreements=basis.agreements(contract))
    rules.check_is_lawful(ground=variation, grounds=basis.lawful_changes(contract))
    move(membership, "check", by=by, proposal=proposal, variation=variation)
    record(membership, "record_grounds", by, proposal=proposal, variation=variation)


@transaction.atomic
def admit_partner(
    *,
    membership: Membership,
    joined_on: date,
    shares: Mapping[Organisation, Decimal],
    work: Mapping[Organisation, Decimal] | None = None,
    proposal: str = "",
    variation: str = "",
    under: Proposal | None = None,
    by: Actor,
) -> Partner:
    """Admit a checked organisation as a partner from the start of a quarter that has not begun.

    `shares` names every member's fraction of the money from then, the newcomer's too; `work` that of the work, None: as
    the money. `under` is the proposal that is carried out; without one, `proposal` is the document by which it was
    agreed on paper. `variation` shows that it is lawful; empty: as recorded before. RuleBroken while a check is open,
    for what it cannot rest on, and on paper also while a proposal about the shares is not finished.
    """
    proposal = under.reference if under else proposal or membership.proposal
    variation = variation or membership.variation
    rules.next_status(membership.status, "admit")
    rules.check_can_admit(checks=as_checks(membership, Kind.DUE_DILIGENCE), proposal=proposal, variation=variation)
    rules.check_is_lawful(ground=variation, grounds=basis.lawful_changes(membership.contract))
    if under is None:
        _check_agreed_on_paper(membership.contract, proposal, joined_on)
    partner = Partner.objects.create(
        contract=membership.contract, organisation=membership.organisation, joined_on=joined_on
    )
    move(membership, "admit", by=by, partner=partner, proposal=proposal, variation=variation)
    members = {one.organisation_id: one for one in queries.partners(membership.contract, joined_on)}
    _restate(membership, joined_on, _by_partner(members, shares), _by_partner(members, work or shares), proposal, by)
    record(membership, "admit_partner", by, joined_on=str(joined_on), proposal=proposal, variation=variation)
    return partner


def _check_agreed_on_paper(contract: Contract, document: str, starts_on: date) -> None:
    rules.check_rests_on(agreement=document, agreements=basis.agreements(contract))
    check_on_paper(PartnerShare, contract, starts_on)


def _by_partner(members: Mapping[int, Partner], shares: Mapping[Organisation, Decimal]) -> dict[Partner, Decimal]:
    stranger = next((organisation for organisation in shares if organisation.pk not in members), None)
    if stranger is not None:
        raise RuleBroken(f"{stranger.name} is not a partner on that day, so it has no share.")
    return {members[organisation.pk]: share for organisation, share in shares.items()}


@transaction.atomic
def give_notice(*, membership: Membership, leaves_on: date, reason: str, by: Actor) -> None:
    """Say that a partner leaves, with the notice that the agreement asks for; the handover begins."""
    rules.next_status(membership.status, "give_notice")
    contract = membership.contract
    rules.check_notice(
        notice_on=clock.today(),
        leaves_on=leaves_on,
        months=contract.leaving_notice_months,
        quarter_ends=[quarter.ends_on for quarter in queries.quarters(contract)],
        reason=reason,
    )
    move(
        membership, "give_notice", by=by, note=reason,
        notice_on=clock.today(), leaves_on=leaves_on, leaving_reason=reason,
    )  # fmt: skip
    ask(membership, Kind.HANDOVER)
    record(membership, "give_notice", by, reason=reason, leaves_on=str(leaves_on))


@transaction.atomic
def take_notice_back(*, membership: Membership, reason: str, by: Actor) -> None:
    """Stay after all: as long as the others have not agreed the shares without this partner."""
    _check_not_settled(membership)
    if membership.remedy:
        raise RuleBroken("The notice came in answer to a remedy plan, so it stands.")
    move(membership, "take_notice_back", by=by, note=reason, notice_on=None, leaves_on=None, leaving_reason="")
    membership.checks.filter(kind=Kind.HANDOVER).delete()
    record(membership, "take_notice_back", by, reason=reason)


@transaction.atomic
def accept_leaving(
    *,
    membership: Membership,
    left_on: date,
    shares: Mapping[Partner, Decimal],
    work: Mapping[Partner, Decimal] | None = None,
    proposal: str,
    by: Actor,
) -> None:
    """Settle on which day a partner that gave notice leaves, and what share each other partner has from the next day.

    `left_on` is the last day of a quarter; `shares` are fractions of the money, `work` of the work (None: as the
    money). `proposal` is what says so: a carried proposal, or the title of a document. The partner's interests and
    places end with that day, and its seat with its membership.
    """
    _check_not_settled(membership)
    rules.check_rests_on(agreement=proposal, agreements=basis.agreements(membership.contract, basis.BY_HAND))
    move(membership, "accept", by=by, note="The others agreed to the shares without it.", leaving_proposal=proposal)
    _part(membership, left_on, shares, work, membership.leaving_reason, by)
    record(membership, "accept_leaving", by, left_on=str(left_on), proposal=proposal)


@transaction.atomic
def plan_remedy(*, membership: Membership, remedy: str, review_on: date, by: Actor) -> None:
    """Agree what a partner puts right, and when all look at it again."""
    rules.check_remedy(remedy=remedy, review_on=review_on, today=clock.today())
    move(membership, "plan_remedy", by=by, note=remedy, remedy=remedy, remedy_review_on=review_on)
    record(membership, "plan_remedy", by, review_on=str(review_on))


@transaction.atomic
def conclude_remedy(*, membership: Membership, note: str, by: Actor) -> None:
    """Say that what was to be put right is; the plan stays in the history."""
    move(membership, "conclude_remedy", by=by, note=note, remedy="", remedy_review_on=None)
    record(membership, "conclude_remedy", by, reason=note)


@transaction.atomic
def exclude_partner(
    *,
    partner: Partner,
    left_on: date,
    shares: Mapping[Partner, Decimal],
    reason: str,
    work: Mapping[Partner, Decimal] | None = None,
    proposal: str = "",
    under: Proposal | None = None,
    by: Actor,
) -> None:
    """Exclude a partner whose remedy plan has had its time, from the day after `left_on`, the end of a quarter.

    `shares` are what the others have of the money from then, `work` of the work (None: as the money). `under` is the
    proposal that is carried out; without one, `proposal` is the document by which the others agreed on paper, and no
    proposal about the shares may be unfinished.
    """
    membership = membership_of(partner)
    rules.next_status(membership.status, "exclude")
    rules.check_can_exclude(remedy_review_on=membership.remedy_review_on, today=clock.today(), reason=reason)
    if under is None:
        _check_agreed_on_paper(membership.contract, proposal, left_on + ONE_DAY)
    proposal = under.reference if under else proposal
    move(membership, "exclude", by=by, note=reason, leaving_reason=reason[:500], leaving_proposal=proposal)
    _part(membership, left_on, shares, work, reason, by)
    ask(membership, Kind.HANDOVER)
    record(membership, "exclude_partner", by, reason=reason, left_on=str(left_on), proposal=proposal)


@transaction.atomic
def turn_memberships(*, on: date, by: Actor) -> int:
    """Begin the memberships whose first day has come; how many.

    Who is a partner on a day follows from the partner's own dates, whether this has run or not. That one has ended is
    said by a person, with its handover (`end_partnership`).
    """
    moved = 0
    for membership in Membership.objects.filter(status=rules.ADMITTED, partner__joined_on__lte=on):
        move(membership, "begin", by=by)
        moved += 1
    if moved:
        audit.record(
            by=by, action="contracts.turn_memberships", subject="memberships", facts={"on": str(on), "moved": moved}
        )
    return moved


@transaction.atomic
def end_partnership(*, membership: Membership, by: Actor) -> None:
    """Say that a partner has left: its last day is over, and each question of the handover is answered.

    One that was excluded stays so. Whether its cases and roles are handed over is not known here: whoever closes the
    handover (trellis.renewal) asks that first, and is the only caller.
    """
    left_on = membership.partner.left_on if membership.partner else None
    rules.next_status(membership.status, "leave")
    rules.check_can_leave(left_on=left_on, today=clock.today(), checks=as_checks(membership, Kind.HANDOVER))
    move(membership, "leave", by=by, note="The handover is complete.")
    record(membership, "end_partnership", by, left_on=str(left_on))


def _check_not_settled(membership: Membership) -> None:
    """The lock on the partner's row makes whoever settles it at the same moment wait."""
    there = Partner.objects.select_for_update().filter(membership=membership).first()
    if there and there.left_on is not None:
        raise RuleBroken("The day on which this partner leaves is settled, with the shares of the others.")


def _part(
    membership: Membership,
    left_on: date,
    shares: Mapping[Partner, Decimal],
    work: Mapping[Partner, Decimal] | None,
    reason: str,
    by: Actor,
) -> None:
    """The partner's own dates, the shares without it, and the end of all that it does here."""
    partner = membership.partner
    if partner is None or not Partner.objects.filter(pk=partner.pk, left_on__isnull=True).update(left_on=left_on):
        raise RuleBroken("The day on which this partner leaves is settled.")
    partner.left_on = left_on
    _restate(membership, left_on + ONE_DAY, shares, work or shares, reason, by)
    for interest in Interest.objects.filter(partner=partner, ends_on__isnull=True, starts_on__lte=left_on):
        end_interest(interest=interest, ends_on=left_on, by=by)
    for kind in (Interest, Coverage):
        kind.objects.filter(partner=partner, starts_on__lte=left_on, ends_on__gt=left_on).update(ends_on=left_on)
    Coverage.objects.filter(partner=partner, starts_on__lte=left_on, ends_on__isnull=True).update(ends_on=left_on)


def _restate(
    membership: Membership,
    starts_on: date,
    shares: Mapping[Partner, Decimal],
    work: Mapping[Partner, Decimal],
    reason: str,
    by: Actor,
) -> None:
    contract = membership.contract
    restate_shares(contract=contract, starts_on=starts_on, shares=shares, reason=reason, by=by)
    restate_work(contract=contract, starts_on=starts_on, shares=work, reason=reason, by=by)
