"""Reads of the open books: every member of the alliance sees all of them, and nobody else sees any."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import QuerySet, Sum

from trellis.accounts.models import User
from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract, ContractQuarter, Partner
from trellis.contracts.queries.presence import dependence_plan
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.core.money import split
from trellis.core.periods import Quarter
from trellis.core.permissions import Permission
from trellis.payments.models import BookReturn, CommercialTerms, CostCategory, ReturnQuery, TermsBudget
from trellis.payments.queries import commercial
from trellis.payments.rules import books as rules

Status = BookReturn.Status
NOTHING = Decimal("0.00")


def returns_visible_to(user: User) -> QuerySet[BookReturn]:
    """Every version of every return of the alliances at whose table somebody sits today."""
    alliances = commercial.alliances_visible_to(user).values("pk")
    return BookReturn.objects.filter(partner__contract__in=alliances).select_related(
        "partner__organisation", "partner__contract__authority"
    )


def keeps(user: User | Actor, partner: Partner) -> bool:
    """Whether a person keeps the books of a partner."""
    return isinstance(user, User) and partner.organisation_id in user.organisation_ids(Permission.BOOKS_KEEP)


def is_member(user: User | Actor, contract: Contract) -> bool:
    """Whether a person reads the books of this alliance."""
    return isinstance(user, User) and commercial.alliances_visible_to(user).filter(pk=contract.pk).exists()


def categories() -> list[CostCategory]:
    """The kinds of cost, in their order."""
    return list(CostCategory.objects.all())


def current(contract: Contract, quarter: str) -> QuerySet[BookReturn]:
    """The latest version of each partner's return for a quarter; not scoped, for commands and sums."""
    found = BookReturn.objects.filter(partner__contract=contract, quarter=quarter).exclude(status=Status.REPLACED)
    return found.select_related("partner__organisation")


def latest(partner: Partner, quarter: str) -> BookReturn | None:
    """A partner's latest version for a quarter, in whatever state."""
    return BookReturn.objects.filter(partner=partner, quarter=quarter).order_by("-version").first()


def partners_in(contract: Contract, row: ContractQuarter) -> list[Partner]:
    """The partners that were members at the end of a contract quarter, by name."""
    return list(contracts.partners(contract, row.ends_on))


def partners_of_quarter(contract: Contract, quarter: str) -> list[Partner]:
    """The partners that owe a return for a quarter, by name."""
    row = contracts.quarter(contract, Quarter.parse(quarter))
    return partners_in(contract, row) if row else []


def terms_in(contract: Contract, quarter: str) -> CommercialTerms | None:
    """The commercial terms in force in a quarter."""
    row = contracts.quarter(contract, Quarter.parse(quarter))
    return commercial.terms_of(contract, row.year) if row else None


def spent(book: BookReturn) -> rules.Spent:
    """What a return comes to."""
    return rules.spent(book.lines.values_list("category__kind", "amount"))


def budgets(contract: Contract, quarter: str) -> dict[tuple[int, str], Decimal]:
    """Each partner's budget for a quarter by (partner's number, category), in pounds."""
    row = contracts.quarter(contract, Quarter.parse(quarter))
    terms = commercial.terms_of(contract, row.year) if row else None
    if row is None or terms is None:
        return {}
    found = TermsBudget.objects.filter(terms=terms).values_list("partner_id", "category_id", "amount")
    return {(partner, category): rules.quarters_budget(amount, row.quarter) for partner, category, amount in found}


@dataclass(frozen=True)
class Against:
    """Pounds spent against the budget; `spent` None where no books have been submitted."""

    name: str
    budget: Decimal
    spent: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """What is left of the budget; negative when more was spent."""
        return None if self.spent is None else self.budget - self.spent


@dataclass(frozen=True)
class AllianceQuarter:
    """The books of the whole alliance for a quarter. `cells` by (partner, category), names; None: no books yet.

    `by_category` and `whole` are of those who have submitted theirs: what they spent against what they had planned.
    """

    quarter: str
    categories: tuple[str, ...]
    by_partner: tuple[Against, ...]
    by_category: tuple[Against, ...]
    cells: dict[tuple[str, str], tuple[Decimal, Decimal | None]]
    books: tuple[tuple[Partner, BookReturn | None], ...]

    @property
    def whole(self) -> Against:
        """All together who have submitted their books."""
        told = [row for row in self.by_partner if row.spent is not None]
        budget = sum((row.budget for row in told), NOTHING)
        return Against("The alliance", budget, sum((row.spent or NOTHING for row in told), NOTHING))

    @property
    def submitted(self) -> int:
        """How many partners' books are there to be read."""
        return sum(row.spent is not None for row in self.by_partner)


def alliance_quarter(contract: Contract, quarter: str) -> AllianceQuarter:
    """The books of the whole alliance for a quarter: actual against budget, by category and by partner."""
    partners = partners_of_quarter(contract, quarter)
    kinds, planned = categories(), budgets(contract, quarter)
    returns = {book.partner_id: book for book in current(contract, quarter)}
    actual = _lines(contract, quarter)
    cells: dict[tuple[str, str], tuple[Decimal, Decimal | None]] = {}
    for partner in partners:
        book = returns.get(partner.pk)
        is_told = book is not None and book.status != Status.OPEN
        for kind in kinds:
            key = (partner.pk, kind.code)
            told = actual.get(key, NOTHING) if is_told else None
            cells[str(partner), kind.name] = (planned.get(key, NOTHING), told)
    submitted = [one for one in partners if one.pk in returns and returns[one.pk].status != Status.OPEN]
    return AllianceQuarter(
        quarter=quarter,
        categories=tuple(kind.name for kind in kinds),
        by_partner=tuple(_sum(str(one), [cells[str(one), kind.name] for kind in kinds]) for one in partners),
        by_category=tuple(_sum(kind.name, [cells[str(one), kind.name] for one in submitted]) for kind in kinds),
        cells=cells,
        books=tuple((partner, returns.get(partner.pk)) for partner in partners),
    )


def _lines(contract: Contract, quarter: str) -> dict[tuple[int, str], Decimal]:
    told = current(contract, quarter).exclude(status=Status.OPEN)
    rows = told.values_list("partner_id", "lines__category_id").annotate(total=Sum("lines__amount"))
    return {(partner, category): total for partner, category, total in rows if category is not None}


def _sum(name: str, mine: list[tuple[Decimal, Decimal | None]]) -> Against:
    told = [spent for _budget, spent in mine if spent is not None]
    return Against(name, sum((budget for budget, _ in mine), NOTHING), sum(told, NOTHING) if told else None)


@dataclass(frozen=True)
class Dependence:
    """The contract's part of all income of the service in a quarter, beside the plan; fractions, or None if unknown."""

    quarter: str
    part: Fraction | None
    plan: Decimal | None


def dependence(contract: Contract, partner: Partner | None = None) -> list[Dependence]:
    """How dependent the service, or one partner's part of it, is on the contract, over the quarters that have books.

    The plan is the alliance's plan of self-sustainment, for the quarter's contract year.
    """
    found, planned = [], dependence_plan(contract)
    for row in contracts.quarters(contract):
        quarter = str(Quarter.of(row.starts_on))
        books = [one for one in current(contract, quarter) if one.status != Status.OPEN]
        mine = [one for one in books if partner is None or one.partner_id == partner.pk]
        if mine:
            money = contract_money(contract, row)
            part = rules.dependence(
                contract=sum((money.get(one.partner_id, NOTHING) for one in mine), NOTHING),
                brought_in=sum((one.charges + one.other_income for one in mine), NOTHING),
            )
            found.append(Dependence(quarter, part, planned.get(row.year)))
    return found


def contract_money(contract: Contract, row: ContractQuarter) -> dict[int, Decimal]:
    """Each partner's part of a quarter's value in pounds, by its number."""
    shares = contracts.shares(contract, row.starts_on)
    parts = split(row.value, list(shares.values())) if shares else []
    return {partner.pk: part for partner, part in zip(shares, parts, strict=True)}


# --- What waits for somebody


def quarters_over(contract: Contract) -> list[str]:
    """The contract's quarters that are over, the oldest first."""
    today = clock.today()
    rows = contracts.quarters(contract)
    return [str(Quarter.of(row.starts_on)) for row in rows if rules.is_due(quarter_ends_on=row.ends_on, today=today)]


def returns_due(user: User) -> list[tuple[Partner, str]]:
    """The (partner, quarter) for which somebody who keeps a partner's books has not submitted any."""
    mine = user.organisation_ids(Permission.BOOKS_KEEP)
    found = []
    for contract in commercial.alliances_visible_to(user):
        for partner in contracts.partners(contract, clock.today()).filter(organisation_id__in=mine):
            done = (
                BookReturn.objects.filter(partner=partner).exclude(status=Status.OPEN).values_list("quarter", flat=True)
            )
            found += [(partner, quarter) for quarter in _quarters_of(partner) if quarter not in set(done)]
    return found


def _quarters_of(partner: Partner) -> list[str]:
    return [one for one in quarters_over(partner.contract) if Quarter.parse(one).end >= partner.joined_on]


def queries_to_answer(user: User) -> QuerySet[ReturnQuery]:
    """The questions about the books that somebody keeps, not answered yet."""
    waiting = ReturnQuery.objects.filter(
        book__partner__organisation_id__in=user.organisation_ids(Permission.BOOKS_KEEP), answered_at__isnull=True
    )
    visible = returns_visible_to(user).exclude(status=Status.REPLACED)
    return waiting.filter(book__in=visible).select_related("book__partner__contract", "book__partner__organisation")


def returns_to_accept(user: User) -> QuerySet[BookReturn]:
    """The submitted returns that a contract manager can accept."""
    mine = user.organisation_ids(Permission.CONTRACT_MANAGE)
    return returns_visible_to(user).filter(status=Status.SUBMITTED, partner__contract__authority_id__in=mine)


def allowed(check: Callable[[], None]) -> bool:
    """Whether a check of the rules lets something be done: so that a button is there when the command would do it."""
    try:
        check()
    except RuleBroken:
        return False
    return True
