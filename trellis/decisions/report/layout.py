"""A paper laid out for reading: the same for the page, the PDF and the Word file. Pure."""

from dataclasses import dataclass

from trellis.decisions.report import template
from trellis.decisions.report.pieces import Chart, Figure, Listing, Paper, Paragraph, Table, Text

ILLUSTRATIVE = "Nobody has measured these figures: they show how it is worked out."


@dataclass(frozen=True)
class Prose:
    """A paragraph with its figures filled in. `generated` is what the report says of itself, where that differs.

    `is_first` tells the first of the paragraphs that one text was parted into at its empty lines.
    """

    key: str
    parts: Text
    is_by_hand: bool = False
    generated: str = ""
    is_first: bool = True
    is_left_out: bool = False


@dataclass(frozen=True)
class Numbered:
    """Paragraphs that are counted."""

    items: tuple[Prose, ...]


Laid = Prose | Numbered | Table | Listing | Chart


@dataclass(frozen=True)
class LaidSection:
    """A section as it is read."""

    code: str
    number: int
    title: str
    blocks: tuple[Laid, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class LaidPaper:
    """A paper as it is read; `sources` are the figures of its text, each once, in the order of the paper."""

    paper: Paper
    sections: tuple[LaidSection, ...]
    sources: tuple[Figure, ...]

    @property
    def has_illustrative(self) -> bool:
        """Whether any figure in it is illustrative."""
        shown = self.paper.shown().values()
        return any(one.is_illustrative for one in (*self.sources, *shown))


def laid_out(paper: Paper, *, drafting: bool = False) -> LaidPaper:
    """The paper, its empty paragraphs left out; `drafting` keeps them, so that they can be written."""
    sections = tuple(
        LaidSection(one.code, number, one.title, _blocks(one.blocks, paper, drafting), one.missing)
        for number, one in enumerate(paper.sections, start=1)
    )
    return LaidPaper(paper, sections, _sources(paper))


def _blocks(blocks, paper: Paper, drafting: bool) -> tuple[Laid, ...]:
    found: list[Laid] = []
    for block in blocks:
        if not isinstance(block, Paragraph):
            found.append(block)
        elif block.is_numbered:
            before = found.pop().items if found and isinstance(found[-1], Numbered) else ()  # type: ignore[union-attr]  # just asked
            found.append(Numbered((*before, *_prose(block, paper, drafting))))
        else:
            found += _prose(block, paper, drafting)
    return tuple(one for one in found if not isinstance(one, Numbered) or one.items)


def _prose(block: Paragraph, paper: Paper, drafting: bool) -> list[Prose]:
    texts = [text.strip() for text in block.template.split("\n\n") if text.strip()]
    generated = template.plain(block.generated, paper.figures) if block.is_by_hand else ""
    if not texts:
        left_out = Prose(block.key, (), block.is_by_hand, generated, is_left_out=True)
        return [left_out] if drafting else []
    return [
        Prose(block.key, template.filled(text, paper.figures), block.is_by_hand, generated, is_first=number == 0)
        for number, text in enumerate(texts)
    ]


def _sources(paper: Paper) -> tuple[Figure, ...]:
    names = dict.fromkeys(name for one in paper.paragraphs().values() for name in template.names(one.template))
    return tuple(paper.figures[name] for name in names if name in paper.figures)
