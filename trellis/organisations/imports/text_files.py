"""Lists in text: CSV in whatever encoding and with whatever delimiter."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import IO

from trellis.core.errors import RuleBroken
from trellis.organisations.imports.reading import DELIMITERS, ENCODINGS, MIXED
from trellis.organisations.imports.rows import RawRow

ANY = "cp1252"  # what is read where nothing tells the encoding: each byte is a letter in each of several
LOOKED_AT = 20  # rows by which the delimiter is told
LONGEST_CELL = 1 << 20  # characters
LONGEST_LINE = 1 << 22
MOST_CELLS = 1_000
MOST_BREAKS = 200  # lines over which a quoted cell may run
UNCLOSED = "A quotation mark that is opened on line {} is never closed: close it, or take it out."
LETTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)  # of UTF-8, beyond ASCII
QUOTED = re.compile(r'"(?:[^"]|"")*+"')  # a cell in quotation marks, those within it doubled
BEYOND_ASCII = bytes(range(128, 256))
Opener = Callable[[], IO[bytes]]


def rows(opened: Opener, encoding: str, delimiter: str) -> Iterator[RawRow]:
    """Each row as `parted` gives it, without the spaces around its cells."""
    codec, errors = ("utf-8-sig", AS_WINDOWS) if encoding == MIXED else (encoding, "replace")
    with opened() as raw, io.TextIOWrapper(raw, encoding=codec, newline="", errors=errors) as file:
        try:
            for line, values, reason in parted(file, delimiter):
                cells = [cell.strip() for cell in values]
                if len(cells) > MOST_CELLS:
                    yield RawRow(line, cells[:1], f"It has {len(cells):,} columns, and {MOST_CELLS:,} are the most.")
                else:
                    yield RawRow(line, cells, reason)
        except UnicodeError as error:  # that of UTF-16, where the mark at the file's beginning is missing
            raise RuleBroken(f"It is not in {ENCODINGS[encoding]}: choose another encoding, or none.") from error


def parted(file: IO[str], delimiter: str) -> Iterator[RawRow]:
    """Each row with the line on which it begins: a quoted cell may run over several.

    One that cannot be read says why. It ends with its first line then, so that it swallows none of those below.
    """
    csv.field_size_limit(LONGEST_CELL)
    lines = _Lines(file)
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        lines.begin_row()
        try:
            cells, reason = next(reader), ""
        except StopIteration:
            return
        except _Unclosed:
            reason = UNCLOSED
        except csv.Error:  # there is no other, where lines end as these do
            reason = f"One of its cells is longer than {LONGEST_CELL:,} characters."
        if not reason and lines.may_be_torn and not _closes(lines.taken, delimiter):
            reason = UNCLOSED
        if reason:
            yield RawRow(lines.begun, [], reason.format(lines.begun))
            lines.give_back()
        else:
            yield RawRow(lines.begun, cells)


class _Unclosed(Exception):
    """A quoted cell goes on for longer than any that somebody wrote."""


class _Lines:
    """The lines of a file, none of which fills the memory, without the NUL that no database keeps.

    `taken` are those of the row that is being read; all but the first can be given back, to be read once more.
    """

    def __init__(self, file: IO[str]) -> None:
        self.file = file
        self.taken: list[str] = []
        self.again: list[str] = []  # the next of them last
        self.begun, self.is_over = 1, False

    def begin_row(self) -> None:
        self.begun += len(self.taken)
        self.taken = []

    def give_back(self) -> None:
        self.again += reversed(self.taken[1:])
        self.taken, self.is_over = self.taken[:1], False

    @property
    def may_be_torn(self) -> bool:
        """Whether the row has several lines, or was not at its end where the file was."""
        return len(self.taken) > 1 or self.is_over

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if len(self.taken) > MOST_BREAKS:
            raise _Unclosed
        line = self.again.pop() if self.again else self.file.readline(LONGEST_LINE)
        if not line:
            self.is_over = True
            raise StopIteration
        if len(line) >= LONGEST_LINE:
            raise RuleBroken("One of its lines is over four million characters long: this is no list.")
        if "\0" in line:
            line = line.replace("\0", "\ufffd")
        self.taken.append(line)
        return line


def _closes(lines: list[str], delimiter: str) -> bool:
    """Whether each quotation mark that opens a cell is closed before it meets the one that opens another.

    One that stands among words is neither: somebody quoted them and did not double it.
    """
    text = "".join(lines)
    ends = re.compile(f"[{re.escape(delimiter)}\r\n]")
    place = 0
    while place < len(text):
        if text[place] == '"':
            quoted = QUOTED.match(text, place)
            if not quoted:
                return False
            place = quoted.end()
            is_inside = place < len(text) and not ends.match(text, place) and text[place] != " "
            if is_inside and ends.match(text, place - 2):
                return False
        found = ends.search(text, place)
        place = found.end() if found else len(text)
    return True


def encoding_of(opened: Opener, name: str) -> str:
    """UTF-16 or UTF-8 by their marks; else UTF-8 where all or most of it is; else what Windows writes."""
    with opened() as file:
        start = file.read(4096)
        if not start.strip():
            raise RuleBroken(f"{name} is empty.")
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if start.count(0) > len(start) // 4:
            return "utf-16-le" if start[1:2] == b"\0" else "utf-16-be"
        decoder = codecs.getincrementaldecoder("utf-8-sig")()
        try:
            decoder.decode(start)
            while piece := file.read(1 << 20):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return MIXED if _is_mixed(opened) else ANY
    return "utf-8-sig" if start.startswith(codecs.BOM_UTF8) else "utf-8"


def _is_mixed(opened: Opener) -> bool:
    """Whether the letters beyond ASCII are more often those of UTF-8 than stray bytes."""
    letters = stray = 0
    with opened() as file:
        for line in iter(partial(file.readline, LONGEST_LINE), b""):
            found = LETTER.findall(line)
            letters += len(found)
            stray += len(line) - len(line.translate(None, BEYOND_ASCII)) - sum(map(len, found))
    return letters >= stray


def mixed(content: bytes) -> str | None:
    """What a file says that is UTF-8 but for some bytes; None for one that is not."""
    return content.decode("utf-8-sig", AS_WINDOWS) if _is_mixed(lambda: io.BytesIO(content)) else None


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """A byte that is not UTF-8, as Windows means it."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode(ANY, "replace"), error.end


AS_WINDOWS = "trellis-as-windows"
codecs.register_error(AS_WINDOWS, _as_windows)


def delimiter_of(opened: Opener, encoding: str, name: str) -> str:
    """The delimiter that parts most rows into the same number of columns, and into more than one."""

    def fitness(delimiter: str) -> tuple[int, int]:
        found = [row.values for row in islice(rows(opened, encoding, delimiter), LOOKED_AT)]
        widths = Counter(len(cells) for cells in found if len(cells) > 1 and any(cells))
        width, times = widths.most_common(1)[0] if widths else (0, 0)
        return times, width

    best = max(DELIMITERS, key=fitness)
    if fitness(best) == (0, 0):
        raise RuleBroken(f"{name} is not a list with columns: none of its lines has a comma, tab or semicolon.")
    return best
