"""A map of tiles: each place a square, laid out roughly as the land lies, its value printed on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from trellis.web.charts.figures import Figure, drawable, in_lines, in_words, name_of, share

TILE = 96  # pixels high
LEVELS = 5
LETTERS = 72  # across all tiles, where names are shown in full


@dataclass(frozen=True)
class Tile:
    """A place. `column` and `row` count from nought; `short` is its name where tiles are narrow."""

    label: str
    column: int
    row: int
    value: Figure
    text: str = ""
    short: str = ""

    @property
    def words(self) -> str:
        """The value as it is printed."""
        return self.text or in_words(self.value)

    @property
    def short_label(self) -> str:
        """The name in four letters or so."""
        return self.short or self.label[:4]


@dataclass(frozen=True)
class DrawnTile:
    """A tile's place, and its shade from 1 to 5; 0 where nothing is known."""

    tile: Tile
    x: float
    y: int
    level: int
    lines: list[tuple[str, int]]


@dataclass(frozen=True)
class TileMap:
    """Shows how places differ. `title` says the finding; a key shows which shade is more (by night, the lighter).

    Without `has_key` the shades mean no more than the words on the tiles.
    """

    title: str
    description: str
    tiles: Sequence[Tile]
    value_heading: str = "Value"
    label_heading: str = "Place"
    has_key: bool = True

    @property
    def name(self) -> str:
        """The id of the map on the page."""
        return name_of("tiles", self.title)

    @property
    def rows(self) -> list[list[str]]:
        """The same figures, for the table."""
        return [[tile.label, tile.words] for tile in self.tiles]

    @property
    def columns(self) -> int:
        """How many tiles across."""
        return max((tile.column for tile in self.tiles), default=0) - self._first_column + 1

    @property
    def width(self) -> float:
        """Of a tile, in per cent."""
        return round(100 / self.columns, 4)

    @property
    def height(self) -> int:
        """Of the drawing, in pixels."""
        rows = [tile.row for tile in self.tiles]
        return (max(rows) - min(rows) + 1) * TILE if rows else 0

    @property
    def tile_height(self) -> int:
        """Of a tile, in pixels."""
        return TILE

    @property
    def drawn(self) -> list[DrawnTile]:
        """Each tile in its place."""
        first_row = min((tile.row for tile in self.tiles), default=0)
        return [
            DrawnTile(
                tile,
                round((tile.column - self._first_column) * 100 / self.columns, 4),
                (tile.row - first_row) * TILE,
                self._level(tile),
                [(line, 24 + 17 * number) for number, line in enumerate(self._name_lines(tile))],
            )
            for tile in self.tiles
        ]

    @property
    def _first_column(self) -> int:
        return min((tile.column for tile in self.tiles), default=0)

    def _name_lines(self, tile: Tile) -> list[str]:
        return in_lines(tile.label, max(6, LETTERS // self.columns))[:3]

    def _level(self, tile: Tile) -> int:
        return level_of(tile.value, [one.value for one in self.tiles])


def level_of(value: Figure, among: Sequence[Figure]) -> int:
    """The shade of a value among others, from 1 (least) to 5; 0 for none, 3 where all are the same."""
    number = drawable(value)
    if number is None:
        return 0
    known = [one for each in among if (one := drawable(each)) is not None]
    low, high = min(known), max(known)
    return 1 + min(LEVELS - 1, int(LEVELS * share(number, low, high))) if high > low else 3
