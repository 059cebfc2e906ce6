"""What each page of a report shows, finished, so that templates only lay it out."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.accounts.requests import Request
from trellis.audit import queries as audit
from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract, Partner
from trellis.core import clock
from trellis.core.periods import Quarter
from trellis.core.permissions import Permission
from trellis.performance import queries, rules
from trellis.performance.models import QuarterReport, QuarterReportStatus
from trellis.performance.presenters import words
from trellis.performance.report import IndicatorResult, QuarterlyReport
from trellis.web.pieces import Event, Step
from trellis.web.words import day

FILES = {"pdf": "PDF, tagged for screen readers", "csv": "CSV, every figure", "json": "JSON, with the digest"}
REFRESH = 3  # seconds between two looks at a job
STEP_NAMES = {
    "eligible-organisations-reached": "Count the organisations reached",
    "days-to-first-contact": "Find the middle of the days to first contact",
    "contact-consistency": "Compare the districts",
    "organisations-helped-with-volunteering": "Count those helped with volunteers and trustees",
    "organisations-helped-to-network": "Count those helped to meet others",
}


def crumbs(contract: Contract, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Where a page of performance is."""
    return [
        (contract.title, reverse("contract", args=[contract.reference])),
        ("Performance", reverse("reports", args=[contract.reference])),
        *more,
    ]


def reports_page(request: HttpRequest, contract: Contract) -> dict[str, Any]:
    """The quarters that have begun, with the state of each report."""
    inside = queries.is_inside(request.user, contract)
    visible = {row.quarter: row for row in queries.reports_visible_to(request.user).filter(contract=contract)}
    begun = [row for row in contracts.quarters(contract) if row.starts_on <= clock.today()]
    rows = words.quarter_rows(contract, begun, visible, inside)
    return {
        "contract": contract,
        "table": words.reports_table(request, rows),
        "inside": inside,
        "breadcrumbs": crumbs(contract)[:1],
    }


def report_page(request: HttpRequest, contract: Contract, row: QuarterReport) -> dict[str, Any]:
    """A report that was prepared: its state, what can be done, its figures, who signed."""
    report = queries.frozen(row)
    return shared(request, contract, Quarter.parse(row.quarter), report) | {
        "row": row,
        "status": words.state_tag(row),
        "actions": actions(request.user, contract, row, Quarter.parse(row.quarter)),
        "signatures": signature_rows(row, report),
        "events": events(row) if queries.is_inside(request.user, contract) else [],
        "files": [(label, file_url(row, kind)) for kind, label in FILES.items()],
    }


def file_url(row: QuarterReport, kind: str) -> str:
    """Where a file of the report is."""
    return reverse("quarterly_report_file", args=[row.contract.reference, row.quarter, kind])


def draft_page(
    request: HttpRequest, contract: Contract, quarter: Quarter, report: QuarterlyReport | None
) -> dict[str, Any]:
    """A quarter without a report: the figures so far, or how to begin."""
    return shared(request, contract, quarter, report, is_over=quarter.end < clock.today()) | {
        "row": None,
        "status": words.state_tag(None),
        "actions": actions(request.user, contract, None, quarter),
        "signatures": [],
        "events": [],
        "files": [],
    }


def shared(
    request: HttpRequest, contract: Contract, quarter: Quarter, report: QuarterlyReport | None, *, is_over: bool = True
) -> dict[str, Any]:
    """What the page of a quarter shows in any state. A report is only made of a quarter that is over."""
    page = {
        "contract": contract,
        "report": report,
        "quarter": quarter,
        "is_over": is_over,
        "caption": contract.title,
        "inside": queries.is_inside(request.user, contract),
        "breadcrumbs": crumbs(contract),
    }
    return page | (figures(report, is_over=is_over) if report else {})


def figures(report: QuarterlyReport, *, is_over: bool = True) -> dict[str, Any]:
    """The figures of a report as the page and the PDF draw them; those of a running quarter are not rated yet."""
    maps, bars = words.district_charts(report)
    return {
        "key_figures": words.key_figures(report, is_over=is_over),
        "ratings": {one.code: words.rating_tag(one, is_over=is_over) for one in report.indicators},
        "trends": {one.code: words.trend(one, report) for one in report.indicators},
        "maps": maps,
        "bars": bars,
        "corrections": [words.correction_words(one) for one in report.corrections],
        "words": words,
        "all_districts": [one for one in report.indicators if one.districts],
    }


def actions(
    user: queries.Person, contract: Contract, row: QuarterReport | None, quarter: Quarter
) -> list[tuple[str, str, bool]]:
    """What this person can do now: (verb, address, whether it is a POST), the main thing first."""
    found: list[tuple[str, str, bool]] = []
    if row and queries.unsigned_partners_led_by(user, row):
        found.append(("Sign the quarter", _url("sign_report", contract, quarter), False))
    if queries.is_of_authority(user, contract, Permission.PERFORMANCE_PREPARE):
        found += _manager_actions(contract, row, quarter)
    return found


def _manager_actions(contract: Contract, row: QuarterReport | None, quarter: Quarter) -> list[tuple[str, str, bool]]:
    if row and row.status == QuarterReport.Status.PREPARED and queries.last_day_to_sign(row).on < clock.today():
        return [("Close without every signature", _url("close_report", contract, quarter), False)]
    if row and (row.status in rules.FINAL or row.signatures.exists()):
        return []
    figures_are_there = queries.latest_reading(contract, quarter) is not None
    again = " again" if figures_are_there else ""
    work_out = (f"Work the figures out{again}", _url("compute_readings", contract, quarter), True)
    again = " again" if row else ""
    prepare = (f"Prepare the report{again}", _url("prepare_report", contract, quarter), False)
    found = [prepare, work_out] if figures_are_there and quarter.end < clock.today() else [work_out]
    if row and row.status == QuarterReport.Status.PREPARED:
        found.append(("Withdraw the report", _url("withdraw_report", contract, quarter), False))
    return found


def _url(name: str, contract: Contract, quarter: Quarter) -> str:
    return reverse(name, args=[contract.reference, str(quarter)])


def signature_rows(row: QuarterReport, report: QuarterlyReport) -> list[tuple[str, str]]:
    """The commissioner, a member too, by preparing it; then each partner that the report counts, by its signature."""
    signed = {one.partner.organisation.reference: one for one in queries.signatures(row)}
    absent = "Not signed" if row.status == QuarterReport.Status.CLOSED else "Not signed yet"
    prepared = (row.contract.authority.name, f"Prepared it as the commissioner, {day(row.prepared_at)}")
    return [prepared, *((one.name, _signature_words(signed.get(one.organisation), absent)) for one in report.shares)]


def _signature_words(signature: Any, absent: str) -> str:
    return f"{signature.signed_name}, {day(signature.signed_at)}" if signature else absent


def close_page(row: QuarterReport) -> dict[str, Any]:
    """What closing a quarter without everybody means, and whose signature is missing."""
    deadline = queries.last_day_to_sign(row)
    return step(row) | {
        "button": "Close the quarter",
        "unsigned": queries.unsigned(row),
        "deadline": deadline,
        "is_over": clock.today() > deadline.on,
    }


def events(row: QuarterReport) -> list[Event]:
    """The report's history, the latest first."""
    history = list(row.history.order_by("-id"))
    names = audit.names_of(one.by for one in history)
    return [Event(_event_words(one), one.at, names.get(one.by, ""), f"Digest {one.digest[:12]}…") for one in history]


def _event_words(event: QuarterReportStatus) -> str:
    return f"{event.get_status_display()}. {event.note}" if event.note else event.get_status_display()


def paper(row: QuarterReport, report: QuarterlyReport) -> dict[str, Any]:
    """The PDF's context: the same figures, and the signatures."""
    return figures(report) | {
        "report": report,
        "row": row,
        "signatures": signature_rows(row, report),
        "state": words.state_tag(row)[0],
        "period": words.period_of(report),
    }


def evidence_page(
    request: Request, contract: Contract, report: QuarterlyReport, indicator: IndicatorResult
) -> dict[str, Any]:
    """The facts under a figure, and how many of them this person sees."""
    seen = queries.evidence_seen_by(request.user, report, contract, indicator.code)
    links = request.user.can(Permission.CASE_VIEW) or request.user.can(Permission.CASE_OVERSEE)
    back = _url("quarterly_report", contract, Quarter.parse(report.quarter))
    return {
        "report": report,
        "indicator": indicator,
        "figure": words.figure(indicator.value, indicator.unit),
        "seen": seen,
        "caption": f"Evidence, {report.period}",
        "table": words.evidence_table(request, seen.facts, indicator, links),
        "breadcrumbs": crumbs(contract, (report.period, back)),
    }


def progress(contract: Contract, quarter: Quarter) -> dict[str, Any]:
    """How far the job is that works a quarter out."""
    job = queries.reading_request(contract, quarter)
    done = job.steps_done if job else 0
    is_dead = job is not None and not job.finished_at and rules.dead_from(job.requested_at) < clock.now()
    failure = "It stopped before it was done." if is_dead else (job.failure if job else "")
    running = job is not None and not job.finished_at and not is_dead
    return {
        "contract": contract,
        "quarter": quarter,
        "job": job,
        "failure": failure,
        "again_at": rules.dead_from(job.requested_at) if job else None,
        "running": running,
        "steps": _steps(done, running, bool(failure)),
        "done": done,
        "total": len(queries.measured_indicators()),
        "unit": "indicators",
        "refresh": REFRESH if running else 0,
        "caption": quarter.words,
        "breadcrumbs": crumbs(contract, (quarter.words, _url("quarterly_report", contract, quarter))),
        "page_url": _url("quarterly_report", contract, quarter),
        "again_url": _url("compute_readings", contract, quarter),
    }


def _steps(done: int, running: bool, failed: bool) -> list[Step]:
    def state(place: int) -> str:
        if place < done:
            return "done"
        if place == done and (failed or running):
            return "failed" if failed else "now"
        return "next"

    return [Step(STEP_NAMES[code], state(place)) for place, code in enumerate(queries.measured_indicators())]


def prepare_page(contract: Contract, quarter: Quarter) -> dict[str, Any]:
    """What freezing means, before it is done."""
    return {
        "contract": contract,
        "quarter": quarter,
        "button": "Prepare the report",
        "cancel": _url("quarterly_report", contract, quarter),
        "caption": contract.title,
        "breadcrumbs": crumbs(contract, (quarter.words, _url("quarterly_report", contract, quarter))),
    }


def step(row: QuarterReport) -> dict[str, Any]:
    """A page that does one thing to a report."""
    quarter = Quarter.parse(row.quarter)
    return prepare_page(row.contract, quarter) | {"row": row, "button": "Withdraw the report"}


def sign_page(row: QuarterReport, partners: list[Partner]) -> dict[str, Any]:
    """What is signed, in its figures, and the place for the name."""
    report = queries.frozen(row)
    return step(row) | {
        "button": "Sign the quarter",
        "report": report,
        "partners": [partner.organisation.name for partner in partners],
        "figures": words.key_figures(report),
        "corrections": [words.correction_words(one) for one in report.corrections],
    }
