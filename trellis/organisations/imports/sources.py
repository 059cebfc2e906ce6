"""Source rows: each as it came, under the name that its source gives it, with a digest to tell a change by."""

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from trellis.core.many import among
from trellis.organisations.imports import bulk
from trellis.organisations.imports.rows import RawRow
from trellis.organisations.imports.seen import Seen
from trellis.organisations.models import ImportRun, SourceRow

COLUMNS = ("id", "source_id", "table", "key", "data", "digest", "organisation_id", "last_run_id")

encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


class Known(NamedTuple):
    """What is kept of a source row from before."""

    id: int
    digest: str
    organisation_id: int | None

    @property
    def owner(self) -> int:
        """The organisation of a row that is kept only with one."""
        assert self.organisation_id is not None
        return self.organisation_id


class Fresh(NamedTuple):
    """A row that is new or not as it was. `known`: what was kept of it; None when it is new."""

    row: RawRow
    key: str
    digest: str
    known: Known | None


@dataclass
class Sorted:
    """A batch, sorted by what is to be done with each row."""

    fresh: list[Fresh] = field(default_factory=list)
    same: list[tuple[RawRow, Known]] = field(default_factory=list)
    twice: list[RawRow] = field(default_factory=list)


def sorted_out(
    run: ImportRun, table: str, keyed: Sequence[tuple[str, RawRow]], seen: Seen, meaning: str = ""
) -> Sorted:
    """Compare a batch with what is kept, in one query.

    `seen` holds the ids met before in this file, and gets more; `meaning` is how the columns are read: another meaning
    makes another row of the same words.
    """
    known = known_rows(run, table, [key for key, _ in keyed])
    found = Sorted()
    new_keys: set[str] = set()
    for key, row in keyed:
        old = known.get(key)
        if key in new_keys or (old and old.id in seen):
            found.twice.append(row)
            continue
        digest = digest_of(row.values, meaning)
        if old:
            seen.add(old.id)
        else:
            new_keys.add(key)
        if old and old.digest == digest:
            found.same.append((row, old))
        else:
            found.fresh.append(Fresh(row, key, digest, old))
    return found


def known_rows(run: ImportRun, table: str, keys: Iterable[str]) -> dict[str, Known]:
    """What is kept under some keys of a table."""
    rows = SourceRow.objects.filter(source=run.source_id, table=table, key__in=among(set(keys)))
    kept = rows.values_list("key", "id", "digest", "organisation_id")
    return {key: Known(row, digest, organisation) for key, row, digest, organisation in kept}


def keep(
    run: ImportRun, table: str, columns: Sequence[str], kept: Sequence[tuple[Fresh, int | None]], seen: Seen
) -> None:
    """Write rows with the organisations that they belong to: new ones added, others brought up to date."""
    new = [(fresh, organisation) for fresh, organisation in kept if not fresh.known]
    ids = bulk.reserve(SourceRow, len(new))
    for row_id in ids:
        seen.add(row_id)
    bulk.insert(SourceRow, COLUMNS, (
        (row_id, run.source_id, table, fresh.key, _data(columns, fresh.row), fresh.digest, organisation, run.pk)
        for row_id, (fresh, organisation) in zip(ids, new, strict=True)
    ))  # fmt: skip
    bulk.update(SourceRow, ("data", "digest", "organisation_id", "last_run_id", "gone_in_id"), (
        (_data(columns, fresh.row), fresh.digest, organisation, run.pk, None, fresh.known.id)
        for fresh, organisation in kept if fresh.known
    ))  # fmt: skip


def are_back(rows: Collection[int]) -> None:
    """Note that rows are in their list; few of them were gone from it before."""
    SourceRow.objects.filter(pk__in=among(rows), gone_in__isnull=False).update(gone_in=None)


def digest_of(values: Sequence[str], meaning: str = "") -> str:
    """A digest of a row's values, all but the first: the day of the extract, which is another each time."""
    return hashlib.blake2b(("\t".join(values[1:]) + meaning).encode(), digest_size=16).hexdigest()


def _data(columns: Sequence[str], row: RawRow) -> str:
    pairs = zip(columns, row.values, strict=True)
    return encode({column: value for column, value in pairs if value})
