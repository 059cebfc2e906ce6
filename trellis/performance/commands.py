"""Writes of performance: working figures out, freezing a quarter, signing it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import F

from trellis.accounts.models import User
from trellis.audit import commands as audit
from trellis.contracts.models import Contract, Partner
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.core.periods import Quarter
from trellis.core.permissions import Permission
from trellis.evidence import sealing
from trellis.performance import drafting, jobs, queries, rules
from trellis.performance.models import QuarterReport, QuarterReportStatus, Reading, ReadingRequest, Signature
from trellis.performance.report import digest, to_json

if TYPE_CHECKING:
    import pyarrow

MOVED_ON = "Somebody else changed this report a moment ago. Look at it again before you go on."


def compute_readings(*, contract: Contract, quarter: Quarter, by: Actor) -> int:
    """Work out every indicator for a quarter, and again for the quarters before it, from the evidence there is now.

    Returns the number of the last fact looked at. What has been worked out from the same evidence is left alone, so
    running it twice, or again after it was killed, adds nothing twice. Raises RuleBroken for a quarter not of the
    contract, or not begun.
    """
    up_to = sealing.sealed_up_to()
    for _done in computing(contract=contract, quarter=quarter, up_to=up_to, by=by):
        pass
    return up_to


def computing(*, contract: Contract, quarter: Quarter, up_to: int, by: Actor) -> Iterator[str]:
    """The steps of `compute_readings`: yields each indicator's code once its readings are stored."""
    quarters = queries.quarters_to(contract, quarter)
    if quarter.start > clock.today():
        raise RuleBroken(f"{quarter.words} has not begun, so there is nothing to work out.")
    evidence = None
    for indicator in queries.measured_indicators():
        there = queries.readings(contract, up_to).filter(indicator_id=indicator, district__isnull=True)
        done = set(there.values_list("period_start", flat=True))
        missing = [one for one in quarters if one.start not in done]
        if missing:
            evidence = queries.facts_up_to(contract, up_to) if evidence is None else evidence
            _compute(contract, indicator, missing, evidence, up_to, by)
        yield indicator


def _compute(
    contract: Contract, indicator: str, quarters: list[Quarter], evidence: "pyarrow.Table", up_to: int, by: Actor
) -> None:
    from trellis.performance import engine  # DuckDB takes longer to load than all the rest

    days = [day for day in evidence["occurred_on"].unique().to_pylist() if quarters[0].start <= day <= quarters[-1].end]
    figures = engine.figures(
        evidence,
        indicator=indicator,
        periods=[(quarter.start, quarter.end) for quarter in quarters],
        limits=queries.income_limits(days),
        fewest_cases=queries.fewest_cases(quarters[-1]),
    )
    rows = [
        Reading(
            contract=contract,
            indicator_id=figure.indicator,
            period_start=figure.starts_on,
            period_end=figure.ends_on,
            district_id=figure.district,
            value=figure.value,
            counted=figure.counted,
            unknown=figure.unknown,
            evidence_up_to=up_to,
        )
        for figure in figures
    ]
    facts = {"indicator": indicator, "quarters": [str(quarter) for quarter in quarters], "evidence_up_to": up_to}
    try:
        with transaction.atomic():
            Reading.objects.bulk_create(rows)
            audit.record(
                by=by, action="performance.compute_readings", subject=f"contract {contract.reference}", facts=facts
            )
    except IntegrityError:
        # Somebody stored the same figures, of the same evidence, at the same moment: theirs will do.
        if not queries.readings(contract, up_to).filter(indicator_id=indicator).exists():
            raise


@transaction.atomic
def request_readings(*, contract: Contract, quarter: Quarter, by: Actor) -> ReadingRequest:
    """Ask the worker to work a quarter out; when that is under way already, the job that does it.

    A job that was killed is closed and begun again: what it had stored, it keeps.
    """
    queries.quarters_to(contract, quarter)
    running = ReadingRequest.objects.filter(contract=contract, quarter=str(quarter), finished_at__isnull=True)
    dead_before = clock.now() - rules.JOB_IS_DEAD_AFTER
    running.filter(requested_at__lt=dead_before).update(
        finished_at=clock.now(), failure="It stopped before it was done."
    )
    try:
        with transaction.atomic():
            request = ReadingRequest.objects.create(contract=contract, quarter=str(quarter), requested_by=by.actor_name)
    except IntegrityError:
        return running.get()
    audit.record(
        by=by,
        action="performance.request_readings",
        subject=f"contract {contract.reference}",
        facts={"quarter": str(quarter)},
    )
    jobs.compute_readings.enqueue(request.pk)
    return request


@transaction.atomic
def prepare_report(*, contract: Contract, quarter: Quarter, by: Actor) -> QuarterReport:
    """Freeze a quarter's latest readings as its report, or freeze them again while nobody has signed.

    Raises RuleBroken when the quarter is not over, was never worked out, or somebody has signed.
    """
    _check_authority(contract, by)
    row = queries.report_row(contract, quarter)
    if row:
        _lock(row)
    signatures = row.signatures.count() if row else 0
    rules.check_can_prepare(
        status=row.status if row else None,
        signatures=signatures,
        quarter=quarter,
        ends_on=quarter.end,
        on=clock.today(),
    )
    report = drafting.draft_report(contract, quarter)
    if report is None:
        raise RuleBroken(
            "The figures have not been worked out yet. Work them out, look at them, then prepare the report."
        )
    content = to_json(report)
    fields = {
        "content": content,
        "digest": digest(content),
        "status": QuarterReport.Status.PREPARED,
        "prepared_at": clock.now(),
        "prepared_by": by.actor_name,
    }
    row = _freeze(contract, quarter, fields)
    _tell(row, by=by, action="prepare_report", evidence_up_to=report.evidence_up_to)
    return row


def _freeze(contract: Contract, quarter: Quarter, fields: dict) -> QuarterReport:
    try:
        with transaction.atomic():
            row, _ = QuarterReport.objects.update_or_create(contract=contract, quarter=str(quarter), defaults=fields)
    except IntegrityError as error:
        raise RuleBroken(MOVED_ON) from error
    return row


@transaction.atomic
def withdraw_report(*, report: QuarterReport, reason: str, by: Actor) -> None:
    """Take back a report that nobody has signed yet, saying why. It can be prepared again."""
    _check_authority(report.contract, by)
    _lock(report)
    rules.check_can_withdraw(status=report.status, signatures=report.signatures.count(), reason=reason)
    _move(report, "withdraw")
    _tell(report, by=by, action="withdraw_report", reason=reason.strip())


@transaction.atomic
def sign_report(*, report: QuarterReport, partner: Partner, signed_name: str, by: User, seen: str = "") -> Signature:
    """Put a partner lead's signature under a report; the last one makes it signed.

    `seen` is the digest of what was on the page that they read; without it, that of `report` as it was fetched. Raises
    RuleBroken for anyone but the partner's own lead, a second signature, and a report that has changed meanwhile.
    """
    seen = seen or report.digest
    _lock(report)
    signed = report.signatures.filter(partner=partner).exists()
    rules.check_can_sign(
        status=report.status,
        is_lead=_leads(by, partner, report),
        has_signed=signed,
        signed_name=signed_name,
        seen=seen,
        digest=report.digest,
    )
    signature = Signature.objects.create(
        report=report, partner=partner, signed_by=by.actor_name, signed_name=signed_name.strip(), digest=seen
    )
    last = report.signatures.count() == len(report.content["shares"])
    _move(report, "sign last" if last else "sign")
    signed_for = partner.organisation
    note = f"Signed for {signed_for.name}."
    _tell(report, by=by, action="sign_report", note=note, partner=signed_for.reference, last=last)
    return signature


@transaction.atomic
def close_report(*, report: QuarterReport, by: Actor) -> None:
    """Close a quarter without everybody once the time to sign has run out, showing who has not signed.

    Nobody's silence stops everyone's cash: what is due is made from a closed report as from a signed one. Raises
    RuleBroken before that day, and for anyone but the contract manager or the nightly run.
    """
    _check_authority(report.contract, by)
    _lock(report)
    rules.check_can_close(status=report.status, closes_on=queries.last_day_to_sign(report).on, on=clock.today())
    names = queries.unsigned(report)
    _move(report, "close")
    _tell(report, by=by, action="close_report", note=f"Not signed by {', '.join(names)}."[:500], unsigned=len(names))


def close_due_reports(*, by: Actor) -> int:
    """Close every quarter whose time to sign has run out; how many there were. Safe to run twice."""
    due = queries.reports_to_close(clock.today())
    for report in due:
        close_report(report=report, by=by)
    return len(due)


def _leads(by: Actor, partner: Partner, report: QuarterReport) -> bool:
    """A person, who leads this partner, which is one that the report counts."""
    counted = {share["organisation"] for share in report.content["shares"]}
    return (
        isinstance(by, User)
        and partner.contract_id == report.contract_id
        and partner.organisation.reference in counted
        and partner.organisation_id in by.organisation_ids(Permission.PERFORMANCE_SIGN)
    )


def _check_authority(contract: Contract, by: Actor) -> None:
    if isinstance(by, User) and not queries.is_of_authority(by, contract, Permission.PERFORMANCE_PREPARE):
        raise RuleBroken("Only the contract manager of this contract can do this.")


def _lock(report: QuarterReport) -> None:
    """Make whoever else signs or prepares this report wait for us, and read it as it now is.

    An update that changes nothing takes the row's lock on both databases; select_for_update does so on one.
    """
    QuarterReport.objects.filter(pk=report.pk).update(status=F("status"))
    report.refresh_from_db()


def _move(report: QuarterReport, event: str) -> None:
    before, after = report.status, rules.TRANSITIONS[report.status, event]
    if not QuarterReport.objects.filter(pk=report.pk, status=before, digest=report.digest).update(status=after):
        raise RuleBroken(MOVED_ON)
    report.status = after


def _tell(report: QuarterReport, *, by: Actor, action: str, reason: str = "", note: str = "", **facts) -> None:
    """The status row that people see, and the audit row that investigators see."""
    QuarterReportStatus.objects.create(
        report=report, status=report.status, by=by.actor_name, digest=report.digest, note=reason or note
    )
    audit.record(
        by=by,
        action=f"performance.{action}",
        subject=f"report {report.contract.reference} {report.quarter}",
        reason=reason,
        facts={"digest": report.digest} | facts,
    )
