"""Two versions of a report side by side."""

from typing import Any

from django.contrib.auth.models import AnonymousUser

from trellis.accounts.models import User
from trellis.decisions.models import ReportVersion
from trellis.decisions.presenters.reports import state_of, to_draft, trail
from trellis.decisions.queries import reports as queries
from trellis.decisions.report.comparison import compare


def page(rows: list[ReportVersion], before: str, now: str, user: User | AnonymousUser) -> dict[str, Any]:
    """The page of a comparison. `rows` are the versions that may be seen, the latest first; numbers as they came."""
    by_number = {str(row.number): row for row in rows}
    new = by_number.get(now, rows[0])
    old = by_number.get(before, rows[min(1, len(rows) - 1)])
    sections = compare(queries.version(old).paper, queries.version(new).paper)
    decision = new.report.decision
    inside = queries.is_inside(user, decision)
    return {
        "decision": decision,
        "versions": [(row, state_of(row)) for row in reversed(rows)],
        "old": old,
        "new": new,
        "old_state": state_of(old),
        "new_state": state_of(new),
        "sections": [one for one in sections if one.changes],
        "same": [one.title for one in sections if not one.changes],
        "changes": sum(one.changes for one in sections),
        "caption": f"Report on decision {decision.reference}",
        "breadcrumbs": trail(decision, *([to_draft(new.report)] if inside else [])),
    }
