"""What is said of each row of linked lists: its cluster, how sure that is, and why."""

from collections.abc import Sequence

from trellis.organisations.linkage.links import BRANCH, SAME, TRADING_ARM, Linkage, Pair

FOUND = ("cluster_id", "probability", "reason")  # the columns that a list comes back with
MOST_REASONS = 3
RELATIONS = {
    SAME: "May be the same as {0}",
    BRANCH: "Seems another branch than {0}",
    TRADING_ARM: "Seems a trading company of, or owned by, {0}",
}


def told(ids: Sequence[str], labels: Sequence[str], linkage: Linkage) -> list[tuple[str, str, str]]:
    """For each row, in its order: cluster, probability and reason. `labels`: how others are told which row it is."""
    label = dict(zip(ids, labels, strict=True))
    numbers: dict[str, str] = {}
    for one in ids:
        numbers.setdefault(linkage.clusters[one], f"C{len(numbers) + 1}")
    best = _best(linkage)
    found = []
    for one in ids:
        cluster = numbers[linkage.clusters[one]]
        pair, within = best.get(one, (None, False))
        if not pair:
            found.append((cluster, "", "No other row is like it"))
            continue
        other = label[pair.right if pair.left == one else pair.left]
        opening = f"The same as {other}" if within else RELATIONS[pair.relation].format(other)
        found.append((cluster, f"{pair.probability:.4f}", f"{opening}: {reasons(pair)}"))
    return found


def summary(rows: int, organisations: int, precision: float) -> str:
    """A sentence about all rows: how many organisations they are, and how sure the links between them."""
    from trellis.web.words import counted  # here: workers of Spark have the code of linkage and no other

    sure = f"of the links, {100 * precision:.1f}% are expected to be right"
    found = sure if organisations < rows else "no links were found"
    return f"{counted(rows, 'row')}, {counted(organisations, 'organisation')}; {found}."


def reasons(pair: Pair) -> str:
    """The weightiest reasons of a pair in one line."""
    return "; ".join(said.words[:1].lower() + said.words[1:] for said in pair.evidence[:MOST_REASONS])


def _best(linkage: Linkage) -> dict[str, tuple[Pair, bool]]:
    """For each row the pair that says most about it: the surest within its cluster, else the surest of all."""
    best: dict[str, tuple[Pair, bool]] = {}
    for pair in linkage.pairs:  # the surest first
        within = linkage.clusters[pair.left] == linkage.clusters[pair.right]
        for one in (pair.left, pair.right):
            if one not in best or within and not best[one][1]:
                best[one] = (pair, within)
    return best
