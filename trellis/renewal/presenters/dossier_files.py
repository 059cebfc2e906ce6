"""A submitted dossier as a file: PDF/UA, CSV or JSON, all from the paper that was kept."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings

from trellis.decisions.presenters.reports import shown
from trellis.decisions.report import template
from trellis.decisions.report.layout import laid_out
from trellis.decisions.report.pieces import Block, Chart, Paper, Paragraph, Table
from trellis.renewal.models import DossierVersion
from trellis.renewal.presenters.dossiers import state_of
from trellis.renewal.queries import dossiers as queries

HEADINGS = ("Section", "Kind", "Name", "Row", "Column", "Value", "Source")


def name_of(version: DossierVersion) -> str:
    """What its files are called, without the ending."""
    dossier = version.dossier
    return f"dossier-{dossier.contract.reference}-{dossier.extension}-v{version.number}"


def printed(version: DossierVersion) -> dict[str, Any]:
    """What the PDF is made of."""
    context = shown(laid_out(queries.kept_paper(version)), inside=False)
    return context | {"state": state_of(version), "digest": version.digest, "base": settings.BASE_URL}


def as_json(version: DossierVersion) -> dict[str, Any]:
    """What was kept, with what tells that it is that."""
    return {
        "contract": version.dossier.contract.reference,
        "extension": version.dossier.extension,
        "version": version.number,
        "submitted_at": version.made_at.isoformat(),
        "evidence_up_to": version.evidence_up_to,
        "digest": version.digest,
        "content": version.content,
    }


def csv_rows(version: DossierVersion) -> Iterator[tuple[str, ...]]:
    """Every sentence, figure and cell, one a row."""
    paper = queries.kept_paper(version)
    yield HEADINGS
    for figure in paper.figures.values():
        yield ("", "figure", figure.name, figure.label, "", figure.words, figure.source)
    for section in paper.sections:
        for block in section.blocks:
            for row in _rows(block, paper):
                yield (section.title, *row)


def _rows(block: Block, paper: Paper) -> Iterator[tuple[str, ...]]:
    if isinstance(block, Paragraph):
        if words := template.plain(block.template, paper.figures):
            yield ("sentence", block.key, "", "", words, "")
    elif isinstance(block, Table):
        for row in block.rows:
            for heading, cell in zip(block.headings[1:], row[1:], strict=True):
                yield ("table", block.caption, row[0], heading.words, cell, block.source)
    elif isinstance(block, Chart):
        for label, _value, words in block.bars:
            yield ("chart", block.title, label, block.value_heading, words, block.source)
