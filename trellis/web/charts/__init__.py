"""Charts drawn on the server as SVG, with the same figures in a table beside them.

Places across are percentages and places down are pixels, so a chart takes the width that there is and its words keep
their size: it reads as well on a telephone as on paper. Nothing in it depends on colour alone, a script or a style.
"""

from trellis.web.charts.bars import Bar, BarChart
from trellis.web.charts.lines import LineChart, Series
from trellis.web.charts.outlines import Area, OutlineMap
from trellis.web.charts.stacks import Stack, StackChart
from trellis.web.charts.sweeps import Meeting, Sweep, SweepChart
from trellis.web.charts.tiles import Tile, TileMap
from trellis.web.charts.waterfalls import WaterfallChart

__all__ = [
    "Area",
    "Bar",
    "BarChart",
    "LineChart",
    "Meeting",
    "OutlineMap",
    "Series",
    "Stack",
    "StackChart",
    "Sweep",
    "SweepChart",
    "Tile",
    "TileMap",
    "WaterfallChart",
]
