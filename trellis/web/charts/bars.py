"""Bars from a zero baseline, each under its label and value."""

from collections.abc import Sequence
from dataclasses import dataclass

from trellis.web.charts.figures import Figure, drawable, in_lines, in_words, name_of, share

LABEL_WIDTH = 34  # characters that fit at 320 px
LINE, BAR, GAP = 22, 16, 18  # pixels


@dataclass(frozen=True)
class Bar:
    """A bar: `value` None draws no bar and says "Not known"; `text` is the value in words, made from it if empty."""

    label: str
    value: Figure
    text: str = ""

    @property
    def words(self) -> str:
        """The value as it is printed."""
        return self.text or in_words(self.value)


@dataclass(frozen=True)
class DrawnBar:
    """A bar's places: percentages across, pixels down."""

    lines: list[tuple[str, int]]
    words: str
    words_y: int
    x: float
    width: float
    y: int
    known: bool
    negative: bool


@dataclass(frozen=True)
class BarChart:
    """Compares amounts. `title` says the finding; `description` what is drawn, for those who cannot see it."""

    title: str
    description: str
    bars: Sequence[Bar]
    value_heading: str = "Value"
    label_heading: str = "Name"

    @property
    def name(self) -> str:
        """The id of the chart on the page."""
        return name_of("bars", self.title)

    @property
    def rows(self) -> list[list[str]]:
        """The same figures, for the table."""
        return [[bar.label, bar.words] for bar in self.bars]

    @property
    def ends(self) -> tuple[float, float]:
        """The least and greatest values drawn, nought among them always."""
        values = [0.0, *(value for bar in self.bars if (value := drawable(bar.value)) is not None)]
        return min(values), max(values)

    @property
    def zero(self) -> float:
        """Where nought is, in per cent."""
        low, high = self.ends
        return 100 * share(0, low, high) if high > low else 0.0

    @property
    def bar_height(self) -> int:
        """Of each bar, in pixels."""
        return BAR

    @property
    def height(self) -> int:
        """Of the drawing, in pixels."""
        return self.drawn[-1].y + BAR + 2 if self.bars else 0

    @property
    def drawn(self) -> list[DrawnBar]:
        """Each bar in its place."""
        drawn, y = [], 0
        for bar in self.bars:
            lines = in_lines(bar.label, LABEL_WIDTH)
            if len(lines[-1]) + len(bar.words) >= LABEL_WIDTH:
                lines = [*lines, ""]
            drawn.append(self._drawn(bar, lines, y))
            y += len(lines) * LINE + BAR + GAP
        return drawn

    def _drawn(self, bar: Bar, lines: list[str], top: int) -> DrawnBar:
        value = drawable(bar.value)
        low, high = self.ends
        end = 100 * share(value, low, high) if value is not None and high > low else self.zero
        placed = [(line, top + LINE * number - 7) for number, line in enumerate(lines, start=1)]
        return DrawnBar(
            lines=placed,
            words=bar.words,
            words_y=placed[-1][1],
            x=round(min(self.zero, end), 3),
            width=round(abs(end - self.zero), 3),
            y=top + LINE * len(lines),
            known=value is not None,
            negative=value is not None and value < 0,
        )
