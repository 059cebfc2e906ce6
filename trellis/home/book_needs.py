"""What the open books need of somebody today."""

from collections.abc import Iterator
from itertools import islice

from django.urls import reverse

from trellis.accounts.models import User
from trellis.core.periods import Quarter
from trellis.payments.queries import books
from trellis.web.pieces import Task
from trellis.web.words import counted, day

FEW = 5  # of a kind; the rest are a link away


def questions_to_answer(user: User) -> Iterator[Task]:
    """For a partner's lead: what members have asked about its books."""
    for query in books.queries_to_answer(user)[:FEW]:
        partner, quarter = query.book.partner, query.book.quarter
        here = [partner.contract.reference, quarter, partner.organisation.reference]
        name = f"Answer a question about your books of {Quarter.parse(quarter).words}"
        yield Task(name, "Question", reverse("answer_query", args=[*here, query.pk]), query.text[:120], "orange")


def returns_due(user: User) -> Iterator[Task]:
    """For a partner's lead: the quarters that its books are due for, the oldest first."""
    for partner, quarter in islice(books.returns_due(user), FEW):
        period = Quarter.parse(quarter)
        url = reverse("book_return", args=[partner.contract.reference, quarter, partner.organisation.reference])
        hint = f"The quarter ended on {day(period.end)}."
        yield Task(f"Open books of {partner} for {period.words}", "Due", url, hint, "orange")


def returns_to_accept(user: User) -> Iterator[Task]:
    """For the contract manager: the quarters with returns that can be accepted."""
    waiting: dict[tuple[str, str], int] = {}
    for book in books.returns_to_accept(user):
        key = (book.partner.contract.reference, book.quarter)
        waiting[key] = waiting.get(key, 0) + 1
    for (reference, quarter), number in islice(waiting.items(), FEW):
        url = reverse("alliance_books", args=[reference, quarter])
        words = Quarter.parse(quarter).words
        yield Task(f"Accept the books of {words}", f"{counted(number, 'return')}", url, "Read them first.", "blue")
