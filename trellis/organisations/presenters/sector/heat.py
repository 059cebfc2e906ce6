"""A table that is a picture: kinds down, districts across, each number on its shade, cold spots named."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """How many there are, the shade from 1 to 5 (0: none), whether it is a cold spot, and where it leads."""

    number: int
    level: int
    is_cold: bool
    url: str


@dataclass(frozen=True)
class HeatRow:
    """A kind, and a cell for each district."""

    label: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class HeatTable:
    """The whole table. `title` says the finding."""

    title: str
    description: str
    label_heading: str
    districts: Sequence[str]
    heat_rows: Sequence[HeatRow]

    @property
    def name(self) -> str:
        """The id of the table on the page."""
        return "cold-spots"

    @property
    def headings(self) -> list[str]:
        """The heads of the columns."""
        return [self.label_heading, *self.districts]

    @property
    def file_rows(self) -> list[list[str | int]]:
        """The same figures as a file: the heading, then a row for each kind in each district."""
        cells = [
            (row.label, district, cell)
            for row in self.heat_rows
            for district, cell in zip(self.districts, row.cells, strict=True)
        ]
        return [
            [self.label_heading, "District", "Organisations", "Cold spot"],
            *([kind, district, cell.number, "Yes" if cell.is_cold else "No"] for kind, district, cell in cells),
        ]
