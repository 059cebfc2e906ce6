"""The report of an import, row by row: what each row did or would do."""

import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any, NamedTuple

from trellis.core.many import among
from trellis.organisations.imports import bulk
from trellis.organisations.models import ImportLine, ImportRun, Organisation

Outcome = ImportLine.Outcome
NOT_TAKEN = "not_taken"  # in a line's changes, in the place of a field: what was left out of the row, and why
REFUSAL = re.compile(r"(.*) \(“([^”]*)”\)", re.DOTALL)
LONGEST_NAME = 120
COLUMNS = ("run_id", "line", "outcome", "name", "organisation", "changes")
BATCH = 5_000


class Reported(NamedTuple):
    """One row: its line, what became of it, the organisation's name and number here, and field → before and after."""

    line: int
    outcome: str
    name: str
    organisation: int
    changes: dict[str, list[Any]]


class Spool:
    """Lines of a trial, kept on disk while all that the trial did is undone."""

    def __init__(self):
        self._file = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 closed by `lines`

    def add(self, lines: Iterable[Reported]) -> None:
        """Keep some for later. A trial's new organisations are gone then, so their numbers are not kept."""
        for line in lines:
            organisation = 0 if line.outcome == Outcome.ADDED else line.organisation
            self._file.write(json.dumps(line._replace(organisation=organisation), ensure_ascii=False) + "\n")

    def lines(self) -> Iterator[Reported]:
        """All that was kept, in order."""
        with self._file as file:
            file.seek(0)
            for line in file:
                yield Reported(*json.loads(line))


def keep(run: ImportRun, lines: Iterable[Reported]) -> None:
    """Write down what rows did, in the caller's transaction."""
    rest = iter(lines)
    while batch := list(islice(rest, BATCH)):
        references = _references({line.organisation for line in batch if line.organisation})
        bulk.insert(ImportLine, COLUMNS, (
            (run.pk, line.line, line.outcome, line.name[:255], references.get(line.organisation, ""),
             json.dumps(line.changes, ensure_ascii=False))
            for line in batch
        ))  # fmt: skip


def held(pks: Iterable[int], fields: Iterable[str]) -> dict[int, dict[str, Any]]:
    """What stands in fields of organisations, as the import writes it: pence, ISO dates."""
    names = list(fields)
    rows = Organisation.objects.filter(pk__in=among(list(pks))).values_list("pk", *names)
    return {pk: dict(zip(names, map(_plain, values), strict=True)) for pk, *values in rows}


def differences(before: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Field → before and after."""
    return {field: [before[field], value] for field, value in changes.items()}


def of(name: str, reason: str) -> str:
    """Why a line was refused, with the name that it has, if it has one."""
    tidied = " ".join(name.split())[:LONGEST_NAME].replace("”", "“")
    return f"{reason} (“{tidied}”)" if any(letter.isalnum() for letter in tidied) else reason


def parted(refusal: str) -> tuple[str, str]:
    """The name of a line that was refused, and why it was."""
    found = REFUSAL.fullmatch(refusal)
    return (found[2], found[1]) if found else ("", refusal)


def not_taken(faults: Sequence[str]) -> dict[str, list[Any]]:
    """What was left out of a row that came in all the same, as the report keeps it."""
    return {NOT_TAKEN: ["", " ".join(faults)]} if faults else {}


def _references(pks: set[int]) -> dict[int, str]:
    return dict(Organisation.objects.filter(pk__in=among(pks)).values_list("pk", "reference"))


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value * 100)
    return value.isoformat() if isinstance(value, date) else value
