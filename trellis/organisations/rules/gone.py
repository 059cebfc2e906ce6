"""What may be said of an organisation that a register or all lists have lost. Pure."""

from trellis.core.errors import RuleBroken

ANSWERED = "Somebody has answered that already, or a list has it again."


def check_can_answer(*, is_keeper: bool, is_asked: bool, reason: str) -> None:
    """Raise RuleBroken, at the field, unless a keeper of the register says it of one that is asked about, and why."""
    if not is_keeper:
        raise RuleBroken("Only those who keep the register can say this.")
    if not is_asked:
        raise RuleBroken(ANSWERED)
    if not reason.strip():
        raise RuleBroken("Say how you know.", field="reason")


def check_can_undo_answer(*, is_keeper: bool, has_moved_on: bool) -> None:
    """Raise RuleBroken unless a keeper takes back an answer, and nobody has changed since what it set."""
    if not is_keeper:
        raise RuleBroken("Only those who keep the register can say this.")
    if has_moved_on:
        raise RuleBroken("Whether it is active has been changed since. Change that on its profile instead.")
