"""Errors that anybody reports, their answers, and what is forgotten of them."""

from datetime import timedelta

from django.db import transaction

from trellis.audit import commands as audit
from trellis.core import clock, rulebook
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.core.references import create_with_reference
from trellis.organisations.models import ErrorReport, Organisation
from trellis.organisations.queries.keeping import keeps_register, speaks_for
from trellis.organisations.rules import reports as rules
from trellis.web import mail

ANSWERED = "organisations/email/report_answered"


@transaction.atomic
def report_error(*, organisation: Organisation, about: str, says: str, email: str = "", by: Actor) -> ErrorReport:
    """Take down what somebody says is wrong on a profile; no account is needed.

    `about` is one of ErrorReport.About; with `email` they are told what came of it. Raises RuleBroken without words,
    or when many reports of the same organisation are open.
    """
    today = clock.today()
    waiting = organisation.error_reports.filter(status=rules.OPEN).count()
    most = rulebook.value("organisations.open_reports_most", on=today)
    rules.check_can_report(says=says, open_reports=waiting, most=most)
    report = create_with_reference(
        ErrorReport, "ERR", organisation=organisation, about=about, says=says.strip(), email=email.strip(),
        reported_at=clock.now(), reported_by=by.actor_name,
    )  # fmt: skip
    _audit("report_error", report, by, about=about)
    return report


@transaction.atomic
def answer_report(*, report: ErrorReport, outcome: str, answer: str, by: Actor) -> None:
    """Say what came of a report: put right, or not changed and why. Whoever left an address is told.

    Raises RuleBroken when it is not theirs to answer, or somebody was faster.
    """
    may_answer = keeps_register(by) or speaks_for(report.organisation, by)
    rules.check_can_answer(may_answer=may_answer, status=report.status, outcome=outcome, answer=answer)
    still_open = ErrorReport.objects.filter(pk=report.pk, status=rules.OPEN)
    if not still_open.update(status=outcome, answer=answer.strip(), answered_at=clock.now(), answered_by=by.actor_name):
        raise RuleBroken(rules.ALREADY_ANSWERED)
    _audit("answer_report", report, by, outcome=outcome)
    report.refresh_from_db()
    if report.email:
        words = {"report": report, "about": report.get_about_display().lower()}
        transaction.on_commit(lambda: mail.send(ANSWERED, [report.email], words))


@transaction.atomic
def purge_reports(*, by: Actor) -> int:
    """Delete words and addresses of reports that were answered so many days ago as the rulebook says; how many."""
    days = rulebook.value("organisations.report_kept_days", on=clock.today())
    old = ErrorReport.objects.filter(answered_at__lt=clock.now() - timedelta(days=days)).exclude(says="")
    number = old.update(says="", answer="", email="")
    if number:
        audit.record(by=by, action="organisations.purge_reports", subject="error reports", facts={"reports": number})
    return number


def _audit(verb: str, report: ErrorReport, by: Actor, **facts: str) -> None:
    facts |= {"organisation": report.organisation.reference}
    audit.record(by=by, action=f"organisations.{verb}", subject=f"error report {report.reference}", facts=facts)
