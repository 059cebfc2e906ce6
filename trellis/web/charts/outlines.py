"""A true map: each place as its outline, its value printed on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from trellis.web.charts.figures import Figure, in_lines, in_words, name_of
from trellis.web.charts.tiles import level_of

WIDTH = 672  # units across: as many as the map has pixels where it is widest
LINE = 17
NAME_WIDTH = 11  # characters
Rings = Sequence[Sequence[Sequence[float]]]
Point = tuple[float, float]


@dataclass(frozen=True)
class Area:
    """A place. `rings` are its outline: closed lists of [east, north], in any unit that is the same both ways."""

    label: str
    rings: Rings
    value: Figure
    text: str = ""

    @property
    def words(self) -> str:
        """The value as it is printed."""
        return self.text or in_words(self.value)


@dataclass(frozen=True)
class DrawnArea:
    """An outline as a path, its shade from 1 to 5 (0: nothing is known), and where its name and value stand."""

    area: Area
    path: str
    level: int
    x: float
    y: float
    lines: list[tuple[str, float]]


@dataclass(frozen=True)
class OutlineMap:
    """Shows how places differ, on a true map. `title` says the finding, as on a TileMap."""

    title: str
    description: str
    areas: Sequence[Area]
    value_heading: str = "Value"
    label_heading: str = "Place"
    has_key: bool = True

    @property
    def name(self) -> str:
        """The id of the map on the page."""
        return name_of("map", self.title)

    @property
    def rows(self) -> list[list[str]]:
        """The same figures, for the table."""
        return [[area.label, area.words] for area in self.areas]

    @property
    def width(self) -> int:
        """Of the drawing, in its own units."""
        return WIDTH

    @property
    def height(self) -> int:
        """Of the drawing, in its own units."""
        west, south, east, north = self._ends
        return round(WIDTH * (north - south) / ((east - west) or 1)) + 1

    @property
    def drawn(self) -> list[DrawnArea]:
        """Each area in its place."""
        values = [area.value for area in self.areas]
        return [self._drawn(area, values) for area in self.areas]

    @property
    def _ends(self) -> tuple[float, float, float, float]:
        corners = [corner for area in self.areas for ring in area.rings for corner in ring] or [(0, 0)]
        easts, norths = [corner[0] for corner in corners], [corner[1] for corner in corners]
        return min(easts), min(norths), max(easts), max(norths)

    def _drawn(self, area: Area, values: list[Figure]) -> DrawnArea:
        west, _, east, north = self._ends
        scale = WIDTH / ((east - west) or 1)
        rings = [[((corner[0] - west) * scale, (north - corner[1]) * scale) for corner in ring] for ring in area.rings]
        x, y = inside(max(rings, key=_size))
        names = in_lines(area.label, NAME_WIDTH)
        return DrawnArea(
            area,
            "".join("M" + "L".join(f"{across:.1f} {down:.1f}" for across, down in ring[:-1]) + "Z" for ring in rings),
            level_of(area.value, values),
            round(x, 1),
            round(y, 1),
            [(line, round(y + LINE * place, 1)) for place, line in enumerate(names, start=1)],
        )


def inside(ring: Sequence[Point]) -> Point:
    """A point well inside a closed ring: at the height of its middle, half-way along the longest stretch within."""
    middle = sum(down for _, down in ring[:-1]) / (len(ring) - 1)
    crossed = sorted(
        one[0] + (other[0] - one[0]) * (middle - one[1]) / (other[1] - one[1])
        for one, other in pairwise(ring)
        if (one[1] > middle) != (other[1] > middle)
    )
    if not crossed:
        return ring[0][0], middle
    start, end = max(zip(crossed[::2], crossed[1::2], strict=True), key=lambda stretch: stretch[1] - stretch[0])
    return (start + end) / 2, middle


def _size(ring: Sequence[Point]) -> float:
    """The area that a ring encloses."""
    return abs(sum(one[0] * other[1] - other[0] * one[1] for one, other in pairwise(ring)))
