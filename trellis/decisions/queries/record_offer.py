"""What a record can begin with: the report has said most of it already."""

from trellis.decisions.models import Decision
from trellis.decisions.queries import reports
from trellis.decisions.report import template
from trellis.decisions.report.pieces import Listing, Paper, Paragraph

REASONS = "contracting-model-preferred"


def offer(decision: Decision) -> dict[str, str]:
    """The words of the report by field of the draft: its recommendations, why, and the options that it looked at.

    From its latest version, or as the data have it now while there is none; empty without a report.
    """
    report = reports.report_on(decision)
    if report is None:
        return {}
    made = reports.latest_version(report)
    paper = made.paper if made else reports.paper(report)
    found = {"text": _recommended(paper), "reasons": _why(paper), "alternatives": _others(paper)}
    return {name: words for name, words in found.items() if words}


def _recommended(paper: Paper) -> str:
    blocks = next((one.blocks for one in paper.sections if one.code == "recommendations"), ())
    limbs = [block for block in blocks if isinstance(block, Paragraph) and block.is_numbered and block.template]
    return "\n".join(f"{number}. {_plain(limb, paper)}" for number, limb in enumerate(limbs, start=1))


def _why(paper: Paper) -> str:
    found = paper.paragraphs().get(REASONS)
    return _plain(found, paper) if found else ""


def _others(paper: Paper) -> str:
    """Every option but the preferred one, with what became of it and why."""
    options, preferred = paper.shown().get("long_list"), paper.figures.get("preferred_option")
    if not isinstance(options, Listing) or preferred is None:
        return ""
    return "\n".join(f"{name}: {fate}" for name, fate in options.items if name != preferred.words)


def _plain(paragraph: Paragraph, paper: Paper) -> str:
    return template.plain(paragraph.template, paper.figures)
