"""A quarter signed by both partners of the cast, ready for a statement."""

from decimal import Decimal

from trellis.core.actors import NIGHTLY
from trellis.payments.commands import batches, disputes
from trellis.payments.commands import statements as commands
from trellis.performance import commands as performance
from trellis.performance.models import QuarterReport
from trellis.performance.report import QuarterlyReport, Share, digest, to_json
from trellis.performance.tests.facts import SPRING, WINTER, a_quarter


def a_signed_report(cast, quarter=SPRING):
    """Spring 2018, worked out, prepared by Olive, signed by Anna and Bella."""
    if quarter == SPRING:
        a_quarter(cast)
    performance.compute_readings(contract=cast.contract, quarter=quarter, by=NIGHTLY)
    report = performance.prepare_report(contract=cast.contract, quarter=quarter, by=cast.olive)
    performance.sign_report(report=report, partner=cast.ash_vale_partner, signed_name="Anna Ash", by=cast.anna)
    performance.sign_report(report=report, partner=cast.bramble_partner, signed_name="Bella Bramble", by=cast.bella)
    return report


def an_authorised_statement(cast, quarter=SPRING):
    """The statement of a quarter, drawn up and certified by Olive, authorised by Fred."""
    statement = commands.draw_up_statement(report=a_signed_report(cast, quarter), by=cast.olive)
    commands.certify_statement(statement=statement, by=cast.olive)
    commands.authorise_statement(statement=statement, by=cast.fred)
    return statement


def a_report(contract, quarter, value, shares, outcomes=(), year=1):
    """A report as it stands once everybody has signed, without figures unless given; `shares` by partner."""
    frozen = QuarterlyReport(
        contract=contract.reference, title="", authority="", quarter=str(quarter), period=quarter.words,
        starts_on=quarter.start, ends_on=quarter.end, evidence_up_to=0, fewest_cases=5, contract_year=year, value=value,
        shares=tuple(
            Share(one.organisation.reference, one.organisation.name, share) for one, share in shares.items()
        ),
        outcomes=outcomes, corrections=(),
    )  # fmt: skip
    content = to_json(frozen)
    return QuarterReport.objects.create(
        contract=contract, quarter=str(quarter), status="signed", content=content, digest=digest(content),
        prepared_by="person:0",
    )  # fmt: skip


def parts_of_addresses(cast, statement):
    """A batch of winter's payments, an adjustment, and a dispute about the second line of a statement."""
    an_authorised_statement(cast, WINTER)
    batch = batches.export_batch(contract=cast.contract, by=cast.fred)
    adjusted = disputes.adjust(
        contract=cast.contract, partner=None, amount=Decimal("5.00"), reason="Five too few.", by=cast.olive
    )
    disputes.dispute_line(line=statement.lines.get(number=2), reason="No.", by=cast.olive)
    return {
        "contracts batch": batch.reference,
        "contracts payment": batch.payments.first().reference,
        "contracts adjustment": adjusted.reference,
        "statement_line number": "1",
        "dispute_line number": "1",
        "settle_dispute number": "2",
    }
