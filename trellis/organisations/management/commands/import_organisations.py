"""`trellis import_organisations FILE`: any list of organisations, CSV, XLSX, ODS or JSON."""

import sys
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from trellis.core.actors import COMMAND_LINE
from trellis.organisations.commands import record_source
from trellis.organisations.imports import days, lists, mapping, naming, reading, sheets, telling
from trellis.organisations.imports.reading import Reading
from trellis.organisations.models import Organisation, SourceList
from trellis.organisations.presenters.imports import not_read

BASES = [value for value in SourceList.Basis.values if value]


class Command(BaseCommand):
    """A list whose columns a person confirms."""

    help = (
        "Read a list of organisations: CSV, XLSX, ODS, 360Giving or Open Referral UK. It proposes what each column "
        "means, and you confirm. Whose list it is must be on record, by a page or with --owner and the rest."
    )

    def add_arguments(self, parser):
        """One file, what its columns mean, and whose it is."""
        parser.add_argument("file", type=Path, help="CSV in any usual encoding, XLSX, ODS, JSON, or a zip with one")
        parser.add_argument("--map", action="append", default=[], metavar="COLUMN=FIELD", nargs="+",
                            help="what columns mean; nothing after the = leaves a column out")  # fmt: skip
        parser.add_argument("--source", default="", help="the list's code; the file's name unless given")
        parser.add_argument("--yes", action="store_true", help="take the proposed meanings without asking")
        parser.add_argument("--json", action="store_true", help="print the result as JSON on the last line")
        self._about_the_list(parser.add_argument_group("whose list it is, unless that is on record"))
        self._about_the_file(parser.add_argument_group("how it is read, where the guess is wrong"))

    @staticmethod
    def _about_the_list(group) -> None:
        group.add_argument("--owner", help="the organisation that keeps it")
        terms = group.add_mutually_exclusive_group()
        terms.add_argument("--agreement", metavar="REFERENCE", help="of the sharing agreement; with --from")
        terms.add_argument("--licence", metavar="NAME", help="of the open licence")
        terms.add_argument("--own", action="store_true", help="it is our own list")
        group.add_argument("--from", dest="agreed_on", type=day, metavar="DAY", help="such as 2018-04-01")
        group.add_argument("--until", dest="agreed_until", type=day, metavar="DAY", help="its last day")
        group.add_argument("--basis", choices=BASES, help="legal basis for its personal contacts; none leaves them out")
        group.add_argument("--take-out", action="store_true", dest="takes_out",
                           help="with --basis none: take out the contacts that came with it before")  # fmt: skip
        group.add_argument("--because", default="", help="why that basis holds")
        group.add_argument("--rank", type=int, help="1 to 99: which list wins a field, the lower the more trusted")

    @staticmethod
    def _about_the_file(group) -> None:
        group.add_argument("--sheet", default="", help="of a workbook")
        group.add_argument("--heading", type=int, default=0, metavar="LINE", help="the line of the heading")
        group.add_argument("--encoding", default="", choices=["", *reading.ENCODINGS])
        group.add_argument("--dates", default="", choices=["", *reading.ORDERS], help="day or month first")
        group.add_argument("--forms", nargs="+", default=[], choices=Organisation.LegalForm.values, metavar="FORM",
                           help="only organisations of these kinds: cic, guarantee, society …")  # fmt: skip
        extent = group.add_mutually_exclusive_group()
        extent.add_argument("--part", action="store_const", dest="extent", const=reading.PART, default="",
                            help="a part of the list: rows that it lacks are not gone")  # fmt: skip
        extent.add_argument("--whole", action="store_const", dest="extent", const=reading.WHOLE,
                            help="the whole list, although many rows are gone from it")  # fmt: skip
        group.add_argument("--served", action="store_true", help="only those in the districts that are served")

    def handle(self, *, file: Path, source: str, **options):
        """Propose, ask, read, say what happened."""
        how = Reading(encoding=options["encoding"], sheet=options["sheet"], heading_line=options["heading"],
                      day_order=options["dates"], forms=tuple(options["forms"]), served=options["served"],
                      extent=options["extent"])  # fmt: skip
        sheet = sheets.sheet_at(file, reading=how)
        for said in not_read(sheet):
            self.stderr.write(f"{file.name}: {said}")
        if options["owner"]:
            self._record(source or file.stem, options)
        listing = lists.recorded_source(source or file.stem)
        columns = lists.proposal(sheet, listing)
        columns |= dict(self._pair(text) for texts in options["map"] for text in texts)
        mapping.check(columns, sheet.heading)
        if not options["yes"]:
            self._confirm(sheet, columns)
        with telling.progress(self.stderr) as progress:
            run = lists.import_organisations(
                path=file, by=COMMAND_LINE, source=listing.code, columns=columns, reading=how, progress=progress
            )
        telling.tell(run, self.stdout, as_json=options["json"])

    @staticmethod
    def _record(name: str, options: dict[str, Any]) -> None:
        """Put on record whose list it is."""
        source = naming.source_called(name)
        terms = next((term for term in SourceList.Terms.values if options.get(term)), "")
        said = {
            "name": source.name, "owner": options["owner"], "terms": terms,
            "agreement_reference": options["agreement"] or options["licence"] or "",
            "contact_basis": options["basis"] or "", "contact_basis_words": options["because"],
            "agreed_on": options["agreed_on"], "agreed_until": options["agreed_until"],
            "takes_out": options["takes_out"],
        }  # fmt: skip
        rank = {"rank": options["rank"]} if options["rank"] else {}
        record_source(values=said | rank, source=source, by=COMMAND_LINE)

    @staticmethod
    def _pair(text: str) -> tuple[str, str]:
        column, equals, field = text.rpartition("=")
        if not equals:
            raise CommandError(f"“{text}” is not COLUMN=FIELD, such as --map “Group name=name”.")
        return column, field

    def _confirm(self, sheet: sheets.Sheet, columns: dict[str, str]) -> None:
        """Show the meanings and ask. Where nobody can answer, go on only if each follows from its column's own name."""
        self.stderr.write(f"This is {sheet.kind}; its heading is on line {sheet.heading_line}.")
        found = days.order_of(sheet, columns)
        if found and found.day:
            self.stderr.write(f"Its dates have the {found.order} first: {found.example} is {found.day.isoformat()}.")
        for column, values in zip(sheet.heading, sheet.samples(), strict=True):
            meaning = mapping.FIELDS[columns[column]].label if columns[column] else "left out"
            self.stderr.write(f"  {column} → {meaning}   ({'; '.join(values)[:60]})")
        if not sys.stdin.isatty():
            guessed = [column for column, field in columns.items() if field and field != mapping.field_called(column)]
            if guessed and not sheet.is_feed:
                raise CommandError(
                    f"“{guessed[0]}” is only a guess: confirm with --yes, or say --map “{guessed[0]}=…”."
                )
            return
        self.stderr.write("Is that right? [y/N] ", ending="")
        if input().strip().lower() not in ("y", "yes"):
            raise CommandError("Nothing was read. Say what columns mean with --map COLUMN=FIELD.")


def day(text: str) -> date:
    """A day as it is typed; the parser tells of any other text."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"write a day as YYYY-MM-DD, such as 2018-04-01, not “{text}”") from error
