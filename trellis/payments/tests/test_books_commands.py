"""Open books: opened, filled in, submitted, asked about, accepted, corrected; rows, audit, and the refusals."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from trellis.audit.models import AuditEntry
from trellis.contracts.commands import presence
from trellis.core.actors import NIGHTLY
from trellis.core.errors import RuleBroken
from trellis.payments.commands import books as commands
from trellis.payments.commands import books_files, books_queries
from trellis.payments.models import BookReturn
from trellis.payments.queries import books as queries
from trellis.payments.rules.books import Kept
from trellis.payments.tests import books_scenes as scenes
from trellis.payments.tests.books_scenes import Q1


@pytest.fixture
def terms(cast):
    return scenes.with_terms(cast)


@pytest.fixture
def book(cast, terms):
    return scenes.filled_in(cast.ash_vale_partner, cast.anna)


def actions():
    found = AuditEntry.objects.filter(action__startswith="payments").order_by("id").values_list("action", flat=True)
    return [one.removeprefix("payments.") for one in found if not one.endswith(("cost_category", "set_terms"))]


def history(book):
    return list(book.history.values_list("status", flat=True))


def amounts(book):
    return {(line.category_id, line.description): line.amount for line in book.lines.all()}


def test_from_open_to_accepted(cast, book):
    commands.submit_return(book=book, by=cast.anna)
    commands.accept_return(book=book, by=cast.olive)

    book.refresh_from_db()
    assert (book.status, book.submitted_by, book.accepted_by) == (
        "accepted", cast.anna.actor_name, cast.olive.actor_name,
    )  # fmt: skip
    assert history(book) == ["open", "submitted", "accepted"]
    assert actions() == ["open_return", "enter_costs", "submit_return", "accept_return"]
    assert queries.spent(book).total == Decimal("13500.00")


def test_only_the_partners_own_lead_keeps_its_books(cast, book):
    for by in (cast.bella, cast.alice, cast.olive, cast.fred, NIGHTLY):
        with pytest.raises(RuleBroken, match="Only the lead of this partner"):
            commands.submit_return(book=book, by=by)
        with pytest.raises(RuleBroken, match="Only the lead of this partner"):
            commands.import_costs(book=book, lines=[], by=by)
        with pytest.raises(RuleBroken, match="Only the lead of this partner"):
            commands.open_return(partner=cast.ash_vale_partner, quarter="2018-Q2", by=by)
    assert actions() == ["open_return", "enter_costs"]


@pytest.mark.parametrize(
    ("quarter", "words"),
    [("2018-Q1", "opened already"), ("2018-Q3", "is not over"), ("2017-Q4", "is not of the contract")],
)
def test_open_return_refuses(quarter, words, cast, book):
    with pytest.raises(RuleBroken, match=words):
        commands.open_return(partner=cast.ash_vale_partner, quarter=quarter, by=cast.anna)
    with pytest.raises(IntegrityError), transaction.atomic():
        BookReturn.objects.create(partner=book.partner, quarter=Q1, version=7, opened_by="person:1")


def test_submit_return_refuses_what_is_empty_or_over_the_ceiling(cast, terms):
    book = commands.open_return(partner=cast.ash_vale_partner, quarter=Q1, by=cast.anna)
    with pytest.raises(RuleBroken, match="no costs"):
        commands.submit_return(book=book, by=cast.anna)
    lines = [Kept("premises", "", Decimal("100.00")), Kept("overheads", "Audit", Decimal("15.01"))]
    commands.import_costs(book=book, lines=lines, by=cast.anna)
    with pytest.raises(RuleBroken, match="free reserves"):
        commands.submit_return(book=book, by=cast.anna)
    book.free_reserves = Decimal("5.00")
    with pytest.raises(RuleBroken, match="agreed ceiling is 15%"):
        commands.submit_return(book=book, by=cast.anna)


def test_nothing_is_written_in_a_return_that_was_submitted(cast, book):
    line = book.lines.first()
    commands.submit_return(book=book, by=cast.anna)
    for write in (
        lambda: commands.import_costs(book=book, lines=[], by=cast.anna),
        lambda: commands.drop_line(line=line, by=cast.anna),
        lambda: books_files.add_file(book=book, name="a.pdf", content=b"%PDF-", by=cast.anna),
        lambda: commands.enter_costs(
            book=book, amounts={}, charges=Decimal(0), other_income=Decimal(0), free_reserves=None, by=cast.anna
        ),
    ):
        with pytest.raises(RuleBroken, match="has been submitted"):
            write()
    with pytest.raises(RuleBroken, match="already been submitted"):
        commands.submit_return(book=book, by=cast.anna)


def test_the_same_file_twice_changes_nothing(cast, book):
    lines = [Kept("delivery", "Forum", Decimal("310.00")), Kept("premises", "", Decimal("2600.00"))]

    assert commands.import_costs(book=book, lines=lines, by=cast.anna) == 2
    before = amounts(book)
    assert commands.import_costs(book=book, lines=lines, by=cast.anna) == 0

    assert amounts(book) == before
    assert before["premises", ""] == Decimal("2600.00")
    assert before["delivery", "Forum"] == Decimal("310.00")


def test_an_amount_left_out_takes_its_line_out(cast, book):
    kinds = {one.code: one for one in queries.categories()}
    commands.enter_costs(
        book=book, amounts={kinds["premises"]: None}, charges=Decimal(0), other_income=Decimal(0),
        free_reserves=Decimal(0), by=cast.anna,
    )  # fmt: skip
    assert ("premises", "") not in amounts(book)


def test_any_member_asks_and_any_member_answers_and_then_it_is_accepted(cast, book):
    with pytest.raises(RuleBroken, match="once it is submitted"):
        books_queries.ask_about_return(book=book, text="Why?", by=cast.bella)
    commands.submit_return(book=book, by=cast.anna)
    asked = books_queries.ask_about_return(book=book, text="Why so much?", by=cast.bella)
    with pytest.raises(RuleBroken, match="not answered yet"):
        commands.accept_return(book=book, by=cast.olive)

    books_queries.answer_query(query=asked, answer="A new hall.", by=cast.anna)
    with pytest.raises(RuleBroken, match="answered already"):
        books_queries.answer_query(query=asked, answer="No.", by=cast.olive)
    commands.accept_return(book=book, by=cast.olive)

    assert actions()[-4:] == ["submit_return", "ask_about_return", "answer_query", "accept_return"]


def test_nobody_outside_asks_or_answers(cast, book):
    commands.submit_return(book=book, by=cast.anna)
    asked = books_queries.ask_about_return(book=book, text="Why?", by=cast.fred)
    for by in (cast.charlie, cast.dora, cast.alice, cast.carol, cast.vera):
        with pytest.raises(RuleBroken, match="Only a member of the alliance"):
            books_queries.ask_about_return(book=book, text="Why?", by=by)
        with pytest.raises(RuleBroken, match="Only a member of the alliance"):
            books_queries.answer_query(query=asked, answer="So.", by=by)


def test_accept_return_is_for_the_contract_manager(cast, book):
    with pytest.raises(RuleBroken, match="Only a return that has been submitted"):
        commands.accept_return(book=book, by=cast.olive)
    commands.submit_return(book=book, by=cast.anna)
    for by in (cast.anna, cast.bella, cast.fred, NIGHTLY):
        with pytest.raises(RuleBroken, match="Only the contract manager"):
            commands.accept_return(book=book, by=by)


def test_a_correction_is_a_new_version_and_the_old_one_stays(cast, book):
    books_files.add_file(book=book, name="rent.pdf", content=b"%PDF-1.4", by=cast.anna)
    commands.submit_return(book=book, by=cast.anna)
    commands.accept_return(book=book, by=cast.olive)
    with pytest.raises(RuleBroken, match="Say why"):
        commands.correct_return(book=book, reason=" ", by=cast.anna)

    newer = commands.correct_return(book=book, reason="An invoice was missing.", by=cast.anna)
    commands.import_costs(book=newer, lines=[Kept("premises", "", Decimal("2700.00"))], by=cast.anna)

    assert (newer.version, newer.status, newer.charges) == (2, "open", Decimal("500.00"))
    assert amounts(book)["premises", ""] == Decimal("2500.00")
    assert amounts(newer)["premises", ""] == Decimal("2700.00")
    assert [one.digest for one in newer.files.all()] == [one.digest for one in book.files.all()]
    assert history(book) == ["open", "submitted", "accepted", "replaced"]
    assert queries.latest(book.partner, Q1) == newer
    with pytest.raises(RuleBroken, match="can still be written in"):
        commands.correct_return(book=newer, reason="Again.", by=cast.anna)


def test_a_file_is_kept_once_and_gone_when_no_version_holds_it(cast, book, django_capture_on_commit_callbacks):
    kept = books_files.add_file(book=book, name="../rent.pdf", content=b"%PDF-1.4", by=cast.anna)
    storage, stored = kept.stored.storage, kept.stored.name
    assert (kept.name, kept.kind, kept.size) == ("rent.pdf", "pdf", 8)
    assert kept.digest in stored and storage.exists(stored)
    with pytest.raises(RuleBroken, match="there already"):
        books_files.add_file(book=book, name="again.pdf", content=b"%PDF-1.4", by=cast.anna)

    with django_capture_on_commit_callbacks(execute=True):
        books_files.drop_file(file=kept, by=cast.anna)

    assert not storage.exists(stored)
    assert actions()[-2:] == ["add_file", "drop_file"]


def test_the_whole_alliances_quarter_adds_up(cast, terms):
    scenes.submitted(cast.ash_vale_partner, cast.anna)
    scenes.filled_in(cast.bramble_partner, cast.bella)

    seen = queries.alliance_quarter(cast.contract, Q1)

    ash, bramble = seen.by_partner
    assert (ash.budget, ash.spent, ash.difference) == (Decimal("13500.00"), Decimal("13500.00"), Decimal("0.00"))
    assert (bramble.budget, bramble.spent) == (Decimal("9000.00"), None), "open books are nobody’s to read yet"
    assert {row.name: row.spent for row in seen.by_category}["Rooms"] == Decimal("2500.00")
    assert sum(row.budget for row in seen.by_category) == seen.whole.budget == Decimal("13500.00")
    assert (seen.submitted, seen.whole.spent) == (1, Decimal("13500.00"))


def test_dependence_is_beside_the_plan_of_self_sustainment(cast, terms):
    scenes.submitted(cast.ash_vale_partner, cast.anna, charges="1500.00")

    (row,) = queries.dependence(cast.contract)
    assert (row.quarter, row.part, row.plan) == (Q1, Decimal("0.9"), None)  # 13,500 of 15,000

    presence.plan_dependence(contract=cast.contract, fractions={1: Decimal("0.95")}, by=cast.olive)

    (row,) = queries.dependence(cast.contract)
    assert row.plan == Decimal("0.95")


def test_what_waits_for_whom(cast, terms):
    assert [(str(one), quarter) for one, quarter in queries.returns_due(cast.anna)] == [
        ("Ash Vale CVS", "2018-Q1"), ("Ash Vale CVS", "2018-Q2"),
    ]  # fmt: skip
    book = scenes.submitted(cast.ash_vale_partner, cast.anna)
    books_queries.ask_about_return(book=book, text="Why?", by=cast.bella)

    assert [quarter for _, quarter in queries.returns_due(cast.anna)] == ["2018-Q2"]
    assert [one.text for one in queries.queries_to_answer(cast.anna)] == ["Why?"]
    assert not queries.queries_to_answer(cast.bella)
    assert list(queries.returns_to_accept(cast.olive)) == [book]
    assert not queries.returns_to_accept(cast.bella) and not queries.returns_due(cast.olive)


def test_every_member_sees_all_books_and_nobody_else_does(cast, book):
    def sees(user):
        return queries.returns_visible_to(user).filter(pk=book.pk).exists()

    assert all(sees(user) for user in (cast.anna, cast.bella, cast.olive, cast.fred))
    assert not any(sees(user) for user in (cast.alice, cast.charlie, cast.carol, cast.dora, cast.ada, cast.ivy))


def test_define_cost_category_refuses_another_of_its_name(cast):
    scenes.categories(cast.olive)
    for changed, words in (
        ({"code": "staff"}, "already"), ({"name": " "}, "a name"), ({"code": "No Code"}, "short code"),
        ({"kind": "gold"}, "no kind of cost"),
    ):  # fmt: skip
        with pytest.raises(RuleBroken, match=words):
            given = {"code": "gifts", "name": "Gifts", "kind": "direct"} | changed
            commands.define_cost_category(**given, by=cast.olive)
