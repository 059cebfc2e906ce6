"""Two versions of a proposal side by side, word by word."""

from decimal import Decimal
from typing import Any

from trellis.contracts.models import Proposal, ProposalVersion
from trellis.contracts.presenters.proposals import trail
from trellis.contracts.queries import proposals as queries
from trellis.decisions.report.comparison import Pair, word_changes
from trellis.web.fields import in_a_sentence
from trellis.web.words import day, percent


def comparison_page(proposal: Proposal, before: str, now: str) -> dict[str, Any]:
    """The page of a comparison; numbers as they came, the last two versions without them."""
    rows = list(proposal.versions.order_by("-number"))
    by_number = {str(row.number): row for row in rows}
    new = by_number.get(now, rows[0])
    old = by_number.get(before, rows[min(1, len(rows) - 1)])
    names = {member.reference: member.name for member in queries.members(proposal.contract, new.effective_on)}
    if proposal.concerned:
        names[proposal.concerned.reference] = proposal.concerned.name
    said = _lines(old, names), _lines(new, names)
    pairs = [
        Pair(*word_changes(said[0].get(label, ""), said[1].get(label, "")), label=label)
        for label in dict.fromkeys((*said[1], *said[0]))
    ]
    return {
        "proposal": proposal,
        "versions": rows[::-1],
        "old": old,
        "new": new,
        "pairs": [one for one in pairs if one.is_changed],
        "same": [in_a_sentence(one.label) for one in pairs if not one.is_changed],
        "caption": f"{proposal.reference}, {proposal.title}",
        "breadcrumbs": trail(proposal.contract, proposal),
    }


def _lines(version: ProposalVersion, names: dict[str, str]) -> dict[str, str]:
    """Everything that a version says, by what it is."""
    found = {
        "Title": version.title,
        "What is proposed": version.text,
        "Why it is best for the service": version.best_for_service,
        "From": day(version.effective_on),
    }
    for reference, share in sorted(version.payload.get("shares", {}).items()):
        found[f"Share of {names.get(reference, reference)}"] = percent(Decimal(share))
    for name in ("indicator", "target", "floor", "reference", "variation"):
        if name in version.payload:
            found[name.capitalize()] = version.payload[name]
    return found
