"""What becomes of values when one weight goes from nothing to all: straight lines, and where they cross."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from trellis.web.charts.figures import in_lines, name_of
from trellis.web.charts.lines import LINE, NAME_WIDTH, PLOT, RIGHT, TOP, Name, Spot, apart

LEFT = 9.0  # per cent: clear of the values at the grid's lines
FULL = 100  # the greatest value
WORDS_WIDTH = 15.0  # per cent that a weight in words takes at 320 px
STEPS = (0, 25, 50, 75, 100)


@dataclass(frozen=True)
class Sweep:
    """A line: its value where the weight is nothing, and where it is all; both from 0 to 100."""

    name: str
    at_nothing: float
    at_all: float

    def at(self, weight: float) -> float:
        """Its value at a weight from 0 to 1."""
        return self.at_nothing + weight * (self.at_all - self.at_nothing)


@dataclass(frozen=True)
class Meeting:
    """Where two lines cross: the weight from 0 to 1, the value there, and in words."""

    weight: float
    value: float
    words: str


@dataclass(frozen=True)
class DrawnSweep:
    """A line in its place, with the name at its end."""

    number: int
    start: Spot
    end: Spot
    name: Name


@dataclass(frozen=True)
class SweepChart:
    """Shows when an order changes. `title` says the finding; `now` is the weight that counts today, from 0 to 1."""

    title: str
    description: str
    lines: Sequence[Sweep]
    now: float
    meetings: Sequence[Meeting]
    weight_name: str = "Weight"

    @property
    def name(self) -> str:
        """The id of the chart on the page."""
        return name_of("sweep", self.title)

    @property
    def right(self) -> float:
        """Where the plot ends and the names begin, in per cent."""
        return RIGHT

    @property
    def headings(self) -> list[str]:
        """The heads of the table."""
        return [
            "Option",
            f"{self.weight_name} has no weight",
            f"It has {self.now:.1%}, as now",
            "It has all the weight",
        ]

    @property
    def rows(self) -> list[list[str]]:
        """The same figures, for the table."""
        return [[line.name, *(f"{line.at(weight):.1f}" for weight in (0, self.now, 1))] for line in self.lines]

    @cached_property
    def plot_height(self) -> int:
        """Pixels from the top of the plot to its foot: more when many names stand beside it."""
        names = sum(len(in_lines(line.name, NAME_WIDTH)) + 1 for line in self.lines)
        return max(PLOT, names * LINE + 12 * len(self.lines))

    @property
    def foot(self) -> int:
        """Where the lowest line of the grid is."""
        return TOP + self.plot_height

    @property
    def height(self) -> int:
        """Of the drawing, in pixels."""
        return self.foot + 10 + 2 * LINE

    @property
    def grid(self) -> list[tuple[float, str]]:
        """The grid's lines: how far down, and the value in words."""
        return [(self._y(value), str(value)) for value in STEPS]

    @property
    def across(self) -> list[tuple[float, str, bool]]:
        """The weights under the plot: how far across, in words, and whether a narrow page has room."""
        return [(self._x(step / 100), f"{step}%", step in (0, 50, 100)) for step in STEPS]

    @property
    def now_x(self) -> float:
        """How far across the weight of today is."""
        return self._x(self.now)

    @property
    def spots(self) -> list[Spot]:
        """Where lines cross, with the weight over or under each that has room."""
        placed: list[Spot] = []
        for meeting in sorted(self.meetings, key=lambda each: each.weight):
            x, y = self._x(meeting.weight), self._y(meeting.value)
            taken = [spot.words_y for spot in placed if spot.words_y is not None and abs(x - spot.x) < WORDS_WIDTH]
            free = (place for place in (y - 10, y + 24) if all(abs(place - other) > LINE for other in taken))
            placed.append(Spot(x, y, meeting.words, next(free, None)))
        return placed

    @cached_property
    def drawn(self) -> list[DrawnSweep]:
        """Each line in its place."""
        names = [
            Name(in_lines(line.name, NAME_WIDTH), f"{line.at(self.now):.1f} now", self._y(line.at_all) - LINE / 2)
            for line in self.lines
        ]
        places = apart([name.y for name in names], [name.height for name in names], TOP - LINE / 2, self.foot)
        return [
            DrawnSweep(
                number,
                Spot(LEFT, self._y(line.at_nothing), f"{line.at_nothing:.1f}"),
                Spot(RIGHT, self._y(line.at_all), f"{line.at_all:.1f}"),
                replace(name, y=place),
            )
            for number, (line, name, place) in enumerate(zip(self.lines, names, places, strict=True), start=1)
        ]

    def _x(self, weight: float) -> float:
        return round(LEFT + (RIGHT - LEFT) * weight, 3)

    def _y(self, value: float) -> float:
        return round(self.foot - self.plot_height * value / FULL, 2)
