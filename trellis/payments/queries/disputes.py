"""Reads of disputes, and of what is still to be put right."""

from django.db.models import QuerySet
from django.urls import reverse

from trellis.accounts.models import User
from trellis.contracts.models import Contract, Partner
from trellis.core.actors import Actor
from trellis.core.permissions import Permission
from trellis.payments.models import Adjustment, Dispute, StatementLine
from trellis.payments.rules.lines import ProposedLine
from trellis.performance import queries as performance
from trellis.performance.models import QuarterReport


def is_held(line: StatementLine) -> bool:
    """Whether a dispute keeps a line from being paid."""
    return Dispute.objects.filter(line=line).exclude(status=Dispute.Status.CLOSED).exists()


def is_exported(line: StatementLine) -> bool:
    """Whether a line has been sent to be paid."""
    return hasattr(line, "payment_line")


def disputes(contract: Contract) -> QuerySet[Dispute]:
    """The disputes of a contract, the newest first."""
    rows = Dispute.objects.filter(line__statement__report__contract=contract).order_by("-id")
    return rows.select_related("line__partner__organisation", "line__statement__report__contract", "adjustment")


def open_disputes(contract: Contract) -> QuerySet[Dispute]:
    """Those that nobody has settled."""
    return disputes(contract).filter(status=Dispute.Status.OPEN)


def of_line(line: StatementLine) -> QuerySet[Dispute]:
    """The disputes of one line, in order."""
    return Dispute.objects.filter(line=line)


def corrections_of(line: StatementLine) -> QuerySet[Adjustment]:
    """What puts one line right."""
    return Adjustment.objects.filter(corrects=line)


def adjustments(contract: Contract) -> QuerySet[Adjustment]:
    """Every adjustment and all late interest of a contract, the newest first."""
    rows = Adjustment.objects.filter(contract=contract).order_by("-id")
    return rows.select_related(
        "contract", "partner__organisation", "statement__report", "corrects__statement__report__contract"
    )


def partners_of(contract: Contract) -> list[Partner]:
    """Everybody who is or was a partner, by name: what was wrong may be put right after they left."""
    return list(contract.partners.select_related("organisation").order_by("organisation__name"))


def may_dispute(by: Actor, line: StatementLine) -> bool:
    """The council's contract manager and finance may dispute any line, a partner's lead that partner's own."""
    contract = line.statement.report.contract
    if performance.is_of_authority(by, contract, Permission.STATEMENT_DISPUTE):
        return True
    return isinstance(by, User) and line.partner.organisation_id in by.organisation_ids(Permission.STATEMENT_DISPUTE)


def unstated_adjustments(contract: Contract) -> QuerySet[Adjustment]:
    """What the next statement is to put right."""
    rows = Adjustment.objects.filter(contract=contract, statement__isnull=True)
    return rows.select_related("partner__organisation", "corrects__statement__report", "contract")


def adjustment_lines(report: QuarterReport) -> list[ProposedLine]:
    """A line for each adjustment, and for interest on what was paid late, that no statement has yet."""
    return [
        ProposedLine(
            kind=row.kind,
            partner_reference=row.partner.organisation.reference if row.partner else "",
            amount=row.amount,
            funding_source=row.funding_source,
            reason=row.reason,
            opens=reverse("adjustment", args=[row.contract.reference, row.reference]),
            source=f"adjustment {row.reference}",
        )
        for row in unstated_adjustments(report.contract)
    ]
