"""Writing the report on a decision: by hand where the generated words will not do, version by version."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.decisions.models import Decision, Report, ReportParagraph, ReportPublication, ReportVersion
from trellis.decisions.moving import hold, record, tell
from trellis.decisions.queries import reports as queries
from trellis.decisions.report import keeping, template
from trellis.decisions.report.pieces import Paper, Paragraph
from trellis.decisions.rules import reports as rules

MEANWHILE = "Somebody else changed this paragraph a moment ago. Look at it again before you go on."


@transaction.atomic
def open_report(*, decision: Decision, by: Actor) -> Report:
    """Begin the report on a decision, generated from the data of the commission that it belongs to."""
    rules.check_can_write(decision.status)
    if decision.commission is None:
        raise RuleBroken("Say first which commission the decision belongs to: the report is made from its data.")
    hold(decision, "plan")
    try:
        with transaction.atomic():
            report = Report.objects.create(decision=decision, opened_by=by.actor_name)
    except IntegrityError as error:
        raise RuleBroken("There is already a report on this decision.") from error
    record(decision, "open_report", by, commission=decision.commission.reference)
    return report


@transaction.atomic
def write_paragraph(*, report: Report, key: str, text: str, by: Actor, seen: str | None = None) -> None:
    """Put other words in the place of a generated paragraph; none leave it out. The generated words restore it.

    `text` names figures as {name}. With `seen`, the words that the writer had before them: refused when somebody
    else has written others since.
    """
    live = _to_write(report)
    if seen is not None and _as_kept(seen) != _as_kept(_paragraph(live, key).template):
        raise RuleBroken(MEANWHILE, field="text")
    _write(report, live, key, text, by)


@transaction.atomic
def write_paragraphs(*, report: Report, texts: Mapping[str, str], by: Actor) -> None:
    """Write several paragraphs at once, by key; all of them, or none when one is refused."""
    live = _to_write(report)
    for key, text in texts.items():
        _write(report, live, key, text, by)


def _to_write(report: Report) -> Paper:
    """The report as it stands, which nobody else changes until this is done."""
    rules.check_can_write(report.decision.status)
    hold(report.decision, "plan")
    return queries.paper(report)


def _write(report: Report, live: Paper, key: str, text: str, by: Actor) -> None:
    generated, text = _as_kept(_paragraph(live, key).generated), _as_kept(text)
    rules.check_paragraph(text)
    template.check(text, live.figures)
    if text == generated:
        report.paragraphs.filter(key=key).delete()
    else:
        changes = {"text": text, "edited_at": clock.now(), "edited_by": by.actor_name}
        ReportParagraph.objects.update_or_create(report=report, key=key, defaults=changes)
    record(report.decision, "write_paragraph", by, paragraph=key, is_by_hand=text != generated)


def _as_kept(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _paragraph(live: Paper, key: str) -> Paragraph:
    try:
        return live.paragraphs()[key]
    except KeyError:
        raise RuleBroken("The report has no such paragraph now.") from None


@transaction.atomic
def restore_paragraph(*, report: Report, key: str, by: Actor) -> None:
    """Put the generated words back."""
    rules.check_can_write(report.decision.status)
    hold(report.decision, "plan")
    deleted, _ = report.paragraphs.filter(key=key).delete()
    if not deleted:
        raise RuleBroken("This paragraph is as it was generated.")
    record(report.decision, "restore_paragraph", by, paragraph=key)


@transaction.atomic
def make_version(*, report: Report, by: Actor, note: str = "") -> ReportVersion:
    """Keep the report as it stands now. Its figures and words never change again; `note` says what is new in it."""
    rules.check_can_write(report.decision.status)
    hold(report.decision, "plan")
    before = queries.versions(report).first()
    content = keeping.kept(queries.paper(report))
    digest = keeping.digest(content)
    rules.check_can_make_version(
        is_first=before is None, is_same=before is not None and before.digest == digest, note=note
    )
    number = before.number + 1 if before else 1
    try:
        with transaction.atomic():
            made = ReportVersion.objects.create(
                report=report, number=number, note=note.strip(), content=content, digest=digest, made_by=by.actor_name
            )
    except IntegrityError as error:
        raise RuleBroken("Somebody else made a version a moment ago. Look at it before you go on.") from error
    record(report.decision, "make_report_version", by, version=number, digest=digest)
    return made


@transaction.atomic
def publish_version(*, version: ReportVersion, by: Actor) -> ReportPublication:
    """Let anybody read a version, from today. Refused while it is incomplete, or the data have moved since."""
    report, decision = version.report, version.report.decision
    made = queries.version(version)
    latest = queries.versions(report).first()
    rules.check_can_publish(
        status=decision.status,
        is_exempt=decision.restriction == Decision.Restriction.FULLY,
        is_published=made.is_published,
        is_latest=latest is not None and latest.pk == version.pk,
        missing=made.paper.missing,
        moved=tuple(one.label for one in queries.moved_since(made, queries.paper(report))),
    )
    hold(decision, "plan")
    try:
        with transaction.atomic():
            published = ReportPublication.objects.create(
                version=version, published_on=clock.today(), published_by=by.actor_name
            )
    except IntegrityError as error:
        raise RuleBroken("This version is published already.") from error
    tell(decision, by=by, note=f"Version {version.number} of the report is published")
    record(decision, "publish_report", by, version=version.number, digest=version.digest)
    return published
