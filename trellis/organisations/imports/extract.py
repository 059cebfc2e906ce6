"""The files of a register extract: a folder, a zip, or one file of either kind; each table known by its columns."""

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from trellis.core.errors import RuleBroken
from trellis.organisations.imports import rows
from trellis.organisations.imports.rows import RawRow
from trellis.organisations.imports.tables import TABLES, Table

SUFFIXES = (".txt", ".tsv", ".json")
Opener = Callable[[], IO[bytes]]


@dataclass(frozen=True)
class Part:
    """One file of the extract and the table that it holds. `is_json`: an array of objects, or else tab-separated."""

    table: Table
    name: str
    is_json: bool
    opened: Opener

    def rows(self) -> Iterator[RawRow]:
        """Its rows, values in the order of the table's columns. Raises RuleBroken when a zip turns out damaged."""
        read = rows.json_array if self.is_json else rows.tab_separated
        with self.opened() as file, _damage_told(self.name):
            yield from read(file, self.table.columns)


@dataclass(frozen=True)
class Extract:
    """What there is to read: the parts in the order in which they must be, and the files that are none of them."""

    name: str
    digest: str
    parts: tuple[Part, ...]
    left_out: tuple[str, ...]


def extract_at(path: Path) -> Extract:
    """The extract in a folder, a zip or a file. Raises RuleBroken when there is none."""
    if not path.exists():
        raise RuleBroken(f"There is no file or folder at {path}.")
    found: dict[str, Part] = {}
    left_out = []
    digest = hashlib.sha256()
    for name, opened in _files(path):
        part = _part(name, opened)
        if not part or part.table.name in found:
            left_out.append(name)
            continue
        found[part.table.name] = part
        digest.update(part.table.name.encode() + _digest(part))
    if not found:
        raise RuleBroken(
            f"{path.name} holds no table of the register that is known here, such as {next(iter(TABLES))}."
        )
    ordered = tuple(found[name] for name in TABLES if name in found)
    return Extract(path.name, digest.hexdigest(), ordered, tuple(left_out))


def _files(path: Path) -> Iterator[tuple[str, Opener]]:
    """Every file that could be a table, tab-separated ones before JSON."""
    paths = sorted(path.rglob("*")) if path.is_dir() else [path]
    plain = sorted((one for one in paths if one.suffix.lower() in SUFFIXES), key=lambda one: one.suffix == ".json")
    for one in plain or ([] if path.is_dir() or zipfile.is_zipfile(path) else [path]):
        yield one.name, lambda one=one: one.open("rb")  # type: ignore[misc]  # no inference in a default
    for one in paths:
        if one.suffix.lower() == ".zip" or (one == path and one.is_file() and zipfile.is_zipfile(one)):
            yield from _members(one)


def _members(path: Path) -> Iterator[tuple[str, Opener]]:
    with _damage_told(path.name), zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.lower().endswith(SUFFIXES)]
    for name in sorted(names, key=lambda name: (name.lower().endswith(".json"), name)):
        yield f"{path.name}/{name}", lambda name=name: _member(path, name)  # type: ignore[misc]  # the same


def _member(path: Path, name: str) -> IO[bytes]:
    """A zip's member as a stream: it is never unpacked as a whole."""
    archive = zipfile.ZipFile(path)
    return io.BufferedReader(archive.open(name), 1 << 18)  # type: ignore[type-var]  # typeshed wants a RawIOBase


def _part(name: str, opened: Opener) -> Part | None:
    """The file's table, told from its columns and not from its name."""
    with _damage_told(name), opened() as file:
        is_json = file.read(200).removeprefix(rows.BOM).lstrip()[:1] in (b"[", b"{")
    with _damage_told(name), opened() as file:
        columns = {key.lower() for key in rows.first_object(file)} if is_json else set(rows.heading(file))
    table = next((table for table in TABLES.values() if columns >= table.needed), None)
    return Part(table, name, is_json, opened) if table else None


def _digest(part: Part) -> bytes:
    with _damage_told(part.name), part.opened() as file:
        return hashlib.file_digest(file, "sha256").digest()  # type: ignore[arg-type]  # any file that reads will do


@contextmanager
def _damage_told(name: str) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise RuleBroken(f"{name} cannot be read: {error}.") from error
