"""What leads to what: boxes joined by lines, beside one another where there is room, else under one another."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from trellis.web.charts.figures import in_lines, name_of

LINE, PADDING, GAP = 19, 10, 12  # pixels
HANDLE = 20  # pixels from a box's top to where lines meet it
GUTTER = 5.0  # per cent between two columns
INDENT = 6.0  # per cent by which what follows stands in, where boxes are under one another
LETTERS_ACROSS = 63  # in all columns together, where a page is as narrow as can be with columns
LETTERS_NARROW = 28  # in a box at 320 px


@dataclass(frozen=True)
class Link:
    """A box: its words, a note under them, and the boxes of what follows from it."""

    words: str
    note: str = ""
    follows: Sequence["Link"] = ()


@dataclass(frozen=True)
class DrawnBox:
    """A box in its place: per cent across, pixels down. Its lines are placed within it; `depth` counts from 0."""

    x: float
    y: int
    width: float
    height: int
    depth: int
    lines: list[tuple[str, int]]
    notes: list[tuple[str, int]]

    @property
    def handle(self) -> int:
        """How far down lines meet it."""
        return self.y + HANDLE


@dataclass(frozen=True)
class Stroke:
    """A part of a line between two boxes."""

    x1: float
    y1: int
    x2: float
    y2: int


@dataclass(frozen=True)
class Drawing:
    """The boxes and lines of one way to draw the chains: `look` is "wide" or "narrow"."""

    look: str
    boxes: list[DrawnBox]
    strokes: list[Stroke]

    @property
    def height(self) -> int:
        """Pixels that it takes."""
        return max((box.y + box.height for box in self.boxes), default=0) + 2


@dataclass(frozen=True)
class ChainChart:
    """Shows what leads to what. `headings` names what stands at each depth; `chains` are the first boxes."""

    title: str
    description: str
    headings: Sequence[str]
    chains: Sequence[Link]

    @property
    def name(self) -> str:
        """The id of the chart on the page."""
        return name_of("chain", self.title)

    @property
    def across(self) -> list[tuple[str, float]]:
        """The names of the columns, each with where it begins."""
        return [(heading, depth * (self._column + GUTTER)) for depth, heading in enumerate(self.headings)]

    @property
    def rows(self) -> list[list[str]]:
        """The same as a table: a row for each way from first to last."""
        return [row for chain in self.chains for row in self._rows(chain, [])]

    @cached_property
    def drawings(self) -> list[Drawing]:
        """Both ways to draw them: in columns, and under one another for narrow pages."""
        wide, narrow = Drawing("wide", [], []), Drawing("narrow", [], [])
        top = LINE + PADDING
        for chain in self.chains:
            top = self._beside(wide, chain, 0, top)
        under = 0
        for chain in self.chains:
            under = self._under(narrow, chain, 0, under)
        return [wide, narrow]

    @property
    def _column(self) -> float:
        return round((100 - GUTTER * (len(self.headings) - 1)) / len(self.headings), 3)

    def _beside(self, drawing: Drawing, link: Link, depth: int, top: int) -> int:
        """Draw a box with what follows from it in the next column: where the box below it may begin."""
        x, letters = depth * (self._column + GUTTER), LETTERS_ACROSS // len(self.headings)
        box = _box(link, x, top, self._column, depth, letters)
        drawing.boxes.append(box)
        right, middle, next_top = x + self._column, x + self._column + GUTTER / 2, top
        for one in link.follows:
            handle = next_top + HANDLE
            drawing.strokes.append(Stroke(middle, handle, right + GUTTER, handle))
            last, next_top = handle, self._beside(drawing, one, depth + 1, next_top)
        if link.follows:
            drawing.strokes.append(Stroke(right, box.handle, middle, box.handle))
            drawing.strokes.append(Stroke(middle, box.handle, middle, last))
        return max(next_top, top + box.height + GAP)

    def _under(self, drawing: Drawing, link: Link, depth: int, top: int) -> int:
        """Draw a box with what follows from it under it, set in: where the next box may begin."""
        x = depth * INDENT
        box = _box(link, x, top, 100 - x, depth, LETTERS_NARROW - 2 * depth)
        drawing.boxes.append(box)
        stem, next_top = x + INDENT / 2, top + box.height + GAP
        for one in link.follows:
            handle = next_top + HANDLE
            drawing.strokes.append(Stroke(stem, handle, x + INDENT, handle))
            last, next_top = handle, self._under(drawing, one, depth + 1, next_top)
        if link.follows:
            drawing.strokes.append(Stroke(stem, top + box.height, stem, last))
        return next_top

    def _rows(self, link: Link, before: list[str]) -> list[list[str]]:
        here = [*before, f"{link.words}. {link.note}" if link.note else link.words]
        if not link.follows:
            return [here + [""] * (len(self.headings) - len(here))]
        return [row for one in link.follows for row in self._rows(one, here)]


def _box(link: Link, x: float, top: int, width: float, depth: int, letters: int) -> DrawnBox:
    words, notes = in_lines(link.words, letters), in_lines(link.note, letters) if link.note else []
    first = PADDING + 14
    lines = [(line, first + LINE * number) for number, line in enumerate(words)]
    under = [(line, first + LINE * (len(words) + number)) for number, line in enumerate(notes)]
    height = 2 * PADDING + LINE * (len(words) + len(notes))
    return DrawnBox(round(x, 3), top, round(width, 3), height, depth, lines, under)
