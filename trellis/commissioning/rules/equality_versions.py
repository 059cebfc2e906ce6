"""Two versions of an equality impact assessment side by side. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from trellis.commissioning.rules.equality import Action, Content, Duty, Evidence, Impact
from trellis.core.money import pounds_and_pence
from trellis.web.words import day

WORDS = {
    "title": "What is to be decided",
    "service": "Service",
    "responsible": "Who answers for it",
    "context": "Context",
    "aims": "Aims",
    "summary": "Impact in short",
    "engagement": "Who was asked",
    "analysis": "Analysis",
    "reasons": "Reasons",
}


@dataclass(frozen=True)
class Difference:
    """One part of the assessment in both versions; empty where a version does not have it."""

    part: str
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        """Whether the two say different things."""
        return self.before != self.after


def differences(before: Content, after: Content, duty: Duty, judgements: Mapping[str, str]) -> tuple[Difference, ...]:
    """Every part of two versions in the order of the document, changed or not."""
    first, second = dict(parts(before, duty, judgements)), dict(parts(after, duty, judgements))
    names = [*first]
    for before_it, name in pairwise(["", *second]):
        if name not in first:
            names.insert(names.index(before_it) + 1 if before_it in names else len(names), name)
    return tuple(Difference(name, first.get(name, ""), second.get(name, "")) for name in names)


def parts(content: Content, duty: Duty, judgements: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The parts of an assessment by name, in words. No two have one name."""
    for field, name in WORDS.items():
        yield name, getattr(content, field)
    yield "Date", day(content.assessed_on)
    yield "Kind", "Full assessment" if content.is_full else "Screening"
    yield "What it comes to", judgements.get(content.judgement, "")
    for impact in content.impacts:
        yield f"Impact on {_name(impact.group, duty)}", _impact(impact)
    for limb, commentary in content.limbs:
        yield duty.limbs.get(limb, limb), commentary
    yield from _numbered("Evidence", [_evidence(one, duty) for one in content.evidence])
    yield from _numbered("Action", [_action(one, duty) for one in content.actions])


def _numbered(name: str, texts: list[str]) -> Iterator[tuple[str, str]]:
    for number, text in enumerate(texts, start=1):
        yield f"{name} {number}", text


def _name(group: str, duty: Duty) -> str:
    return duty.groups.get(group, group) if group else "Everybody"


def _impact(one: Impact) -> str:
    return f"Positive: {one.positive}. Negative: {one.negative}. {one.commentary}".strip()


def _evidence(one: Evidence, duty: Duty) -> str:
    return f"{_name(one.group, duty)}: {one.statement} ({one.source}, {day(one.dated_on)})"


def _action(one: Action, duty: Duty) -> str:
    return (
        f"{_name(one.group, duty)}: {one.issue} {one.action} {one.expected_outcome} "
        f"({one.owner}, by {day(one.due_on)}, {pounds_and_pence(one.cost)})"
    )
