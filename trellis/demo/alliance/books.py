"""Commercial terms and open books: agreed before each year, kept each quarter, settled once the first year was over.

Illustrative in every figure. Of the last quarter the first partner's return is not opened, and the smallest partner's
is open, so that both can be tried.
"""

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from random import Random
from typing import Any

from django.utils import timezone

from trellis.accounts.models import User
from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract, Partner
from trellis.core import working_days
from trellis.core.actors import SIMULATOR
from trellis.core.money import rounded, split
from trellis.core.periods import Quarter
from trellis.demo.names import read
from trellis.demo.simulator import Story
from trellis.demo.staff import Staff
from trellis.payments.commands import books, books_files, books_queries, commercial, shares
from trellis.payments.models import BookReturn, CostCategory
from trellis.payments.queries import books as queries
from trellis.payments.queries import commercial as terms_queries
from trellis.payments.queries import shares as shares_queries
from trellis.payments.rules.books import Kept
from trellis.payments.rules.commercial import Agreed

FRACTIONS = (
    "gate", "overshoot", "gain_ratio", "pain_ratio", "overhead_ceiling", "credit_cap_quarter", "credit_cap_year",
)  # fmt: skip
SUBMITTED_AFTER, ACCEPTED_AFTER, SETTLED_AFTER = 12, 7, 5  # working days


def stories(contract: Contract, staff: Staff, *, until: date) -> list[Story]:
    """What was agreed before each year, and each partner's books of every quarter that is over."""
    data = read("books")
    money = Books(contract, staff, data)
    told = [money.agreement(row) for row in data["year"] if row["agreed_on"] >= contract.starts_on]
    over = [row for row in data["quarter"] if Quarter.parse(row["name"]).end < until]
    return [*told, *(money.quarter(row, is_last=row is over[-1]) for row in over), money.settlement(1)]


def agree_first(contract: Contract, staff: Staff) -> None:
    """The categories of costs, and the terms of the first year, agreed before it began."""
    data = read("books")
    for row in data["category"]:
        given = {name: row[name] for name in ("code", "name", "kind", "hint")}
        books.define_cost_category(**given, by=SIMULATOR)
    Books(contract, staff, data).set_terms(data["year"][0])


class Books:
    """The stories' common ground: contract, people, and the data that they are made of."""

    def __init__(self, contract: Contract, staff: Staff, data: dict):
        self.contract, self.staff, self.data = contract, staff, data
        # its own draws, so that the county's other stories stay as they were
        self.random = Random(contract.reference)  # noqa: S311 nothing secret is drawn from it
        names = {row["name"]: row["key"] for row in read("alliance")["partner"]}
        self.partners = sorted(staff.leads, key=lambda one: one.pk)  # as in the data: the smallest is the last
        self.keys = {partner: names[partner.organisation.name] for partner in self.partners}

    def set_terms(self, row: dict) -> None:
        """The terms of a year, by the data and the partners' shares on its first day."""
        year = terms_queries.year(self.contract, row["number"])
        if year is None:
            return
        given = self.data["terms"]
        parts = contracts.shares(self.contract, year.starts_on)
        money = dict(zip(parts, split(year.value, list(parts.values())), strict=True))
        fractions: dict[str, Any] = {name: Decimal(given[name]) for name in FRACTIONS}
        agreed = Agreed(
            target_cost=year.value,
            weights={code: Decimal(weight) for code, weight in given["weights"].items()},
            credits={code: ("fraction", Decimal(part)) for code, part in given["credits"].items()},
            pain_caps={
                partner.organisation.reference: rounded(mine * Decimal(given["pain_cap"]))
                for partner, mine in money.items()
            },
            budgets=self._budgets(money),
            earn_back_quarters=given["earn_back_quarters"],
            is_illustrative=True,
            **fractions,
        )
        commercial.set_terms(
            contract=self.contract, year=row["number"], agreed=agreed, proposal=row["proposal"],
            by=self.staff.contract_manager,
        )  # fmt: skip

    def _budgets(self, money: dict[Partner, Decimal]) -> dict[tuple[str, str], Decimal]:
        parts = [Decimal(row["part"]) for row in self.data["category"]]
        codes = [row["code"] for row in self.data["category"]]
        return {
            (partner.organisation.reference, code): amount
            for partner, mine in money.items()
            for code, amount in zip(codes, split(mine, parts), strict=True)
        }

    def agreement(self, row: dict) -> Story:
        """The terms of a year, agreed some weeks before it."""
        yield _at(row["agreed_on"])
        self.set_terms(row)

    def quarter(self, row: dict, *, is_last: bool) -> Story:
        """Every partner's books of a quarter: submitted, asked about, accepted. Of the last, some are still to come."""
        quarter = Quarter.parse(row["name"])
        if is_last:
            yield from self._last(row, quarter)
            return
        yield _at(working_days.add(quarter.end, SUBMITTED_AFTER).on)
        kept = [self.keep(partner, row) for partner in self.partners]
        yield _at(working_days.add(quarter.end, SUBMITTED_AFTER + 2).on)
        self._ask(row["name"])
        yield _at(working_days.add(quarter.end, SUBMITTED_AFTER + ACCEPTED_AFTER).on)
        for book in kept:
            books.accept_return(book=book, by=self.staff.contract_manager)

    def _last(self, row: dict, quarter: Quarter) -> Iterator[datetime]:
        """On the first working day after it: the first partner has not begun, and the smallest is at it."""
        yield _at(working_days.add(quarter.end, 1).on, time(8, 10))
        for partner in self.partners[1:-1]:
            self.keep(partner, row)
        self.keep(self.partners[-1], row, submit=False)

    def keep(self, partner: Partner, row: dict, *, submit: bool = True) -> BookReturn:
        """One partner's return: opened, filled in and, with `submit`, submitted."""
        lead = self.staff.leads[partner]
        book = books.open_return(partner=partner, quarter=row["name"], by=lead)
        planned = queries.budgets(self.contract, row["name"])
        amounts: dict[CostCategory, Decimal | None] = {}
        for kind in queries.categories():
            factor = Decimal(str(round(row["spent"] + self.random.uniform(-0.04, 0.04), 3)))
            amounts[kind] = rounded(planned[partner.pk, kind.code] * factor)
        came_in = sum(planned[partner.pk, kind.code] for kind in amounts) * Decimal(str(row["brought_in"]))
        books.enter_costs(
            book=book, amounts=amounts, charges=rounded(came_in * Decimal("0.4")),
            other_income=rounded(came_in * Decimal("0.6")),
            free_reserves=Decimal(self.data["reserves"][self.keys[partner]]), by=lead,
        )  # fmt: skip
        self._bring_in(book, partner, lead)
        if submit:
            books.submit_return(book=book, by=lead)
        return book

    def _bring_in(self, book: BookReturn, partner: Partner, lead: User) -> None:
        """The one line that is told apart, and the evidence of it."""
        evidence, extra = self.data["evidence"], self.data["extra"]
        if (evidence["quarter"], evidence["partner"]) == (book.quarter, self.keys[partner]):
            line = Kept(extra["category"], extra["description"], Decimal(extra["amount"]))
            books.import_costs(book=book, lines=[line], by=lead)
            books_files.add_file(book=book, name=evidence["name"], content=evidence["content"].encode(), by=lead)

    def _ask(self, quarter: str) -> None:
        """The one question, and its answer."""
        asked = self.data["question"]
        if asked["quarter"] != quarter:
            return
        partner = next(one for one, key in self.keys.items() if key == asked["partner"])
        other = next(one for one in self.partners if one != partner)
        kinds = {kind.code: kind for kind in queries.categories()}
        book = queries.latest(partner, quarter)
        if book:
            question = books_queries.ask_about_return(
                book=book, text=asked["text"], category=kinds[asked["category"]], by=self.staff.leads[other]
            )  # fmt: skip
            books_queries.answer_query(query=question, answer=asked["answer"], by=self.staff.leads[partner])

    def settlement(self, number: int) -> Story:
        """A year shared out, once its last books are accepted."""
        year = terms_queries.year(self.contract, number)
        ends_on = year.ends_on if year else self.contract.ends_on
        yield _at(working_days.add(ends_on, SUBMITTED_AFTER + ACCEPTED_AFTER + SETTLED_AFTER).on)
        # of a very small county too few cases are known to read every measure
        if year and shares_queries.year_so_far(self.contract, year).is_ready:
            shares.settle_year(contract=self.contract, year=number, by=self.staff.contract_manager)


def _at(day: date, hour: time = time(11, 0)) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))
