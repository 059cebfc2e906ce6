"""Lists as tests need them: on record, written to a file, read."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from trellis.core.actors import IMPORT
from trellis.organisations.commands import record_source
from trellis.organisations.commands.gone import answer_gone
from trellis.organisations.imports import lists
from trellis.organisations.models import GoneAnswer, ImportRun, Organisation, SourceList, SourceRow

RECORD: Mapping[str, Any] = {
    "owner": "The Pantry Network",
    "kind": "list",
    "terms": "agreement",
    "agreement_reference": "DSA-12",
    "agreed_on": date(2018, 1, 1),
    "agreed_until": date(2019, 12, 31),
    "contact_basis": "interests",
    "contact_basis_words": "They asked to be found.",
}


def on_record(code: str = "groups", **changes: Any) -> SourceList:
    """A list whose owner, terms and basis are on record; the same one when it is asked for again."""
    held = SourceList.objects.filter(code=code).first()
    return record_source(values={"name": code, "code": code, **RECORD, **changes}, source=held, by=IMPORT)


def without_basis(code: str) -> SourceList:
    """A list whose basis for personal contacts was withdrawn."""
    return record_source(
        values={"contact_basis": "none", "contact_basis_words": "", "takes_out": True},
        source=on_record(code),
        by=IMPORT,
    )


def lost(name: str) -> Organisation:
    """An organisation that the only list which had it has no more."""
    source = on_record("lost")
    number = SourceRow.objects.count() + 1
    run = ImportRun.objects.create(
        reference=f"IMP-{number:04}", source=source, file_name="lost.csv", started_by="person:0",
        status=ImportRun.Status.FINISHED,
    )  # fmt: skip
    found = Organisation.objects.create(reference=f"ORG-L{number:03}", name=name)
    SourceRow.objects.create(
        source=source, key=str(number), data={"Name": name}, digest="1", organisation=found, last_run=run, gone_in=run
    )
    return found


def parts_of_addresses() -> dict[str, object]:
    """Two that are in no list any more: one that is asked about, and the answer about the other."""
    closed = GoneAnswer.Answer.CLOSED
    said = answer_gone(organisation=lost("Ash Kites"), answer=closed, reason="Its hall told us.", by=IMPORT)
    return {"answer_gone reference": lost("Ash Chess").reference, "organisations answer": said.pk}


def write(folder: Path, *lines: str, encoding: str = "utf-8", name: str = "groups.csv") -> Path:
    """A file with these lines."""
    path = folder / name
    path.write_bytes("\r\n".join([*lines, ""]).encode(encoding))
    return path


def read(path: Path, *, record: Mapping[str, Any] | None = None, **options: Any) -> ImportRun:
    """Read a list that is on record."""
    code = options.pop("source", path.stem)
    if record is not None or not SourceList.objects.filter(code=code, recorded_at__isnull=False).exists():
        on_record(code, **(record or {}))
    return lists.import_organisations(path=path, by=IMPORT, source=code, **options)


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    """Added, changed, unchanged, refused."""
    return run.added, run.changed, run.unchanged, run.refused
