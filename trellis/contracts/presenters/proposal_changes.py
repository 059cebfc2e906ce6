"""What a proposal changes, beside what holds now, and where the change can be seen."""

from datetime import date, timedelta
from decimal import Decimal

from django.http import HttpRequest
from django.urls import reverse

from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract, Matter, Proposal
from trellis.contracts.models.proposals import ProposalWords
from trellis.web.table import Column, Table
from trellis.web.words import day, percent


def changes(request: HttpRequest, proposal: Proposal, words: ProposalWords) -> Table | None:
    """What the words change, beside what holds now; None where they change no figure."""
    if "shares" in words.payload:
        return _share_changes(request, proposal, words)
    return _target_changes(request, proposal.contract, words) if proposal.matter == Matter.TARGET else None


def _share_changes(request: HttpRequest, proposal: Proposal, words: ProposalWords) -> Table:
    """Of everybody until then, and of whoever joins then."""
    before = {one.organisation: share for one, share in contracts.shares(proposal.contract, _day_before(words)).items()}
    joins = {proposal.concerned: Decimal(0)} if proposal.concerned else {}
    rows = []
    for organisation, share in sorted((joins | before).items(), key=lambda row: row[0].name):
        wanted = Decimal(words.payload["shares"].get(organisation.reference, "0"))
        rows.append({"name": str(organisation), "now": share, "wanted": wanted, "change": wanted - share})
    return Table(
        request,
        rows,
        columns=[
            Column("name", "Partner", value=lambda row: row["name"]),
            Column("now", "Until then", value=lambda row: percent(row["now"]), numeric=True),
            Column("wanted", "From then", value=lambda row: percent(row["wanted"]), numeric=True),
            Column("change", "Difference", value=lambda row: _points(row["change"]), numeric=True),
        ],
        caption=f"Shares from {day(words.effective_on)}",
        name="changes",
        prefix="changes-",
    )


def _day_before(words: ProposalWords) -> date:
    return words.effective_on - timedelta(days=1)


def _points(change: Decimal) -> str:
    if not change:
        return "–"
    points = percent(abs(change)).rstrip("%")
    return f"{'+' if change > 0 else '−'}{points} {'point' if points == '1' else 'points'}"


def _target_changes(request: HttpRequest, contract: Contract, words: ProposalWords) -> Table:
    wanted = words.payload
    now = contracts.targets(contract, _day_before(words)).get(wanted["indicator"])
    rows = [
        ("Target", _plain(now.target) if now else "–", wanted["target"]),
        ("Floor: the least that is acceptable", _plain(now.floor) if now else "–", wanted["floor"]),
    ]
    measure = f"{now.indicator.name} ({now.indicator.unit})" if now else wanted["indicator"]
    return Table(
        request,
        rows,
        columns=[
            Column("what", "What is asked", value=lambda row: row[0]),
            Column("now", "Until then", value=lambda row: row[1], numeric=True),
            Column("wanted", "From then", value=lambda row: row[2], numeric=True),
        ],
        caption=f"{measure} from {day(words.effective_on)}",
        name="changes",
        prefix="changes-",
    )


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def effect_link(proposal: Proposal) -> tuple[str, str] | None:
    """Where what it changed can be seen."""
    found = SEEN_AT.get(proposal.matter)
    if found is None:
        return None
    words, name, place = found
    return words, reverse(name, args=[proposal.contract.reference]) + place


SEEN_AT: dict[str, tuple[str, str, str]] = {
    Matter.SHARES: ("See the shares", "contract", "#partners"),
    Matter.TARGET: ("See the targets", "contract", "#targets"),
    Matter.ADMISSION: ("See the members", "members", ""),
    Matter.EXCLUSION: ("See the members", "members", ""),
    Matter.SUBCONTRACT: ("See the subcontracts", "subcontracts", ""),
    Matter.VARIATION: ("See the variations", "variations", ""),
}
