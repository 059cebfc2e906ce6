"""What runs from when to when, and what falls on a day: lanes under one line of time, with today across them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from trellis.web.charts.figures import name_of

HEAD, LANE, BAR = 50, 58, 26  # pixels: the years on top, a lane with its name, and what is drawn in it
NAME = 17  # pixels from a lane's top to the foot of its name
LETTER = 1.15  # per cent that a letter of a span's words takes on a wide page
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """Something that runs: both days are part of it. `look` is "sure", or "open" for what may come."""

    starts_on: date
    ends_on: date
    words: str
    look: str = "sure"


@dataclass(frozen=True)
class Mark:
    """Something that falls on a day. `look` is "done", "due" or "late"."""

    on: date
    look: str = "due"


@dataclass(frozen=True)
class Lane:
    """A line of the chart: its name, and what runs and falls in it."""

    name: str
    spans: Sequence[Span] = ()
    marks: Sequence[Mark] = ()


@dataclass(frozen=True)
class DrawnSpan:
    """A span's place, in per cent across; without words where they do not fit."""

    x: float
    width: float
    words: str
    look: str


@dataclass(frozen=True)
class DrawnLane:
    """A lane's place, in pixels down, and what is in it."""

    name: str
    name_y: int
    y: int
    spans: list[DrawnSpan]
    marks: list[tuple[float, str]]


@dataclass(frozen=True)
class SpanChart:
    """Shows when things run and fall. `title` says where we are; a narrow page has a list of its own instead."""

    title: str
    description: str
    lanes: Sequence[Lane]
    today: date

    @property
    def name(self) -> str:
        """The id of the chart on the page."""
        return name_of("spans", self.title)

    @property
    def bar_height(self) -> int:
        """Of what is drawn in a lane, in pixels."""
        return BAR

    @property
    def height(self) -> int:
        """Of the drawing, in pixels."""
        return HEAD + LANE * len(self.lanes) + 4

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day that is drawn; today is one of those between."""
        starts = [span.starts_on for lane in self.lanes for span in lane.spans]
        ends = [span.ends_on for lane in self.lanes for span in lane.spans]
        on = [mark.on for lane in self.lanes for mark in lane.marks]
        return min([*starts, *on, self.today]), max([*ends, *on, self.today])

    @property
    def years(self) -> list[tuple[str, float]]:
        """Each 1 January that is drawn, and how far across."""
        first, last = self.days
        starts = [date(year, 1, 1) for year in range(first.year, last.year + 1)]
        return [(str(start.year), self.x(start)) for start in starts if first <= start]

    @property
    def today_x(self) -> float:
        """How far across today is."""
        return self.x(self.today)

    @property
    def drawn(self) -> list[DrawnLane]:
        """Each lane in its place."""
        return [
            DrawnLane(
                name=lane.name,
                name_y=HEAD + LANE * number + NAME,
                y=HEAD + LANE * number + NAME + 8,
                spans=[self._span(span) for span in lane.spans],
                marks=[(self.x(mark.on), mark.look) for mark in lane.marks],
            )
            for number, lane in enumerate(self.lanes)
        ]

    def x(self, on: date) -> float:
        """How far across a day begins, in per cent: the last day ends at the right."""
        first, last = self.days
        return round(98 * (on - first).days / ((last - first).days + 1) + 1, 3)

    def _span(self, span: Span) -> DrawnSpan:
        x = self.x(span.starts_on)
        width = round(self.x(span.ends_on + ONE_DAY) - x, 3)
        return DrawnSpan(x, width, span.words if len(span.words) * LETTER < width else "", span.look)
