"""The grounds on which a contract may change while it runs, and the test of each, line by line. Pure.

The Public Contracts Regulations 2015, regulation 72, and the Procurement Act 2023, section 74 and schedule 8. Limits
are the rulebook's, as they stood on the day of the award; one that nobody has checked at its source only warns.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from trellis.contracts.rules.regime import NAMES, PA2023, PCR2015
from trellis.core import rulebook
from trellis.core.money import pounds_and_pence
from trellis.core.periods import Period
from trellis.core.rulebook import Parameter
from trellis.web.words import day

MEETS, FAILS, WARNS, NOTES = "meets", "fails", "warns", "notes"


@dataclass(frozen=True)
class Change:
    """What is to be tested. Money is pounds; `earlier` holds each change carried before: its ground and how much.

    `original` is the contract's value as awarded, and `longest` the last day of its term as awarded.
    """

    regime: str
    ground: str
    awarded_on: date
    original: Decimal
    before: Decimal
    after: Decimal
    starts_on: date
    longest: date
    ends_before: date
    ends_after: date
    earlier: tuple[tuple[str, Decimal], ...] = ()
    clause: str = ""
    changes_nature: bool = False
    admits_others: bool = False
    shifts_balance: bool = False
    extends_scope: bool = False

    @property
    def amount(self) -> Decimal:
        """How much more it is worth; less is negative."""
        return self.after - self.before

    def so_far(self, *grounds: str) -> Decimal:
        """What earlier changes on these grounds came to, whichever way each went."""
        return sum((abs(amount) for ground, amount in self.earlier if ground in grounds), Decimal(0))


@dataclass(frozen=True)
class Line:
    """One line of the working: what was asked, the figures, how it came out, and who says so."""

    asked: str
    figures: str
    verdict: str
    source: str


@dataclass(frozen=True)
class Ground:
    """One ground: under which law, in which words, and its test."""

    code: str
    regime: str
    name: str
    source: str
    test: "Callable[[Change, Ground], Iterator[Line]]"


def working(change: Change) -> tuple[Line, ...]:
    """The whole test of a change, line by line."""
    ground = GROUNDS[change.ground]
    law = rulebook.parameter("contracts.regime", on=change.awarded_on)
    return (
        Line("Which law holds?", f"Awarded on {day(change.awarded_on)}: {NAMES[change.regime]}", NOTES, law.source),
        Line("What was it worth as awarded?", pounds_and_pence(change.original), NOTES, "The contract"),
        Line("How much does this change it by?", _signed(change), NOTES, "This change"),
        *ground.test(change, ground),
    )


def grounds_of(regime: str) -> list[Ground]:
    """The grounds that a law knows, in its own order."""
    return [ground for ground in GROUNDS.values() if ground.regime == regime]


def _signed(change: Change) -> str:
    sign = "+" if change.amount > 0 else ""
    return (
        f"{sign}{pounds_and_pence(change.amount)}, {_part(abs(change.amount), change.original)} of the value as awarded"
    )


def _part(amount: Decimal, whole: Decimal) -> str:
    return f"{amount / whole * 100:.1f}%"


def _is_not(asked: str, said: bool, ground: Ground) -> Line:
    return Line(asked, "Yes" if said else "No", FAILS if said else MEETS, ground.source)


def _clause(change: Change, ground: Ground) -> Line:
    has = bool(change.clause.strip())
    asked = "Does a clear, precise and unequivocal clause provide for it?"
    return Line(asked, change.clause if has else "No clause is named", MEETS if has else FAILS, ground.source)


def _within(asked: str, amount: Decimal, original: Decimal, figure: Parameter, *, may_reach: bool) -> Line:
    """An amount against a fraction of the value as awarded."""
    most = original * figure.value
    is_within = amount <= most if may_reach else amount < most
    words = "at most" if may_reach else "less than"
    sums = (
        f"{pounds_and_pence(amount)} is {_part(amount, original)}; allowed is {words} "
        f"{figure.value * 100:.0f}%, {pounds_and_pence(most)}"
    )
    return Line(asked, sums, _verdict(is_within, figure), figure.source)


def _verdict(is_met: bool, figure: Parameter) -> str:
    if is_met:
        return MEETS
    return FAILS if figure.verified else WARNS


def _provided_for(change: Change, ground: Ground) -> Iterator[Line]:
    yield _clause(change, ground)
    yield _is_not("Would it be another kind of contract?", change.changes_nature, ground)


def _adds(limit: str) -> Callable[[Change, Ground], Iterator[Line]]:
    """What is added, each time by itself; the sum of all such changes is shown, for the rule may not be gone round."""

    def test(change: Change, ground: Ground) -> Iterator[Line]:
        figure = rulebook.parameter(limit, on=change.awarded_on)
        yield _is_not("Would it be another kind of contract?", change.changes_nature, ground)
        added = max(change.amount, Decimal(0))
        yield _within("Does it add more than it may?", added, change.original, figure, may_reach=True)
        total, most = change.so_far(ground.code) + added, change.original * figure.value
        words = f"{pounds_and_pence(total)} with those before, {_part(total, change.original)}"
        verdict = WARNS if total > most else NOTES
        yield Line("What do all changes on this ground come to?", words, verdict, ground.source)
        yield Line("Is it to be published?", "A notice of the change is to be published", NOTES, ground.source)

    return test


def _replaces(change: Change, ground: Ground) -> Iterator[Line]:
    yield _clause(change, ground)
    is_same = change.amount == 0 and change.ends_after == change.ends_before
    words = "Nothing" if is_same else "The value or the term changes too"
    yield Line("What else changes?", words, MEETS if is_same else FAILS, ground.source)


def _is_not_substantial_2015(change: Change, ground: Ground) -> Iterator[Line]:
    yield _is_not("Would it be another kind of contract?", change.changes_nature, ground)
    yield _is_not("Might others have bid, or won, on these terms?", change.admits_others, ground)
    yield _is_not("Do the partners come off better than was agreed?", change.shifts_balance, ground)
    yield _is_not("Does it reach a good deal further than before?", change.extends_scope, ground)


def _is_not_substantial_2023(change: Change, ground: Ground) -> Iterator[Line]:
    figure = rulebook.parameter("contracts.pa2023_term_limit", on=change.awarded_on)
    term = Period(change.starts_on, change.longest).days
    longer = abs((change.ends_after - change.longest).days)
    sums = f"{longer} days of {term}, {longer / term * 100:.1f}%; allowed is at most {figure.value * 100:.0f}%"
    yield Line(
        "By how much does the term change?", sums, _verdict(longer <= term * figure.value, figure), figure.source
    )
    yield _is_not("Does the scope change in a way that matters?", change.extends_scope, ground)
    yield _is_not("Do the partners come off better than was agreed?", change.shifts_balance, ground)


def _is_small(limit: str, *, may_reach: bool) -> Callable[[Change, Ground], Iterator[Line]]:
    """Small changes count together, whichever way each goes, against a fraction and against the threshold."""

    def test(change: Change, ground: Ground) -> Iterator[Line]:
        figure = rulebook.parameter(limit, on=change.awarded_on)
        threshold = rulebook.parameter("contracts.light_touch_threshold", on=change.awarded_on)
        total = change.so_far(ground.code) + abs(change.amount)
        before = pounds_and_pence(change.so_far(ground.code))
        yield Line("What did small changes before it come to?", before, NOTES, "The changes carried so far")
        yield _within("Are all small changes together within it?", total, change.original, figure, may_reach=may_reach)
        words = f"{pounds_and_pence(total)}; the threshold is {pounds_and_pence(Decimal(threshold.value))}"
        is_below = _verdict(total < threshold.value, threshold)
        yield Line("Are they below the threshold?", words, is_below, threshold.source)
        yield _is_not("Would it be another kind of contract?", change.changes_nature, ground)

    return test


def _is_light_touch(change: Change, ground: Ground) -> Iterator[Line]:
    words = "It is a contract for people’s services, under the light-touch rules"
    yield Line("What kind of contract is it?", words, MEETS, ground.source)


REGULATION = "Public Contracts Regulations 2015, regulation 72"
SECTION = "Procurement Act 2023, section 74"
SCHEDULE = "Procurement Act 2023, schedule 8"
GROUNDS: dict[str, Ground] = {
    ground.code: ground
    for ground in (
        Ground("clause", PCR2015, "A clause of the contract provides for it", f"{REGULATION}(1)(a)", _provided_for),
        Ground("added", PCR2015, "Added services have become necessary", f"{REGULATION}(1)(b)",
               _adds("contracts.pcr2015_added_limit")),
        Ground("unforeseen", PCR2015, "Nobody could foresee what makes it necessary", f"{REGULATION}(1)(c)",
               _adds("contracts.pcr2015_unforeseen_limit")),
        Ground("replacement", PCR2015, "A partner is replaced by another", f"{REGULATION}(1)(d)", _replaces),
        Ground("not-substantial", PCR2015, "It is not substantial", f"{REGULATION}(1)(e) and (8)",
               _is_not_substantial_2015),
        Ground("small", PCR2015, "It is small", f"{REGULATION}(1)(f) and (5)",
               _is_small("contracts.pcr2015_small_limit", may_reach=False)),
        Ground("provided", PA2023, "The contract provides for it", SCHEDULE, _provided_for),
        Ground("more-services", PA2023, "Added services have become necessary", SCHEDULE,
               _adds("contracts.pa2023_permitted_limit")),
        Ground("not-foreseen", PA2023, "Nobody could foresee what makes it necessary", SCHEDULE,
               _adds("contracts.pa2023_permitted_limit")),
        Ground("minor", PA2023, "It is not substantial", f"{SECTION}(1) and (3)", _is_not_substantial_2023),
        Ground("below", PA2023, "It is below the threshold", f"{SECTION}(4)",
               _is_small("contracts.pa2023_small_limit", may_reach=True)),
        Ground("light-touch", PA2023, "It is a light-touch contract", SECTION, _is_light_touch),
    )
}  # fmt: skip
