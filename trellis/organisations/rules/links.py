"""Whether two organisations may be merged, which of them stands, and when the machine may decide. Pure."""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from trellis.core.errors import RuleBroken
from trellis.organisations.rules.survivorship import GROUPS

WAITING, SAME, DIFFERENT, BRANCH, WITHDRAWN = "waiting", "same", "different", "branch", "withdrawn"
ANSWERS = (SAME, DIFFERENT, BRANCH)
# Registers in which one organisation has one number: two different numbers of one of them are two organisations.
CHARITY_REGISTERS = ("GB-CHC", "GB-SC", "GB-NIC")
Z95 = 1.959964  # of the normal distribution: 95% lie within so many standard deviations


Numbers = Mapping[str, Collection[str]]  # scheme → numbers there


@dataclass(frozen=True)
class Standing:
    """An organisation that stands, as far as merging asks. `numbers`: scheme → its family's numbers there."""

    pk: int
    name: str
    numbers: Numbers
    uses: int = 0


def numbers_differ(one: Numbers, other: Numbers) -> tuple[str, str] | None:
    """Two different numbers of one charity register; None where nothing contradicts."""
    for scheme in CHARITY_REGISTERS:
        mine, theirs = set(one.get(scheme, ())), set(other.get(scheme, ()))
        if mine and theirs and len(mine | theirs) > 1:
            return min(mine), min(theirs - mine or theirs)
    return None


def check_can_merge(one: Standing, other: Standing, *, told_apart: str = "") -> None:
    """Raise RuleBroken unless two organisations can be one. `told_apart`: whom somebody said not to be the same."""
    if one.pk == other.pk:
        raise RuleBroken("They are one organisation already.")
    if numbers := numbers_differ(one.numbers, other.numbers):
        raise RuleBroken(
            f"They have two different charity numbers, {numbers[0]} and {numbers[1]}, so they are not the same."
        )
    if told_apart:
        raise RuleBroken(f"Somebody said that {told_apart} are not the same. Change that answer first.")


def check_can_merge_unasked(one: Standing, other: Standing) -> None:
    """Raise RuleBroken where both are in use: a merge lets the people of each see the cases of the other.

    Asked of the families as they are when they are merged: an earlier merge may have brought one into use.
    """
    if one.uses and other.uses:
        raise RuleBroken("Both are in use, so a person has to say that they are the same.")


def stands_first(one: Standing, other: Standing) -> tuple[Standing, Standing]:
    """Which of two stands, and which is merged into it: a charity, then the one more in use, then the older."""

    def order(standing: Standing) -> tuple:
        is_charity = any(standing.numbers.get(scheme) for scheme in CHARITY_REGISTERS)
        return not is_charity, -standing.uses, standing.pk

    first, second = sorted((one, other), key=order)
    return first, second


def check_may_link(*, may: bool) -> None:
    """Raise RuleBroken unless somebody keeps the register."""
    if not may:
        raise RuleBroken("Only those who keep the register can say which organisations are the same.")


def check_can_find(*, is_waiting: bool) -> None:
    """Raise RuleBroken while a run waits to start: it will see what is there then."""
    if is_waiting:
        raise RuleBroken("A run waits to start already. It will find what has come in since.")


def check_answer(*, answer: str, has_parent: bool, kind_is_known: bool) -> None:
    """Raise RuleBroken unless an answer is one, and whole."""
    if answer not in ANSWERS:
        raise RuleBroken("Choose one of the answers.", field="answer")
    if answer == BRANCH and not (has_parent and kind_is_known):
        raise RuleBroken("Say which of the two belongs to the other.", field="answer")


def check_parent(*, is_one_of_them: bool) -> None:
    """Raise RuleBroken unless the one that the other belongs to is one of the two."""
    if not is_one_of_them:
        raise RuleBroken("Choose one of the two.", field="answer")


def check_can_answer(*, state: str, is_free: bool) -> None:
    """Raise RuleBroken unless a question waits and nobody else is looking at it."""
    if state == WITHDRAWN:
        raise RuleBroken("This is no longer a question.")
    if state != WAITING:
        raise RuleBroken("Somebody has answered this question already.")
    if not is_free:
        raise RuleBroken("Somebody else is looking at this question. Take the next one.")


def check_can_ask_again(*, was_answered: bool, are_one: bool) -> None:
    """Raise RuleBroken unless there is an answer to take back, and it leaves two organisations."""
    if not was_answered:
        raise RuleBroken("There is no answer to take back.")
    if are_one:
        raise RuleBroken("Another merge makes them one. Undo that merge first.")


def check_can_undo_merge(*, is_undone: bool) -> None:
    """Raise RuleBroken where a merge stands no longer."""
    if is_undone:
        raise RuleBroken("That merge has been undone already.")


def check_can_choose(*, field: str, is_member: bool) -> None:
    """Raise RuleBroken unless a field is one that is decided, and the value is of one of the family."""
    if field not in GROUPS:
        raise RuleBroken("Choose one of the fields.", field="field")
    if not is_member:
        raise RuleBroken("Choose one of the organisations that this one is made of.", field="taken_from")


def worth(probability: float, uses: int) -> float:
    """What an answer is worth: most where nobody can tell (one half), and the more hangs on the two."""
    return 4 * probability * (1 - probability) * (1 + math.log2(1 + uses))


# --- What decisions teach


@dataclass(frozen=True)
class Reviewed:
    """A pair that a person has decided: how probable it was said to be, and whether it was the same."""

    probability: float
    was_same: bool


def expected_from(probabilities: Iterable[float], *, wanted: float, least: float) -> float:
    """The least probability, and no less than `least`, at and above which the wanted share is expected to be right.

    The share that is expected to be right is the mean of the probabilities. Where even the surest do not reach it,
    each has to be as probable as that.
    """
    found, total = wanted, 0.0
    for number, one in enumerate(sorted((one for one in probabilities if one >= least), reverse=True), start=1):
        total += one
        if total / number >= wanted:
            found = min(found, one)
    return found


def certain_from(reviewed: Sequence[Reviewed], *, wanted: float, model: float) -> float:
    """From which probability pairs are merged unasked.

    The model's own threshold until people's decisions show another: the least probability at and above which what they
    decided shows the wanted precision. So that a few answers prove nothing, each sum counts one right and one wrong
    more than there were (Laplace's rule of succession). Where people found a pair wrong above the threshold, and no
    probability shows the precision that is wanted, it rises above the highest of those.
    """
    known = sorted(reviewed, key=lambda one: -one.probability)
    wrong = [one.probability for one in known if not one.was_same and one.probability >= model]
    shows = _least_that_shows(known, wanted)
    if not wrong:
        return model if shows is None else min(shows, model)
    return math.nextafter(max(wrong), 2) if shows is None else shows


def _least_that_shows(known: Sequence[Reviewed], wanted: float) -> float | None:
    """The least probability at and above which the wanted share was the same."""
    least, right = None, 0
    for number, one in enumerate(known, start=1):
        right += one.was_same
        is_last_of_equals = number == len(known) or known[number].probability < one.probability
        if is_last_of_equals and (right + 1) / (number + 2) >= wanted:
            least = one.probability
    return least


def interval(wrong: int, number: int) -> tuple[float, float]:
    """Between which shares the true share of wrong ones lies, 95 times in 100 (Wilson, 1927)."""
    if not number:
        return 0.0, 1.0
    share, square = wrong / number, Z95**2
    middle = (share + square / (2 * number)) / (1 + square / number)
    half = Z95 / (1 + square / number) * math.sqrt(share * (1 - share) / number + square / (4 * number**2))
    return (0.0 if not wrong else max(0.0, middle - half)), (1.0 if wrong == number else min(1.0, middle + half))
