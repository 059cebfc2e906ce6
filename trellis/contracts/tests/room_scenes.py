"""What lies on the table of the alliance: for the tests of its pages, and for the walk over all addresses."""

from datetime import date, datetime
from decimal import Decimal

from tests.cast import Cast
from trellis.contracts.commands import challenges, interests, plans, presence, risks, subcontracts, variations
from trellis.contracts.models import (
    ContractPlan,
    InterestChallenge,
    PresencePromise,
    Risk,
    RiskAction,
    Subcontract,
    Variation,
)
from trellis.contracts.queries import subcontracts as queries
from trellis.core import clock


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


def a_variation(cast: Cast, **changes) -> Variation:
    """£1,000 more in the last quarter of year 1, on the ground that it is small."""
    asked = {
        "title": "A helpline before Christmas", "reason": "Groups ask for it.", "ground": "small",
        "effective_on": date(2018, 10, 1), "values": {1: Decimal("91000.00")},
    }  # fmt: skip
    return variations.draft_variation(contract=cast.contract, by=cast.anna, **asked | changes)


def a_challenge(cast: Cast) -> InterestChallenge:
    """Southdown Community Choir says that Ash Vale runs food services in North, too."""
    return challenges.raise_challenge(
        partner=cast.ash_vale_partner, challenger=cast.choir, service_type=cast.food, district=cast.north,
        what="It opened a kitchen.", since=date(2018, 5, 1), by=cast.erin,
    )  # fmt: skip


def a_risk(cast: Cast, **said) -> Risk:
    """Advisers leave; Ash Vale sees to it."""
    known = {
        "kind": "risk", "title": "Advisers leave", "causes": "Pay ends with the contract.", "effects": "Groups wait.",
        "controls": "Two advisers know each case.", "owner": cast.ash_vale, "likelihood_before": 4, "impact_before": 4,
        "likelihood_after": 3, "impact_after": 4, "review_on": date(2018, 10, 1),
    }  # fmt: skip
    return risks.raise_risk(contract=cast.contract, by=cast.anna, **known | said)


def an_action(cast: Cast, risk: Risk, **said) -> RiskAction:
    """The council asks what advisers need, by the end of July."""
    known = {"what": "Ask advisers what they need", "owner": cast.council, "due_on": date(2018, 7, 31)}
    return risks.add_action(risk=risk, by=cast.anna, **known | said)


def a_promise(cast: Cast, **said) -> PresencePromise:
    """Bramble is in South for twelve hours on three days each month of 2018."""
    known = {"district": cast.south, "hours": Decimal(12), "days": 3, "starts_on": date(2018, 1, 1)}
    return presence.promise_presence(partner=cast.bramble_partner, by=cast.olive, **known | said)


def a_plan(cast: Cast, kind: str = "mobilisation", **said) -> ContractPlan:
    """Made from its template by the contract manager."""
    return plans.make_plan(contract=cast.contract, kind=kind, by=cast.olive, **said)


def moment() -> datetime:
    """The moment at which the tests' clock stands."""
    return clock.now()


def parts_of_addresses(cast: Cast) -> dict[str, str | int]:
    """Something at every address of the rooms."""
    cast.bramble.service_types.add(cast.transport)  # a gap: it has declared food alone
    tie = interests.declare_tie(
        partner=cast.bramble_partner, organisation=cast.choir, kind="tied-to", starts_on=date(2018, 7, 2), by=cast.bella
    )
    risk = a_risk(cast)
    a_promise(cast)
    return {
        "contracts risk": risk.reference,
        "contracts month": "2018-06",
        "set_task number": a_plan(cast).tasks.all()[0].pk,
        "contracts subcontract": a_subcontract(cast).reference,
        "contracts variation": a_variation(cast).reference,
        "support challenge": a_challenge(cast).reference,
        "support tie": tie.pk,
        "explain_gap service_type": "transport",
        "finish_risk_action number": an_action(cast, risk).pk,
        "verify_risk_action number": an_action(cast, risk).pk,
    }
