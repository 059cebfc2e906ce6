"""Is the record whole? Walks a chain from its first link and names each row that is not as it was sealed.

Memory stays flat: rows come in batches, and only what is wrong is kept, up to a limit.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field

from django.db import connection, transaction

from trellis.audit import chain, triggers
from trellis.audit.models import AuditDetail, AuditEntry, AuditLink, Link
from trellis.audit.tracing import Odd, traced

NAMED = 1_000  # faults; more are only counted


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: in which table, with which row (None: the table itself), and what."""

    table: str
    id: int | None
    what: str

    def __str__(self):
        return f"{self.table}{'' if self.id is None else f' {self.id}'}: {self.what}"


@dataclass
class Verification:
    """What a walk along one chain found."""

    table: str
    sealed: int = 0
    unsealed: int = 0
    position: int = 0
    head: str = ""
    faults: list[Fault] = field(default_factory=list)
    unnamed: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults

    def add(self, table: str, row: int | None, what: str) -> None:
        """Write down a fault, or count it when there are too many to name."""
        if len(self.faults) < NAMED:
            self.faults.append(Fault(table, row, what))
        else:
            self.unnamed += 1

    def as_json(self) -> dict:
        """For `--json`."""
        return asdict(self) | {"is_whole": self.is_whole}


@dataclass
class Misfit:
    """A sealed row that is not what its link says; `fields` and `digest` are None when there is no row."""

    row: int
    position: int
    sealed: str
    fields: str | None
    digest: str | None


def verify(link: type[Link], noted: dict[int, str] | None = None) -> Verification:
    """Verify one chain: its links, its rows, rows not yet sealed, the detail beside them, and the triggers.

    `noted` holds heads (position and hash) that were written down before: they must still be in the chain.
    """
    found = Verification(table=link.sealed_model()._meta.db_table)
    with snapshot():
        odd, misfits, highest = _walk(link, found)
        forged = _name_links(link, found, odd)
        misfits = [misfit for misfit in misfits if misfit.position not in forged or misfit.fields != misfit.digest]
        taken = any(one.until for one in odd)
        moved = _look_at_unsealed(link, found, misfits, forged, 0 if taken else highest)
        _name_rows(found, misfits, moved)
        if link is AuditLink:
            for row, what in detail_faults():
                found.add("audit_auditdetail", row, what)
        _check_noted(link, found, noted or {})
        _check_triggers(link, found)
    return found


@contextmanager
def snapshot() -> Iterator[None]:
    """One view of the database for the whole walk, without a lock: rows written meanwhile are not seen."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # Django's own atomic would take the write lock
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def _walk(link: type[Link], found: Verification) -> tuple[list[Odd], list[Misfit], int]:
    """Follow the links: those that do not follow from the one before, rows that do not fit, the highest row sealed."""
    links = link._default_manager.order_by("position").values_list("position", "row_id", "digest", "hash")
    last, previous, should_be, highest = 0, chain.start_of(link), "", 0
    odd: list[Odd] = []
    misfits: list[Misfit] = []
    for batch in chain.in_batches(links.iterator(chunk_size=chain.BATCH)):
        rows = _digests(link, [row for _, row, _, _ in batch])
        for position, row, digest, hash_ in batch:
            right = chain.hash_after(previous, position, row, digest)
            if position != last + 1:
                odd.append(Odd(last + 1, previous=previous, until=position - 1))
                odd.append(Odd(position, row, digest, hash_, after_gap=True))
                right = ""
            elif hash_ == right:
                highest = max(highest, row)
            elif should_be and hash_ == chain.hash_after(should_be, position, row, digest):
                odd[-1].is_hash_changed = True
            elif len(odd) < NAMED:
                odd.append(Odd(position, row, digest, hash_, previous=previous))
            else:
                found.unnamed += 1
            fields, kept = rows.get(row, (None, None))
            if not fields == kept == digest:
                misfits.append(Misfit(row, position, digest, fields, kept))
            should_be = right if hash_ != right and odd[-1:] and odd[-1].position == position else ""
            last, previous = position, hash_
            found.sealed += 1
    found.position, found.head = last, previous if found.sealed else ""
    return odd, misfits, highest


def _digests(link: type[Link], rows: list[int]) -> dict[int, tuple[str, str]]:
    """For each row that exists: the digest of its fields as they are, and the digest that it carries."""
    model = link.sealed_model()
    found = model._default_manager.filter(pk__in=rows).values_list("pk", "digest", *model.digested)
    return {pk: (_digest(model, fields), digest) for pk, digest, *fields in found.iterator(chunk_size=chain.BATCH)}


def _digest(model, fields: list) -> str:
    return chain.digest_of(dict(zip(model.digested, fields, strict=True)))


def _name_links(link: type[Link], found: Verification, odd: list[Odd]) -> dict[int, str]:
    """Name the links that are wrong; those whose content cannot be trusted, as position and digest."""
    forged = {}
    for one, what in traced(odd, last=found.position):
        found.add(link._meta.db_table, one.position, what)
        if one.is_forged:
            forged[one.position] = one.digest
    return forged


def _look_at_unsealed(
    link: type[Link], found: Verification, misfits: list[Misfit], forged: dict[int, str], highest: int
) -> dict[str, int]:
    """Count and check the rows without a place. Gives those that were sealed under another number, by their digest.

    `highest` is the highest number that is sealed: on SQLite a row below it was put in afterwards (0: links are
    missing, and it may be one of theirs).
    """
    model = link.sealed_model()
    missing = {misfit.sealed: misfit.row for misfit in misfits if misfit.fields is None}
    moved: dict[str, int] = {}
    rows = model._default_manager.filter(link__isnull=True).order_by("pk")
    for pk, digest, *fields in rows.values_list("pk", "digest", *model.digested).iterator(chunk_size=chain.BATCH):
        found.unsealed += 1
        now = _digest(model, fields)
        if now in missing:
            moved[now] = pk
            found.add(found.table, pk, f"was re-numbered: it was sealed as {missing[now]}")
        elif now != digest:
            found.add(found.table, pk, "was changed before it was sealed: its digest is not that of its fields")
        elif connection.vendor == "sqlite" and pk < highest and now not in forged.values():
            found.add(
                found.table, pk, f"was inserted: it was never sealed, and its number is below {highest}, which is"
            )
    return moved


def _name_rows(found: Verification, misfits: list[Misfit], moved: dict[str, int]) -> None:
    sealed_as = {misfit.sealed: misfit.row for misfit in misfits}
    for misfit in misfits:
        if misfit.fields is None:
            if misfit.sealed not in moved:
                found.add(found.table, misfit.row, f"is missing: it was sealed at position {misfit.position}")
        else:
            found.add(found.table, misfit.row, _what_is_wrong(misfit, sealed_as))


def _what_is_wrong(misfit: Misfit, sealed_as: dict[str, int]) -> str:
    if misfit.fields == misfit.sealed:
        return "its digest was changed: its fields are as they were sealed"
    if misfit.fields and sealed_as.get(misfit.fields, misfit.row) != misfit.row:
        return f"was put in another's place: it was sealed as {sealed_as[misfit.fields]}"
    if misfit.digest == misfit.sealed:
        return "was changed after it was sealed"
    if misfit.fields == misfit.digest:
        return "was changed after it was sealed, and given a new digest"
    return "was changed after it was sealed, and so was its digest"


def detail_faults() -> Iterator[tuple[int, str]]:
    """Details that are not what the sealed entry says, and those that are gone without a purge: (entry, what)."""
    details = AuditDetail.objects.order_by("pk").values_list("pk", "salt", "detail", "entry__detail_digest")
    for pk, salt, detail, digest in details.iterator(chunk_size=chain.BATCH):
        if not digest:
            yield pk, "was inserted: its entry was sealed without detail"
        elif chain.detail_digest(salt, detail) != digest:
            yield pk, "was changed after it was sealed"
    purges = AuditEntry.objects.filter(action="audit.purge_detail").values_list("facts", flat=True)
    purged = sorted(tuple(run) for facts in purges for run in facts.get("entries", []))
    gone = AuditEntry.objects.filter(detail__isnull=True).exclude(detail_digest="").order_by("pk")
    for pk in gone.values_list("pk", flat=True).iterator(chunk_size=chain.BATCH):
        while purged and purged[0][1] < pk:
            purged.pop(0)
        if not purged or purged[0][0] > pk:
            yield pk, "is missing, and no purge says why"


def _check_noted(link: type[Link], found: Verification, noted: dict[int, str]) -> None:
    """Heads noted before must still stand where they stood: rows taken from the end leave no gap."""
    for position, head in noted.items():
        if not link._default_manager.filter(position=position, hash=head).exists():
            what = f"is not the head that was noted at position {position}: links were taken away or made anew"
            found.add(link._meta.db_table, position, what)


def _check_triggers(link: type[Link], found: Verification) -> None:
    area = link._meta.app_label
    for table, trigger in triggers.missing():
        if table.startswith(f"{area}_"):
            found.add(table, None, f"its trigger {trigger} is missing or off, so its rows can be changed")
