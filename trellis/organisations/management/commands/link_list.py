"""Find the rows of lists that are one organisation. Works without a database."""

import re
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from trellis.core.errors import RuleBroken
from trellis.organisations.linkage import DUCKDB, SPARK, columns, files, link, listing

BALANCED = "0.5"
PARQUET = ".parquet"


class Command(BaseCommand):
    """`trellis link_list clubs.csv members.csv --output linked.csv`."""

    help = "Find the rows of one or more lists (CSV, XLSX or ODS) that are the same organisation, and say why."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser) -> None:
        """The lists, where the answer goes, and how it is found."""
        parser.add_argument(
            "lists", metavar="INPUT", nargs="*",
            help="lists with a heading: CSV in any encoding, or an XLSX or ODS, of which one sheet is read",
        )  # fmt: skip
        parser.add_argument(
            "--output", metavar="OUT.csv", required=True,
            help="all rows, with cluster_id, probability and reason, which names other rows by their numbers as a "
            "spreadsheet shows them: the heading is row 1, unless titles or blank lines stand above it",
        )  # fmt: skip
        parser.add_argument(
            "--map", metavar="COLUMN=FIELD", action="append", nargs="+", default=[], dest="said",
            help="what columns are, where their names do not say so: name, other_names, postcode, address, town, "
            "phone, email, website, charity_no, company_no; nothing after = leaves the column out; of several columns "
            "that are one field the first that is filled in a row counts",
        )  # fmt: skip
        parser.add_argument(
            "--threshold", metavar="P", default=BALANCED, help=f"how likely a link must be, from 0 to 1 ({BALANCED})"
        )
        parser.add_argument(
            "--engine", choices=(DUCKDB, SPARK), default=DUCKDB,
            help="what does the work: duckdb, here; or spark, on a cluster, for lists of millions",
        )  # fmt: skip
        parser.add_argument(
            "--master", metavar="URL",
            help="the cluster for --engine spark, such as spark://HOST:7077; its workers themselves read INPUT.parquet "
            "and write OUT.parquet, files or folders that all of them see, so that no one machine holds the list",
        )  # fmt: skip

    def handle(self, **options) -> None:
        """Read all lists first, so that a refusal leaves nothing written."""
        threshold = probability(options["threshold"])
        options["lists"], options["said"] = parted(options["lists"], options["said"])
        paths, output = [Path(one) for one in options["lists"]], Path(options["output"])
        try:
            if not paths:
                raise RuleBroken("Name the lists to be linked, CSV, XLSX or ODS.")
            check_engine(options["engine"], options["master"])
            if check_parquet(options["lists"], options["output"], options["engine"]):
                self._link_where_it_is(**options | {"threshold": threshold})
                return
            check_output(output, paths)
            lists = [files.read(path, options["said"]) for path in paths]
            files.check_told(lists, options["said"])
            for sentence in (sentence for one in lists for sentence in one.taken()):
                self.stderr.write(sentence)
            said = linked(lists, threshold, options["engine"], options["master"])
            files.write(output, lists, said[0])
        except RuleBroken as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(said[1] + f" Written to {output}.")
        for one in lists:
            if one.guessed:
                self.stdout.write(f"The name in {one.path.name} was taken from “{one.guessed}”, by what is in it.")

    def _link_where_it_is(self, **options) -> None:
        from trellis.organisations.linkage import spark

        (source,), output, master = options["lists"], options["output"], options["master"]
        sentence = spark.link_file(source, output, said=options["said"], threshold=options["threshold"], master=master)
        self.stdout.write(f"{sentence} Written to {output}.")


def linked(
    lists: list[files.ListFile], threshold: float, engine: str = DUCKDB, master: str | None = None
) -> tuple[list[tuple[str, str, str]], str]:
    """What is found about each row of all lists, and a sentence about the whole."""
    import pyarrow as pa

    several = len(lists) > 1
    rows = [
        (f"row {number}" + (f" of {one.path.name}" if several else ""), columns.record(one.fields, row))
        for one in lists for number, row in zip(one.numbers, one.rows, strict=True)
    ]  # fmt: skip
    ids = [f"{number:09}" for number in range(len(rows))]
    fields = dict.fromkeys(field for _, record in rows for field in record)
    cells = {field: pa.array([record.get(field) for _, record in rows], pa.string()) for field in fields}
    table = pa.table({"id": ids, **cells})
    found = link(table, threshold=threshold, engine=engine, master=master)
    labels = [f"{label} ({record.get('name') or 'no name'})" for label, record in rows]
    filled = [name for name, row in zip(ids, (row for one in lists for row in one.rows), strict=True)
              if not files.is_blank(row)]  # fmt: skip
    organisations = len({found.clusters[one] for one in filled})
    return listing.told(ids, labels, found), listing.summary(len(filled), organisations, found.expected_precision)


def parted(lists: list[str], groups: list[list[str]]) -> tuple[list[str], list[str]]:
    """The lists, and what was said of columns: lists may be named after the pairs of a --map."""
    pairs = [one for group in groups for place, one in enumerate(group) if not place or "=" in one]
    return [*lists, *(one for group in groups for one in group[1:] if "=" not in one)], pairs


def probability(text: str) -> float:
    """A number from 0 to 1; CommandError for any other text."""
    if not re.fullmatch(r"0?\.[0-9]{1,9}|[01](?:\.0{1,9})?|0\.[0-9]{1,9}", text.strip()):
        raise CommandError(f"Write --threshold as a number from 0 to 1, such as 0.9, not {text[:18]!r}.")
    return float(text)


def check_engine(engine: str, master: str | None) -> None:
    """Raise RuleBroken when an engine lacks its cluster, or a cluster its engine."""
    if engine == SPARK and not master:
        raise RuleBroken("Say which cluster is to do the work: --engine spark --master spark://HOST:PORT.")
    if engine != SPARK and master:
        raise RuleBroken("--master is for --engine spark only.")


def check_parquet(lists: list[str], output: str, engine: str) -> bool:
    """Whether the list is Parquet, which a cluster reads and writes. Raises RuleBroken where only some of it is so."""
    if not any(path.endswith(PARQUET) for path in (*lists, output)):
        return False
    if engine != SPARK or len(lists) > 1 or not (lists[0].endswith(PARQUET) and output.endswith(PARQUET)):
        raise RuleBroken("Parquet is for --engine spark: one INPUT.parquet, file or folder, and --output OUT.parquet.")
    if "://" not in output and Path(output).exists():
        raise RuleBroken(f"{output} is there already: choose another folder to write to.")
    return True


def check_output(output: Path, inputs: list[Path]) -> None:
    """Raise RuleBroken when the output would write over a list, is no ordinary file, or has nowhere to go."""
    try:
        target = output.resolve()
    except (OSError, RuntimeError) as error:  # which of them, depends on Python's version
        raise RuleBroken(f"{output} is a link that leads back to itself: name a file to write to.") from error
    if output.exists() and any(path.exists() and output.samefile(path) for path in inputs):
        raise RuleBroken(f"{output} is one of the lists: choose another file to write to.")
    if output.is_dir():
        raise RuleBroken(f"{output} is a folder: name a file in it.")
    if output.exists() and not output.is_file():  # it would be replaced, a device too
        raise RuleBroken(f"{output} is a device or a pipe: name an ordinary file to write to.")
    if not target.parent.is_dir():
        raise RuleBroken(f"There is no folder {target.parent} to write to.")
