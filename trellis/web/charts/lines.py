"""Lines over time, each named where it ends."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from trellis.web.charts.figures import Figure, axis, drawable, in_lines, in_words, name_of, share

LEFT, RIGHT = 2.0, 68.0  # per cent: the plot; right of it stand the names
TOP, PLOT = 26, 220  # pixels
LINE = 19
NAME_WIDTH = 12  # characters that fit beside the plot at 320 px
LABEL_WIDTH = 11
LABELS = 8  # more than so many are thinned out


@dataclass(frozen=True)
class Series:
    """A line: one value to each label of the chart, None where there is none."""

    name: str
    values: Sequence[Figure]


@dataclass(frozen=True)
class Spot:
    """A point's place and what it says."""

    x: float
    y: float
    words: str


@dataclass(frozen=True)
class DrawnLine:
    """A line: its dots, the strokes between neighbours that both have values, and its name at the end."""

    number: int
    spots: list[Spot]
    strokes: list[tuple[Spot, Spot]]
    name_lines: list[str]
    words: str
    name_y: float


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
        return [
            [
                label,
                *(
                    self.write(line.values[place]) if place < len(line.values) else in_words(None)
                    for line in self.series
                ),
            ]
            for place, label in enumerate(self.labels)
        ]

    @cached_property
    def ticks(self) -> list[float]:
        """The values at the grid's lines. From nought, unless all values are far above it."""
        values = [
            value
            for figure in (*(figure for line in self.series for figure in line.values), self.target)
            if (value := drawable(figure)) is not None
        ]
        low, high = (min(values), max(values)) if values else (0.0, 1.0)
        return axis(0 if 0 < low < high * 0.6 or low == high > 0 else low, high)

    @cached_property
    def plot_height(self) -> int:
        """Pixels from the top of the plot to its foot: more when many names stand beside it."""
        names = sum(len(in_lines(line.name, NAME_WIDTH)) + 1 for line in self.series)
        return max(PLOT, names * LINE + 12 * len(self.series))

    @property
    def foot(self) -> int:
        """Where the lowest line of the grid is."""
        return TOP + self.plot_height

    @property
    def height(self) -> int:
        """Of the drawing, in pixels."""
        return self.foot + 10 + LINE * max((len(lines) for _, lines, _ in self.across), default=1)

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
    def across(self) -> list[tuple[float, list[str], bool]]:
        """The labels under the plot: how far across, the words, and whether a narrow page shows them too."""
        count = len(self.labels)
        every = -(-count // LABELS) if count else 1
        return [
            (self._x(number), in_lines(label, LABEL_WIDTH), number in (0, count - 1) or count <= 3)
            for number, label in enumerate(self.labels)
            if (count - 1 - number) % every == 0 or number == 0
        ]

    @cached_property
    def drawn(self) -> list[DrawnLine]:
        """Each line in its place."""
        all_spots = [self._spots(line) for line in self.series]
        sizes = [LINE * (len(in_lines(line.name, NAME_WIDTH)) + 1) + 8 for line in self.series]
        wanted = [next((spot.y for spot in reversed(spots) if spot), self.foot) - LINE / 2 for spots in all_spots]
        places = apart(wanted, sizes, TOP - 12, self.foot)
        return [
            self._drawn_line(number, line, spots, place)
            for number, (line, spots, place) in enumerate(zip(self.series, all_spots, places, strict=True), start=1)
        ]

    def _words(self, line: Series, place: int) -> str:
        value = line.values[place] if place < len(line.values) else None
        return in_words(None) if drawable(value) is None else self.write(value)

    def _drawn_line(self, number: int, line: Series, spots: list[Spot | None], place: float) -> DrawnLine:
        last = next((spot for spot in reversed(spots) if spot), None)
        return DrawnLine(
            number=number,
            spots=[spot for spot in spots if spot],
            strokes=[(one, other) for one, other in zip(spots, spots[1:], strict=False) if one and other],
            name_lines=in_lines(line.name, NAME_WIDTH),
            words=last.words if last else "Not known",
            name_y=place,
        )

    def _spots(self, line: Series) -> list[Spot | None]:
        return [
            None if (number := drawable(value)) is None else Spot(self._x(place), self._y(number), self.write(value))
            for place, value in enumerate(list(line.values)[: len(self.labels)])
        ]

    def _x(self, place: int) -> float:
        last = len(self.labels) - 1
        return RIGHT if last <= 0 else round(LEFT + (RIGHT - LEFT) * place / last, 3)

    def _y(self, value: float) -> float:
        return round(self.foot - self.plot_height * share(value, self.ticks[0], self.ticks[-1]), 2)


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
