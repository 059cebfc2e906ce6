"""What a figure is worth, and when a report may be prepared and signed. Pure: no database, no clock."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from trellis.core.errors import RuleBroken
from trellis.core.periods import Quarter
from trellis.performance.models import QuarterReport
from trellis.web.words import day

Status = QuarterReport.Status
TRANSITIONS: dict[tuple[str | None, str], str] = {
    (None, "prepare"): Status.PREPARED,
    (Status.WITHDRAWN, "prepare"): Status.PREPARED,
    (Status.PREPARED, "prepare"): Status.PREPARED,
    (Status.PREPARED, "withdraw"): Status.WITHDRAWN,
    (Status.PREPARED, "sign"): Status.PREPARED,
    (Status.PREPARED, "sign last"): Status.SIGNED,
    (Status.PREPARED, "close"): Status.CLOSED,
}
FINAL = (Status.SIGNED, Status.CLOSED)  # published, paid from, and never changed again
TARGET_MET, FLOOR_MET, FLOOR_NOT_MET = "Target met", "Floor met", "Floor not met"
NOT_MEASURED, NO_TARGET = "Nothing to measure", "No target set"
NO_MEASURE = "No measure yet"  # somebody defined it, and no evidence is kept that could tell
IMPROVING, STEADY, DECLINING, TOO_EARLY = "Improving", "Steady", "Declining", "Too early to say"
# What each indicator is worked out from. Its expression is in performance.indicators, under the same code.
EVIDENCE_KINDS = {
    "eligible-organisations-reached": "support.organisation_reached",
    "days-to-first-contact": "support.first_contact",
    "contact-consistency": "support.first_contact",
    "organisations-helped-with-volunteering": "support.volunteering_helped",
    "organisations-helped-to-network": "support.networking_helped",
}
# These count organisations: nothing is nought, and a small number is no less sure than a large one.
COUNTS = {"eligible-organisations-reached", "organisations-helped-with-volunteering", "organisations-helped-to-network"}
# These are a district's own middle value, so districts can be laid side by side.
MIDDLES = {"days-to-first-contact"}
# What the quantity of the facts is, at the head of a column.
QUANTITIES = dict.fromkeys(COUNTS, "Income (£)") | {
    "days-to-first-contact": "Working days",
    "contact-consistency": "Working days",
}
FEWEST_POINTS = 3  # a line through two points says nothing of its own
# A job that has not finished by then was killed: figures take seconds.
JOB_IS_DEAD_AFTER = timedelta(minutes=5)


def shown(value: Decimal | None, decimals: int) -> Decimal | None:
    """A reading as people read it: rounded half up to the indicator's decimals."""
    return None if value is None else value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def rating(value: Decimal | None, target: Decimal | None, floor: Decimal | None, *, higher_is_better: bool) -> str:
    """Target met, floor met, or floor not met (green, amber and red in the Quarterly Performance Reports of KCC).

    Meeting is reaching: a value that equals the target meets it, whichever way is better.
    """
    if value is None:
        return NOT_MEASURED
    if target is None or floor is None:
        return NO_TARGET
    sign = 1 if higher_is_better else -1
    if sign * value >= sign * target:
        return TARGET_MET
    return FLOOR_MET if sign * value >= sign * floor else FLOOR_NOT_MET


def slope(values: Sequence[Decimal | None]) -> Decimal | None:
    """The least-squares slope per quarter, exact; quarters without a value are left out but keep their place.

    None when fewer than three quarters have a value.
    """
    points = [(Decimal(place), value) for place, value in enumerate(values) if value is not None]
    if len(points) < FEWEST_POINTS:
        return None
    mean_x = _sum(x for x, _ in points) / len(points)
    mean_y = _sum(y for _, y in points) / len(points)
    spread = _sum((x - mean_x) ** 2 for x, _ in points)
    return _sum((x - mean_x) * (y - mean_y) for x, y in points) / spread


def _sum(numbers: Iterable[Decimal]) -> Decimal:
    return sum(numbers, Decimal(0))


def direction(values: Sequence[Decimal | None], *, higher_is_better: bool, steady_within: Decimal) -> str:
    """The direction of travel: a regression over the whole window, oldest first, as in the KCC reports.

    It is steady while the fitted line moves, from first to last quarter, by no more than `steady_within` (a fraction)
    of the window's mean.
    """
    per_quarter = slope(values)
    if per_quarter is None:
        return TOO_EARLY
    known = [value for value in values if value is not None]
    moved = per_quarter * (len(values) - 1)
    if abs(moved) <= steady_within * abs(_sum(known)) / len(known):
        return STEADY
    return IMPROVING if (moved > 0) == higher_is_better else DECLINING


def check_can_prepare(*, status: str | None, signatures: int, quarter: Quarter, ends_on: date, on: date) -> None:
    """Refuse to freeze a quarter that is not over, is closed, or that somebody has signed."""
    if on <= ends_on:
        raise RuleBroken(f"{quarter.words} is not over. Its report can be prepared once it is.")
    if status == Status.CLOSED:
        raise RuleBroken(f"{quarter.words} is closed, so its report stays as it is. Later facts show in the next one.")
    if signatures or (status, "prepare") not in TRANSITIONS:
        raise RuleBroken("A partner has signed this report, so it stays as it is. Later facts show in the next one.")


def check_can_withdraw(*, status: str, signatures: int, reason: str) -> None:
    """Refuse to withdraw what somebody has signed, or without saying why."""
    if signatures or (status, "withdraw") not in TRANSITIONS:
        raise RuleBroken("Only a report that nobody has signed can be withdrawn.")
    if not reason.strip():
        raise RuleBroken("Say why the report is withdrawn.", field="reason")


def check_can_sign(*, status: str, is_lead: bool, has_signed: bool, signed_name: str, seen: str, digest: str) -> None:
    """Refuse any signature but the first of a partner's own lead, under the very report that they read.

    `seen` is the digest of the content on the page that they signed; `digest` that of the stored report.
    """
    if not is_lead:
        raise RuleBroken("Only a lead of this partner can sign for it.")
    if status == Status.CLOSED and not has_signed:
        raise RuleBroken("This quarter was closed without your signature, because the time to sign had run out.")
    if status == Status.SIGNED or has_signed:
        raise RuleBroken("Your organisation has already signed this report.")
    if (status, "sign") not in TRANSITIONS:
        raise RuleBroken("This report has been withdrawn. You can sign it once it is prepared again.")
    if seen != digest:
        raise RuleBroken("The report has changed since you opened this page. Read it again, then sign.")
    if not signed_name.strip():
        raise RuleBroken("Type your full name to sign.", field="signed_name")


def check_can_close(*, status: str, closes_on: date, on: date) -> None:
    """Refuse to close a quarter without everybody before the time to sign has run out, or twice."""
    if status in FINAL:
        raise RuleBroken("This quarter is closed already.")
    if (status, "close") not in TRANSITIONS:
        raise RuleBroken("This report has been withdrawn. Prepare it again, so that it can be signed.")
    if on <= closes_on:
        raise RuleBroken(f"The partners can sign until {day(closes_on)}. After that it can be closed without them.")


def dead_from(requested_at: datetime) -> datetime:
    """The moment from which a job that has not finished counts as killed, so that it can be begun again."""
    return requested_at + JOB_IS_DEAD_AFTER
