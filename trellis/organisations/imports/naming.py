"""Whose list a file is: told from its name, from its columns, or new."""

from collections import Counter
from pathlib import Path

from django.utils.text import slugify

from trellis.organisations.imports import registers
from trellis.organisations.imports.sheets import Sheet
from trellis.organisations.models import ImportRun, SourceList

ALIKE = 0.6  # of the words of a list's name that its file's name must have
COLUMNS_ALIKE = 0.8  # of the columns that were confirmed before


def source_called(name: str) -> SourceList:
    """The list of that code or name; begun, with nothing recorded, when there is none."""
    code = slugify(name)[:40] or "list"
    found = SourceList.objects.filter(name=name).first()
    return found or SourceList.objects.get_or_create(code=code, defaults={"name": _title(name)[:120]})[0]


def source_of(run: ImportRun, sheet: Sheet) -> SourceList:
    """The list that an uploaded file is, as far as can be told; the one that its name began when it cannot."""
    found = _by_register(sheet) or _by_name(run) or _by_columns(sheet)
    if found and found.pk != run.source_id:
        begun, run.source = run.source, found
        run.save(update_fields=["source"])
        forget(begun)
        return found
    return run.source


def forget(source: SourceList) -> None:
    """Take out a list of which nothing was ever recorded or read."""
    if source.recorded_at is None and not source.runs.exists() and not source.rows.exists():
        source.delete()


def _by_register(sheet: Sheet) -> SourceList | None:
    """The public register whose columns these are."""
    register = registers.recognised(sheet.heading)
    if not register:
        return None
    defaults = register.record | {"contact_basis": "", "contact_basis_words": ""}
    return SourceList.objects.get_or_create(code=register.code, defaults=defaults)[0]


def _by_name(run: ImportRun) -> SourceList | None:
    """The recorded list of whose name, or last file's name, the file's has most words."""
    words = _words(run.file_name)
    best, best_share = None, 0.0
    for source in SourceList.objects.filter(recorded_at__isnull=False):
        names = [source.name, source.code, *source.runs.values_list("file_name", flat=True)[:3]]
        share = max((_share(_words(name), words) for name in names), default=0.0)
        if share > best_share:
            best, best_share = source, share
    return best if best_share >= ALIKE else None


def _by_columns(sheet: Sheet) -> SourceList | None:
    """The one recorded list that had these columns before, if only one had."""
    heading = set(sheet.heading)
    found = [
        source
        for source in SourceList.objects.filter(recorded_at__isnull=False)
        if source.mapping and len(heading & set(source.mapping)) >= COLUMNS_ALIKE * len(heading | set(source.mapping))
    ]
    return found[0] if len(found) == 1 else None


def _words(name: str) -> Counter[str]:
    """The telling words of a name: no years and versions, none that every list has."""
    common = {"list", "of", "the", "organisations", "groups", "members", "export", "final", "copy", "csv", "and"}
    words = slugify(Path(name).stem.replace("_", " ")).split("-")
    return Counter(word for word in words if word and word not in common and not word.isdigit())


def _share(names: Counter[str], words: Counter[str]) -> float:
    return sum((names & words).values()) / max(sum(names.values()), 1) if names else 0.0


def _title(name: str) -> str:
    """A file's name as a list's: without underscores, and with a capital."""
    tidy = " ".join(name.replace("_", " ").split())
    return tidy[:1].upper() + tidy[1:]
