"""Questions about the books, asked and answered where they stand, by any member of the alliance."""

from django.db import transaction

from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.payments.commands.books_changes import record_deed
from trellis.payments.models import BookReturn, CostCategory, ReturnQuery
from trellis.payments.queries import books as queries
from trellis.payments.rules import books as rules


@transaction.atomic
def ask_about_return(*, book: BookReturn, text: str, category: CostCategory | None = None, by: Actor) -> ReturnQuery:
    """Ask about a return, or about one category of it. The return waits for the answer before it is accepted."""
    book.refresh_from_db(fields=["status"])
    rules.check_can_ask(may=queries.is_member(by, book.partner.contract), status=book.status, text=text)
    asked = ReturnQuery.objects.create(book=book, category=category, text=text.strip(), asked_by=by.actor_name)
    record_deed(book=book, verb="ask_about_return", by=by, query=asked.pk, category=category.code if category else "")
    return asked


@transaction.atomic
def answer_query(*, query: ReturnQuery, answer: str, by: Actor) -> None:
    """Answer a question, once. Whoever knows may: it need not be the partner's lead."""
    rules.check_can_answer(
        may=queries.is_member(by, query.book.partner.contract),
        is_answered=query.answered_at is not None,
        answer=answer,
    )
    changes = {"answer": answer.strip(), "answered_at": clock.now(), "answered_by": by.actor_name}
    if not ReturnQuery.objects.filter(pk=query.pk, answered_at__isnull=True).update(**changes):
        raise RuleBroken("Somebody answered this question a moment ago.")
    for name, value in changes.items():
        setattr(query, name, value)
    record_deed(book=query.book, verb="answer_query", by=by, query=query.pk)
