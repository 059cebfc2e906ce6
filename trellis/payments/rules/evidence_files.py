"""Which files may stand beside a return: nothing that runs, and nothing that is not what its name says. Pure."""

import io
import zipfile
from contextlib import suppress

from trellis.core.errors import RuleBroken

LARGEST = 10 * 1024 * 1024  # bytes
MOST_FILES = 20
# A kind's content type when it is sent, and how its bytes begin. Text has no beginning of its own.
KINDS = {
    "pdf": ("application/pdf", b"%PDF-"),
    "png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    "jpg": ("image/jpeg", b"\xff\xd8\xff"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04"),
    "csv": ("text/csv; charset=utf-8", b""),
}
PARTS = {"xlsx": "xl/workbook.xml", "docx": "word/document.xml"}
NAMES = "PDF, PNG, JPG, XLSX, DOCX or CSV"


def kind_of(name: str, content: bytes) -> str:
    """The kind of a file, by its name and by its bytes. Raises RuleBroken when the two differ, or it could run."""
    kind = name.rpartition(".")[2].lower().replace("jpeg", "jpg")
    if kind not in KINDS:
        raise RuleBroken(f"This kind of file cannot be kept. Send a {NAMES}.", field="file")
    if len(content) > LARGEST:
        raise RuleBroken("The file is larger than 10 MB. Send a smaller one.", field="file")
    if not _is(kind, content):
        raise RuleBroken(f"The file is no {kind.upper()}, though its name says so. Save it as one.", field="file")
    return kind


def _is(kind: str, content: bytes) -> bool:
    if not content.startswith(KINDS[kind][1]):
        return False
    if kind in PARTS:
        return _is_plain_office(kind, content)
    return kind != "csv" or _is_plain_text(content)


def _is_plain_office(kind: str, content: bytes) -> bool:
    """An office file with the part that makes it one, and without macros."""
    names: list[str] = []
    with suppress(zipfile.BadZipFile, NotImplementedError, ValueError):
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    return PARTS[kind] in names and not any(name.lower().endswith((".bin", ".exe", ".js")) for name in names)


def _is_plain_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return "\0" not in text and not text.lstrip().startswith(("<", "#!"))


def check_can_add_file(*, files: int, is_there: bool) -> None:
    """Refuse the same file twice, and more than a return needs."""
    if is_there:
        raise RuleBroken("This file is there already.", field="file")
    if files >= MOST_FILES:
        raise RuleBroken(f"A return holds {MOST_FILES} files at most. Take one out first.", field="file")


def safe_name(name: str) -> str:
    """A file's name as it is kept and sent: no folders, no control characters, its ending kept."""
    bare = "".join(letter for letter in name.replace("\\", "/").rpartition("/")[2] if letter.isprintable()).strip()
    stem, dot, ending = bare.rpartition(".")
    return f"{stem[:100]}{dot}{ending[:8]}"
