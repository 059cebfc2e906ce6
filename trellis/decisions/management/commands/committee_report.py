"""Write the report on a decision into a file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from trellis.core import clock
from trellis.decisions.models import Report
from trellis.decisions.presenters.report_files import TYPES, Edition, file_of
from trellis.decisions.presenters.reports import state_of
from trellis.decisions.queries import pathway
from trellis.decisions.queries import reports as queries
from trellis.decisions.rules.pathway import REFERENCE
from trellis.web.words import day


class Command(BaseCommand):
    """`trellis committee_report 16/00051 --format pdf --output report.pdf`."""

    help = "Write the report on a decision as HTML, PDF or DOCX: the published version, else the last, else the draft."

    def add_arguments(self, parser) -> None:
        """Which decision, in which format, where to."""
        parser.add_argument("reference", metavar="REFERENCE", nargs="?", help="the decision's number, like 16/00051")
        parser.add_argument("--format", metavar="FORMAT", default="html", help="html, pdf or docx")
        parser.add_argument("--output", metavar="FILE", help="the file to write")
        parser.add_argument("--version-number", metavar="N", help="one version, published or not")
        parser.add_argument("--draft", action="store_true", help="the report as the data have it now")

    def handle(self, **options) -> None:
        """Make the file whole before anything is written."""
        if options["format"] not in TYPES:
            raise CommandError(f"Write --format as html, pdf or docx, not {options['format'][:24]!r}.")
        if not options["output"]:
            raise CommandError("Say --output: the file to write.")
        report = report_of(options["reference"])
        edition = draft(report) if options["draft"] else chosen(report, options["version_number"])
        content = file_of(edition, options["format"])
        try:
            Path(options["output"]).write_bytes(content)
        except OSError as error:
            raise CommandError(f"{options['output']} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{options['output']}: {edition.paper.heads.title}, {edition.state}.")


def report_of(reference: str | None) -> Report:
    """The report on a decision; CommandError when there is none."""
    if reference is None or not REFERENCE.fullmatch(reference):
        raise CommandError("Say which decision: two digits, a stroke and five digits, like 16/00051.")
    decision = pathway.decision(reference)
    if decision is None:
        raise CommandError(f"There is no decision {reference}.")
    report = queries.report_on(decision)
    if report is None:
        raise CommandError(f"There is no report on decision {reference} yet.")
    return report


def chosen(report: Report, number: str | None) -> Edition:
    """The version of a number; without one the published, else the last, else the draft."""
    if number is None:
        row = queries.published_report(report.decision) or queries.versions(report).first()
        return edition_of(row) if row else draft(report)
    row = queries.versions(report).filter(number=number).first() if number.isdecimal() else None
    if row is None:
        raise CommandError(f"The report has no version {number[:24]}.")
    return edition_of(row)


def edition_of(row) -> Edition:
    """A version, ready to be written."""
    return Edition(queries.version(row).paper, state_of(row), row.digest, row.made_at)


def draft(report: Report) -> Edition:
    """The report as the data have it now."""
    return Edition(queries.paper(report), f"draft of {day(clock.today())}", "", clock.now())
