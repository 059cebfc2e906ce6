"""A quarter signed by both partners of the cast, ready for a statement."""

from trellis.core.actors import NIGHTLY
from trellis.performance import commands as performance
from trellis.performance.tests.facts import SPRING, a_quarter


def a_signed_report(cast, quarter=SPRING):
    """Spring 2018, worked out, prepared by Olive, signed by Anna and Bella."""
    if quarter == SPRING:
        a_quarter(cast)
    performance.compute_readings(contract=cast.contract, quarter=quarter, by=NIGHTLY)
    report = performance.prepare_report(contract=cast.contract, quarter=quarter, by=cast.olive)
    performance.sign_report(report=report, partner=cast.ash_vale_partner, signed_name="Anna Ash", by=cast.anna)
    performance.sign_report(report=report, partner=cast.bramble_partner, signed_name="Bella Bramble", by=cast.bella)
    return report
