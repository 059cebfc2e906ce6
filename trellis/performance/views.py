"""A contract's performance: its quarters, each quarter's report in four forms, and what is done with it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from trellis.accounts.requests import Request
from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract
from trellis.core.errors import RuleBroken
from trellis.core.periods import Quarter
from trellis.core.permissions import Permission, public, requires
from trellis.performance import commands, drafting, forms, queries
from trellis.performance.models import QuarterReport, Signature
from trellis.performance.presenters import pages, words
from trellis.web import documents
from trellis.web.acts import ask_and_do
from trellis.web.csv_files import csv_response
from trellis.web.forms import sent


@public
def reports(request: HttpRequest, reference: str) -> HttpResponse:
    """The quarters of a contract: signed reports for anyone, the rest for the authority and the partners."""
    page = pages.reports_page(request, _contract(reference))
    if page["table"].wants_csv:
        return page["table"].csv_response()
    return render(request, "performance/reports.html", page)


@public
def quarterly_report(request: HttpRequest, reference: str, quarter: str) -> HttpResponse:
    """One quarter's report; for the authority and the partners also the figures of one not prepared yet."""
    contract, when = _contract(reference), _quarter(quarter)
    row = queries.reports_visible_to(request.user).filter(contract=contract, quarter=quarter).first()
    if row is None:
        return _quarter_without_report(request, contract, when)
    return render(request, "performance/quarterly_report.html", pages.report_page(request, contract, row))


def _quarter_without_report(request: HttpRequest, contract: Contract, quarter: Quarter) -> HttpResponse:
    """The figures so far, for those inside."""
    if not queries.is_inside(request.user, contract) or queries.report_row(contract, quarter):
        raise Http404
    if not contracts.quarter(contract, quarter):
        raise Http404
    page = pages.draft_page(request, contract, quarter, drafting.draft_report(contract, quarter))
    return render(request, "performance/quarterly_report.html", page)


@public
def quarterly_report_file(request: HttpRequest, reference: str, quarter: str, file_format: str) -> HttpResponseBase:
    """The same report as a file: csv, json or pdf."""
    row = _visible_report(request, reference, quarter)
    report = queries.frozen(row)
    name = f"{reference}-{quarter}-performance"
    if file_format == "csv":
        return csv_response(words.csv_rows(report), name)
    if file_format == "json":
        return JsonResponse(words.as_json(row, report), json_dumps_params={"indent": 2, "ensure_ascii": False})
    if file_format == "pdf":
        return documents.pdf_response("performance/quarterly_report_pdf.html", pages.paper(row, report), name)
    raise Http404


@requires(Permission.PERFORMANCE_VIEW)
def evidence(request: Request, reference: str, quarter: str, indicator: str) -> HttpResponse:
    """The evidence rows under one figure of a report."""
    row = _visible_report(request, reference, quarter)
    report = queries.frozen(row)
    one = report.indicator(indicator)
    if one is None or not queries.is_inside(request.user, row.contract):
        raise Http404
    page = pages.evidence_page(request, row.contract, report, one)
    if page["table"].wants_csv:
        return page["table"].csv_response()
    return render(request, "performance/evidence.html", page)


@requires(Permission.PERFORMANCE_PREPARE)
def compute_readings(request: Request, reference: str, quarter: str) -> HttpResponse:
    """Work a quarter's figures out: POST asks the worker, GET shows how far it is."""
    contract, when = _managed_contract(request, reference), _quarter(quarter)
    if request.method == "POST":
        try:
            commands.request_readings(contract=contract, quarter=when, by=request.user)
        except RuleBroken as error:
            messages.error(request, error.sentence)
            return redirect("reports", reference=reference)
        return redirect("compute_readings", reference=reference, quarter=quarter)
    return render(request, "performance/compute_readings.html", pages.progress(contract, when))


@requires(Permission.PERFORMANCE_PREPARE)
def prepare_report(request: Request, reference: str, quarter: str) -> HttpResponse:
    """Freeze the figures as the quarter's report."""
    contract, when = _managed_contract(request, reference), _quarter(quarter)
    page = pages.prepare_page(contract, when)
    return ask_and_do(
        request, forms.Form(sent(request)),
        partial(commands.prepare_report, contract=contract, quarter=when, by=request.user),
        done="Prepared. Each partner’s lead can read and sign it now.", then=page["cancel"], page=page,
        template="performance/prepare_report.html",
    )  # fmt: skip


@requires(Permission.PERFORMANCE_PREPARE)
def withdraw_report(request: Request, reference: str, quarter: str) -> HttpResponse:
    """Take back a report that nobody has signed."""
    contract = _managed_contract(request, reference)
    row = get_object_or_404(queries.reports_visible_to(request.user), contract=contract, quarter=quarter)
    page = pages.step(row)
    return ask_and_do(
        request, forms.ReasonForm(request.POST or None), partial(commands.withdraw_report, report=row, by=request.user),
        done="Withdrawn. It can be prepared again.", then=page["cancel"], page=page,
        template="performance/withdraw_report.html",
    )  # fmt: skip


@requires(Permission.PERFORMANCE_PREPARE)
def close_report(request: Request, reference: str, quarter: str) -> HttpResponse:
    """Close a quarter without every signature."""
    contract = _managed_contract(request, reference)
    row = get_object_or_404(queries.reports_visible_to(request.user), contract=contract, quarter=quarter)
    page = pages.close_page(row)
    return ask_and_do(
        request, forms.Form(sent(request)), partial(commands.close_report, report=row, by=request.user),
        done="Closed. The statement can be drawn up now.", then=page["cancel"], page=page,
        template="performance/close_report.html",
    )  # fmt: skip


@requires(Permission.PERFORMANCE_SIGN)
def sign_report(request: Request, reference: str, quarter: str) -> HttpResponse:
    """A lead signs for their partner, under the report that they read."""
    row = _visible_report(request, reference, quarter)
    partners = queries.unsigned_partners_led_by(request.user, row)
    if not partners:
        raise Http404

    def sign(partner: str = str(partners[0].pk), **answers: str) -> Signature:
        chosen = next(one for one in partners if str(one.pk) == partner)
        return commands.sign_report(report=row, partner=chosen, by=request.user, **answers)

    page = pages.sign_page(row, partners)
    return ask_and_do(
        request, _sign_form(request, row, partners), sign,
        done=lambda signature: f"Signed for {signature.partner.organisation.name}.", then=page["cancel"], page=page,
        template="performance/sign_report.html",
    )  # fmt: skip


def _sign_form(request: HttpRequest, row: QuarterReport, partners: list) -> forms.Form:
    """The digest of what they read rides in the form, so that a change meanwhile is found out."""
    options: dict[str, Any] = {"initial": {"seen": row.digest}}
    if len(partners) > 1:
        return forms.SignForOneForm(request.POST or None, partners=partners, **options)
    return forms.SignForm(request.POST or None, **options)


def _contract(reference: str) -> Contract:
    """The contract of that reference; contracts are public."""
    found = contracts.contract(reference)
    if found is None:
        raise Http404
    return found


def _managed_contract(request: HttpRequest, reference: str) -> Contract:
    """A contract of the authority that this person manages."""
    found = _contract(reference)
    if not queries.is_of_authority(request.user, found, Permission.PERFORMANCE_PREPARE):
        raise Http404
    return found


def _quarter(text: str) -> Quarter:
    try:
        return Quarter.parse(text)
    except ValueError as error:
        raise Http404 from error


def _visible_report(request: HttpRequest, reference: str, quarter: str) -> QuarterReport:
    visible = queries.reports_visible_to(request.user)
    return get_object_or_404(visible, contract__reference=reference, quarter=quarter)
