"""`trellis compute_readings SCO 2018-Q2`: work a quarter's figures out now, without the worker."""

import json

from django.core.management.base import BaseCommand, CommandError

from trellis.contracts import queries as contracts
from trellis.core.actors import COMMAND_LINE
from trellis.core.periods import Quarter
from trellis.performance import commands, queries


class Command(BaseCommand):
    """Running it again, or after it was killed, adds nothing twice."""

    help = "Work a quarter's figures out from the evidence there is now."

    def add_arguments(self, parser):
        """The contract, the quarter, and how to answer."""
        parser.add_argument("contract", help="the contract's reference")
        parser.add_argument("quarter", help="such as 2018-Q2")
        parser.add_argument("--json", action="store_true", help="print the readings as JSON")

    def handle(self, *, contract: str, quarter: str, json: bool, **options):
        """Refusals are one sentence and exit 2, as for every command."""
        found = contracts.contract(contract)
        if found is None:
            raise CommandError(f"There is no contract {contract}.")
        try:
            when = Quarter.parse(quarter)
        except ValueError as error:
            raise CommandError(f"{quarter} is not a quarter like 2018-Q2.") from error
        up_to = commands.compute_readings(contract=found, quarter=when, by=COMMAND_LINE)
        readings = queries.readings(found, up_to).filter(period_start=when.start, district__isnull=True)
        self.stdout.write(_as_json(readings) if json else _as_words(readings, when, up_to))


def _as_json(readings) -> str:
    return json.dumps({row.indicator_id: None if row.value is None else str(row.value) for row in readings}, indent=2)


def _as_words(readings, quarter: Quarter, up_to: int) -> str:
    lines = [f"{row.indicator.name}: {'nothing to measure' if row.value is None else row.value}" for row in readings]
    return "\n".join([f"{quarter.words}, from the facts up to number {up_to}", *lines])
