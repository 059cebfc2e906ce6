"""Which files are taken, and when a document may be withheld. Pure."""

from dataclasses import dataclass
from pathlib import PurePath

from trellis.core.errors import RuleBroken

LARGEST = 20 * 1024 * 1024  # bytes
HEAD = 1024  # bytes that are looked at
OFFICE = (b"PK\x03\x04",)


@dataclass(frozen=True)
class Taken:
    """A type of file that is taken: how it is served, and what it begins with. No beginning: plain text."""

    content_type: str
    beginnings: tuple[bytes, ...] = ()


TYPES = {
    "pdf": Taken("application/pdf", (b"%PDF-",)),
    "docx": Taken("application/vnd.openxmlformats-officedocument.wordprocessingml.document", OFFICE),
    "xlsx": Taken("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", OFFICE),
    "odt": Taken("application/vnd.oasis.opendocument.text", OFFICE),
    "ods": Taken("application/vnd.oasis.opendocument.spreadsheet", OFFICE),
    "png": Taken("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "jpg": Taken("image/jpeg", (b"\xff\xd8\xff",)),
    "csv": Taken("text/csv; charset=utf-8"),
    "txt": Taken("text/plain; charset=utf-8"),
}
ACCEPT = ",".join(f".{ending}" for ending in TYPES)


def ending_of(file_name: str) -> str:
    """The ending of a file's name, in small letters and without its dot."""
    return PurePath(file_name).suffix.lower().removeprefix(".")


def content_type(file_name: str) -> str:
    """As what a kept file is served."""
    return TYPES[ending_of(file_name)].content_type


def check_file(*, file_name: str, size: int, head: bytes) -> None:
    """Refuse a file that is too large, of a type that is not taken, or that is not what its name says.

    `head` is its first bytes (HEAD of them).
    """
    taken = TYPES.get(ending_of(file_name))
    if taken is None:
        raise RuleBroken(f"Choose a file of one of these types: {', '.join(TYPES)}.", field="file")
    if size > LARGEST:
        raise RuleBroken(f"The file is larger than {LARGEST // 1024 // 1024} MB. Send it in parts.", field="file")
    is_as_named = head.startswith(taken.beginnings) if taken.beginnings else b"\0" not in head
    if not is_as_named:
        raise RuleBroken("The file is not of the type that its name says. Save it again and choose it.", field="file")


def check_openness(*, is_public: bool, ground: str, reason: str) -> None:
    """Refuse to withhold a document without a ground in law and a word why, or to give one for what is open."""
    if is_public:
        if ground or reason.strip():
            raise RuleBroken("What is open needs no ground: leave it out.", field="ground")
        return
    if not ground:
        raise RuleBroken("Choose the section of the law under which it is withheld.", field="ground")
    if not reason.strip():
        raise RuleBroken("Say why, in words that anybody may read.", field="withheld_reason")
