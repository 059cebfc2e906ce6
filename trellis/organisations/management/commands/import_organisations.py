"""`trellis import_organisations FILE`: any list of organisations, CSV or XLSX."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from trellis.core.actors import COMMAND_LINE
from trellis.organisations.imports import lists, mapping, sheets, telling


class Command(BaseCommand):
    """A list whose columns a person confirms."""

    help = "Read a list of organisations, CSV or XLSX. It proposes what each column means, and you confirm."

    def add_arguments(self, parser):
        """One file, and what its columns mean."""
        parser.add_argument("file", type=Path, help="CSV in any usual encoding, or XLSX")
        parser.add_argument("--map", action="append", default=[], metavar="COLUMN=FIELD", nargs="+",
                            help="what columns mean; nothing after the = leaves a column out")  # fmt: skip
        parser.add_argument("--source", default="", help="the list's code; the file's name unless given")
        parser.add_argument("--yes", action="store_true", help="take the proposed meanings without asking")
        parser.add_argument("--json", action="store_true", help="print the result as JSON on the last line")

    def handle(self, *, file: Path, source: str, **options):
        """Propose, ask, read, say what happened."""
        sheet = sheets.sheet_at(file)
        columns = lists.proposal(sheet, lists.source_list(source or file.stem))
        columns |= dict(self._pair(text) for texts in options["map"] for text in texts)
        mapping.check(columns, sheet.heading)
        if not options["yes"]:
            self._confirm(sheet, columns)
        with telling.progress(self.stderr) as progress:
            run = lists.import_organisations(
                path=file, by=COMMAND_LINE, source=source, columns=columns, progress=progress
            )
        telling.tell(run, self.stdout, as_json=options["json"])

    @staticmethod
    def _pair(text: str) -> tuple[str, str]:
        column, equals, field = text.rpartition("=")
        if not equals:
            raise CommandError(f"“{text}” is not COLUMN=FIELD, such as --map “Group name=name”.")
        return column, field

    def _confirm(self, sheet: sheets.Sheet, columns: dict[str, str]) -> None:
        """Show the meanings and ask. Where nobody can answer, go on only if each follows from its column's own name."""
        self.stderr.write(f"This is {sheet.kind}; its heading is on line {sheet.heading_line}.")
        for column, values in zip(sheet.heading, sheet.samples(), strict=True):
            meaning = mapping.FIELDS[columns[column]].label if columns[column] else "left out"
            self.stderr.write(f"  {column} → {meaning}   ({'; '.join(values)[:60]})")
        if not sys.stdin.isatty():
            guessed = [column for column, field in columns.items() if field and field != mapping.field_called(column)]
            if guessed:
                raise CommandError(
                    f"“{guessed[0]}” is only a guess: confirm with --yes, or say --map “{guessed[0]}=…”."
                )
            return
        self.stderr.write("Is that right? [y/N] ", ending="")
        if input().strip().lower() not in ("y", "yes"):
            raise CommandError("Nothing was read. Say what columns mean with --map COLUMN=FIELD.")
