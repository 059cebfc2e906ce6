"""What falls when in the rooms of the alliance: proposals, plans and actions for members, variations for anybody."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from trellis.contracts.models import Contract, Proposal, Variation
from trellis.contracts.queries.plans import plans, tasks
from trellis.contracts.queries.proposals import current_version
from trellis.contracts.queries.risks import actions
from trellis.contracts.queries.timeline import Moment
from trellis.contracts.queries.variations import variations
from trellis.contracts.rules.plans import FINISHED

PROPOSALS, VARIATIONS, PLANS, ACTIONS = "Proposals", "Variations", "Mobilisation and exit", "Actions on risks"
EACH_PARTNER = "Each partner, its part"


def variation_moments(contract: Contract, today: date, is_member: bool) -> Iterator[Moment]:
    """When each variation that is in the contract takes effect."""
    for one in variations(contract).filter(status=Variation.Status.CARRIED):
        yield Moment(one.effective_on, str(one), VARIATIONS, is_done=one.effective_on <= today)


def proposal_moments(contract: Contract, today: date, is_member: bool) -> Iterator[Moment]:
    """By when an open proposal is decided or lapses, and from when a carried one holds."""
    if not is_member:
        return
    for one in Proposal.objects.filter(contract=contract, opened_on__isnull=False):
        url = reverse("proposal", args=[contract.reference, one.reference])
        if one.status == Proposal.Status.OPEN and one.clock_ends_on:
            words = f"{one.title}: decided by then, or things stay as they are"
            yield Moment(one.clock_ends_on, words, PROPOSALS, "Every member", is_due=True, url=url)
        elif one.status in (Proposal.Status.CARRIED, Proposal.Status.CARRIED_OUT):
            on = current_version(one).effective_on
            yield Moment(on, f"{one.title}: it holds", PROPOSALS, is_done=on <= today, url=url)


def plan_moments(contract: Contract, today: date, is_member: bool) -> Iterator[Moment]:
    """What the plans of mobilisation and exit want by when."""
    if not is_member:
        return
    url = reverse("plans", args=[contract.reference])
    for plan in plans(contract):
        for one in tasks(plan):
            if one.on is not None:
                is_done = one.task.status in FINISHED
                who = str(one.task.owner or EACH_PARTNER)
                yield Moment(one.on, one.task.title, PLANS, "" if is_done else who, is_done, not is_done, url)


def action_moments(contract: Contract, today: date, is_member: bool) -> Iterator[Moment]:
    """What is to be done about risks by when."""
    if not is_member:
        return
    url = reverse("risks", args=[contract.reference])
    for one in actions(contract):
        is_done = one.done_at is not None
        yield Moment(one.due_on, str(one), ACTIONS, "" if is_done else str(one.owner), is_done, not is_done, url)
