"""What lies on the table of the alliance: for the tests of its pages, and for the walk over all addresses."""

from datetime import date
from decimal import Decimal

from tests.cast import Cast
from trellis.contracts.commands import subcontracts
from trellis.contracts.models import Subcontract
from trellis.contracts.queries import subcontracts as queries


def a_subcontract(cast: Cast, **terms) -> Subcontract:
    """Ash Vale proposes to bring Southdown Community Choir in for £3,000, from August to December 2018."""
    asked = {
        "organisation": cast.choir, "services": "Singing for people who live alone.", "districts": [cast.south],
        "value": Decimal("3000.00"), "starts_on": date(2018, 7, 2), "ends_on": date(2018, 12, 31), "days_to_pay": 30,
        "terms_passed_on": True,
    }  # fmt: skip
    return subcontracts.propose_subcontract(partner=cast.ash_vale_partner, by=cast.anna, **asked | terms)


def checked(cast: Cast, subcontract: Subcontract, **answers: str) -> Subcontract:
    """Every question answered with yes, but for `answers`, and the checks passed."""
    said = {code: (answers.get(code, "yes"), "Seen.") for code in queries.due_diligence(subcontract)}
    subcontracts.answer_checks(subcontract=subcontract, answers=said, by=cast.anna)
    subcontracts.check_subcontract(subcontract=subcontract, by=cast.anna)
    return subcontract


def parts_of_addresses(cast: Cast) -> dict[str, str | int]:
    """Something at every address of the rooms."""
    return {"contracts subcontract": a_subcontract(cast).reference}
