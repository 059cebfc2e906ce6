"""An options appraisal as tables for the terminal."""

from collections.abc import Iterable, Iterator, Sequence

from trellis.commissioning.appraisal import Appraised
from trellis.web.words import counted


def appraisal_text(found: Appraised) -> str:
    """The whole analysis, to read on a terminal."""
    return "\n\n".join(
        [_result(found), _build_up(found), _weights(found), _crossings(found), _ranks(found), *_dominated(found)]
    )


def _result(found: Appraised) -> str:
    worth = dict(zip(found.problem.options, found.totals, strict=True))
    first = dict(zip(found.problem.options, (shares[0] for shares in found.acceptability.shares), strict=True))
    rows = [
        (str(rank), option, f"{float(worth[option]):.1f}", f"{first[option]:.1%}")
        for rank, option in enumerate(found.ranking, start=1)
    ]
    return _table(("Rank", "Option", "value", "first in"), rows, words=2)


def _build_up(found: Appraised) -> str:
    """What each criterion brings to each option's value: weight × value on it."""
    rows = [
        (leaf.name, *(f"{float(weight * values[place]):.1f}" for values in found.leaf_values))
        for place, (leaf, weight) in enumerate(zip(found.problem.leaves, found.weights, strict=True))
    ]
    totals = ("In all", *(f"{float(total):.1f}" for total in found.totals))
    return _table(("Points from", *found.problem.options), [*rows, totals])


def _weights(found: Appraised) -> str:
    rows = [
        (leaf.name, f"{float(weight):.1%}") for leaf, weight in zip(found.problem.leaves, found.weights, strict=True)
    ]
    return _table(("Criterion", "weight"), rows)


def _crossings(found: Appraised) -> str:
    """Each weight at which the first place would change hands, beside the weight that the criterion has."""
    leaves, options = found.problem.leaves, found.problem.options
    first = options.index(found.ranking[0])
    own = [each for each in found.crossings if first in each.between]
    if not found.crossings:
        return "No two options change places, whatever the weight of any one criterion."
    others = counted(len(found.crossings) - len(own), "time")
    rest = f"Options below {options[first]} change places {others} more; --json lists each."
    rows = [
        (leaves[each.leaf].name, " and ".join(options[place] for place in each.between),
         f"{float(each.weight):.1%}", f"{float(found.weights[each.leaf]):.1%}")
        for each in own
    ]  # fmt: skip
    if not rows:
        return f"{options[first]} keeps its place whatever the weight of any one criterion. {rest}"
    table = _table(("Criterion", "change places", "at a weight of", "it has"), rows, words=2)
    return table if len(own) == len(found.crossings) else f"{table}\n{rest}"


def _ranks(found: Appraised) -> str:
    rows = [
        (option, *(f"{share:.1%}" for share in shares))
        for option, shares in zip(found.problem.options, found.acceptability.shares, strict=True)
    ]
    largest = max(error for errors in found.acceptability.errors for error in errors)
    said = (
        f"Ranks in {counted(found.draws, 'draw')} of weights, each set as likely as any other "
        f"(seed {found.seed}; standard error at most {largest:.2%}):"
    )
    return said + "\n" + _table(("Option", *(f"rank {rank}" for rank in range(1, len(rows) + 1))), rows)


def _dominated(found: Appraised) -> Iterator[str]:
    options = found.problem.options
    for option, by in found.dominated:
        yield f"{options[option]} is dominated by {options[by]}: nowhere better, and somewhere worse."


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]], *, words: int = 1) -> str:
    """Columns as wide as their widest cell; the first few are words and stand left, the figures stand right."""
    texts = [headings, *rows]
    widths = [max(len(text[column]) for text in texts) for column in range(len(headings))]
    lines = (
        "  ".join(
            cell.ljust(width) if column < words else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(text, widths, strict=True))
        )
        for text in texts
    )
    return "\n".join(line.rstrip() for line in lines)
