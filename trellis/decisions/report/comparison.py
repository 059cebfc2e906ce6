"""Two versions side by side, word by word. Pure."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from trellis.decisions.report import template
from trellis.decisions.report.pieces import Block, Paper, Paragraph, Section
from trellis.decisions.report.staleness import caption, rows

ALIKE = 0.4  # the part of the words that two texts share, from which they are compared word by word
WORD = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True)
class Run:
    """Words in a row that are in both versions, or (`is_changed`) only in this one."""

    words: str
    is_changed: bool = False


@dataclass(frozen=True)
class Pair:
    """One paragraph, or one row, as each version has it. Nothing on a side: that version lacks it."""

    before: tuple[Run, ...]
    now: tuple[Run, ...]
    label: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether the versions differ here."""
        return any(run.is_changed for run in (*self.before, *self.now))


@dataclass(frozen=True)
class ComparedSection:
    """A section of either version."""

    title: str
    pairs: tuple[Pair, ...]

    @property
    def changes(self) -> int:
        """How many of its paragraphs and rows differ."""
        return sum(pair.is_changed for pair in self.pairs)


def compare(before: Paper, now: Paper) -> tuple[ComparedSection, ...]:
    """Every section of either paper with its paragraphs and rows in pairs, those that only one has too."""
    old, new = ({section.code: section for section in paper.sections} for paper in (before, now))
    heads = ComparedSection("Heading", _paired(_heads(before), _heads(now)))
    return (heads, *(_section(old.get(code), new.get(code), before, now) for code in dict.fromkeys((*old, *new))))


def _section(old: Section | None, new: Section | None, before: Paper, now: Paper) -> ComparedSection:
    title = (new or old).title  # type: ignore[union-attr]  # a code comes from one of them
    return ComparedSection(title, _paired(_lines(old, before), _lines(new, now)))


def _heads(paper: Paper) -> dict[tuple[str, str], str]:
    return {("", "Title"): paper.heads.title} | {("", label): words for label, words in paper.heads.lines}


def _lines(section: Section | None, paper: Paper) -> dict[tuple[str, str], str]:
    """What a section says, line by line: (block, row) to words."""
    return {key: words for block in (section.blocks if section else ()) for key, words in _said(block, paper).items()}


def _said(block: Block, paper: Paper) -> dict[tuple[str, str], str]:
    if isinstance(block, Paragraph):
        return {(block.key, ""): template.plain(block.template, paper.figures)}
    return {(block.name, f"{caption(block)}: {name}"): words for name, words in rows(block).items()}


def _paired(old: dict[tuple[str, str], str], new: dict[tuple[str, str], str]) -> tuple[Pair, ...]:
    keys = dict.fromkeys((*new, *old))
    return tuple(Pair(*word_changes(old.get(key, ""), new.get(key, "")), label=key[1]) for key in keys)


def word_changes(before: str, now: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Each text in runs of words that both have and words that only it has. The runs of a side join to its text.

    Texts that have little in common differ as a whole.
    """
    old, new = WORD.findall(before), WORD.findall(now)
    matcher = SequenceMatcher(None, [one.strip() for one in old], [one.strip() for one in new], autojunk=False)
    if matcher.ratio() < ALIKE:  # words that both happen to have would only confuse
        return _whole(before), _whole(now)
    left, right = [], []
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        left.append(Run("".join(old[start:end]), kind != "equal"))
        right.append(Run("".join(new[other_start:other_end]), kind != "equal"))
    return tuple(run for run in left if run.words), tuple(run for run in right if run.words)


def _whole(text: str) -> tuple[Run, ...]:
    return (Run(text, True),) if text else ()
