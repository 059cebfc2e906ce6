"""Reads of committee reports: the paper as the data have it now, its versions, and the one that is published."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from trellis.accounts.models import User
from trellis.core import clock
from trellis.core.permissions import Permission
from trellis.decisions.models import Decision, Report, ReportVersion
from trellis.decisions.report.figures import facts
from trellis.decisions.report.keeping import restored
from trellis.decisions.report.pieces import Paper
from trellis.decisions.report.sections import heads, sections
from trellis.decisions.report.staleness import Moved, moved


@dataclass(frozen=True)
class Version:
    """A version with its paper. `moved` is what the data say differently now; asked of the latest one only."""

    row: ReportVersion
    paper: Paper

    @property
    def number(self) -> int:
        """Its number, from 1."""
        return self.row.number

    @property
    def is_published(self) -> bool:
        """Whether anybody may read it."""
        return hasattr(self.row, "publication")


def reports_drafted_by(user: User) -> QuerySet[Report]:
    """Those that they may write."""
    return _reports(user, Permission.DECISION_DRAFT)


def reports_published_by(user: User) -> QuerySet[Report]:
    """Those that they may publish."""
    return _reports(user, Permission.DECISION_RECORD)


def _reports(user: User, permission: Permission) -> QuerySet[Report]:
    mine = Report.objects.filter(decision__authority_id__in=user.organisation_ids(permission))
    return mine.select_related("decision__authority", "decision__commission")


def versions_visible_to(user: User | AnonymousUser) -> QuerySet[ReportVersion]:
    """Those that are published, for anybody; all of them for people of their authority. The latest first."""
    allowed = Q(publication__isnull=False)
    if isinstance(user, User):
        allowed |= Q(report__decision__authority_id__in=user.organisation_ids(Permission.DECISION_VIEW))
    rows = ReportVersion.objects.filter(allowed).select_related("publication", "report__decision__authority")
    return rows.order_by("-number")


def report_on(decision: Decision) -> Report | None:
    """The report on a decision; None while nobody has begun one."""
    return (
        Report.objects.filter(decision=decision).select_related("decision__authority", "decision__commission").first()
    )


def paper(report: Report) -> Paper:
    """The report as the data have it now, with what was changed by hand."""
    found = facts(report.decision, clock.today())
    written = dict(report.paragraphs.values_list("key", "text"))
    return Paper(heads(found), sections(found, written), found.figures)


def versions(report: Report) -> QuerySet[ReportVersion]:
    """Its versions, the latest first."""
    return report.versions.select_related("publication", "report__decision__authority").order_by("-number")


def version(row: ReportVersion) -> Version:
    """A version with its paper."""
    return Version(row, restored(row.content))


def latest_version(report: Report) -> Version | None:
    """The last version that was made."""
    row = versions(report).first()
    return version(row) if row else None


def moved_since(made: Version, live: Paper) -> tuple[Moved, ...]:
    """What the data say differently from a version."""
    return moved(made.paper, live)


def published_report(decision: Decision) -> ReportVersion | None:
    """The latest version of the report that is published: what an agenda must come with. None while there is none."""
    rows = ReportVersion.objects.filter(report__decision=decision, publication__isnull=False)
    return rows.select_related("publication", "report__decision__authority").order_by("-number").first()


def is_inside(user: User | AnonymousUser, decision: Decision) -> bool:
    """Whether somebody sees what is not published of a report."""
    return isinstance(user, User) and decision.authority_id in user.organisation_ids(Permission.DECISION_VIEW)
