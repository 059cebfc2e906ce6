"""Reads of imports: for those who may import."""

from pathlib import Path

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet

from trellis.core.errors import RuleBroken
from trellis.organisations.imports import contacts, days, likely_names, reading, registers, sheets
from trellis.organisations.imports.days import DayOrder
from trellis.organisations.imports.registers import Register
from trellis.organisations.imports.sheets import Sheet
from trellis.organisations.models import (
    ContactWithdrawal,
    ImportLine,
    ImportRefusal,
    ImportRun,
    Organisation,
    SourceList,
)
from trellis.organisations.rules.sources import FILE_DELETED

Status = ImportRun.Status
FOR_YOU = (Status.MAPPING, Status.CHECKING, Status.CHECKED)


def imports() -> QuerySet[ImportRun]:
    """Every reading of a list, the latest first."""
    return ImportRun.objects.select_related("source")


def waiting_for_somebody() -> QuerySet[ImportRun]:
    """Lists that were sent, and wait for somebody's word, the first sent first."""
    return imports().filter(status__in=FOR_YOU).order_by("started_at", "id")


def others() -> QuerySet[ImportRun]:
    """The other readings, the latest first."""
    return imports().exclude(status__in=FOR_YOU)


def checked() -> list[ImportRun]:
    """Lists that wait for nothing but somebody's word."""
    return list(imports().filter(status=Status.CHECKED))


def run(reference: str) -> ImportRun | None:
    """One reading by its reference, in any case."""
    return imports().filter(reference=reference.upper()).first()


def sources() -> list[SourceList]:
    """The lists that are on record, by name."""
    return list(SourceList.objects.filter(recorded_at__isnull=False).order_by("name"))


def sources_with_readings() -> QuerySet[SourceList]:
    """Every list, with the day when it last came in, its number of rows and of the runs that brought them."""
    finished = Q(runs__status=Status.FINISHED)
    going = ContactWithdrawal.objects.filter(source=OuterRef("pk"), finished_at__isnull=True)
    return SourceList.objects.annotate(
        is_losing_contacts=Exists(going),
        last_read=Max("runs__finished_at", filter=finished),
        times=Count("runs", filter=finished),
    ).order_by("name")


def with_contacts_from(source: SourceList) -> int:
    """How many organisations show an e-mail address, a telephone number or an address that came with a list."""
    own = Q()
    for field in ("email", "phone", "address"):
        noted = Q(**{f"provenance__{field}__0": source.code})
        rest = ~Q(provenance__has_key=field) & Q(**{"provenance__*__0": source.code})
        own |= ~Q(**{field: ""}) & (noted | rest)
    here = source.rows.values("organisation")
    return Organisation.objects.filter(own, pk__in=here).count()


def withdrawal(source: SourceList) -> ContactWithdrawal | None:
    """The last time that the basis for a list's contacts was withdrawn."""
    return source.withdrawals.first()


def deleted_files(withdrawal: ContactWithdrawal) -> list[ImportRun]:
    """What had been sent of a list and was given up, with its file, when its basis was withdrawn."""
    ended_by_it = imports().filter(failure=FILE_DELETED, finished_at__gte=withdrawal.started_at)
    return list(ended_by_it.filter(source=withdrawal.source_id).order_by("file_name", "pk"))


def source(code: str) -> SourceList | None:
    """One list by its code."""
    return SourceList.objects.filter(code=code).first()


def latest_recorded() -> SourceList | None:
    """The list that was recorded last: the next is often on the same terms."""
    return SourceList.objects.filter(recorded_at__isnull=False).order_by(F("recorded_at").desc()).first()


def refusals(run: ImportRun) -> QuerySet[ImportRefusal]:
    """The lines of a run that were refused."""
    return run.refusals.all()


def lines(run: ImportRun, outcome: str) -> QuerySet[ImportLine]:
    """The lines of a run that had an outcome."""
    return run.lines.filter(outcome=outcome)


def sheet(run: ImportRun) -> Sheet:
    """The uploaded list of a run, read as was said. Raises RuleBroken when its file cannot be read any more."""
    if not run.stored_file:
        raise RuleBroken("The file of this list is not kept any more. Send it again.")
    return sheets.sheet_at(Path(run.stored_file.path), reading=reading.of(run.reading))


def likely_name(run: ImportRun, sheet: Sheet) -> str:
    """The column whose values look most like names of organisations, where none is known to be the name."""
    if "name" in run.mapping.values():
        return ""
    free = [
        (column, values) for column, values in zip(sheet.heading, sheet.samples(sheets.LOOKED_AT), strict=True)
        if not run.mapping.get(column) and not contacts.is_about_somebody(column)
    ]  # fmt: skip
    place = likely_names.likeliest([values for _, values in free])
    return "" if place is None else free[place][0]


def register_of(sheet: Sheet) -> Register | None:
    """The public register that a list is known as by its columns."""
    return registers.recognised(sheet.heading)


def day_order(run: ImportRun, sheet: Sheet) -> DayOrder | None:
    """In what order its dates are read, with an example; None when it has none that could be read two ways."""
    return days.order_of(sheet, run.mapping)
