"""A waterfall: what each reason adds or takes away, each bar beginning where the one before it ended."""

from dataclasses import dataclass

from trellis.web.charts.bars import BAR, GAP, LABEL_WIDTH, LINE, Bar, BarChart, DrawnBar
from trellis.web.charts.figures import drawable, in_lines, share


@dataclass(frozen=True)
class WaterfallChart(BarChart):
    """Bars that add up. With a `total`, a last bar from nought shows the sum under that label, with its words."""

    total: str = ""
    total_words: str = ""

    @property
    def _all(self) -> list[tuple[Bar, float, float]]:
        """Each bar with where it begins and ends."""
        placed, at = [], 0.0
        for bar in self.bars:
            before, at = at, at + (drawable(bar.value) or 0.0)
            placed.append((bar, before, at))
        if self.total:
            placed.append((Bar(self.total, at, self.total_words), 0.0, at))
        return placed

    @property
    def rows(self) -> list[list[str]]:
        """The same figures, for the table."""
        return [[bar.label, bar.words] for bar, _, _ in self._all]

    @property
    def ends(self) -> tuple[float, float]:
        """The least and greatest places reached, nought among them always."""
        places = [0.0, *(place for _, before, after in self._all for place in (before, after))]
        return min(places), max(places)

    @property
    def drawn(self) -> list[DrawnBar]:
        """Each bar in its place."""
        drawn, y = [], 0
        for bar, before, after in self._all:
            lines = in_lines(bar.label, LABEL_WIDTH)
            lines = [*lines, ""] if len(lines[-1]) + len(bar.words) >= LABEL_WIDTH else lines
            drawn.append(self._placed(bar, lines, y, before, after))
            y += len(lines) * LINE + BAR + GAP
        return drawn

    def _placed(self, bar: Bar, lines: list[str], top: int, before: float, after: float) -> DrawnBar:
        low, high = self.ends
        left, right = (100 * share(place, low, high) if high > low else 0.0 for place in sorted((before, after)))
        placed = [(line, top + LINE * number - 7) for number, line in enumerate(lines, start=1)]
        return DrawnBar(
            lines=placed,
            words=bar.words,
            words_y=placed[-1][1],
            x=round(left, 3),
            width=round(right - left, 3),
            y=top + LINE * len(lines),
            known=True,
            negative=after < before,
        )
