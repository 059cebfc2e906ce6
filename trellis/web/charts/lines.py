"""Lines over time, each named where it ends."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from trellis.web.charts.figures import Figure, axis, drawable, finite, in_lines, in_words, name_of, share

RIGHT = 64.0  # per cent: where the plot ends; right of it stand the names
TICK_LETTER = 2.5  # per cent that a letter of the values takes at 320 px; they stand left of the first point
TOP, PLOT = 26, 220  # pixels
LINE = 19
NAME_WIDTH = 12  # characters that fit beside the plot at 320 px
LABEL_WIDTH = 11
ACROSS = 43  # letters that fit under the plot on a wide page
BETWEEN = 2  # letters of space that two labels need between them


@dataclass(frozen=True)
class Series:
    """A line: one value to each label of the chart, None where there is none."""

    name: str
    values: Sequence[Figure]


@dataclass(frozen=True)
class Spot:
    """A point's place, what it says and, where there is room, how far down it says so."""

    x: float
    y: float
    words: str
    words_y: float | None = None


@dataclass(frozen=True)
class Label:
    """Words under the plot: how far across, on which side of it, and whether a narrow page has room for them."""

    x: float
    lines: list[str]
    anchor: str
    always: bool


@dataclass(frozen=True)
class Name:
    """What stands at the end of a line: its name, its last value, and how far down."""

    lines: list[str]
    words: str
    y: float

    @property
    def height(self) -> int:
        """Pixels that it takes."""
        return LINE * (len(self.lines) + 1) + 8


@dataclass(frozen=True)
class DrawnLine:
    """A line: its dots, the strokes between neighbours that both have values, and its name at the end."""

    number: int
    spots: list[Spot]
    strokes: list[tuple[Spot, Spot]]
    name: "Name"


@dataclass(frozen=True)
class LineChart:
    """Shows change. `title` says the finding; `target` draws a line of its own; `write` puts a figure in words."""

    title: str
    description: str
    labels: Sequence[str]
    series: Sequence[Series]
    target: Figure = None
    value_heading: str = "Value"
    label_heading: str = "Period"
    write: Callable[[Figure], str] = in_words

    @property
    def name(self) -> str:
        """The id of the chart on the page."""
        return name_of("lines", self.title)

    @property
    def right(self) -> float:
        """Where the plot ends and the names begin, in per cent."""
        return RIGHT

    @property
    def headings(self) -> list[str]:
        """The heads of the table: each line's name, or the value's when there is but one."""
        names = [line.name for line in self.series] if len(self.series) > 1 else [self.value_heading]
        return [self.label_heading, *names]

    @property
    def rows(self) -> list[list[str]]:
        """The same figures, for the table."""
        columns = [[self._words(value) for value in self._values(line)] for line in self.series]
        return [[label, *(column[place] for column in columns)] for place, label in enumerate(self.labels)]

    @cached_property
    def ticks(self) -> list[float]:
        """The values at the grid's lines. From nought, unless all values are far above it."""
        values = [
            value
            for figure in (*(figure for line in self.series for figure in line.values), self.target)
            if (value := drawable(figure)) is not None
        ]
        low, high = (min(values), max(values)) if values else (0.0, 1.0)
        return axis(0 if 0 < low < high * 0.75 or low == high > 0 else low, high)

    @cached_property
    def left(self) -> float:
        """Where the first point is, in per cent: clear of the values at the grid's lines."""
        return min(30.0, 3 + TICK_LETTER * max(len(self.write(tick)) for tick in self.ticks))

    @cached_property
    def plot_height(self) -> int:
        """Pixels from the top of the plot to its foot: more when many names stand beside it."""
        names = sum(len(in_lines(line.name, NAME_WIDTH)) + 1 for line in self.series) + 2 * (self.target is not None)
        return max(PLOT, names * LINE + 12 * len(self.series))

    @property
    def foot(self) -> int:
        """Where the lowest line of the grid is."""
        return TOP + self.plot_height

    @property
    def height(self) -> int:
        """Of the drawing, in pixels."""
        return self.foot + 10 + LINE * max((len(label.lines) for label in self.across), default=1)

    @property
    def grid(self) -> list[tuple[float, str]]:
        """The grid's lines: how far down, and the value in words."""
        return [(self._y(tick), self.write(tick)) for tick in self.ticks]

    @property
    def target_y(self) -> float | None:
        """How far down the target is."""
        target = drawable(self.target)
        return None if target is None else self._y(target)

    @property
    def across(self) -> list[Label]:
        """The labels under the plot; of too many, every so many, and the first and last always."""
        all_lines = self._labels_in_lines
        last = len(all_lines) - 1
        longest = longest_of(all_lines)
        every = max(1, math.ceil(last / max(1, ACROSS // (longest + BETWEEN))))
        at_edge = longest * TICK_LETTER / 2 > self.left
        return [
            Label(self._x(place), lines, "start" if at_edge and place == 0 < last else "middle", place in (0, last))
            for place, lines in enumerate(all_lines)
            if place == 0 or (place >= every and (last - place) % every == 0)
        ]

    @cached_property
    def drawn(self) -> list[DrawnLine]:
        """Each line in its place."""
        return [
            DrawnLine(
                number=number,
                spots=[spot for spot in spots if spot],
                strokes=[(one, other) for one, other in zip(spots, spots[1:], strict=False) if one and other],
                name=name,
            )
            for number, (spots, name) in enumerate(zip(self._spots, self._names, strict=False), start=1)
        ]

    @property
    def target_name(self) -> Name:
        """What stands at the end of the target's line."""
        return self._names[-1]

    @cached_property
    def _labels_in_lines(self) -> list[list[str]]:
        """Each label in few lines; where they would touch so, in a line a word."""
        few = [in_lines(label, LABEL_WIDTH) for label in self.labels]
        if (longest_of(few) + BETWEEN) * (len(few) - 1) <= ACROSS:
            return few
        return [
            [line for word in label.split() or [""] for line in in_lines(word, LABEL_WIDTH)] for label in self.labels
        ]

    @cached_property
    def _spots(self) -> list[list[Spot | None]]:
        return [self._spots_of(line) for line in self.series]

    @cached_property
    def _names(self) -> list[Name]:
        """The names of the lines and, last, of the target; near the ends of their lines, but apart."""
        names = []
        for line, spots in zip(self.series, self._spots, strict=True):
            last = next((spot for spot in reversed(spots) if spot), None)
            words = last.words if last else in_words(None)
            names.append(Name(in_lines(line.name, NAME_WIDTH), words, (last.y if last else self.foot) - LINE / 2))
        if self.target_y is not None:
            names.append(Name(["Target"], self.write(self.target), self.target_y - LINE / 2))
        places = apart([name.y for name in names], [name.height for name in names], TOP - LINE / 2, self.foot)
        return [replace(name, y=place) for name, place in zip(names, places, strict=True)]

    def _spots_of(self, line: Series) -> list[Spot | None]:
        spots = [
            None if (number := drawable(value)) is None else Spot(self._x(place), self._y(number), self.write(value))
            for place, value in enumerate(self._values(line))
        ]
        if len(self.series) > 1 or len(self.labels) > 6 or any(spot and len(spot.words) > 5 for spot in spots):
            return spots
        before, after = [None, *spots[:-1]], [*spots[1:], None]
        return [here and self._with_words(here, *beside) for here, *beside in zip(spots, before, after, strict=True)]

    def _with_words(self, here: Spot, before: Spot | None, after: Spot | None) -> Spot:
        """Over the point; under it in a valley. The last of all says its value at the end."""
        if here.x >= RIGHT:
            return here
        beside = [spot.y for spot in (before, after) if spot]
        in_valley = bool(beside) and here.y > max(beside) and here.y + 24 < self.foot
        return replace(here, words_y=here.y + 24 if in_valley else here.y - 12)

    def _values(self, line: Series) -> list[Figure]:
        """One to each label, whatever the series has."""
        short_by = max(0, len(self.labels) - len(line.values))
        return [*line.values[: len(self.labels)], *([None] * short_by)]

    def _words(self, value: Figure) -> str:
        return in_words(None) if finite(value) is None else self.write(value)

    def _x(self, place: int) -> float:
        last = len(self.labels) - 1
        return RIGHT if last <= 0 else round(self.left + (RIGHT - self.left) * place / last, 3)

    def _y(self, value: float) -> float:
        return round(self.foot - self.plot_height * share(value, self.ticks[0], self.ticks[-1]), 2)


def longest_of(labels: Sequence[Sequence[str]]) -> int:
    """The letters of the longest line."""
    return max((len(line) for lines in labels for line in lines), default=1)


def apart(wanted: Sequence[float], sizes: Sequence[float], top: float, foot: float) -> list[float]:
    """Places near the wanted ones at which things of these sizes do not overlap, from `top` down.

    Things keep their order. When they do not fit above `foot`, the last are pushed back up as far as they can go.
    """
    order = sorted(range(len(wanted)), key=lambda one: wanted[one])
    places, edge = [0.0] * len(wanted), top
    for one in order:
        places[one] = max(wanted[one], edge)
        edge = places[one] + sizes[one]
    edge = max(foot, top + sum(sizes))
    for one in reversed(order):
        places[one] = min(places[one], edge - sizes[one])
        edge = places[one]
    return [round(place, 2) for place in places]
