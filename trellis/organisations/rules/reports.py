"""When an error can be reported, and who answers. Pure."""

from trellis.core.errors import RuleBroken

OPEN, PUT_RIGHT, NOT_CHANGED = "open", "put-right", "not-changed"
ALREADY_ANSWERED = "Somebody has answered this report meanwhile. Nothing was changed."


def check_can_report(*, says: str, open_reports: int, most: int) -> None:
    """Raise RuleBroken for a report without words, or one too many about the same organisation."""
    if not says.strip():
        raise RuleBroken("Say what is wrong, and what would be right.", field="says")
    if open_reports >= most:
        raise RuleBroken("Several errors of this profile are reported already. We look at those first.")


def check_can_answer(*, may_answer: bool, status: str, outcome: str, answer: str) -> None:
    """Raise RuleBroken unless it is theirs to answer, open, and an answer that changes nothing says why."""
    if not may_answer:
        raise RuleBroken("Only the organisation itself, or those who keep the register, can answer this.")
    if status != OPEN:
        raise RuleBroken(ALREADY_ANSWERED)
    if outcome not in (PUT_RIGHT, NOT_CHANGED):
        raise RuleBroken("Say whether you put it right.", field="outcome")
    if outcome == NOT_CHANGED and not answer.strip():
        raise RuleBroken("Say why nothing changes.", field="answer")
