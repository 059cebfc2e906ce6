"""A picture of the sector: a finding, the chart or table that shows it, and what was counted."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from trellis.organisations.presenters.maps import Map
from trellis.organisations.presenters.sector.heat import HeatTable
from trellis.web.charts import BarChart, LineChart, TileMap
from trellis.web.charts.figures import Figure

Cell = str | Figure


@dataclass(frozen=True)
class Picture:
    """One picture. `key` names it in addresses; without a `chart`, `missing` says what is not there, and why.

    `definition` says what is counted, from where, as of when. `file` is the heading and the rows of its file, where the
    chart says more than one number of each thing.
    """

    key: str
    subject: str
    definition: str
    chart: BarChart | LineChart | Map | HeatTable | None = None
    missing: str = ""
    file: Sequence[Sequence[Cell]] = field(default=())

    @property
    def kind(self) -> str:
        """Which macro draws it."""
        return type(self.chart).__name__

    @property
    def title(self) -> str:
        """The finding, or the subject while there is none."""
        return self.chart.title if self.chart else self.subject

    @property
    def file_rows(self) -> list[list[Cell]]:
        """Its figures as a file: the heading, then the rows. Numbers are plain; what is not known is empty."""
        if self.chart is None:
            return [[self.subject], [self.missing]]
        return [[plain(cell) for cell in row] for row in self.file or _rows_of(self.chart)]


def plain(cell: Cell) -> Cell:
    """A number without a fraction that says nothing: 294204, of 294204.00. Words as they are."""
    return int(cell) if isinstance(cell, Decimal | float) and cell == int(cell) else cell


def _rows_of(chart: BarChart | LineChart | Map | HeatTable) -> Sequence[Sequence[Cell]]:
    if isinstance(chart, HeatTable):
        return chart.file_rows
    if isinstance(chart, LineChart):
        values = zip(*(series.values for series in chart.series), strict=True)
        return [chart.headings, *([label, *row] for label, row in zip(chart.labels, values, strict=True))]
    drawn = chart.bars if isinstance(chart, BarChart) else chart.tiles if isinstance(chart, TileMap) else chart.areas
    return [[chart.label_heading, chart.value_heading], *([one.label, one.value] for one in drawn)]
