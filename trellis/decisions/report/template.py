"""Text with named figures, `{grants_total} a year`: read, checked and filled in. Pure.

A language with one thing in it, so that an officer can write it and nothing in it can do harm.
"""

import re
from collections.abc import Mapping

from trellis.core.errors import RuleBroken
from trellis.decisions.report.pieces import Figure, Text

NAMED = re.compile(r"\{\s*([a-z][a-z0-9_]*)\s*\}")
BRACE = re.compile(r"[{}]")


def names(text: str) -> tuple[str, ...]:
    """The figures that a text names, each once, in order."""
    return tuple(dict.fromkeys(NAMED.findall(text)))


def check(text: str, figures: Mapping[str, Figure]) -> None:
    """Refuse a text that names a figure that there is not, or that has a brace and no name in it."""
    for name in names(text):
        if name not in figures:
            near = _nearest(name, figures)
            raise RuleBroken(f"There is no figure {{{name}}}.{near} The figures are listed below.", field="text")
    if BRACE.search(NAMED.sub("", text)):
        raise RuleBroken("Write a figure as its name in braces, like {grants_total}, and no other brace.", field="text")


def filled(text: str, figures: Mapping[str, Figure]) -> Text:
    """The text in parts: words as they stand, figures in their places. One that there is not stays in its braces."""
    parts: list[str | Figure] = []
    end = 0
    for match in NAMED.finditer(text):
        parts += [text[end : match.start()], figures.get(match[1], match[0])]
        end = match.end()
    return tuple(part for part in (*parts, text[end:]) if part != "")


def plain(text: str, figures: Mapping[str, Figure]) -> str:
    """The text as it reads."""
    return "".join(part if isinstance(part, str) else part.words for part in filled(text, figures))


def _nearest(name: str, figures: Mapping[str, Figure]) -> str:
    alike = [one for one in figures if one.startswith(name.split("_")[0])]
    return f" Is {{{alike[0]}}} meant?" if alike else ""
