"""Reads of statements: who may see which, and what stands on one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from trellis.accounts.models import User
from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.core.periods import Quarter
from trellis.core.permissions import Permission
from trellis.payments.models import LedgerEntry, Statement
from trellis.payments.models import StatementLine as LineRow
from trellis.payments.queries import base, ledger, limits
from trellis.payments.queries.lines import stated_lines
from trellis.payments.queries.money import held_lines, place_of
from trellis.payments.rules import statements as rules
from trellis.performance import queries as performance
from trellis.performance import rules as performance_rules
from trellis.performance.models import QuarterReport

PUT_RIGHT = "Base put right"


def statements_visible_to(user: User | AnonymousUser) -> QuerySet[Statement]:
    """The statements of the authority that somebody works for, or of the alliance that their organisation is in.

    Open book: each partner sees the whole statement, every other partner's line included.
    """
    if not user.is_authenticated:
        return Statement.objects.none()
    organisations = user.organisation_ids(Permission.STATEMENT_VIEW)
    visible = Q(report__contract__authority_id__in=organisations)
    visible |= Q(
        Exists(contracts.partnerships(organisations, clock.today()).filter(contract=OuterRef("report__contract")))
    )
    return Statement.objects.filter(visible).select_related(
        "report__contract__authority", "certified_by", "authorised_by"
    )


def may_see(user: User, contract: Contract) -> bool:
    """Whether somebody sees the money of a contract."""
    organisations = user.organisation_ids(Permission.STATEMENT_VIEW)
    return (
        contract.authority_id in organisations
        or contracts.partnerships(organisations, clock.today()).filter(contract=contract).exists()
    )


def reports_without_statement(contract: Contract) -> QuerySet[QuarterReport]:
    """The signed or closed quarters of a contract that no statement has been drawn up for yet."""
    drawn_up = Statement.objects.filter(report=OuterRef("pk"))
    return QuarterReport.objects.filter(~Exists(drawn_up), contract=contract, status__in=performance_rules.FINAL)


def is_drawn_up(report: QuarterReport) -> bool:
    """Whether a statement has been drawn up from a report."""
    return Statement.objects.filter(report=report).exists()


@dataclass(frozen=True)
class Balance:
    """How the money of a contract stands, in pounds: `years` are its value in each contract year.

    `base` is what of `authorised` pays for that value; the rest is credits, shares, adjustments and interest.
    """

    baseline: Decimal
    years: tuple[Decimal, ...]
    authorised: Decimal
    base: Decimal

    @property
    def value(self) -> Decimal:
        """What the contract is worth over its term."""
        return sum(self.years, Decimal(0))

    @property
    def remaining(self) -> Decimal:
        """What of the value is still to be authorised."""
        return self.value - self.base

    @property
    def last_annual_saving(self) -> Decimal:
        """What the last year of the term costs less than the year before the contract."""
        return self.baseline - self.years[-1] if self.years else Decimal(0)

    @property
    def cumulative_saving(self) -> Decimal:
        """What all years of the term cost less than as many years at the baseline."""
        return self.baseline * len(self.years) - self.value


def balance(contract: Contract) -> Balance:
    """How the money of a contract stands."""
    years: dict[int, Decimal] = {}
    for row in contracts.quarters(contract):
        years[row.year] = years.get(row.year, Decimal(0)) + row.value
    lines = LineRow.objects.filter(
        statement__report__contract=contract, statement__status=Statement.Status.AUTHORISED
    ).order_by()
    by_kind = dict(lines.values_list("kind").annotate(total=Sum("amount")))
    return Balance(
        baseline=contract.baseline,
        years=tuple(years[year] for year in sorted(years)),
        authorised=sum(by_kind.values(), Decimal(0)),
        base=by_kind.get(LineRow.Kind.BASE, Decimal(0)),
    )


def can_certify(user: User, row: Statement) -> bool:
    """Whether the button is there: the same rule as the command's."""
    return _allowed(
        lambda: rules.check_can_certify(status=row.status, may=may(user, row, Permission.STATEMENT_CERTIFY))
    )


def can_authorise(user: User, row: Statement) -> bool:
    """Whether the button is there: the same rule as the command's."""
    return _allowed(
        lambda: rules.check_can_authorise(
            status=row.status,
            may=may(user, row, Permission.STATEMENT_AUTHORISE),
            certified_it=row.certified_by_id == user.pk,
        )
    ) and _allowed(lambda: check_within_limit(user, row))


def check_within_limit(user: User, row: Statement) -> None:
    """Refuse a statement above what somebody may authorise today, naming who may."""
    authority, on = row.report.contract.authority, clock.today()
    able = limits.able_to_authorise(authority, row.amount, on)
    rules.check_within_limit(row.amount, limit=limits.limit_of(user, authority, on), able=able)


def can_return(user: User, row: Statement) -> bool:
    """Whether the button is there: the same rule as the command's, the reason left aside."""
    either = may(user, row, Permission.STATEMENT_CERTIFY) or may(user, row, Permission.STATEMENT_AUTHORISE)
    return _allowed(lambda: rules.check_can_return(status=row.status, may=either, reason="given later"))


def may(user: User | Actor, row: Statement, permission: Permission) -> bool:
    """Whether somebody holds a permission for the authority that this statement is of."""
    return performance.is_of_authority(user, row.report.contract, permission)


def _allowed(check: Callable[[], None]) -> bool:
    try:
        check()
    except RuleBroken:
        return False
    return True


@dataclass(frozen=True)
class EntrySeen:
    """One move of a line's money: out of an account, into another, in pounds."""

    on: date
    out_of: str
    into: str
    amount: Decimal


@dataclass(frozen=True)
class StatementLine:
    """One line, in pounds. `opens` is the address of what it came from; `entries` say where its money went since.

    `place` is the part of schedule.Money that it is in: paid, sent, certified, disputed, or nothing yet.
    """

    number: int
    kind: str
    partner: str
    share: Decimal | None
    amount: Decimal
    funding_source: str
    reason: str
    opens: str
    place: str = ""
    entries: tuple[EntrySeen, ...] = ()


@dataclass(frozen=True)
class StatementSeen:
    """One statement as every form of it shows it: page, PDF, CSV and JSON. Money in pounds."""

    reference: str
    contract: str
    title: str
    authority: str
    quarter: str
    period: str
    status: str
    amount: Decimal
    lines: tuple[StatementLine, ...]
    report_digest: str
    drawn_up_on: date | None
    certified_by: str
    certified_on: date | None
    due_on: date | None
    authorised_by: str
    authorised_on: date | None
    paid: Decimal


def statement_seen(row: Statement) -> StatementSeen:
    """A statement with its lines, frozen for showing."""
    contract = row.report.contract
    lines = list(row.lines.select_related("statement", "partner__organisation", "payment_line__payment"))
    held, entries = held_lines(contract), ledger.entries_of_lines(lines)
    return StatementSeen(
        reference=row.reference,
        contract=contract.reference,
        title=contract.title,
        authority=contract.authority.name,
        quarter=row.report.quarter,
        period=Quarter.parse(row.report.quarter).words,
        status=row.get_status_display(),
        amount=row.amount,
        lines=tuple(_line_seen(line, place_of(line, held), entries[line.pk]) for line in lines),
        report_digest=row.report.digest,
        drawn_up_on=_day(row.drawn_up_at),
        certified_by=str(row.certified_by or ""),
        certified_on=_day(row.certified_at),
        due_on=row.due_on,
        authorised_by=str(row.authorised_by or ""),
        authorised_on=_day(row.authorised_at),
        paid=_paid(row),
    )


def proposed_statement(report: QuarterReport) -> tuple[StatementLine, ...]:
    """The lines that a statement would have if it were drawn up now."""
    names = dict(report.contract.partners.values_list("organisation__reference", "organisation__name"))
    return tuple(
        StatementLine(
            number,
            kind_words(line.proposed.kind, line.proposed.source),
            names[line.proposed.partner_reference],
            line.share,
            line.amount,
            line.proposed.funding_source,
            line.proposed.reason,
            line.proposed.opens,
        )
        for number, line in enumerate(stated_lines(report), start=1)
    )


def kind_words(kind: str, source: str) -> str:
    """What a line is for; a base that corrects one paid in advance says so."""
    return PUT_RIGHT if base.is_correction(source) else LineRow.Kind(kind).label


def _line_seen(line: LineRow, place: str, entries: list[LedgerEntry]) -> StatementLine:
    return StatementLine(
        line.number,
        kind_words(line.kind, line.source),
        line.partner.organisation.name,
        line.share,
        line.amount,
        line.funding_source,
        line.reason,
        line.opens,
        place,
        tuple(
            EntrySeen(one.posted_on, one.get_credit_display(), one.get_debit_display(), one.amount) for one in entries
        ),
    )


def _paid(row: Statement) -> Decimal:
    """What of it has reached the partners, in pounds and without VAT."""
    paid = row.lines.filter(payment_line__payment__paid_on__isnull=False).order_by()
    return paid.aggregate(total=Sum("amount"))["total"] or Decimal("0.00")


def _day(at: datetime | None) -> date | None:
    return timezone.localtime(at).date() if at else None
