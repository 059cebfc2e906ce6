"""A small quarter of evidence on the cast, recorded through evidence.commands as support records it."""

from datetime import date
from decimal import Decimal

from trellis.core.actors import SIMULATOR
from trellis.core.periods import Quarter
from trellis.evidence import commands as evidence
from trellis.organisations.models import Organisation

SPRING, WINTER = Quarter(2018, 2), Quarter(2018, 1)


def contact(cast, case, days, *, district, on=date(2018, 5, 1), partner=None, organisation=None):
    """A first contact, `days` working days after the request."""
    return evidence.record(
        by=SIMULATOR,
        kind="support.first_contact",
        occurred_on=on,
        source=f"case {case} first contact",
        unit="working days",
        quantity=days,
        contract=cast.contract.reference,
        partner=partner or cast.ash_vale,
        organisation=organisation or cast.pantry,
        district=district,
    )


def reach(cast, case, organisation, income, *, on=date(2018, 5, 1), partner=None):
    """An organisation reached, whose latest income was so many pounds (None: not known)."""
    return evidence.record(
        by=SIMULATOR,
        kind="support.organisation_reached",
        occurred_on=on,
        source=f"case {case} reached",
        unit="pounds of income",
        quantity=None if income is None else Decimal(income),
        contract=cast.contract.reference,
        partner=partner or cast.ash_vale,
        organisation=organisation,
        district=organisation.district,
    )


def a_quarter(cast, *, on=date(2018, 5, 1), prefix="CASE-"):
    """Three organisations under the limit, one over, one unknown; North waits 2 days, South 5, five cases each."""
    names = [("Allotment Friends", "12000"), ("Big Estate Trust", "500000"), ("Night Shelter", None)]
    others = [_organisation(cast, name, income) for name, income in names]
    for number, organisation in enumerate([cast.pantry, cast.choir, *others]):
        income = organisation.latest_income
        reach(cast, f"{prefix}R{number}", organisation, income, on=on)
    reach(cast, f"{prefix}R9", cast.pantry, "24000", on=on, partner=cast.bramble)
    for number in range(5):
        contact(cast, f"{prefix}N{number}", [1, 2, 2, 3, 30][number], district=cast.north, on=on)
        contact(cast, f"{prefix}S{number}", [4, 4, 5, 6, 7][number], district=cast.south, on=on, partner=cast.bramble)


def _organisation(cast, name, income):
    found, _ = Organisation.objects.get_or_create(
        name=name,
        defaults={
            "reference": "ORG-" + name.replace(" ", "")[:4].upper(),
            "district": cast.north,
            "latest_income": None if income is None else Decimal(income),
            "latest_year_end": None if income is None else date(2017, 12, 31),
        },
    )
    return found
