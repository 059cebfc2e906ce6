"""How equals decide: who has a position, what each position means, and when a proposal is carried. Pure.

A `Ballot` is one version of a proposal between the members. Each act returns the ballot after it, or refuses with
RuleBroken; the commands do nothing that these functions refuse.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from trellis.contracts.rules.agreement import COMMISSIONER
from trellis.core.errors import RuleBroken

SUPPORT, ACCEPT, OBJECT, RECUSE, NONE = "support", "accept", "object", "recuse", "none"
TAKEN = (SUPPORT, ACCEPT, OBJECT, RECUSE)
AGREE = frozenset({SUPPORT, ACCEPT})


@dataclass(frozen=True)
class Ballot:
    """Who has a position on a version (names by reference) and which they have taken. Positions of others do not count.

    `quorum` is how many of them have to agree; None: every one that has not recused itself.
    """

    members: Mapping[str, str]
    positions: Mapping[str, str] = field(default_factory=dict)
    quorum: int | None = None

    @property
    def agreed(self) -> tuple[str, ...]:
        """Those who support or accept it."""
        return self._in(AGREE)

    @property
    def objecting(self) -> tuple[str, ...]:
        """Those who object."""
        return self._in({OBJECT})

    @property
    def recused(self) -> tuple[str, ...]:
        """Those who stand aside for an interest, and leave the count."""
        return self._in({RECUSE})

    @property
    def silent(self) -> tuple[str, ...]:
        """Those who have said nothing, or have withdrawn an objection and said nothing since."""
        return self._in({NONE})

    def stance(self, member: str) -> str:
        """Where a member stands; `none` when it has not said."""
        return self.positions.get(member, NONE)

    def _in(self, stances: Iterable[str]) -> tuple[str, ...]:
        return tuple(name for member, name in self.members.items() if self.stance(member) in stances)


def members_with_position(
    members: Mapping[str, str], *, decides: str, commissioner: str, concerned: str, concerned_decides: bool
) -> dict[str, str]:
    """Which members have a position: all, or the commissioner alone; not the one concerned where the terms say so."""
    if decides == COMMISSIONER:
        return {commissioner: members[commissioner]}
    return {member: name for member, name in members.items() if concerned_decides or member != concerned}


def with_position(ballot: Ballot, member: str, stance: str, *, reason: str = "", interest: str = "") -> Ballot:
    """Take a position, in the place of an earlier one if there is one.

    Refused for a member that has none on this matter, for an objection without a reason, for a recusal without an
    interest, and for what is no position.
    """
    if member not in ballot.members:
        raise RuleBroken("You have no position on this proposal. You can say what you think in the discussion.")
    if stance not in TAKEN:
        raise RuleBroken("Choose a position.", field="stance")
    if stance == OBJECT and not reason.strip():
        raise RuleBroken("Say why you object, so that the others can meet it.", field="reason")
    if stance == RECUSE and not interest.strip():
        raise RuleBroken("Say for which interest you stand aside.", field="interest")
    return replace(ballot, positions={**ballot.positions, member: stance})


def with_objection_withdrawn(ballot: Ballot, member: str) -> Ballot:
    """Take an objection back. The member has no position then, until it takes one: that is not agreement."""
    if ballot.stance(member) != OBJECT or member not in ballot.members:
        raise RuleBroken("You have no objection that stands.")
    return replace(ballot, positions={**ballot.positions, member: NONE})


def amended(ballot: Ballot) -> Ballot:
    """The ballot of the next version: everybody begins anew."""
    return replace(ballot, positions={})


def check_can_carry(ballot: Ballot, *, time_is_over: bool) -> None:
    """Refuse to close a proposal as carried before it is agreed. Silence, abstention and recusal are not agreement.

    Where a quorum decides, those who have not spoken may still do so until `time_is_over`, the end of discussion.
    """
    if ballot.objecting:
        raise RuleBroken(f"{_and(ballot.objecting)}. Work that through before this is decided.")
    if not ballot.agreed and not ballot.silent:
        raise RuleBroken("Every member has stood aside for an interest, so there is nobody left to decide this.")
    if ballot.quorum is None:
        if ballot.silent:
            raise RuleBroken(f"Silence is not agreement. Still without a position: {', '.join(ballot.silent)}.")
        return
    if len(ballot.agreed) < ballot.quorum:
        raise RuleBroken(f"{len(ballot.agreed)} of the members agree. {ballot.quorum} have to.")
    if ballot.silent and not time_is_over:
        raise RuleBroken(f"Until discussion ends, these can still speak: {', '.join(ballot.silent)}.")


def can_carry(ballot: Ballot, *, time_is_over: bool) -> bool:
    """Whether it can be closed as carried now: what the button asks."""
    try:
        check_can_carry(ballot, time_is_over=time_is_over)
    except RuleBroken:
        return False
    return True


def _and(members: tuple[str, ...]) -> str:
    if len(members) == 1:
        return f"{members[0]} objects"
    return f"{', '.join(members[:-1])} and {members[-1]} object"
