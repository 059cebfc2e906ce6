"""What moved behind a version since it was made. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from trellis.decisions.report.pieces import Listing, Paper, Shown, Table

GONE, NEW = "not there any more", "not there yet"


@dataclass(frozen=True)
class Moved:
    """One thing that is not as a version has it: what it is called, what it was and is now, and where it comes from."""

    label: str
    before: str
    now: str
    address: str = ""


def moved(frozen: Paper, live: Paper) -> tuple[Moved, ...]:
    """Every figure, table and list that a version prints and that the data would now print differently.

    Words written by hand do not move: they are the author's. The figures that they name do.
    """
    heads = _rows("", dict(frozen.heads.lines), dict(live.heads.lines), "")
    return (*heads, *_figures(frozen, live), *_shown(frozen, live), *_topics(frozen, live))


def _figures(frozen: Paper, live: Paper) -> list[Moved]:
    found = []
    for name, before in frozen.figures.items():
        now = live.figures.get(name)
        if now is None:
            found.append(Moved(before.label, before.words, GONE, before.address))
        elif (now.value, now.words) != (before.value, before.words):
            found.append(Moved(before.label, before.words, now.words, now.address))
    return found


def _shown(frozen: Paper, live: Paper) -> list[Moved]:
    before, now = frozen.shown(), live.shown()
    found = []
    for name in dict.fromkeys((*before, *now)):
        either = now.get(name) or before[name]
        old, new = (rows(block) if block else {} for block in (before.get(name), now.get(name)))
        found += _rows(f"{caption(either)}: ", old, new, either.address)
    return found


def _rows(prefix: str, old: Mapping[str, str], new: Mapping[str, str], address: str) -> list[Moved]:
    """Rows that differ, by their names."""
    return [
        Moved(f"{prefix}{name}", old.get(name, NEW), new.get(name, GONE), address)
        for name in dict.fromkeys((*old, *new))
        if old.get(name) != new.get(name)
    ]


def _topics(frozen: Paper, live: Paper) -> list[Moved]:
    """What the report could not say when the version was made, and can say now."""
    return [Moved(words, NEW, "there now") for words in frozen.missing if words not in live.missing]


def rows(block: Shown) -> dict[str, str]:
    """What a table, list or chart says in each row, by the row's name; the second of one name is “Committee (2)”."""
    if isinstance(block, Table):
        return _by_name((row[0], ", ".join(row[1:])) for row in block.rows)
    if isinstance(block, Listing):
        return _by_name((name or words, words) for name, words in block.items)
    return _by_name((label, words) for label, _, words in block.bars)


def _by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """A body that put something off stands twice in a pathway, and neither row may hide the other."""
    found: dict[str, str] = {}
    times = Counter[str]()
    for name, words in pairs:
        times[name] += 1
        found[name if times[name] == 1 else f"{name} ({times[name]})"] = words
    return found


def caption(block: Shown) -> str:
    """What a table, list or chart is called."""
    return block.caption if isinstance(block, Table | Listing) else block.title
