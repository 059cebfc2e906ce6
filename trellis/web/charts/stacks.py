"""Stacked bars: of each thing, what its whole is made of, part by part."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from trellis.web.charts.bars import BAR, GAP, LABEL_WIDTH, LINE
from trellis.web.charts.figures import Figure, drawable, in_lines, in_words, name_of

TALLER = 12  # pixels more than a plain bar, so that a number stands in it
ROOM = 6.0  # per cent: the narrowest part that has room for its number at 320 px
COLOURS = 6


@dataclass(frozen=True)
class Stack:
    """A bar: one value to each part of the chart, and its whole in words."""

    label: str
    values: Sequence[Figure]
    text: str = ""


@dataclass(frozen=True)
class DrawnPart:
    """A part's place: per cent across; `number` counts from 1, and `has_room` says whether it can be printed there."""

    number: int
    colour: int
    x: float
    width: float
    has_room: bool


@dataclass(frozen=True)
class DrawnStack:
    """A stack's places: percentages across, pixels down."""

    lines: list[tuple[str, int]]
    words: str
    y: int
    parts: list[DrawnPart]


@dataclass(frozen=True)
class StackChart:
    """Shows what wholes are made of. `title` says the finding; parts have the same number in each stack and in the key.

    Values are not negative. `whole` is where the scale ends: what the bars would add up to at most.
    """

    title: str
    description: str
    parts: Sequence[str]
    stacks: Sequence[Stack]
    whole: float
    label_heading: str = "Name"
    value_heading: str = "In all"
    write: Callable[[Figure], str] = in_words

    @property
    def name(self) -> str:
        """The id of the chart on the page."""
        return name_of("stacks", self.title)

    @property
    def headings(self) -> list[str]:
        """The heads of the table: each part, and the whole where stacks say one."""
        return [self.label_heading, *self.parts, *([self.value_heading] if self._has_words else [])]

    @property
    def rows(self) -> list[list[str]]:
        """The same figures, for the table."""
        return [
            [stack.label, *(self.write(value) for value in stack.values), *([stack.text] if self._has_words else [])]
            for stack in self.stacks
        ]

    @property
    def key(self) -> list[tuple[int, int, str]]:
        """Each part's number, colour and name."""
        return [(number, _colour(number), name) for number, name in enumerate(self.parts, start=1)]

    @property
    def bar_height(self) -> int:
        """Of each bar, in pixels."""
        return BAR + TALLER

    @property
    def height(self) -> int:
        """Of the drawing, in pixels."""
        return self.drawn[-1].y + self.bar_height + 2 if self.stacks else 0

    @property
    def drawn(self) -> list[DrawnStack]:
        """Each stack in its place."""
        drawn, y = [], 0
        for stack in self.stacks:
            lines = in_lines(stack.label, LABEL_WIDTH)
            if len(lines[-1]) + len(stack.text) >= LABEL_WIDTH:
                lines = [*lines, ""]
            placed = [(line, y + LINE * number - 7) for number, line in enumerate(lines, start=1)]
            drawn.append(DrawnStack(placed, stack.text, y + LINE * len(lines), self._parts(stack)))
            y += len(lines) * LINE + self.bar_height + GAP
        return drawn

    @property
    def _has_words(self) -> bool:
        return any(stack.text for stack in self.stacks)

    def _parts(self, stack: Stack) -> list[DrawnPart]:
        parts, x = [], 0.0
        for number, value in enumerate(stack.values, start=1):
            width = 100 * (drawable(value) or 0.0) / self.whole
            if width > 0:
                parts.append(DrawnPart(number, _colour(number), round(x, 3), round(width, 3), width >= ROOM))
            x += width
        return parts


def _colour(number: int) -> int:
    return (number - 1) % COLOURS + 1
