"""The hash chain of append-only rows, shared by audit and evidence.

A row carries a digest of its own fields and no place in the chain. Links are made later and in batches: each holds
the SHA-256 of the link before it, its own position, its row's number and digest. Nothing secret is in it, so whoever
can rewrite every row and every link can make a chain that is whole again; a head hash noted elsewhere (the line that
`trellis audit verify` prints) shows even that.
"""

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Max
from django.db.models.functions import Coalesce

from trellis.audit.models import Link

SEAL_EVERY = 100  # rows, where the writer seals (SQLite)
BATCH = 2_000  # rows in memory at once
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
Item = TypeVar("Item")


def canonical(value: Any) -> Any:
    """A value as it is digested: the same text whatever the database gave back."""
    if isinstance(value, str):  # most are, and a million rows are verified at a time
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value


def digest_of(fields: dict[str, Any]) -> str:
    """SHA-256, in hexadecimal, of a row's fields in canonical JSON (keys sorted, no spaces, UTF-8)."""
    text = _encode({name: canonical(value) for name, value in fields.items()})
    return hashlib.sha256(text.encode()).hexdigest()


def plain(value: Any) -> Any:
    """A value as JSON that both databases give back unchanged.

    Dates, decimals and floats become text (PostgreSQL writes numbers its own way); NUL and lone surrogates, which one
    of the databases refuses, become the replacement character, because the record of a deed must not fail on its words.
    """
    if value is None or isinstance(value, bool) or type(value) is int:
        return value
    if isinstance(value, dict):
        return {plain(str(name)): plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(part) for part in (sorted(value) if isinstance(value, set | frozenset) else value)]
    if isinstance(value, datetime):
        return canonical(value)
    text = value.isoformat() if isinstance(value, date) else str(value)
    return text.replace("\0", "\ufffd").encode(errors="replace").decode()


def detail_digest(salt: str, detail: dict[str, Any]) -> str:
    """What stands in the sealed row for its detail; without the salt, short details could be guessed from it."""
    return digest_of({"salt": salt, "detail": detail})


def hash_after(previous: str, position: int, row: int, digest: str) -> str:
    """The hash of the link at a position, sealing a row's digest after the link before it."""
    return hashlib.sha256(f"{previous}|{position}|{row}|{digest}".encode()).hexdigest()


def start_of(link: type[Link]) -> str:
    """What stands before the first link: the chain's name, so that links of one cannot be moved to another."""
    return link._meta.db_table


def chains() -> list[type[Link]]:
    """Every chain that there is, by its model of links."""
    return [model for model in apps.get_models() if issubclass(model, Link)]


def in_batches(items: Iterable[Item], size: int = BATCH) -> Iterator[list[Item]]:
    """The items in lists of at most `size`."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def head_of(link: type[Link]) -> tuple[int, str]:
    """The last position of a chain and its hash; 0 and the chain's start while it is empty."""
    last = link._default_manager.order_by("-position").values_list("position", "hash").first()
    return last or (0, start_of(link))


def unsealed(link: type[Link]) -> models.QuerySet:
    """Rows that have no place in the chain yet, in order of their numbers.

    On PostgreSQL any row without a link, because one with a low number may have been committed late. SQLite has one
    writer, which numbers rows in the order of commit: there it is the rows after the last one sealed, found at once.
    """
    rows = link.sealed_model()._default_manager.order_by("pk")
    if connection.vendor == "sqlite":
        return rows.filter(pk__gt=link._default_manager.aggregate(last=Coalesce(Max("row_id"), 0))["last"])
    return rows.filter(link__isnull=True)


@transaction.atomic
def seal(link: type[Link]) -> int:
    """Give every committed row that has none its place in the chain; how many there were. Writers never wait for it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # two sealers would draw the same positions; held until the commit
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [zlib.crc32(start_of(link).encode())])
    first, previous = head_of(link)
    position = first
    rows = unsealed(link).values_list("pk", "digest").iterator(chunk_size=BATCH)
    for batch in in_batches(rows):
        links = []
        for row, digest in batch:
            position += 1
            previous = hash_after(previous, position, row, digest)
            links.append(link(position=position, row_id=row, digest=digest, hash=previous))
        link._default_manager.bulk_create(links)
    return position - first


def seal_when_due(link: type[Link], row: int) -> None:
    """After a row was written: on SQLite, seal with every hundredth, within the writer's own transaction.

    SQLite has one writer at a time, and a sealer of its own would make writers wait. On PostgreSQL this does nothing:
    a writer that sealed would make the others wait.
    """
    if connection.vendor == "sqlite" and row % SEAL_EVERY == 0:
        seal(link)
