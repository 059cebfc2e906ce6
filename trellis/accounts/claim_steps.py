"""What every command about claims does: move one on, let the person in, write it down, tell people."""

from collections.abc import Iterable

from django.db import transaction

from trellis.accounts import claim_queries as queries
from trellis.accounts import claim_rules as rules
from trellis.accounts.commands.memberships import add_membership
from trellis.accounts.models import ProfileClaim
from trellis.accounts.roles import GROUP_MEMBER
from trellis.audit import commands as audit
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.core.permissions import Permission
from trellis.web import mail


def move(claim: ProfileClaim, action: str, by: Actor, **fields) -> None:
    """Take a step of the table, unless somebody was faster; a step that ends the claim says who decided and when."""
    rules.check_can(claim.status, action)
    allowed, to = rules.TRANSITIONS[action]
    if not any(to in where for where, _ in rules.TRANSITIONS.values()):
        fields |= {"decided_at": clock.now(), "decided_by": by.actor_name}
    still_there = ProfileClaim.objects.filter(pk=claim.pk, status__in=allowed)
    if not still_there.update(status=to, **fields):
        raise RuleBroken(rules.TOO_LATE)
    claim.refresh_from_db()


def prove(claim: ProfileClaim, by, **fields) -> None:
    """Note that it is proved; with nobody to object, the person is let in at once."""
    move(claim, "prove", by, proved_at=clock.now(), proved_by=by, **fields)
    if not queries.speakers(claim.organisation):
        let_in(claim, "grant", by)


def let_in(claim: ProfileClaim, action: str, by: Actor, **fields) -> None:
    """Grant it: from now on they speak for the organisation. One who came to do so otherwise stays as they are."""
    move(claim, action, by, **fields)
    if claim.organisation_id not in claim.claimed_by.organisation_ids(Permission.ORGANISATION_EDIT):
        add_membership(user=claim.claimed_by, organisation=claim.organisation, role=GROUP_MEMBER, by=by)
    tell_claimant(claim)


def record(verb: str, claim: ProfileClaim, by: Actor, *, reason: str = "", **facts) -> None:
    """Write it down: who asked by number, never a name, a code or an address."""
    facts |= {"organisation": claim.organisation.reference, "person": claim.claimed_by_id}
    audit.record(by=by, action=f"accounts.{verb}", subject=f"claim {claim.reference}", reason=reason, facts=facts)


def tell(template: str, claim: ProfileClaim, to: Iterable[str], **words) -> None:
    """Send an e-mail about a claim once the deed is committed."""
    addresses = list(to)
    transaction.on_commit(lambda: mail.send(f"account/email/{template}", addresses, {"claim": claim} | words))


def tell_claimant(claim: ProfileClaim) -> None:
    """Say to whoever asked where it stands now."""
    tell("claim_moved", claim, [claim.claimed_by.email])


def tell_speakers(claim: ProfileClaim) -> None:
    """Say to those who speak for the organisation that somebody else asks to."""
    others = [one.email for one in queries.speakers(claim.organisation) if one.pk != claim.claimed_by_id]
    tell("claim_told", claim, others)
