"""An alliance with commercial terms and open books, for tests of them and for addresses that need some."""

from decimal import Decimal

from trellis.payments.commands import books, books_files, books_queries
from trellis.payments.commands import commercial as commands
from trellis.payments.models import BookReturn
from trellis.payments.queries import books as queries
from trellis.payments.rules.commercial import Agreed

Q1, Q2 = "2018-Q1", "2018-Q2"
CATEGORIES = (
    ("staff", "Staff", "staff"),
    ("premises", "Rooms", "direct"),
    ("delivery", "Events and travel", "direct"),
    ("overheads", "Overheads", "overhead"),
)
REACHED, DAYS = "eligible-organisations-reached", "days-to-first-contact"


def agreed(cast, **changed) -> Agreed:
    """Terms of £90,000 a year: half of a gain or loss is the partners', each can lose £1,000 or £500."""
    ash, bramble = cast.ash_vale.reference, cast.bramble.reference
    given = {
        "target_cost": Decimal("90000.00"),
        "gate": Decimal("0.5"),
        "gain_ratio": Decimal("0.5"),
        "pain_ratio": Decimal("0.5"),
        "overhead_ceiling": Decimal("0.15"),
        "weights": {REACHED: Decimal("0.6"), DAYS: Decimal("0.4")},
        "pain_caps": {ash: Decimal("1000.00"), bramble: Decimal("500.00")},
        "budgets": {
            (ash, "staff"): Decimal("40000.00"), (ash, "premises"): Decimal("10000.00"),
            (ash, "overheads"): Decimal("4000.00"), (bramble, "staff"): Decimal("30000.00"),
            (bramble, "delivery"): Decimal("6000.00"),
        },
        "credits": {DAYS: ("fraction", Decimal("0.01")), REACHED: ("amount", Decimal("300.00"))},
        "credit_cap_quarter": Decimal("0.02"),
        "credit_cap_year": Decimal("0.0125"),
        "earn_back_quarters": 2,
    }  # fmt: skip
    return Agreed(**(given | changed))


def categories(by) -> None:
    """The kinds of cost that these tests know."""
    for code, name, kind in CATEGORIES:
        books.define_cost_category(code=code, name=name, kind=kind, by=by)


def with_terms(cast, **changed):
    """Categories, and the terms of year 1."""
    categories(cast.olive)
    return commands.set_terms(contract=cast.contract, year=1, agreed=agreed(cast, **changed), by=cast.olive)


def filled_in(partner, by, quarter=Q1, *, staff="10000.00", charges="500.00", reserves="20000.00") -> BookReturn:
    """A return that is open, with a few costs in it."""
    book = books.open_return(partner=partner, quarter=quarter, by=by)
    kinds = {one.code: one for one in queries.categories()}
    amounts = {kinds["staff"]: Decimal(staff), kinds["premises"]: Decimal("2500.00"), kinds["overheads"]: Decimal(1000)}
    books.enter_costs(
        book=book, amounts=amounts, charges=Decimal(charges), other_income=Decimal("0.00"),
        free_reserves=Decimal(reserves), by=by,
    )  # fmt: skip
    return book


def submitted(partner, by, quarter=Q1, **changed) -> BookReturn:
    """A return that every member can read."""
    book = filled_in(partner, by, quarter, **changed)
    books.submit_return(book=book, by=by)
    return book


def accepted(cast, quarter=Q1, **changed) -> list[BookReturn]:
    """Both partners' returns of a quarter, accepted."""
    found = [
        submitted(partner, by, quarter, **changed)
        for partner, by in ((cast.ash_vale_partner, cast.anna), (cast.bramble_partner, cast.bella))
    ]
    for book in found:
        books.accept_return(book=book, by=cast.olive)
    return found


def at_every_address(cast) -> dict[str, object]:
    """Parts of addresses, with something at each: Ash Vale corrects a return that was asked about."""
    with_terms(cast)
    first = submitted(cast.ash_vale_partner, cast.anna, Q2)
    asked = books_queries.ask_about_return(book=first, text="Why so much?", by=cast.bella)
    book = books.correct_return(book=first, reason="An invoice was missing.", by=cast.anna)
    file = books_files.add_file(book=book, name="rent.csv", content=b"Rent,2500\n", by=cast.anna)
    return {
        "contracts year": 1,
        "contracts organisation": cast.ash_vale.reference,
        "contracts version": 1,
        "answer_query number": asked.pk,
        "return_file number": file.pk,
        "drop_file number": file.pk,
        "drop_line number": book.lines.first().pk,
    }
