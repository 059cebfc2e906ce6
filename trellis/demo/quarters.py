"""How a quarter was closed, as a story among the others: worked out, prepared, signed, certified, authorised, paid."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from trellis.contracts.models import Contract, Partner
from trellis.core import clock, working_days
from trellis.core.periods import Quarter
from trellis.demo import money
from trellis.demo.simulator import Story
from trellis.demo.staff import Staff
from trellis.payments.commands import statements as payments
from trellis.performance import commands as performance
from trellis.performance.models import QuarterReport

PREPARED_AFTER, SIGNED_AFTER, PAID_AFTER = 6, 3, 4  # working days


def closings(contract: Contract, staff: Staff, *, last: Quarter) -> list[Story]:
    """A story for each quarter from the contract's first to `last`."""
    quarter, found = Quarter.of(contract.starts_on), []
    while quarter.start <= last.start:
        found.append(_closing(contract, quarter, staff))
        quarter = quarter.next()
    return found


def _closing(contract: Contract, quarter: Quarter, staff: Staff) -> Story:
    yield _morning(working_days.add(quarter.end, PREPARED_AFTER).on)
    report = prepare(contract, quarter, staff)
    yield _morning(working_days.add(clock.today(), SIGNED_AFTER).on)
    sign(report, staff, list(staff.leads))
    yield _morning(working_days.add(clock.today(), PAID_AFTER).on)
    statement = payments.draw_up_statement(report=report, by=staff.contract_manager)
    payments.certify_statement(statement=statement, by=staff.contract_manager)
    money.dispute(statement, staff)
    yield clock.now() + timedelta(hours=3)
    payments.authorise_statement(statement=statement, by=staff.finance)
    yield from money.pay(statement, staff)


def prepare(contract: Contract, quarter: Quarter, staff: Staff) -> QuarterReport:
    """Work the figures out and freeze them."""
    performance.compute_readings(contract=contract, quarter=quarter, by=staff.contract_manager)
    return performance.prepare_report(contract=contract, quarter=quarter, by=staff.contract_manager)


def sign(report: QuarterReport, staff: Staff, partners: list[Partner]) -> None:
    """The leads of these partners sign."""
    for partner in partners:
        lead = staff.leads[partner]
        performance.sign_report(report=report, partner=partner, signed_name=lead.name, by=lead)


def _morning(day) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9, 30)))
