"""Writes of the open books: opened and kept by the partner's lead, submitted, accepted, corrected by a new version."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import IntegrityError, transaction

from trellis.audit import commands as audit
from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract, Partner
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.core.periods import Quarter
from trellis.payments.commands.books_changes import record_change, record_status
from trellis.payments.models import BookReturn, CostCategory, CostLine, ReturnFile, ReturnStatus
from trellis.payments.queries import books as queries
from trellis.payments.queries import commercial
from trellis.payments.rules import books as rules

MOVED_ON = "Somebody else changed this return a moment ago. Look at it again before you go on."
Status = BookReturn.Status


@transaction.atomic
def define_cost_category(*, code: str, name: str, kind: str, hint: str = "", by: Actor) -> CostCategory:
    """Add a kind of cost that returns tell apart, after those there are."""
    rules.check_category(code=code, name=name, kind=kind)
    order = CostCategory.objects.count() + 1
    try:
        with transaction.atomic():
            category = CostCategory.objects.create(code=code, name=name.strip(), kind=kind, hint=hint, order=order)
    except IntegrityError as error:
        raise RuleBroken("There is a category of costs with this code or name already.") from error
    audit.record(
        by=by, action="payments.define_cost_category", subject=f"cost category {code}", facts={"kind": kind}
    )  # fmt: skip
    return category


@transaction.atomic
def open_return(*, partner: Partner, quarter: str, by: Actor) -> BookReturn:
    """Open a partner's books for a quarter that is over. Raises RuleBroken when they are open or submitted already."""
    period = Quarter.parse(quarter)
    row = contracts.quarter(partner.contract, period)
    is_theirs = row is not None and partner in queries.partners_in(partner.contract, row)
    rules.check_can_open(
        may=queries.keeps(by, partner),
        is_over=row is not None and rules.is_due(quarter_ends_on=row.ends_on, today=clock.today()),
        in_term=is_theirs,
        is_there=queries.latest(partner, quarter) is not None,
    )
    try:
        with transaction.atomic():
            book = BookReturn.objects.create(partner=partner, quarter=quarter, opened_by=by.actor_name)
    except IntegrityError as error:
        raise RuleBroken("The return for this quarter has been opened already.") from error
    record_status(book=book, verb="open_return", by=by)
    return book


@transaction.atomic
def enter_costs(
    *, book: BookReturn, amounts: Mapping[CostCategory, Decimal | None], charges: Decimal, other_income: Decimal,
    free_reserves: Decimal | None, by: Actor,
) -> None:  # fmt: skip
    """Write what each category cost that is not told apart, and what came in; pounds. None takes a line out."""
    told = {category.code: str(amount) for category, amount in amounts.items() if amount is not None}
    income = {"charges": str(charges), "other_income": str(other_income)}
    record_change(book=book, verb="enter_costs", by=by, **told, **income)
    for category, amount in amounts.items():
        own = CostLine.objects.filter(book=book, category=category, description="")
        if amount is None:
            own.delete()
            continue
        rules.check_line(kind=category.kind, description="", amount=amount)
        if not own.update(amount=amount):
            CostLine.objects.create(book=book, category=category, amount=amount)
    _write(book, charges=charges, other_income=other_income, free_reserves=free_reserves)


@transaction.atomic
def import_costs(*, book: BookReturn, lines: list[rules.Kept], by: Actor) -> int:
    """Take over lines of a file; how many of them are new or changed. The same file twice changes nothing."""
    record_change(book=book, verb="import_costs", by=by, lines=len(lines))
    kinds = {one.code: one for one in queries.categories()}
    there = {(one.category_id, one.description): one for one in book.lines.all()}
    changed = 0
    for line in lines:
        before = there.get((line.category, line.description))
        if before and before.amount == line.amount:
            continue
        changed += 1
        CostLine.objects.update_or_create(
            book=book, category=kinds[line.category], description=line.description, defaults={"amount": line.amount}
        )
    return changed


@transaction.atomic
def drop_line(*, line: CostLine, by: Actor) -> None:
    """Take a line out of books that are still open."""
    record_change(
        book=line.book, verb="drop_line", by=by, category=line.category_id, amount=str(line.amount)
    )  # fmt: skip
    if not CostLine.objects.filter(pk=line.pk).delete()[0]:
        raise RuleBroken("This line has been taken out already.")


@transaction.atomic
def submit_return(*, book: BookReturn, by: Actor) -> None:
    """Show the books to every member: nothing is written in this version after."""
    terms = queries.terms_in(book.partner.contract, book.quarter)
    book.status = BookReturn.objects.select_for_update().values_list("status", flat=True).get(pk=book.pk)
    rules.check_can_submit(
        may=queries.keeps(by, book.partner),
        status=book.status,
        spent=queries.spent(book),
        ceiling=terms.overhead_ceiling if terms else None,
        free_reserves=book.free_reserves,
    )
    _move(book, "submit", submitted_at=clock.now(), submitted_by=by.actor_name)
    record_status(book=book, verb="submit_return", by=by, total=str(queries.spent(book).total))


@transaction.atomic
def accept_return(*, book: BookReturn, by: Actor) -> None:
    """Say, for the authority, that the books are in order: they count for the year's gain or loss."""
    rules.check_can_accept(
        may=commercial.may_manage(by, book.partner.contract),
        status=book.status,
        open_queries=book.queries.filter(answered_at__isnull=True).count(),
    )
    _move(book, "accept", accepted_at=clock.now(), accepted_by=by.actor_name)
    record_status(book=book, verb="accept_return", by=by)


@transaction.atomic
def correct_return(*, book: BookReturn, reason: str, by: Actor) -> BookReturn:
    """Open a new version with everything of the last one in it, to be corrected; the last one stays to be read."""
    # not while the year is being settled
    Contract.objects.select_for_update().get(pk=book.partner.contract_id)
    row = contracts.quarter(book.partner.contract, Quarter.parse(book.quarter))
    rules.check_can_correct(
        may=queries.keeps(by, book.partner),
        status=book.status,
        is_settled=row is not None and commercial.settlement(book.partner.contract, row.year) is not None,
        reason=reason,
    )
    _move(book, "replace")
    ReturnStatus.objects.create(book=book, status=book.status, by=by.actor_name, note=reason.strip())
    newer = BookReturn.objects.create(
        partner=book.partner, quarter=book.quarter, version=book.version + 1, reason=reason.strip(),
        charges=book.charges, other_income=book.other_income, free_reserves=book.free_reserves,
        opened_by=by.actor_name,
    )  # fmt: skip
    CostLine.objects.bulk_create(
        CostLine(book=newer, category=line.category, description=line.description, amount=line.amount)
        for line in book.lines.select_related("category")
    )
    ReturnFile.objects.bulk_create(
        ReturnFile(book=newer, name=one.name, kind=one.kind, size=one.size, digest=one.digest, stored=one.stored.name,
                   added_at=one.added_at, added_by=one.added_by)
        for one in book.files.all()
    )  # fmt: skip
    record_status(book=newer, verb="correct_return", by=by, reason=reason.strip())
    return newer


def _write(book: BookReturn, **changes) -> None:
    BookReturn.objects.filter(pk=book.pk).update(**changes)
    for name, value in changes.items():
        setattr(book, name, value)


def _move(book: BookReturn, event: str, **changes) -> None:
    """Change state only if it is still the state that was checked."""
    changes["status"] = rules.TRANSITIONS[book.status, event]
    if not BookReturn.objects.filter(pk=book.pk, status=book.status).update(**changes):
        raise RuleBroken(MOVED_ON)
    for name, value in changes.items():
        setattr(book, name, value)
