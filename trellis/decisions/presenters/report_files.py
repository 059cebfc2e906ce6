"""A report as a file: HTML that stands alone, PDF/UA, or Word. All from the same paper as the page."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from trellis.decisions.presenters.reports import printed
from trellis.decisions.report.layout import laid_out
from trellis.decisions.report.pieces import Paper
from trellis.web import documents

FITS = '<meta name="viewport" content="width=device-width, initial-scale=1">'
STYLE_LINK = re.compile(r"""<link rel="stylesheet"[^>]*>""")
TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True)
class Edition:
    """A paper with what a reader must know of it: which version it is, its digest if it has one, when it was made."""

    paper: Paper
    state: str
    digest: str
    made_at: datetime

    @property
    def name(self) -> str:
        """What its file is called, without the ending."""
        return f"report-{self.paper.heads.reference.replace('/', '-')}"


def file_of(edition: Edition, kind: str) -> bytes:
    """The file: `kind` is one of TYPES."""
    if kind == "docx":
        from trellis.decisions.report.word_file import word_file  # only those who want Word wait for it

        laid = laid_out(edition.paper)
        return word_file(
            laid, state=edition.state, digest=edition.digest, made_at=edition.made_at, base=settings.BASE_URL
        )
    context = printed(edition.paper, state=edition.state, digest=edition.digest)
    if kind == "pdf":
        return documents.pdf("decisions/report/print.html", context)
    return standing_alone(render_to_string("decisions/report/print.html", context)).encode()


def standing_alone(page: str) -> str:
    """A printed page with its style in it, so that the file can be passed on and fetches nothing."""
    head = f"{FITS}\n<style>\n{style()}\n</style>\n</head>"
    return STYLE_LINK.sub("", page).replace("</head>", head, 1)


def style() -> str:
    """The printed style, without our fonts: a reader's own will do."""
    sheets = [Path(str(finders.find(name))) for name in ("paper.css", "decisions/report_paper.css")]
    text = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    return "\n".join(line for line in text.splitlines() if not line.startswith("@font-face"))
