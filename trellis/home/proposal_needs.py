"""What proposals want of whoever sits at an alliance's table: a position, an end, an amendment, an understanding."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from trellis.accounts.models import User
from trellis.contracts import queries as contracts
from trellis.contracts.models import Proposal
from trellis.contracts.presenters.proposals import age, link
from trellis.contracts.queries import proposals as queries
from trellis.contracts.rules.proposal_clock import NAMES, OVER
from trellis.core import clock
from trellis.core.permissions import Permission
from trellis.web.pieces import Task
from trellis.web.words import counted, day

FEW, MANY = 5, 50  # of a kind that is shown, and that is looked at; the rest are on the list
Status = Proposal.Status


def proposals_at_my_table(user: User) -> Iterator[Task]:
    """The proposals of their alliances at which something waits for them, the most pressing kinds first."""
    today = clock.today()
    for contract in contracts.alliances_of(user, Permission.ALLIANCE_POSITION, today):
        speaks = queries.mandate(user, contract, today)
        if speaks is None:
            continue
        visible = queries.proposals_visible_to(user, contract, today)
        found = queries.with_need(visible, speaks.organisation).order_by("clock_ends_on", "pk")
        needed = list(found.filter(needs_mine=1)[:FEW])
        counts = queries.counts(needed)
        yield from (_needed(one, counts.get(one.pk, queries.Counts()), today) for one in needed)
        yield from _to_close(found, today)
        own = found.filter(proposer=speaks.organisation)
        yield from (_task(one, "Amend", "Stopped", one.refusal, "red") for one in _stopped(own))
        yield from _stalled(found, today)


def _needed(proposal: Any, counts: queries.Counts, today: date) -> Task:
    stage = queries.live_stage(proposal, today)
    if stage == OVER:
        return _task(proposal, "Lapses tonight", "Too late", "The time to decide is over.", "grey")
    ends = {one.code: one.ends_on for one in queries.clock_of(proposal)}[stage]
    hint = f"{NAMES[stage].capitalize()} ends on {day(ends)}. So far {counted(counts.agree, 'member')} in favour."
    colour = "orange" if stage == "discussion" else "red"
    return _task(proposal, "Your position is needed", "Your position", hint, colour)


def _to_close(found: Any, today: date) -> Iterator[Task]:
    """Those that are agreed, and only have to be closed: anybody at the table can."""
    still_open = list(found.filter(status=Status.OPEN)[:MANY])
    counts = queries.counts(still_open)
    for one in still_open:
        said = counts.get(one.pk, queries.Counts())
        if said.agree and not said.object and queries.can_be_carried(one, today):
            yield _task(one, "Close as carried", "Ready", "It is agreed.", "green")


def _stopped(own: Any) -> Any:
    return own.filter(status=Status.CARRIED).exclude(refusal="")[:FEW]


def _stalled(found: Any, today: date) -> Iterator[Task]:
    """What the members could not decide by themselves, with its age, whoever has spoken."""
    for one in queries.stalled(found, today).filter(needs_mine=0)[:FEW]:
        stage = queries.live_stage(one, today)
        hint = f"Open for {age(one, today)}. It ends on {day(one.clock_ends_on)}."
        yield _task(one, "Stalled", NAMES.get(stage, "Out of time").capitalize(), hint, "yellow")


def _task(proposal: Proposal, words: str, status: str, hint: str, colour: str) -> Task:
    return Task(f"{words}: {proposal.title}", status, link(proposal), hint, colour)
