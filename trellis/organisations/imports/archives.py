"""Zipped files, spreadsheets among them: what unpacks to far more than it should is refused before it is unpacked.

`zipfile` never gives more of a member than the size that the archive states for it, so the stated sizes can be trusted
as an upper limit.
"""

import codecs
import io
import zipfile
from pathlib import Path
from typing import IO

from trellis.core.errors import RuleBroken

MB = 1 << 20
MOST_MEMBERS = 5_000
LARGEST_PART, LARGEST_WHOLE = 1024 * MB, 2048 * MB  # a workbook, unpacked: a million rows fit
LARGEST_WORDS = 256 * MB  # the table of shared words is the one part of a workbook that is held in memory
LARGEST_TEXT = 8192 * MB  # a zipped CSV is never held: the register of companies is under 3,000
SMALL = 8 * MB  # what unpacks to less does no harm, however much it was squeezed
HIGHEST_RATIO = 250  # squeezed text is five to thirty times smaller, zeros a thousand times
LONGEST_MARK = MB  # bytes from one "<" to the next: a cell holds at most 32,767 characters
PIECE = 1 << 18
START = 4096  # bytes that tell what a file is
ZIP = b"PK\x03\x04"
CONTROLS = frozenset(map(chr, range(32))) - set("\t\n\v\f\r\x1a\x1b")
FEW = 4  # controls that strayed into a text
OF_MACS = "__MACOSX/"  # a folder of leftovers that their program packs with each file
BOMB = "is packed so tightly that it would fill this machine when opened. It was not opened, and no harm was done."

OTHERS = {  # files of other programs, by their first bytes, and what to do with them
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "This is an old Excel file (.xls), or one with a password. Open it and save "
    "it as XLSX, without a password.",
    b"%PDF": "This is a PDF. Ask for the spreadsheet that it was made from, or copy its table into one and save that.",
    b"{\\rtf": "This is a text document. Copy its table into a spreadsheet and save it as XLSX.",
}


def check_kind(start: bytes) -> None:
    """Raise RuleBroken for a file, by its first bytes, of a kind that looks like a list and cannot be read as one."""
    for mark, sentence in OTHERS.items():
        if start.startswith(mark):
            raise RuleBroken(sentence)


def check_text(start: bytes) -> None:
    """Raise RuleBroken for a file that is no zip and, by its first few thousand bytes, no text either."""
    if start.startswith(ZIP):
        raise RuleBroken("This workbook is damaged or incomplete: fetch it again.")
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or start.count(0) > len(start) // 4:
        text = start.decode(
            "utf-16-be" if start.startswith(codecs.BOM_UTF16_BE) or not start[0] else "utf-16-le", "replace"
        )
    else:
        text = start.decode("latin-1").replace("\0", "")  # some programs fill up their cells with it
    if sum(letter in CONTROLS for letter in text) > max(FEW, len(text) // 20):
        raise RuleBroken("This is no list: it is not text.")


def is_book(path: Path) -> bool:
    """Whether it is a workbook (XLSX or ODS), and not a zip with some other file in it."""
    names = set(opened(path).namelist())
    return bool(names & {"[Content_Types].xml", "mimetype", "content.xml"})


def check_book(path: Path) -> None:
    """Raise RuleBroken for a workbook that no spreadsheet program wrote: a bomb, or XML that defines its own words."""
    archive = opened(path)
    parts = archive.infolist()
    if len(parts) > MOST_MEMBERS or sum(part.file_size for part in parts) > LARGEST_WHOLE:
        raise RuleBroken(f"{path.name} {BOMB}")
    for part in parts:
        most = LARGEST_WORDS if part.filename.endswith("sharedStrings.xml") else LARGEST_PART
        _check_size(path, part, most)
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")):
            _check_marks(path, archive, part)


def member(path: Path, suffixes: tuple[str, ...]) -> str:
    """The name of the largest file of those kinds in a zip. Raises RuleBroken when there is none, or it is a bomb."""
    parts = [part for part in opened(path).infolist() if part.filename.lower().endswith(suffixes)]
    if not parts:
        raise RuleBroken(f"{path.name} has no list in it: send a CSV file, or a zip with one.")
    largest = max(parts, key=lambda part: part.file_size)
    _check_size(path, largest, LARGEST_TEXT)
    return largest.filename


def others(path: Path, name: str, suffixes: tuple[str, ...]) -> list[str]:
    """The names of the other files of those kinds in a zip; none for a file that is no zip."""
    if not zipfile.is_zipfile(path):
        return []
    names = [one for one in opened(path).namelist() if one.lower().endswith(suffixes)]
    return [one for one in names if one != name and not one.startswith(OF_MACS)]


def open_member(path: Path, name: str) -> IO[bytes]:
    """A file in a zip as a stream: it is never unpacked as a whole."""
    try:
        return io.BufferedReader(zipfile.ZipFile(path).open(name), PIECE)  # type: ignore[type-var]  # wants a RawIOBase
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise RuleBroken(f"{path.name} cannot be opened: {error}.") from error


def opened(path: Path) -> zipfile.ZipFile:
    """The zip. Raises RuleBroken when it is damaged."""
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as error:
        raise RuleBroken(f"{path.name} is damaged and cannot be opened: save it again.") from error


def _check_size(path: Path, part: zipfile.ZipInfo, most: int) -> None:
    squeezed = part.file_size > SMALL and part.file_size > HIGHEST_RATIO * max(part.compress_size, 1)
    if squeezed or part.file_size > most:
        raise RuleBroken(f"{path.name} {BOMB}")


def _check_marks(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Read XML through once, without parsing it: no endless text, no entities of its own."""
    since, tail = 0, b""
    try:
        with archive.open(part) as file:
            while piece := file.read(PIECE):
                first, last = piece.find(b"<"), piece.rfind(b"<")
                if since + (first if first >= 0 else len(piece)) > LONGEST_MARK:
                    raise RuleBroken(f"{path.name} has a cell of over a million characters. It was not opened.")
                since = len(piece) - last if last >= 0 else since + len(piece)
                if b"<!" in tail + piece and any(mark in tail + piece for mark in (b"<!DOCTYPE", b"<!ENTITY")):
                    raise RuleBroken(f"{path.name} {BOMB}")
                tail = piece[-10:]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise RuleBroken(f"{path.name} is damaged and cannot be read: save it again.") from error
