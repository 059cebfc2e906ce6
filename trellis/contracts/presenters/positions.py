"""The members' positions as a table of equals, and who spoke for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from trellis.audit import queries as audit
from trellis.contracts.models import Matter, Position, Proposal
from trellis.contracts.models.positions import Spoken
from trellis.contracts.presenters.situations import Situation, Stance
from trellis.contracts.queries import proposals as queries
from trellis.organisations.models import Organisation
from trellis.web.pieces import Event
from trellis.web.table import Column, Table

STANCES = {
    Stance.SUPPORT: ("Supports", "green"),
    Stance.ACCEPT: ("Accepts", "teal"),
    Stance.OBJECT: ("Objects", "red"),
    Stance.RECUSE: ("Stands aside", "purple"),
    Stance.NONE: ("Silent", "yellow"),
}
NO_POSITION = ("No position", "grey")


@dataclass(frozen=True)
class MemberRow:
    """A member and where it stands."""

    member: str
    tag: tuple[str, str]
    words: str
    who: str
    at: datetime | None


def positions(request: HttpRequest, seen: Situation, names: dict[str, str]) -> Table:
    """Every member as an equal, by name, and where it stands on the words that hold."""
    taken = {one.organisation_id: one for one in queries.standing_positions(queries.current_version(seen.proposal))}
    then = min(seen.proposal.closed_on or seen.today, seen.today)
    rows = [_row(seen, taken.get(one.pk), one, names) for one in queries.members(seen.proposal.contract, then)]
    return Table(
        request,
        rows,
        columns=[
            Column("member", "Member"),
            Column("stance", "Position", tag=lambda row: row.tag),
            Column("words", "In its words"),
            Column("who", "Who said so"),
            Column("at", "When"),
        ],
        caption=f"Positions on version {seen.proposal.version}",
        name="positions",
        prefix="positions-",
    )


def _row(seen: Situation, said: Position | None, member: Organisation, names: dict[str, str]) -> MemberRow:
    assert seen.ballot is not None, "asked only of what was opened"
    if member.reference not in seen.ballot.members:
        return MemberRow(member.name, NO_POSITION, _why_none(seen.proposal, member), "", None)
    if said is None:
        return MemberRow(member.name, STANCES[Stance.NONE], "", "", None)
    words = " ".join(filter(None, [said.reason, said.interest and f"Interest: {said.interest}"]))
    return MemberRow(member.name, STANCES[Stance(said.stance)], words, who(said, names), said.said_at)


def _why_none(proposal: Proposal, member: Organisation) -> str:
    """Why a member has no position, where that needs saying."""
    is_its_own = proposal.matter == Matter.EXCLUSION and proposal.concerned_id == member.pk
    return "A member has no position on its own exclusion." if is_its_own else ""


def earlier(proposal: Proposal, names: dict[str, str]) -> list[Event]:
    """Every position that was taken, also those that others took the place of, the latest first."""
    rows = queries.positions_taken(proposal)
    return [
        Event(
            f"{row.organisation.name}: {_stance_words(row)}",
            row.said_at,
            f"{who(row, names)}, on version {row.version.number}",
            " ".join(filter(None, [row.reason, row.interest and f"Interest: {row.interest}"])),
        )
        for row in rows
    ]


def _stance_words(row: Position) -> str:
    return "took its objection back" if row.stance == Stance.NONE else STANCES[Stance(row.stance)][0].lower()


def names_in(proposal: Proposal) -> dict[str, str]:
    """The people whom the page names."""
    spoken: Iterable[Spoken] = [*queries.positions_taken(proposal), *proposal.messages.all(), *proposal.opinions.all()]
    people = {who for one in spoken for who in (one.said_by, one.in_stead_of)}
    return audit.names_of(people | {row.by for row in proposal.history.all()})


def who(said: Spoken, names: dict[str, str]) -> str:
    """Who spoke; a deputy by record."""
    name = names.get(said.said_by, "")
    if not said.in_stead_of:
        return name
    why = getattr(said, "stead_reason", "")
    return f"{name}, in the place of {names.get(said.in_stead_of, '')}" + (f" ({why.rstrip('.')})" if why else "")
