"""What a notice can begin with: the first lawful day, the papers there are, and where the last one sent people."""

from datetime import date
from typing import Any

from trellis.core.errors import RuleBroken
from trellis.decisions.models import Decision, Notice
from trellis.decisions.queries import reports
from trellis.decisions.rules.deadlines import deadline


def notice_offer(decision: Decision, on: date) -> dict[str, Any]:
    """The answers that a notice published on a day begins with."""
    return {
        "due_from": _first_day("forward-plan", on) if decision.is_key else None,
        "documents": "\n".join(_papers(decision)),
        "copies_from": _copies_from(decision),
    }


def first_meeting(on: date) -> date | None:
    """The first day of a meeting whose agenda is published on a day."""
    return _first_day("agenda", on)


def _first_day(rule: str, on: date) -> date | None:
    try:
        return deadline(rule, on).on
    except RuleBroken:  # no bank holidays are known that far: whoever publishes it is told, and this only offers a day
        return None


def _papers(decision: Decision) -> list[str]:
    brought = [one.title for one in decision.documents.all()]
    return brought if reports.report_on(decision) is None else ["The committee report", *brought]


def _copies_from(decision: Decision) -> str:
    """As the last forward plan of the authority said."""
    said = Notice.objects.filter(decision__authority=decision.authority_id).exclude(copies_from="")
    return said.order_by("-published_at", "-pk").values_list("copies_from", flat=True).first() or ""
