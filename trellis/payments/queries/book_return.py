"""Reads of one return: its versions, who sees inside, and what each person can do with it now."""

from decimal import Decimal
from fractions import Fraction

from django.db.models import QuerySet

from trellis.accounts.models import User
from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract, Partner
from trellis.core import clock
from trellis.core.money import pounds_and_pence
from trellis.core.periods import Quarter
from trellis.payments.models import BookReturn, CostLine, ReturnFile, ReturnQuery
from trellis.payments.queries import books, commercial
from trellis.payments.queries.books import allowed
from trellis.payments.rules import books as rules

Status = BookReturn.Status
GIVEN_LATER = "given later"


def partner_in(contract: Contract, quarter: str, reference: str) -> Partner | None:
    """The partner, by its organisation's reference, that owes a return for a quarter that is over."""
    if quarter not in books.quarters_over(contract):
        return None
    found = books.partners_of_quarter(contract, quarter)
    return next((one for one in found if one.organisation.reference == reference), None)


def versions(book: BookReturn) -> QuerySet[BookReturn]:
    """Every version of a return, the latest first."""
    return BookReturn.objects.filter(partner=book.partner, quarter=book.quarter).order_by("-version")


def sees_inside(user: User, book: BookReturn) -> bool:
    """Whether somebody reads what is in a return: of open ones only those who keep them."""
    return book.status != Status.OPEN or books.keeps(user, book.partner)


def files_visible_to(user: User) -> QuerySet[ReturnFile]:
    """The evidence that somebody can fetch: of every return that they see inside."""
    visible = [book.pk for book in books.returns_visible_to(user) if sees_inside(user, book)]
    return ReturnFile.objects.filter(book__in=visible)


def questions_visible_to(user: User) -> QuerySet[ReturnQuery]:
    """The questions about the books that somebody reads."""
    found = ReturnQuery.objects.filter(book__in=books.returns_visible_to(user))
    return found.select_related("book__partner__contract", "book__partner__organisation")


def lines_kept_by(user: User) -> QuerySet[CostLine]:
    """The lines of the books that somebody keeps."""
    mine = [book.pk for book in books.returns_visible_to(user) if books.keeps(user, book.partner)]
    return CostLine.objects.filter(book__in=mine).select_related("book__partner__organisation", "category")


def dependence_of(book: BookReturn) -> Fraction | None:
    """How much of a partner's income for the service was the contract's in the quarter."""
    row = contracts.quarter(book.partner.contract, Quarter.parse(book.quarter))
    money = books.contract_money(book.partner.contract, row).get(book.partner_id) if row else None
    return rules.dependence(contract=money or books.NOTHING, brought_in=book.charges + book.other_income)


# --- What can be done now: each asks the same rule as the command


def can_open(user: User, partner: Partner, quarter: str, book: BookReturn | None) -> bool:
    """Whether somebody can open the books of a quarter."""
    return allowed(
        lambda: rules.check_can_open(
            may=books.keeps(user, partner),
            is_over=Quarter.parse(quarter).end < clock.today(),
            in_term=True,
            is_there=book is not None,
        )
    )


def can_write(user: User, book: BookReturn) -> bool:
    """Whether somebody can change what is in a return."""
    return allowed(lambda: rules.check_can_keep(may=books.keeps(user, book.partner), status=book.status))


def can_submit(user: User, book: BookReturn) -> bool:
    """Whether the button is there: what is still missing is said when it is pressed."""
    return can_write(user, book) and book.lines.exists()


def can_accept(user: User, book: BookReturn) -> bool:
    """Whether somebody can accept a return."""
    return allowed(
        lambda: rules.check_can_accept(
            may=commercial.may_manage(user, book.partner.contract),
            status=book.status,
            open_queries=book.queries.filter(answered_at__isnull=True).count(),
        )
    )


def can_correct(user: User, book: BookReturn) -> bool:
    """Whether somebody can open a new version of a return."""
    row = contracts.quarter(book.partner.contract, Quarter.parse(book.quarter))
    settled = row is not None and commercial.settlement(book.partner.contract, row.year) is not None
    return allowed(
        lambda: rules.check_can_correct(
            may=books.keeps(user, book.partner), status=book.status, is_settled=settled, reason=GIVEN_LATER
        )
    )


def can_ask(user: User, book: BookReturn) -> bool:
    """Whether somebody can ask about a return."""
    return allowed(
        lambda: rules.check_can_ask(
            may=books.is_member(user, book.partner.contract), status=book.status, text=GIVEN_LATER
        )
    )


def as_typed(book: BookReturn) -> dict[str, object]:
    """What stands in the boxes of the page that fills a return in."""
    undivided: dict[str, object] = {
        f"cost_{line.category_id}": line.amount for line in book.lines.filter(description="")
    }  # fmt: skip
    income: dict[str, object] = {
        "charges": book.charges,
        "other_income": book.other_income,
        "free_reserves": book.free_reserves,
    }
    return undivided | income


def told_apart(book: BookReturn) -> dict[str, str]:
    """For each category with lines of their own, a sentence that says what they come to."""
    sums: dict[str, Decimal] = {}
    for line in book.lines.exclude(description=""):
        sums[line.category_id] = sums.get(line.category_id, books.NOTHING) + line.amount
    return {
        code: f"Beside {pounds_and_pence(total)} in lines of their own, from a file." for code, total in sums.items()
    }
