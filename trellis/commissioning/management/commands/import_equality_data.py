"""`trellis import_equality_data FILE`: published counts of people by district."""

import csv
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from trellis.commissioning.commands import equality_figures as commands
from trellis.commissioning.queries.equality import duty
from trellis.commissioning.rules.equality_tables import counts_in
from trellis.core.actors import COMMAND_LINE
from trellis.core.errors import RuleBroken


class Command(BaseCommand):
    """A table of the Census or its like, so that equality assessments can rest on it."""

    help = "Read published counts of people by district, such as the Census's. Reading them again changes nothing."

    def add_arguments(self, parser) -> None:
        """The table, and what it does not say itself: a document may cite it only from its publication on."""
        parser.add_argument("file", type=Path, help="a CSV whose first column is the district's GSS code")
        parser.add_argument("--source", required=True, help='as it will be cited, like "ONS, Census 2021, TS021"')
        parser.add_argument("--counted", metavar="DAY", required=True, help="the day it is about, like 2021-03-21")
        parser.add_argument("--published", metavar="DAY", required=True, help="the day it came out, like 2022-11-29")
        parser.add_argument("--group", default="", help="whom it is about, like race or age (default: everybody)")

    def handle(self, *, file: Path, source: str, counted: str, published: str, group: str, **options) -> None:
        """Read it whole, then say what happened."""
        counted_on, published_on = _day(counted, "--counted"), _day(published, "--published")
        groups = duty(published_on).groups
        if group and group not in groups:
            raise CommandError(f"--group is one of {', '.join(groups)}, not {group!r}.")
        try:
            with file.open(newline="", encoding="utf-8-sig") as table:
                brought = commands.bring_area_figures(
                    counts=list(counts_in(csv.reader(table))), group=group, source=source, counted_on=counted_on,
                    published_on=published_on, by=COMMAND_LINE,
                )  # fmt: skip
        except RuleBroken as refusal:
            raise CommandError(refusal.sentence) from refusal
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise CommandError(f"{file} cannot be read as a CSV in UTF-8.") from error
        self.stdout.write(f"Kept {brought.kept:,} counts; {brought.elsewhere:,} are of places elsewhere.")


def _day(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"Write {option} as a day like 2021-03-21, not {text!r}.") from error
