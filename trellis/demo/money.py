"""How the money of the demo moved: terms, payments that arrived, one line disputed, one quarter paid late."""

import tomllib
from datetime import datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

from trellis.contracts.models import Contract
from trellis.core import clock, working_days
from trellis.core.actors import SIMULATOR
from trellis.demo.simulator import Story
from trellis.demo.staff import Staff
from trellis.organisations.models import Organisation
from trellis.payments.commands import batches, disputes, ledger, remittance, terms
from trellis.payments.models import Batch, Dispute, Statement
from trellis.payments.queries import batches as payments
from trellis.payments.queries import disputes as queries

DATA = tomllib.loads((Path(__file__).parent / "data" / "money.toml").read_text(encoding="utf-8"))
EXPORTED_AFTER, ARRIVED_AFTER, SETTLED_AFTER = 2, 6, 15  # working days


def set_terms(contract: Contract, by_key: dict[str, Organisation]) -> None:
    """How the contract's partners stand to VAT, and its schedule in the books."""
    treatments = {by_key[key]: treatment for key, treatment in DATA["vat"].items()}
    for partner in contract.partners.select_related("organisation").order_by("pk"):
        terms.set_vat_treatment(
            partner=partner, starts_on=contract.starts_on, treatment=treatments[partner.organisation], by=SIMULATOR
        )
    ledger.post_schedule(contract=contract, by=SIMULATOR)


def pay(statement: Statement, staff: Staff) -> Story:
    """From an authorised statement to money that arrived, a disputed line left aside."""
    quarter, contract = statement.report.quarter, statement.report.contract
    yield _later(working_days.add(clock.today(), EXPORTED_AFTER).on)
    batch = batches.export_batch(contract=contract, by=staff.finance)
    late = DATA["late"]
    days = late["days"] if quarter == late["quarter"] else 0
    arrives = clock.today() + timedelta(days) if days else working_days.add(clock.today(), ARRIVED_AFTER).on
    yield _later(arrives)
    _match(batch, staff)
    if quarter == DATA["dispute"]["quarter"]:
        yield _later(working_days.add(clock.today(), SETTLED_AFTER).on)
        _settle(contract, staff)


def dispute(statement: Statement, staff: Staff) -> None:
    """The line that the story has disputed, if it is on this statement: by the lead of the second partner."""
    if statement.report.quarter == DATA["dispute"]["quarter"]:
        partner, lead = list(staff.leads.items())[1]
        line = statement.lines.filter(partner=partner).order_by("number")[0]
        disputes.dispute_line(line=line, reason=DATA["dispute"]["reason"], by=lead)


def _settle(contract: Contract, staff: Staff) -> None:
    for one in queries.disputes(contract).filter(status=Dispute.Status.OPEN):
        disputes.settle_dispute(
            dispute=one,
            outcome=DATA["dispute"]["outcome"],
            adjustment=Decimal(DATA["dispute"]["adjustment"]),
            by=staff.contract_manager,
        )


def _match(batch: Batch, staff: Staff) -> None:
    for payment in payments.waiting_payments(batch.contract).filter(batch=batch):
        amount = payment.amount + payment.vat
        remittance.match_payment(payment=payment, amount=amount, paid_on=clock.today(), by=staff.finance)


def _later(day) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(11, 0)))
