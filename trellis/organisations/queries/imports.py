"""Reads of imports: for those who may import."""

from pathlib import Path

from django.db.models import QuerySet

from trellis.organisations.imports import sheets
from trellis.organisations.imports.sheets import Sheet
from trellis.organisations.models import ImportRefusal, ImportRun, SourceList


def imports() -> QuerySet[ImportRun]:
    """Every reading of a list, the latest first."""
    return ImportRun.objects.select_related("source")


def sources() -> list[SourceList]:
    """The lists that the register is made from, by name."""
    return list(SourceList.objects.order_by("name"))


def refusals(run: ImportRun) -> QuerySet[ImportRefusal]:
    """The lines of a run that were refused."""
    return run.refusals.all()


def sheet(run: ImportRun) -> Sheet:
    """The uploaded list of a run. Raises RuleBroken when its file cannot be read any more."""
    return sheets.sheet_at(Path(run.stored_file.path))
