"""A paper as JSON and back, for versions. Pure."""

import hashlib
import json
from dataclasses import asdict
from typing import Any

from trellis.decisions.report import template
from trellis.decisions.report.pieces import (
    Block,
    Chart,
    Figure,
    Heading,
    Heads,
    Listing,
    Paper,
    Paragraph,
    Section,
    Table,
)

KINDS = {"paragraph": Paragraph, "table": Table, "list": Listing, "chart": Chart}
NAMES = {kind: name for name, kind in KINDS.items()}


def kept(paper: Paper) -> dict[str, Any]:
    """The paper in JSON values. Of its figures only those that its text names: the others are not printed."""
    named = {name for one in paper.paragraphs().values() for name in template.names(one.template)}
    return {
        "heads": asdict(paper.heads),
        "sections": [
            {"code": one.code, "title": one.title, "missing": one.missing, "blocks": [_kept(b) for b in one.blocks]}
            for one in paper.sections
        ],
        "figures": {name: asdict(figure) for name, figure in paper.figures.items() if name in named},
    }


def restored(content: dict[str, Any]) -> Paper:
    """The paper that was kept."""
    heads = content["heads"]
    return Paper(
        Heads(**heads | {"lines": _pairs(heads["lines"])}),
        tuple(
            Section(one["code"], one["title"], tuple(_restored(row) for row in one["blocks"]), tuple(one["missing"]))
            for one in content["sections"]
        ),
        {name: Figure(**row) for name, row in content["figures"].items()},
    )


def digest(content: dict[str, Any]) -> str:
    """The SHA-256 of a kept paper, in hexadecimal: the same for the same words and figures."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _kept(block: Block) -> dict[str, Any]:
    return {"kind": NAMES[type(block)], **asdict(block)}


def _restored(row: dict[str, Any]) -> Block:
    fields = {name: value for name, value in row.items() if name != "kind"}
    if row["kind"] == "table":
        fields["headings"] = tuple(Heading(**one) for one in row["headings"])
    for name in ("rows", "items", "bars"):
        if name in fields:
            fields[name] = _pairs(fields[name])
    return KINDS[row["kind"]](**fields)


def _pairs(rows: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row) for row in rows)
