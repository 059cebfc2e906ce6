"""The lines of a statement: what kinds there are, and how one that is everybody's is shared out. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from trellis.core.errors import RuleBroken
from trellis.core.money import split
from trellis.payments.models import StatementLine

Kind = StatementLine.Kind
WHOLE = Decimal(1)


@dataclass(frozen=True)
class ProposedLine:
    """A line that a statement is to have, before it is drawn up. `amount` is in pounds; below nought it is taken off.

    `partner_reference` is the organisation's; empty, the line is the alliance's, and is split by the shares that the
    report froze. `funding_source` is who pays; empty, the line is split as the contract is funded. `reason` is a
    sentence, and `opens` the address of what it came from. `source` names that uniquely, so that it is never stated
    twice; empty, it is made of kind and quarter. `quarter` is what the line pays for; empty, the report's. `share`
    is the partner's fraction of a base, which may be another quarter's; of other kinds it is what the report froze.
    """

    kind: str
    partner_reference: str
    amount: Decimal
    funding_source: str
    reason: str
    opens: str
    source: str = ""
    quarter: str = ""
    share: Decimal | None = None


@dataclass(frozen=True)
class Line:
    """A line as it is stated: of one partner and one source of funding. `share` is the partner's, where it has one."""

    proposed: ProposedLine
    share: Decimal | None = None

    @property
    def amount(self) -> Decimal:
        """In pounds."""
        return self.proposed.amount


def check_proposed(lines: Iterable[ProposedLine], partners: Iterable[str]) -> None:
    """Refuse a line of a kind that is not known, of nobody's, or without its reason and what that opens."""
    known = set(partners)
    for line in lines:
        if line.kind not in Kind.values:
            raise RuleBroken(f"A statement has no lines of the kind “{line.kind}”.")
        if line.partner_reference and line.partner_reference not in known:
            raise RuleBroken(f"{line.partner_reference} is not a partner of this contract, so no line can be its.")
        if not line.reason or not line.opens:
            raise RuleBroken("Each line of a statement says why it is there, and opens to what it came from.")


def stated(
    lines: Sequence[ProposedLine],
    *,
    shares: Mapping[str, Decimal],
    funding: Mapping[str, Decimal],
    contract: str,
    quarter: str,
) -> list[Line]:
    """The lines as they are stated: each of one partner and one source of funding.

    `shares` are the partners' and `funding` the sources', as fractions. What is split sums to what was proposed, to
    the penny; the order in which partners or sources come changes nothing. Parts of nothing are left out, except of
    the base, where they say that a partner has no share.
    """
    found: list[Line] = []
    for number, line in enumerate(lines, start=1):
        source = line.source or f"{line.kind} {number} of {contract} {quarter}"
        named = replace(line, source=source, quarter=line.quarter or quarter)
        for mine in _by_partner(named, shares):
            found += [Line(part, _share(part, shares)) for part in _by_funding(mine, funding)]
    return [one for one in found if one.amount or one.proposed.kind == Kind.BASE]


def _share(line: ProposedLine, shares: Mapping[str, Decimal]) -> Decimal | None:
    return line.share if line.kind == Kind.BASE else shares.get(line.partner_reference)


def _by_partner(line: ProposedLine, shares: Mapping[str, Decimal]) -> list[ProposedLine]:
    if line.partner_reference:
        return [line]
    return [
        replace(line, partner_reference=partner, amount=amount, source=f"{line.source} {partner}")
        for partner, amount in parts(line.amount, shares).items()
    ]


def _by_funding(line: ProposedLine, funding: Mapping[str, Decimal]) -> list[ProposedLine]:
    if line.funding_source or not funding:
        return [line]
    return [
        replace(line, funding_source=source, amount=amount, source=f"{line.source}, {source}")
        for source, amount in parts(line.amount, funding).items()
        if amount
    ] or [line]


def parts(amount: Decimal, weights: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Pounds split by weight so that the parts sum to the whole; ties go to the first by name, whatever the order."""
    names = sorted(weights)
    found = dict(zip(names, split(amount, [weights[name] for name in names]), strict=True))
    return {name: found[name] for name in weights}
