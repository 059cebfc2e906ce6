"""What is weighed: options, a tree of criteria, and a score for each option on each leaf of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Fixed:
    """A scale set beforehand: `worst` is worth 0 and `best` 100. A worst above the best means that less is better."""

    worst: Fraction
    best: Fraction

    def holds(self, score: Fraction) -> bool:
        """Whether a score is between the ends, ends included."""
        return min(self.worst, self.best) <= score <= max(self.worst, self.best)


@dataclass(frozen=True)
class Relative:
    """A scale that the options themselves set: the lowest score is worth 0 and the highest 100."""


@dataclass(frozen=True)
class Criterion:
    """Something that matters. One with children is only the sum of them; one without is a leaf, and is scored.

    `swing` is what going from worst to best on it is worth beside its siblings, in any unit.
    """

    name: str
    swing: Fraction
    scale: Fixed | Relative | None = None
    children: tuple["Criterion", ...] = ()

    @property
    def leaves(self) -> Iterator["Criterion"]:
        """The criteria under it that are scored: itself, when it has no children."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves


@dataclass(frozen=True)
class Problem:
    """A sound appraisal: every option is scored on every leaf. Options and leaves keep the order they were given in."""

    options: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    scores: Mapping[str, Mapping[str, Fraction]]

    @property
    def leaves(self) -> tuple[Criterion, ...]:
        """Every criterion that is scored, from the top of the tree down."""
        return tuple(leaf for criterion in self.criteria for leaf in criterion.leaves)
