"""Whose list a file is: told from its name, from its columns, or new."""

from collections import Counter
from pathlib import Path

from django.utils.text import slugify

from trellis.organisations.imports import registers
from trellis.organisations.imports.sheets import Sheet
from trellis.organisations.models import ImportRun, SourceList

ALIKE = 0.5  # of the telling words of a file's name, how many must be those of the list
COMMON = frozenset(
    "list lists of the and for organisations organisation groups group members member export final copy csv xlsx data "
    "database directory contacts address book volunteer volunteers volunteering centre voluntary service action "
    "community network cvs council january february march april may june july august september october november "
    "december".split()
)
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
    """The recorded list that shares most of the file's telling words, each the more telling the fewer lists have it."""
    words = _words(run.file_name)
    names = {source: _names(source) for source in SourceList.objects.filter(recorded_at__isnull=False)}
    uses = Counter(word for known in names.values() for word in known)
    shares = sorted(
        ((sum(1 / uses[word] for word in words & known), source.pk, source) for source, known in names.items())
    )
    if not shares or (len(shares) > 1 and shares[-1][0] < 2 * shares[-2][0]):
        return None
    best = shares[-1][2]
    shared = words & names[best]
    # One word of several says little: two.csv need not be of Two Rivers.
    says_enough = len(shared) > 1 or len(shared) > ALIKE * len(_words(best.name))
    return best if says_enough and len(shared) >= ALIKE * len(words) else None


def _names(source: SourceList) -> set[str]:
    """The telling words of a list's name, and of the last files that it came in."""
    files = source.runs.values_list("file_name", flat=True)[:3]
    return set().union(*map(_words, [source.name, source.code, *files]))


def _by_columns(sheet: Sheet) -> SourceList | None:
    """The one recorded list that had these columns before, if only one had."""
    heading = set(sheet.heading)
    found = [
        source
        for source in SourceList.objects.filter(recorded_at__isnull=False)
        if source.mapping and len(heading & set(source.mapping)) >= COLUMNS_ALIKE * len(heading | set(source.mapping))
    ]
    return found[0] if len(found) == 1 else None


def _words(name: str) -> set[str]:
    """The telling words of a name: no years and versions, none that every list has."""
    words = slugify(Path(name).stem.replace("_", " ")).split("-")
    return {word for word in words if word and word not in COMMON and not word.isdigit()}


def _title(name: str) -> str:
    """A file's name as a list's: without underscores, and with a capital."""
    tidy = " ".join(name.replace("_", " ").split())
    return tidy[:1].upper() + tidy[1:]
