"""The paper made of facts, of the report's own words, and of what was written by hand. Pure."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from trellis.decisions.report import template
from trellis.decisions.report.facts import Facts
from trellis.decisions.report.pieces import Block, Heads, Paragraph, Section

WORDING = Path(__file__).with_name("wording.toml")
OWN = "own"
# What stands above a report: the line's name, and the figures that make it.
LINES = (
    ("To", ("committee", "committee_on")),
    ("Decision by", ("maker",)),
    ("From", ("lead_officer", "department")),
    ("Decision number", ("reference",)),
    ("Classification", ("classification",)),
    ("Key decision", ("key_decision",)),
    ("Divisions affected", ("divisions",)),
)


@cache
def wording() -> tuple[dict[str, Any], ...]:
    """The sections as they are written down, each with room at its end for words of its own."""
    found = tomllib.loads(WORDING.read_text(encoding="utf-8"))["section"]
    return tuple(one | {"block": [*one["block"], own(one["code"])]} for one in found)


def own(code: str) -> dict[str, Any]:
    """The empty paragraph at the end of a section."""
    return {"key": f"{code}-{OWN}", "text": "", "topic": code}


def heads(found: Facts) -> Heads:
    """The lines above the report; one without any figure is left out."""
    figures = found.figures
    lines = ((name, [figures[one].words for one in wanted if one in figures]) for name, wanted in LINES)
    return Heads(
        authority=figures["authority"].words,
        title=figures["title"].words,
        reference=figures["reference"].words,
        lines=tuple((name, ", ".join(words)) for name, words in lines if words),
    )


def sections(found: Facts, written: Mapping[str, str]) -> tuple[Section, ...]:
    """Every section in its order. `written` are the paragraphs by hand, by key; empty ones are left out on paper.

    What a section cannot say for want of data it says so, in the sentence of the topic that lacks them.
    """
    return tuple(_section(one, found, written) for one in wording())


def _section(one: Mapping[str, Any], found: Facts, written: Mapping[str, str]) -> Section:
    blocks: list[Block] = []
    missing: list[str] = []
    for block in one["block"]:
        made, lacking = _shown(block, found) if "show" in block else _paragraph(block, found, written)
        blocks += [made] if made else []
        missing += [lacking] if lacking else []
    return Section(one["code"], one["title"], tuple(blocks), tuple(dict.fromkeys(missing)))


def _shown(block: Mapping[str, Any], found: Facts) -> tuple[Block | None, str]:
    made = found.shown.get(block["show"])
    return (made, "") if made or block.get("optional") else (None, _sentence(block, found, ()))


def _paragraph(block: Mapping[str, Any], found: Facts, written: Mapping[str, str]) -> tuple[Paragraph | None, str]:
    made = Paragraph(block["key"], block["text"], written.get(block["key"]), block.get("numbered", False))
    lacking = [name for name in template.names(made.template) if name not in found.figures]
    if not lacking:
        return made, ""
    if made.is_by_hand:  # it stays, so that its author can put it right
        return made, f"A paragraph by hand names what the data do not give: {_in_braces(lacking)}."
    return None, "" if block.get("optional") else _sentence(block, found, lacking)


def _sentence(block: Mapping[str, Any], found: Facts, lacking: Iterable[str]) -> str:
    """Why a block is not there: its topic's own sentence, or the names of what it wants."""
    names = _in_braces(lacking) or block.get("show", "").replace("_", " ")
    return found.missing.get(block["topic"]) or f"The data do not give this yet: {names}."


def _in_braces(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)
