"""What an options appraisal may and may not do, step by step."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from unicodedata import category

from trellis.core.errors import RuleBroken

UNPRINTABLE = {"Cc", "Cs"}  # control characters and halves of characters

WHOLE = Decimal(100)  # what shares add up to
MOST_DRAWS = 1_000_000  # on a page; the command line takes more
LEAST_DRAWS = 1_000
MOST_LEVELS = 3  # criteria under criteria: more cannot be weighed in a room


def check_is_draft(is_draft: bool) -> None:
    """A concluded appraisal does not change."""
    if not is_draft:
        raise RuleBroken("This version is concluded and does not change. Open a new version to change it.")


def check_name(name: str) -> None:
    """A name is a line of text: files and charts carry it."""
    if not name.strip() or any(category(letter) in UNPRINTABLE for letter in name):
        raise RuleBroken("Give it a name on one line.", field="name")


def check_can_remove_option(kind: str) -> None:
    """Business as usual and do-minimum stay on the long list."""
    if kind != "other":
        raise RuleBroken("Business as usual and do-minimum stay on every long list. Discount it with a reason instead.")


def check_can_judge(*, fate: str, reason: str, judged: int, factors: int) -> None:
    """An option is judged on every success factor, and what becomes of it has a reason."""
    if judged < factors:
        raise RuleBroken("Say of each success factor how far the option meets it.")
    if fate == "open":
        raise RuleBroken("Say what becomes of the option.", field="fate")
    if not reason.strip():
        raise RuleBroken("Say why.", field="reason")


def check_scale(*, scale: str, worst: Decimal | None, best: Decimal | None) -> None:
    """A fixed scale has two ends that differ; a relative one has none of its own."""
    if scale == "fixed" and (worst is None or best is None):
        raise RuleBroken("Say which score is the worst and which the best.", field="worst" if worst is None else "best")
    if scale == "fixed" and worst == best:
        raise RuleBroken("The worst and the best score must differ.", field="best")
    if scale == "relative" and (worst is not None or best is not None):
        raise RuleBroken("A relative scale takes its ends from the scores: leave worst and best empty.", field="worst")


def check_level(level: int) -> None:
    """Criteria stand under criteria, but not without end."""
    if level > MOST_LEVELS:
        raise RuleBroken(f"Criteria can be at most {MOST_LEVELS} levels deep.", field="parent")


def check_weights(*, basis: str, weights: Sequence[Decimal], reasons: Sequence[str]) -> None:
    """Each weight has a reason; shares add up to 100, and of swings the largest is 100 (DCLG 2009, section 6.2.10)."""
    if any(weight < 0 for weight in weights):
        raise RuleBroken("A weight must be 0 or more.", field="basis")
    if basis == "share" and sum(weights) != WHOLE:
        raise RuleBroken(f"The shares add up to {sum(weights):f}, and must add up to 100.", field="basis")
    if basis == "swing" and max(weights) != WHOLE:
        raise RuleBroken("Give 100 to the swing that matters most, and measure the others against it.", field="basis")
    if not all(reason.strip() for reason in reasons):
        raise RuleBroken("Give a reason for each weight.")


def check_can_declare(*, has_declared: bool, interest: str, has_interest: bool) -> None:
    """A declaration is made once; an interest is described."""
    if has_declared:
        raise RuleBroken("You have declared your interests already. Ask the officer to appoint you anew to change it.")
    if has_interest and not interest.strip():
        raise RuleBroken("Say what your interest is.", field="interest")


def check_can_score(*, has_declared: bool, interest: str) -> None:
    """Interests are declared before anybody scores, and somebody with one does not score."""
    if not has_declared:
        raise RuleBroken("Declare your interests before you score.")
    if interest:
        raise RuleBroken("You have declared an interest in this choice, so you cannot score it.")


def check_score(
    *, score: Decimal, reason: str, worst: Decimal | None, best: Decimal | None, option: str = "", field: str = ""
) -> None:
    """A score has a reason, and is within its scale if that is fixed. `option` and `field` say where it was given."""
    where = f" for {option}" if option else ""
    if not reason.strip():
        raise RuleBroken(f"Give a reason for your score{where}.", field=field.replace("score", "reason"))
    if worst is not None and best is not None and not min(worst, best) <= score <= max(worst, best):
        low, high = sorted((worst, best))
        raise RuleBroken(f"The score{where} must be from {low.normalize():,f} to {high.normalize():,f}.", field=field)


def check_can_agree(*, scores: int, option: str) -> None:
    """There is nothing to agree on before somebody has scored."""
    if not scores:
        raise RuleBroken(f"Nobody has scored {option} yet on this criterion.")


def check_dissent(*, dissenters: Collection, dissent: str, option: str) -> None:
    """Whoever holds to another score says why, and a reason is somebody's."""
    if dissenters and not dissent.strip():
        raise RuleBroken(f"Say why they hold to another score for {option}.")
    if dissent.strip() and not dissenters:
        raise RuleBroken(f"Say who holds to another score for {option}.")


def check_can_try(*, draws: int, missing: Sequence[str]) -> None:
    """Ranks can be drawn once everything is scored and weighed."""
    if missing:
        raise RuleBroken(missing[0])
    if not LEAST_DRAWS <= draws <= MOST_DRAWS:
        raise RuleBroken(f"Take from {LEAST_DRAWS:,} to {MOST_DRAWS:,} draws.", field="draws")


def check_can_conclude(*, missing: Sequence[str], is_tried: bool, is_on_short_list: bool, reasons: str) -> None:
    """An appraisal ends when nothing is missing, its weights were tried as they are, and the choice has reasons."""
    if missing:
        raise RuleBroken(missing[0])
    if not is_tried:
        raise RuleBroken("Try other weights first: the last trial was of other scores or weights, or there was none.")
    if not is_on_short_list:
        raise RuleBroken("Prefer an option of the short list.", field="preferred")
    if not reasons.strip():
        raise RuleBroken("Say why it is preferred.", field="conclusion")


def check_can_open_version(*, has_draft: bool, is_first: bool, reason: str) -> None:
    """One version at a time, and a reason for each after the first."""
    if has_draft:
        raise RuleBroken("A version is under way already: change that one.")
    if not is_first and not reason.strip():
        raise RuleBroken("Say why a new version is needed.", field="reason")


def check_money(*, yearly_value: Decimal, management_cost: Decimal) -> None:
    """Running a model takes nothing or some of its value, but no more."""
    if yearly_value <= 0:
        raise RuleBroken("The yearly value must be more than £0.", field="yearly_value")
    if not 0 <= management_cost <= yearly_value:
        raise RuleBroken("The management cost must be from £0 to the yearly value.", field="management_cost")


def check_is_the_scorer(*, is_own: bool) -> None:
    """Nobody declares or scores for another."""
    if not is_own:
        raise RuleBroken("Only the scorer can do this.")
