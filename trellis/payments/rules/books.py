"""What may stand in the open books, who may say so, and when. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from trellis.core.errors import RuleBroken
from trellis.core.money import rounded, split
from trellis.payments.models import BookReturn, CostCategory

Status, Kind = BookReturn.Status, CostCategory.Kind
TRANSITIONS: dict[tuple[str, str], str] = {
    (Status.OPEN, "submit"): Status.SUBMITTED,
    (Status.SUBMITTED, "accept"): Status.ACCEPTED,
    (Status.SUBMITTED, "replace"): Status.REPLACED,
    (Status.ACCEPTED, "replace"): Status.REPLACED,
}
# Words by which a line tells what one person is paid, or a price that a rival could underbid.
OF_ONE_PERSON = re.compile(
    r"\b(salar(y|ies)|wages?|payslips?|take-home|pay (of|for|to)|(hourly|daily|day) rates?|per (hour|day|head))\b"
    r"|\b(mr|mrs|ms|miss|mx|dr)\b\.? +\w|\bp[/ ]?[hd]\b",
    re.IGNORECASE,
)
POUNDS = re.compile(r"£?(-?[0-9]{1,3}(?:,[0-9]{3})+|-?[0-9]{1,12})(\.[0-9]{1,15})?")
A_SPREADSHEETS_ERROR = Decimal("0.000001")  # of a pound: what a sum of pence in floating numbers may be off by
LONGEST_DESCRIPTION = 120  # characters
NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Spent:
    """A partner's costs in a quarter, in pounds, as far as rules ask: in all, and what of it is overhead."""

    total: Decimal
    overhead: Decimal

    @property
    def overhead_part(self) -> Fraction:
        """Overheads as a fraction of all other costs; nothing where there are no other costs."""
        direct = self.total - self.overhead
        return Fraction(self.overhead) / Fraction(direct) if direct > 0 else Fraction(0)


def spent(lines: Iterable[tuple[str, Decimal]]) -> Spent:
    """The sums of lines, each the kind of its category and its pounds."""
    rows = list(lines)
    overhead = sum((amount for kind, amount in rows if kind == Kind.OVERHEAD), NOTHING)
    return Spent(sum((amount for _kind, amount in rows), NOTHING), overhead)


def quarters_budget(year: Decimal, number: int) -> Decimal:
    """A quarter's part of a year's budget: a quarter of it, odd pence to the earliest. `number` is 1 to 4."""
    return split(year, [1, 1, 1, 1])[number - 1]


def dependence(*, contract: Decimal, brought_in: Decimal) -> Fraction | None:
    """The contract's part of all income of the service, a fraction; None where there is no income at all."""
    whole = contract + brought_in
    return Fraction(contract) / Fraction(whole) if whole > 0 else None


def check_line(*, kind: str, description: str, amount: Decimal) -> None:
    """Refuse a line that tells what a person is paid, or a price; staff have one total, and nothing beside it."""
    if amount < 0:
        raise RuleBroken("A cost cannot be less than nothing. What came in goes under income.", field="amount")
    if kind == Kind.STAFF and description.strip():
        raise RuleBroken("Staff costs are one total. Leave out whose or what for.", field="description")
    if OF_ONE_PERSON.search(description):
        raise RuleBroken(
            "This reads like what a person is paid, or a price for an hour or a day. Books show neither: "
            "give what was spent in all.",
            field="description",
        )


def check_can_open(*, may: bool, is_over: bool, in_term: bool, is_there: bool) -> None:
    """Refuse a return for somebody else, for a quarter that is not over or not of the contract, or a second one."""
    _check_keeps(may)
    if not in_term:
        raise RuleBroken("Your organisation has no return for this quarter: it is not of the contract.")
    if not is_over:
        raise RuleBroken("This quarter is not over. Its books can be opened once it is.")
    if is_there:
        raise RuleBroken("The return for this quarter has been opened already.")


def check_can_keep(*, may: bool, status: str) -> None:
    """Refuse to write in somebody else's books, and in those that have been submitted."""
    _check_keeps(may)
    if status != Status.OPEN:
        raise RuleBroken("This return has been submitted. Correct it with a new version.")


def check_can_submit(
    *, may: bool, status: str, spent: Spent, ceiling: Decimal | None, free_reserves: Decimal | None
) -> None:
    """Refuse books that are empty, that break the overhead rule, or that leave out the free reserves.

    `ceiling` is the most that overheads may be of all other costs, a fraction; None where none was agreed.
    """
    _check_keeps(may)
    if (status, "submit") not in TRANSITIONS:
        raise RuleBroken("This return has already been submitted.")
    if not spent.total:
        raise RuleBroken("There are no costs in this return yet.")
    if free_reserves is None:
        raise RuleBroken("Say what your free reserves are, so that all can see what you could lose.")
    if ceiling is not None and spent.overhead > ceiling * (spent.total - spent.overhead):
        part, most = f"{float(spent.overhead_part):.1%}", f"{(ceiling * 100).normalize():f}%"
        raise RuleBroken(f"Overheads are {part} of your other costs, and the agreed ceiling is {most}. Lower them.")


def check_can_accept(*, may: bool, status: str, open_queries: int) -> None:
    """Refuse to accept what is not submitted, or what a member still waits to hear about."""
    if not may:
        raise RuleBroken("Only the contract manager of this contract can accept a return.")
    if (status, "accept") not in TRANSITIONS:
        raise RuleBroken("Only a return that has been submitted can be accepted, and once.")
    if open_queries:
        raise RuleBroken("A member’s question about this return is not answered yet.")


def check_can_correct(*, may: bool, status: str, is_settled: bool, reason: str) -> None:
    """Refuse to correct an open return (write in it), one of a settled year, or without saying why."""
    _check_keeps(may)
    if is_settled:
        raise RuleBroken("The year of this return has been settled. What changes now counts in a later return.")
    if (status, "replace") not in TRANSITIONS:
        raise RuleBroken("This version can still be written in, or a later one has taken its place.")
    if not reason.strip():
        raise RuleBroken("Say why it is corrected. Every member reads it.", field="reason")


def check_can_ask(*, may: bool, status: str, text: str) -> None:
    """Refuse questions from outside, about books that are still being filled in, and without words."""
    if not may:
        raise RuleBroken("Only a member of the alliance can ask about its books.")
    if status not in (Status.SUBMITTED, Status.ACCEPTED):
        raise RuleBroken("You can ask about a return once it is submitted, until another takes its place.")
    if not text.strip():
        raise RuleBroken("Write your question.", field="text")


def check_can_answer(*, may: bool, is_answered: bool, answer: str) -> None:
    """Refuse an answer from outside, a second one, and one without words."""
    if not may:
        raise RuleBroken("Only a member of the alliance can answer a question about its books.")
    if is_answered:
        raise RuleBroken("This question has been answered already.")
    if not answer.strip():
        raise RuleBroken("Write the answer.", field="answer")


def check_category(*, code: str, name: str, kind: str) -> None:
    """Refuse a category of costs without a name, or of a kind that no rule knows."""
    if not name.strip() or not re.fullmatch(r"[a-z0-9-]+", code):
        raise RuleBroken("A category of costs has a short code in small letters, and a name.")
    if kind not in Kind.values:
        raise RuleBroken(f"“{kind}” is no kind of cost. There are {', '.join(Kind.values)}.")


def is_due(*, quarter_ends_on: date, today: date) -> bool:
    """Whether a quarter is over, so that its return is due."""
    return today > quarter_ends_on


@dataclass(frozen=True)
class ImportedRow:
    """A line of a file that was brought in: category as written there, what for, and the amount as written."""

    line: int
    category: str
    description: str
    amount: str


@dataclass(frozen=True)
class Kept:
    """A line of a file that can go into the books; pounds."""

    category: str
    description: str
    amount: Decimal


def sorted_out(
    rows: Iterable[ImportedRow], categories: Mapping[str, tuple[str, str]]
) -> tuple[list[Kept], list[tuple[int, str]]]:
    """What of a file can be kept, and for each other line why not.

    `categories` gives code and kind by the name or code as people write it, in small letters. Lines of the same
    category and description are added up.
    """
    kept: dict[tuple[str, str], Decimal] = {}
    refused: list[tuple[int, str]] = []
    for row in rows:
        try:
            line = _kept(row, categories)
        except RuleBroken as broken:
            refused.append((row.line, broken.sentence))
        else:
            key = (line.category, line.description)
            kept[key] = kept.get(key, NOTHING) + line.amount
    return [Kept(category, description, amount) for (category, description), amount in kept.items()], refused


def _kept(row: ImportedRow, categories: Mapping[str, tuple[str, str]]) -> Kept:
    found = categories.get(row.category.strip().lower())
    if not found:
        raise RuleBroken(f"There is no category “{row.category.strip()[:60]}”.")
    code, kind = found
    amount = pounds(row.amount)
    description = " ".join(row.description.split())
    if len(description) > LONGEST_DESCRIPTION:
        raise RuleBroken(f"What it was for is longer than {LONGEST_DESCRIPTION} characters.")
    check_line(kind=kind, description=description, amount=amount)
    return Kept(code, description, amount)


def pounds(written: str) -> Decimal:
    """An amount as people and spreadsheets write it. Raises RuleBroken for anything else."""
    match = POUNDS.fullmatch(written.strip())
    exact = Decimal(match[1].replace(",", "") + (match[2] or "")) if match else None
    if exact is None or abs(exact - rounded(exact)) > A_SPREADSHEETS_ERROR:
        raise RuleBroken(f"“{written.strip()[:30]}” is no amount in pounds and pence.")
    return rounded(exact)


def _check_keeps(may: bool) -> None:
    if not may:
        raise RuleBroken("Only the lead of this partner can keep its books.")
