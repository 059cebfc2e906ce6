"""What may be published of the market's answers, and what an answer needs. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from trellis.core.errors import RuleBroken


@dataclass(frozen=True)
class PublishedCount:
    """A count as it is published: of one answer, or of several together because alone they were too few."""

    names: tuple[str, ...]
    count: int


def published(counts: Mapping[str, int], *, fewest: int) -> tuple[PublishedCount, ...]:
    """Counts of which none is between nought and `fewest`, the most first; none at all where there are too few in all.

    Answers that too few gave are counted together, the smallest first, until they are enough: the sum stays true, and
    nothing can be taken from it to find out a small number (disclosure control by aggregation, as in Hundepool et al.,
    Statistical Disclosure Control, 2012). A nought is shown, for it speaks of nobody.
    """
    if sum(counts.values()) < fewest:
        return ()
    order = list(counts)
    cells = [PublishedCount((name,), count) for name, count in counts.items() if count]
    while (smallest := min(cells, key=lambda cell: cell.count)).count < fewest:
        cells.remove(smallest)
        other = min(cells, key=lambda cell: cell.count)
        cells.remove(other)
        names = sorted(smallest.names + other.names, key=order.index)
        cells.append(PublishedCount(tuple(names), smallest.count + other.count))
    noughts = [PublishedCount((name,), 0) for name, count in counts.items() if not count]
    return (*sorted(cells, key=lambda cell: (-cell.count, order.index(cell.names[0]))), *noughts)


def check_answer(*, preferred: str, reasons: str) -> None:
    """Refuse a preference without a reason: it would weigh nothing in the appraisal."""
    if preferred and not reasons.strip():
        raise RuleBroken("Say why they prefer it. A preference without a reason tells us nothing.", field="reasons")


def check_can_publish(*, answered: int, fewest: int, named: list[str]) -> None:
    """Refuse to publish too few answers, or texts that name a provider: `named` are those whose names stand there."""
    if answered < fewest:
        raise RuleBroken(
            f"{answered} of the providers have answered. With fewer than {fewest}, readers could tell who said what."
        )
    if named:
        raise RuleBroken(f"What is to be published names {', '.join(named)}. Take the name out first.")


def naming(names: Iterable[str], texts: Iterable[str]) -> list[str]:
    """Those of the providers' names that stand in any of the texts to be published."""
    folded = [text.casefold() for text in texts]
    return [name for name in names if any(name.casefold() in text for text in folded)]
