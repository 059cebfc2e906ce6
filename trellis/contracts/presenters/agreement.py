"""How the alliance decides, in words: its agreement's terms as they stand."""

from datetime import date
from typing import Any

from trellis.contracts.models import AgreementClass, Contract, Matter, Seat
from trellis.contracts.presenters.proposals import trail
from trellis.contracts.queries import agreement as queries
from trellis.contracts.queries import proposals, seats
from trellis.core import clock
from trellis.web.words import counted, day


def agreement_page(contract: Contract) -> dict[str, Any]:
    """Each class in force, the seats at the table, and the terms that held before."""
    today = clock.today()
    now = list(queries.classes(contract, today))
    return {
        "contract": contract,
        "classes": [(one, _rows(one)) for one in sorted(now, key=_place)],
        "earlier": [one for one in queries.versions(contract) if one not in now],
        "seats": _seats(contract, today),
        "breadcrumbs": trail(contract),
        "caption": contract.title,
    }


def _place(one: AgreementClass) -> tuple[int, int]:
    """Where a class stands on the page: the widest of those who decide together first."""
    return AgreementClass.Decider.values.index(one.decides), -len(one.matters)


def _rows(one: AgreementClass) -> list[tuple[str, str]]:
    rows = [
        ("What it covers", "; ".join(str(Matter(code).label) for code in one.matters)),
        ("Who decides", one.get_decides_display()),
        ("When it is carried", _carried(one)),
        ("How long", clock_words(one)),
        ("In force from", day(one.starts_on)),
    ]
    return rows if one.concerned_decides else [*rows, ("The member concerned", "Has no position")]


def _carried(one: AgreementClass) -> str:
    if one.decides == AgreementClass.Decider.COMMISSIONER:
        return "When the commissioner supports or accepts it. The other members can say what they think."
    if one.quorum is None:
        return "When every member has supported or accepted it. Silence is not agreement; one objection stops it."
    return (
        f"When {counted(one.quorum, 'member')} or more support or accept it, nobody objects, and each has had the days "
        "of discussion to speak."
    )


def clock_words(one: AgreementClass) -> str:
    """The three stages, in working days."""
    discussion = counted(one.discussion_days, "working day")
    return (
        f"{discussion} of discussion, then {one.facilitation_days} with a facilitator, then {one.expert_days} for an "
        "expert’s opinion. If it is not agreed by then, things stay as they are."
    )


def _seats(contract: Contract, on: date) -> list[tuple[str, str]]:
    """Each member as an equal, and who decides for it."""
    named = {seat.organisation_id: seat for seat in seats(contract, on)}
    return [(member.name, _seat(named.get(member.pk))) for member in proposals.members(contract, on)]


def _seat(seat: Seat | None) -> str:
    if seat is None:
        return "Nobody is named yet"
    return f"{seat.holder}" + (f"; deputy: {seat.deputy}" if seat.deputy else "")
