"""How the decision of a commission stands: the line that its thread shows."""

from trellis.commissioning.models import Commission
from trellis.commissioning.queries.commissions import Progress
from trellis.core import clock
from trellis.decisions.models import Decision
from trellis.decisions.queries import records
from trellis.decisions.queries.next_step import next_step
from trellis.web.words import counted, day, lower_first


def decision_of(commission: Commission) -> Decision | None:
    """The decision that a commission led to: the latest that was not withdrawn; None while there is none."""
    return commission.decisions.exclude(status=Decision.Status.WITHDRAWN).order_by("-opened_at", "-pk").first()


def progress(commission: Commission) -> Progress:
    """Done when the decision is in effect; until then, what it waits for."""
    found = decision_of(commission)
    if found is None:
        return _line(done=False, words="", missing="No decision is prepared yet.")
    since = records.effective_on(found)
    if not records.is_effective(found, clock.today()):
        missing = f"It takes effect on {day(since)}." if since and since > clock.today() else _waits_for(found)
        return _line(done=False, words=f"{found.reference}: {found.get_status_display().lower()}.", missing=missing)
    waiting = len(records.open_conditions(found))
    words = f"{found.reference} is in effect since {day(since)}." if since else ""
    return _line(done=True, words=words, missing=f"{counted(waiting, 'condition')} open." if waiting else "")


def _waits_for(decision: Decision) -> str:
    """What happens next, and who does it."""
    step = next_step(decision, clock.today())
    return f"Next, {lower_first(step.whose)}: {lower_first(step.words)}." if step else "It is not in effect yet."


def _line(*, done: bool, words: str, missing: str) -> Progress:
    return Progress("commission_decision", "Decision", "decide", done, words, missing)
