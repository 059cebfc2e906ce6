"""A deadline as text: lines for the terminal, facts for other programs."""

from trellis.decisions.rules.deadlines import Deadline
from trellis.web.words import day


def deadline_facts(found: Deadline) -> dict:
    """The first lawful day and its working, dates as 2017-01-01; a standstill has its last day as `end`."""
    ends = {"end": found.end.isoformat()} if found.end else {}
    working = [{"date": one.on.isoformat(), "count": one.number, "note": one.note} for one in found.working]
    return {"date": found.on.isoformat(), **ends, "working": working}


def deadline_text(found: Deadline) -> str:
    """The first lawful day in a sentence, who says so, and the working day by day."""
    rule, figure = found.rule, found.figure
    lines = [
        f"When {rule.starts} on {found.start:%A} {day(found.start)}, {rule.allows} from {found.on:%A} {day(found.on)}.",
        f"{figure.value} {figure.unit}: {figure.source}.",
        "",
    ]
    if not figure.verified:
        lines.insert(2, "Nobody has checked this figure at its source yet.")
    width = max(len(day(one.on)) for one in found.working)
    for one in found.working:
        lines.append(f"{one.on:%a} {day(one.on):>{width}}  {one.number or '':>2}  {one.note}")
    return "\n".join(lines)
