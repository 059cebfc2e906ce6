"""What closes cases to a partner, and hands those back that it holds: ties, and challenges that are upheld."""

from datetime import date

from django.db import transaction

from trellis.audit import commands as audit
from trellis.contracts.commands import challenges, interests
from trellis.contracts.models import InterestChallenge, Partner, Tie
from trellis.core.actors import Actor
from trellis.organisations.models import Organisation
from trellis.support.commands import release_conflicted_cases


@transaction.atomic
def declare_tie(
    *,
    partner: Partner,
    organisation: Organisation,
    kind: str,
    starts_on: date,
    ends_on: date | None = None,
    by: Actor,
) -> Tie:
    """Declare a named organisation, and hand back its open cases."""
    tie = interests.declare_tie(
        partner=partner, organisation=organisation, kind=kind, starts_on=starts_on, ends_on=ends_on, by=by
    )
    release_conflicted_cases(contract=partner.contract, by=by)
    return tie


@transaction.atomic
def answer_challenge(*, challenge: InterestChallenge, accepts: bool, answer: str, by: Actor) -> None:
    """Answer a challenge; what is accepted is declared, and the cases that it closes are handed back."""
    challenges.answer_challenge(challenge=challenge, accepts=accepts, answer=answer, by=by)
    _act_on(challenge, by)


@transaction.atomic
def settle_challenge(*, challenge: InterestChallenge, upheld: bool, outcome: str, by: Actor) -> None:
    """Decide a challenge; what is upheld is declared, and the cases that it closes are handed back."""
    challenges.settle_challenge(challenge=challenge, upheld=upheld, outcome=outcome, by=by)
    _act_on(challenge, by)


def _act_on(challenge: InterestChallenge, by: Actor) -> None:
    if challenge.status == InterestChallenge.Status.UPHELD:
        released = release_conflicted_cases(contract=challenge.partner.contract, by=by)
        audit.record(
            by=by,
            action="support.act_on_challenge",
            subject=f"challenge {challenge.reference}",
            facts={"released": released},
        )
