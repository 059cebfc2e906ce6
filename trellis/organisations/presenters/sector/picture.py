"""A picture of the sector: a finding, the chart or table that shows it, and what was counted."""

from collections.abc import Sequence
from dataclasses import dataclass

from trellis.organisations.presenters.maps import Map
from trellis.organisations.presenters.sector.heat import HeatTable
from trellis.web.charts import BarChart, LineChart


@dataclass(frozen=True)
class Picture:
    """One picture. `key` names it in addresses; without a `chart`, `missing` says what is not there, and why.

    `definition` says what is counted, from where, as of when.
    """

    key: str
    subject: str
    definition: str
    chart: BarChart | LineChart | Map | HeatTable | None = None
    missing: str = ""

    @property
    def kind(self) -> str:
        """Which macro draws it."""
        return type(self.chart).__name__

    @property
    def title(self) -> str:
        """The finding, or the subject while there is none."""
        return self.chart.title if self.chart else self.subject

    @property
    def file_rows(self) -> list[Sequence[str]]:
        """Its figures as a file: the heading, then the rows."""
        if self.chart is None:
            return [[self.subject], [self.missing]]
        if isinstance(self.chart, HeatTable | LineChart):
            return [self.chart.headings, *self.chart.rows]
        return [[self.chart.label_heading, self.chart.value_heading], *self.chart.rows]
