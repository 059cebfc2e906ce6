"""Writes of payments: a statement is drawn up, certified by one person and authorised by another."""

from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Sum

from trellis.accounts.models import User
from trellis.audit import commands as audit
from trellis.contracts.models import Contract, Partner
from trellis.core import clock, rulebook
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.core.permissions import Permission
from trellis.core.references import create_with_reference
from trellis.payments import posting
from trellis.payments.commands import disputes, ledger, shares
from trellis.payments.models import Account, Statement, StatementLine, StatementStatus
from trellis.payments.queries import base
from trellis.payments.queries import lines as line_queries
from trellis.payments.queries import shares as share_queries
from trellis.payments.queries import statements as queries
from trellis.payments.rules import statements as rules
from trellis.payments.rules.ledger import COMES_FROM, move
from trellis.payments.rules.lines import Line
from trellis.performance import queries as performance
from trellis.performance.models import QuarterReport
from trellis.performance.rules import FINAL

MOVED_ON = "Somebody else changed this statement a moment ago. Look at it again before you go on."


@transaction.atomic
def draw_up_statement(*, report: QuarterReport, by: Actor) -> Statement:
    """Draw up what is due for a quarter, from the report that was signed or closed.

    Raises RuleBroken while a signature is awaited, when a statement of the quarter is there already, and for the
    contract's last quarter while a year with commercial terms is not settled.
    """
    _check_authority(report.contract, by)
    # one at a time with the settling of a year and with an extension, which both say what this statement has
    Contract.objects.select_for_update().get(pk=report.contract_id)
    report.refresh_from_db()
    rules.check_can_draw_up(
        is_signed=report.status in FINAL,
        is_drawn_up=queries.is_drawn_up(report),
        unsettled=share_queries.unsettled_before(report),
    )
    lines = line_queries.stated_lines(report)
    shares.place_settlements(report=report, by=by)
    statement = _create(report, sum((line.amount for line in lines), Decimal(0)), by)
    _add_lines(statement, lines)
    _post(statement, by)
    facts = {"quarter": report.quarter, "amount": str(statement.amount), "lines": str(len(lines))}
    _tell(statement, by=by, action="draw_up_statement", **facts)
    return statement


def _create(report: QuarterReport, amount: Decimal, by: Actor) -> Statement:
    try:
        with transaction.atomic():
            return create_with_reference(Statement, "PAY", report=report, amount=amount, drawn_up_by=by.actor_name)
    except IntegrityError as error:
        raise RuleBroken("The statement for this quarter has already been drawn up.") from error


def _add_lines(statement: Statement, lines: list[Line]) -> None:
    """A source that was stated meanwhile, by whatever way, is refused by the database."""
    rows = Partner.objects.filter(contract=statement.report.contract).select_related("organisation")
    partners = {partner.organisation.reference: partner for partner in rows}
    made = [
        StatementLine(
            statement=statement,
            number=number,
            kind=line.proposed.kind,
            partner=partners[line.proposed.partner_reference],
            share=line.share,
            amount=line.amount,
            funding_source=line.proposed.funding_source,
            quarter=line.proposed.quarter,
            reason=line.proposed.reason,
            opens=line.proposed.opens,
            source=line.proposed.source,
        )
        for number, line in enumerate(lines, start=1)
    ]
    try:
        with transaction.atomic():
            StatementLine.objects.bulk_create(made)
    except IntegrityError as error:
        raise RuleBroken("A line of this statement is on another one already. Look at both again.") from error


def _post(statement: Statement, by: Actor) -> None:
    """Bring the books up to the schedule, and move what each line states to what is to be paid."""
    contract = statement.report.contract
    lines = list(statement.lines.all())
    ledger.post_schedule(contract=contract, by=by, closing=_closing(contract, lines))
    entries = [
        entry
        for line in lines
        for entry in move(
            line.amount,
            to=Account.PAYABLE,
            out_of=COMES_FROM[line.kind],
            source=f"{line} stated",
            partner=line.partner_id,
            quarter=line.quarter,
        )  # fmt: skip
    ]
    posting.post(contract=contract, entries=entries, by=by)
    sources = [line.source.split() for line in lines if line.source.startswith("adjustment ")]
    references = {words[1].rstrip(",") for words in sources}
    disputes.state_adjustments(statement=statement, references=references, by=by)


def _closing(contract: Contract, lines: list[StatementLine]) -> dict[str, Decimal]:
    """What each quarter of these base lines is worth with all that was ever stated of it, in pounds."""
    quarters = {line.quarter for line in lines if line.kind == StatementLine.Kind.BASE}
    stated = base.stated_base(contract).filter(quarter__in=quarters).order_by("quarter").values_list("quarter")
    return dict(stated.annotate(total=Sum("amount")))


@transaction.atomic
def certify_statement(*, statement: Statement, by: User) -> None:
    """Say, for the authority, that the quarter was delivered as the signed report says: the days to pay begin."""
    may = queries.may(by, statement, Permission.STATEMENT_CERTIFY)
    rules.check_can_certify(status=statement.status, may=may)
    now = clock.now()
    days = int(rulebook.value("payments.days_to_pay", on=clock.today()))
    due_on = rules.due_on(clock.today(), days)
    _move(statement, "certify", certified_at=now, certified_by=by, due_on=due_on)
    _tell(statement, by=by, action="certify_statement", due_on=due_on.isoformat())


@transaction.atomic
def authorise_statement(*, statement: Statement, by: User) -> None:
    """Say, for finance, that it may be paid. Never the person who certified it: the database refuses that too.

    Raises RuleBroken above the limit of their roles on the day (rulebook), naming who may.
    """
    may = queries.may(by, statement, Permission.STATEMENT_AUTHORISE)
    rules.check_can_authorise(status=statement.status, may=may, certified_it=statement.certified_by_id == by.person_id)
    queries.check_within_limit(by, statement)
    _move(statement, "authorise", authorised_at=clock.now(), authorised_by=by)
    _tell(statement, by=by, action="authorise_statement", amount=str(statement.amount))


@transaction.atomic
def return_statement(*, statement: Statement, reason: str, by: User) -> None:
    """Send a certified statement back to be looked at again, saying why. It is as if it had not been certified."""
    powers = (Permission.STATEMENT_CERTIFY, Permission.STATEMENT_AUTHORISE)
    may = any(queries.may(by, statement, power) for power in powers)
    rules.check_can_return(status=statement.status, may=may, reason=reason)
    _move(statement, "return", certified_at=None, certified_by=None, due_on=None)
    _tell(statement, by=by, action="return_statement", reason=reason.strip())


def _check_authority(contract: Contract, by: Actor) -> None:
    if isinstance(by, User) and not performance.is_of_authority(by, contract, Permission.PERFORMANCE_PREPARE):
        raise RuleBroken("Only the contract manager of this contract can draw up its statements.")


def _move(statement: Statement, event: str, **changes) -> None:
    """Change state only if it is still the state that was checked, and certified by the same person."""
    as_checked = {"pk": statement.pk, "status": statement.status, "certified_by": statement.certified_by_id}
    changes["status"] = rules.TRANSITIONS[statement.status, event]
    if not Statement.objects.filter(**as_checked).update(**changes):
        raise RuleBroken(MOVED_ON)
    for name, value in changes.items():
        setattr(statement, name, value)


def _tell(statement: Statement, *, by: Actor, action: str, reason: str = "", **facts: str) -> None:
    """The status row that people see, and the audit row that investigators see."""
    StatementStatus.objects.create(statement=statement, status=statement.status, by=by.actor_name, note=reason)
    audit.record(
        by=by, action=f"payments.{action}", subject=f"statement {statement.reference}", reason=reason, facts=facts
    )
