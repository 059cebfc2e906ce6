"""What the pages of a commission's outcomes ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from trellis.commissioning.commands.outcomes import MeasureLine
from trellis.commissioning.models import Indicator, Measure
from trellis.web import fields
from trellis.web.forms import Form

FIGURES = {"before": "Baseline", "target": "Target", "floor": "Floor"}


class OutcomeForm(Form):
    """What is to be different."""

    name = fields.Text(label="Name", hint="Short: as tables show it.", max_length=120)
    statement = fields.TextArea(label="Outcome", hint="What is to be different for people.", rows=4)


class IndicatorForm(Form):
    """How one can tell."""

    name = fields.Text(label="Name", max_length=160)
    definition = fields.TextArea(label="What counts and what does not?", rows=4)
    unit = fields.Text(label="Counted in", hint="Such as organisations, or working days.", max_length=30)
    polarity = fields.Radios(label="Which way is better?", choices=Indicator.Polarity.choices)


@dataclass(frozen=True)
class AskedLine:
    """A line of the table: `key` begins the names of its fields; `measure` is None for one that is new."""

    key: str
    indicator: Indicator
    measure: Measure | None


class MeasuresForm(Form):
    """All measures of a commission as one table: a line each, and an empty one for every indicator."""

    says_optional = False

    def __init__(self, *arguments, indicators: Sequence[Indicator], **options):
        super().__init__(*arguments, **options)
        self.lines = [line for indicator in indicators for line in _lines(indicator)]
        for line in self.lines:
            self._ask(line)

    def clean(self) -> dict[str, Any]:
        """The lines as they were filled in."""
        said = super().clean() or {}
        return {"lines": [self._line(line, said) for line in self.lines]}

    def _ask(self, line: AskedLine) -> None:
        of = line.measure.name if line.measure else f"a new measure of {line.indicator.name}"
        known = {name: getattr(line.measure, name, None) for name in ("name", "source", *FIGURES)}
        self.fields[f"{line.key}-name"] = fields.Text(
            label=f"What is counted: {of}", max_length=160, required=False, initial=known["name"]
        )
        for name, words in FIGURES.items():
            self.fields[f"{line.key}-{name}"] = fields.Number(
                label=f"{words}: {of}", decimals=2, required=False, initial=_plain(known[name])
            )
        self.fields[f"{line.key}-source"] = fields.Text(
            label=f"Source: {of}", max_length=160, required=False, initial=known["source"]
        )

    @staticmethod
    def _line(line: AskedLine, said: dict[str, Any]) -> MeasureLine:
        answers: dict[str, Any] = {name: said.get(f"{line.key}-{name}") for name in FIGURES}
        answers |= {name: said.get(f"{line.key}-{name}", "") for name in ("name", "source")}
        return MeasureLine(key=line.key, indicator=line.indicator, measure=line.measure, **answers)


def _lines(indicator: Indicator) -> list[AskedLine]:
    known = [AskedLine(f"m{measure.pk}", indicator, measure) for measure in indicator.measures.all()]
    return [*known, AskedLine(f"new-{indicator.pk}", indicator, None)]


def _plain(figure: Any) -> str | None:
    """A figure without the noughts that say nothing: 5.00 as 5."""
    return None if figure is None else f"{figure.normalize():f}"
