"""Pages and printed forms of a report: its parts laid out, what can be done with it, what moved."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from trellis.accounts.models import User
from trellis.core.permissions import Permission
from trellis.decisions.models import Decision, Report, ReportVersion
from trellis.decisions.queries import reports as queries
from trellis.decisions.report.layout import ILLUSTRATIVE, Laid, LaidPaper, Numbered, Prose, laid_out
from trellis.decisions.report.pieces import Chart, Listing, Paper, Table
from trellis.decisions.rules import reports as rules
from trellis.decisions.rules.pathway import can
from trellis.web.charts import Bar, BarChart
from trellis.web.words import day

KINDS = {Prose: "prose", Numbered: "numbered", Table: "table", Listing: "list", Chart: "chart"}
INSIDE, OUTSIDE = "inside", "outside"
FILES = (("pdf", "PDF, tagged for screen readers"), ("docx", "Word (DOCX)"))


def kind_of(block: Laid) -> str:
    """What a laid-out block is, for a template."""
    return KINDS[type(block)]


def charts(paper: Paper) -> dict[str, BarChart]:
    """Its charts as they are drawn."""
    return {name: _drawn(block) for name, block in paper.shown().items() if isinstance(block, Chart)}


def _drawn(chart: Chart) -> BarChart:
    bars = [Bar(label, Decimal(value), words) for label, value, words in chart.bars]
    return BarChart(chart.title, chart.description, bars, chart.value_heading, chart.label_heading)


def shown(laid: LaidPaper, *, inside: bool) -> dict[str, Any]:
    """What every form of a paper needs. `inside`: figures lead to their data, which only the authority's people see."""
    return {
        "laid": laid,
        "charts": charts(laid.paper),
        "kind_of": kind_of,
        "illustrative": ILLUSTRATIVE,
        "site": INSIDE if inside else OUTSIDE,
        "edit": None,
    }


def trail(decision: Decision, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Where a page of a report is."""
    return [
        ("Decisions", reverse("decisions")),
        (decision.reference, reverse("decision", args=[decision.slug])),
        *more,
    ]


def to_draft(report: Report) -> tuple[str, str]:
    """The crumb of the draft."""
    return ("Report", reverse("draft_report", args=[report.decision.slug]))


def draft_page(report: Report, user: User) -> dict[str, Any]:
    """The report as the data have it now: what is missing, what moved since the last version, what can be done."""
    decision, live = report.decision, queries.paper(report)
    latest = queries.latest_version(report)
    may_write = user.can(Permission.DECISION_DRAFT) and can(decision.status, "plan")
    laid = laid_out(live, drafting=may_write)
    return shown(laid, inside=True) | {
        "report": report,
        "decision": decision,
        "edit": _edit_addresses(decision, live) if may_write else {},
        "may_write": may_write,
        "by_hand": sum(one.is_by_hand for one in live.paragraphs().values()),
        "latest": latest,
        "moved": queries.moved_since(latest, live) if latest else (),
        "versions": list(queries.versions(report)),
        "publish": _publish_address(report, latest, live, user),
        "status": ("Draft", "grey"),
        "caption": f"Report on decision {decision.reference}",
        "breadcrumbs": trail(decision),
    }


def begin_page(decision: Decision, user: User) -> dict[str, Any]:
    """Before there is a report: what it will be made of, and the button."""
    return {
        "decision": decision,
        "may_begin": user.can(Permission.DECISION_DRAFT) and can(decision.status, "plan") and decision.commission,
        "caption": f"Report on decision {decision.reference}",
        "breadcrumbs": trail(decision),
    }


def _edit_addresses(decision: Decision, live: Paper) -> dict[str, str]:
    return {key: reverse("write_paragraph", args=[decision.slug, key]) for key in live.paragraphs()}


def _publish_address(report: Report, latest: queries.Version | None, live: Paper, user: User) -> str:
    """Where the latest version is published, for whoever may and if it may be."""
    if latest is None or not user.can(Permission.DECISION_RECORD):
        return ""
    may = rules.can_publish(
        status=report.decision.status,
        is_exempt=report.decision.restriction == Decision.Restriction.FULLY,
        is_published=latest.is_published,
        is_latest=True,
        missing=latest.paper.missing,
        moved=tuple(one.label for one in queries.moved_since(latest, live)),
    )
    return reverse("publish_report", args=[report.decision.slug, latest.number]) if may else ""


def paragraph_page(report: Report, key: str, live: Paper) -> dict[str, Any]:
    """Around the form of one paragraph: what was generated, and the figures that it may name."""
    decision, paragraph = report.decision, live.paragraphs()[key]
    return {
        "title": "Write a paragraph",
        "button": "Save",
        "cancel": reverse("draft_report", args=[decision.slug]),
        "caption": f"Report on decision {decision.reference}",
        "paragraph": paragraph,
        "restore": reverse("restore_paragraph", args=[decision.slug, key]) if paragraph.is_by_hand else "",
        "figures": sorted(live.figures.values(), key=lambda one: one.name),
        "breadcrumbs": trail(decision, to_draft(report)),
    }


def state_of(row: ReportVersion) -> str:
    """version 2, published on 4 July 2016"""
    if hasattr(row, "publication"):
        return f"version {row.number}, published on {day(row.publication.published_on)}"
    return f"version {row.number} of {day(row.made_at)}, not published"


def version_page(row: ReportVersion, user: User | AnonymousUser) -> dict[str, Any]:
    """A version as it stands for good."""
    decision = row.report.decision
    inside = queries.is_inside(user, decision)
    others = queries.versions_visible_to(user).filter(report=row.report).exclude(pk=row.pk)
    is_published = hasattr(row, "publication")
    return shown(laid_out(queries.version(row).paper), inside=inside) | {
        "row": row,
        "decision": decision,
        "inside": inside,
        "edit": {} if inside else None,
        "state": state_of(row),
        "others": [(one, state_of(one)) for one in others],
        "files": [(reverse("report_file", args=[decision.slug, row.number, kind]), name) for kind, name in FILES],
        "status": ("Published", "green") if is_published else ("Not published", "grey"),
        "is_stale": inside and _is_stale(row),
        "caption": f"Report on decision {decision.reference}",
        "breadcrumbs": trail(decision, *([to_draft(row.report)] if inside else [])),
    }


def _is_stale(row: ReportVersion) -> bool:
    """Whether it is the latest version, of a report that is still written, and the data behind it have moved since."""
    if row.report.versions.filter(number__gt=row.number).exists() or not can(row.report.decision.status, "plan"):
        return False
    return bool(queries.moved_since(queries.version(row), queries.paper(row.report)))


def printed(paper: Paper, *, state: str, digest: str = "") -> dict[str, Any]:
    """What the PDF and the file of HTML are made of."""
    return shown(laid_out(paper), inside=False) | {"state": state, "digest": digest, "base": settings.BASE_URL}
