"""What others say to a claim: an adviser vouches, the organisation agrees or objects, keepers settle it."""

from django.db import transaction

from trellis.accounts import claim_queries as queries
from trellis.accounts import claim_rules as rules
from trellis.accounts import claim_steps as steps
from trellis.accounts.models import ProfileClaim, User
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.permissions import Permission


@transaction.atomic
def vouch_for_claim(*, claim: ProfileClaim, how_known: str, by: User) -> None:
    """An adviser says that they know the person and how. Raises RuleBroken when it is not theirs to say."""
    theirs = {membership.organisation_id for membership in claim.claimed_by.current_memberships}
    rules.check_can_vouch(
        may_vouch=by.can(Permission.ORGANISATION_VOUCH),
        is_for_me=claim.claimed_by_id == by.pk,
        is_colleague=any(membership.organisation_id in theirs for membership in by.current_memberships),
        competes=queries.competes(claim, by),
        asked_for=claim.proof == rules.VOUCH,
        how_known=how_known,
    )
    steps.prove(claim, by, how_known=how_known.strip())
    partners = [one.reference for one in by.organisations_for(Permission.ORGANISATION_VOUCH)]
    steps.record("vouch_for_claim", claim, by, partners=partners)


@transaction.atomic
def agree_to_claim(*, claim: ProfileClaim, by: User) -> None:
    """Somebody who speaks for the organisation lets the person in. Raises RuleBroken for anybody else."""
    rules.check_can_answer_for(speaks=_speaks(claim, by))
    steps.let_in(claim, "agree", by)
    steps.record("agree_to_claim", claim, by)


@transaction.atomic
def object_to_claim(*, claim: ProfileClaim, objection: str, by: User) -> None:
    """Somebody who speaks for the organisation says no; those who keep the register then settle it."""
    rules.check_can_answer_for(speaks=_speaks(claim, by))
    steps.move(claim, "object", by, objected_at=clock.now(), objected_by=by, objection=objection.strip())
    steps.record("object_to_claim", claim, by)
    steps.tell_claimant(claim)


@transaction.atomic
def settle_claim(*, claim: ProfileClaim, granted: bool, reason: str, by: User) -> None:
    """Those who keep the register let a person in against an objection, or refuse any claim that goes on; why."""
    is_for_me = claim.claimed_by_id == by.pk
    rules.check_can_settle(is_keeper=by.can(Permission.REGISTER_KEEP), is_for_me=is_for_me, reason=reason)
    if granted:
        steps.let_in(claim, "uphold", by, reason=reason.strip())
    else:
        steps.move(claim, "refuse", by, reason=reason.strip())
        steps.tell_claimant(claim)
    steps.record("settle_claim", claim, by, granted=granted)


def run_claims(*, by: Actor) -> tuple[int, int]:
    """What is due: people whose proof nobody objected to in time are let in, claims that ran out are closed.

    Returns how many of each. Each claim is its own transaction, so one that somebody is at stops none of the others.
    """
    proved = [one for one in queries.claims().filter(status=rules.PROVED) if _is_due(one)]
    past = list(queries.claims().filter(status=rules.OPEN, expires_at__lte=clock.now()))
    return sum(_go_on(claim, "grant", by) for claim in proved), sum(_go_on(claim, "expire", by) for claim in past)


@transaction.atomic
def _go_on(claim: ProfileClaim, action: str, by: Actor) -> bool:
    """One step of the night, under the claim's lock; False where somebody was faster."""
    now = ProfileClaim.objects.select_for_update().get(pk=claim.pk)
    if not rules.can(now.status, action):
        return False
    if action == "grant":
        steps.let_in(now, action, by)
    else:
        steps.move(now, action, by)
        steps.tell_claimant(now)
    steps.record(f"{action}_claim", now, by)
    return True


def _is_due(claim: ProfileClaim) -> bool:
    due = queries.granted_from(claim)
    return due is not None and due <= clock.now()


def _speaks(claim: ProfileClaim, by: User) -> bool:
    return claim.organisation_id in by.organisation_ids(Permission.ORGANISATION_EDIT)
