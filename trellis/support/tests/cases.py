"""Cases of the cast at each stage, made by the commands that people use."""

from datetime import date

from trellis.support import commands
from trellis.support.models import Case


def requested(cast, *, organisation=None, by=None, **options) -> Case:
    """Mill Lane Pantry asks for help, unless another is named."""
    return commands.request_support(
        organisation=organisation or cast.pantry,
        contract=cast.contract,
        topic=cast.topic,
        need="We need to find money for a second freezer.",
        by=by or cast.dora,
        **options,
    )


def triaged(cast, **options) -> Case:
    """Alice of Ash Vale has triaged it."""
    case = requested(cast, **options)
    commands.triage_case(case=case, urgency="soon", note="A fund closes in August", by=cast.alice)
    return case


def in_progress(cast, **options) -> Case:
    """Alice has taken it."""
    case = triaged(cast, **options)
    commands.take_case(case=case, by=cast.alice)
    return case


def contacted(cast, **options) -> Case:
    """Alice has rung them."""
    case = in_progress(cast, **options)
    commands.record_activity(
        case=case, kind="call", occurred_on=date(2018, 7, 2), minutes=30, note="Talked through funds.", by=cast.alice
    )
    return case


def completed(cast, **options) -> Case:
    """Alice has finished it."""
    case = contacted(cast, **options)
    commands.complete_case(
        case=case, outcome="met", note="They have bid.", completed_on=date(2018, 7, 2), by=cast.alice
    )
    return case
