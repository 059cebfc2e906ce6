"""When a report may be changed, made into a version, and published. Pure."""

from trellis.core.errors import RuleBroken
from trellis.decisions.rules.pathway import STANDS, can
from trellis.web.words import counted

LONGEST = 6000  # characters of a paragraph


def check_can_write(status: str) -> None:
    """Refuse to change the report on a decision that is taken, or given up."""
    if not can(status, "plan"):
        raise RuleBroken(f"This decision {STANDS[status]}, so its report stays as it is.")


def check_paragraph(text: str) -> None:
    """Refuse a paragraph that is longer than anybody reads."""
    if len(text) > LONGEST:
        raise RuleBroken(f"Write at most {LONGEST:,} characters: this has {len(text):,}.", field="text")


def check_can_make_version(*, is_first: bool, is_same: bool, note: str) -> None:
    """Refuse a version that is the same as the one before, or that does not say what is new."""
    if is_same:
        raise RuleBroken("Nothing has changed since the last version.")
    if not is_first and not note.strip():
        raise RuleBroken("Say what is new in this version: those who read the last one want to know.", field="note")


def check_can_publish(
    *,
    status: str,
    is_exempt: bool,
    is_published: bool,
    is_latest: bool,
    missing: tuple[str, ...],
    moved: tuple[str, ...],
) -> None:
    """Refuse to publish what is exempt, what is incomplete, or what the data do not bear out any more."""
    check_can_write(status)
    if is_exempt:
        raise RuleBroken(
            "The whole decision is exempt, so its report is not published. Add what may be read of it as a document."
        )
    if is_published:
        raise RuleBroken("This version is published already.")
    if not is_latest:
        raise RuleBroken("There is a later version. Publish that one.")
    if missing:
        raise RuleBroken(f"The report is not complete. {' '.join(missing)}")
    if moved:
        first = f"{moved[0]}" + (f", and {counted(len(moved) - 1, 'other')}" if len(moved) > 1 else "")
        raise RuleBroken(f"The data have moved since this version was made: {first}. Make a new version first.")


def can_publish(**facts) -> bool:
    """Whether check_can_publish would let it: what the button asks."""
    try:
        check_can_publish(**facts)
    except RuleBroken:
        return False
    return True
