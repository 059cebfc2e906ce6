"""A commission with something in each of the four rooms, for the tests of policies, provision, outcomes and market."""

from datetime import date
from decimal import Decimal

from trellis.commissioning.commands import commissions, market, outcomes, policies, provision
from trellis.commissioning.models import (
    Commission,
    Commitment,
    EndingPlan,
    FundedBody,
    FundingSource,
    Indicator,
    Provider,
)

FUNDED_FROM, FUNDED_TO = date(2018, 4, 1), date(2019, 3, 31)


def open_commission(cast) -> Commission:
    return commissions.open_commission(
        title="Support to organisations",
        purpose="Even support.",
        authority=cast.council,
        owner=cast.carol,
        by=cast.carol,
    )


def plan_start(cast, commission: Commission, *, award: date, start: date) -> None:
    for kind, name, day in (("award", "Award", award), ("start", "Start", start)):
        commissions.plan_milestone(commission=commission, kind=kind, name=name, planned_on=day, by=cast.carol)


def name_sources(cast, commission: Commission) -> tuple[FundingSource, FundingSource]:
    care, health = (
        provision.add_funding_source(commission=commission, name=name, by=cast.carol)
        for name in ("Social care", "Public health")
    )
    return care, health


def fund(cast, commission: Commission, name="Ash Vale CVS", *, yearly, **changes) -> FundedBody:
    said = {
        "commission": commission,
        "name": name,
        "kind": "cvs",
        "yearly": {source: Decimal(amount) for source, amount in yearly.items()},
        "districts": [cast.north],
        "award_starts_on": FUNDED_FROM,
        "award_ends_on": FUNDED_TO,
        "by": cast.carol,
    }
    return provision.add_funded_body(**said | changes)


def plan_ending(cast, body: FundedBody, stops_on: date) -> EndingPlan:
    (plan,) = provision.plan_endings(bodies=[body], stops_on=stops_on, by=cast.carol)
    return plan


def promise(cast, commission: Commission, number: int = 1) -> Commitment:
    policy = commission.policies.first() or policies.add_policy(
        commission=commission,
        title="Sector policy",
        adopted_by="The council",
        adopted_on=date(2015, 9, 1),
        by=cast.carol,
    )
    return policies.add_commitment(policy=policy, number=number, text="Review the model.", by=cast.carol)


def set_outcome(cast, commission: Commission) -> Indicator:
    outcome = outcomes.define_outcome(
        code="networks", name="Networks", statement="Groups know one another.", commission=commission, by=cast.carol
    )
    return outcomes.define_indicator(
        outcome=outcome, code="groups-met", name="Groups that met", definition="Groups that came.", unit="groups",
        decimals=0, polarity="higher", by=cast.carol,
    )  # fmt: skip


def ask(cast, commission: Commission, name: str, kind: str = "local") -> Provider:
    return market.add_provider(commission=commission, name=name, kind=kind, by=cast.carol)


def answer(cast, provider: Provider, model=None, **changes) -> None:
    said = {
        "provider": provider,
        "answered_on": date(2018, 6, 1),
        "preferred": model,
        "reasons": "It is fair.",
        "public_reasons": "",
        "stances": {},
        "by": cast.carol,
    }
    market.record_response(**said | changes)


def at_every_address(cast, commission: Commission) -> dict[str, object]:
    """Something at every address of the four rooms, for the test of who may reach what."""
    commitment = promise(cast, commission)
    other = {"commission": commission, "by": cast.carol}
    comparator = policies.add_comparator(authority="Another council", model="Framework", learnt="Few.", **other)
    co_designer = policies.add_co_designer(name="Network", met_on=date(2018, 6, 1), changed="Villages.", **other)
    source, _health = name_sources(cast, commission)
    body = fund(cast, commission, yearly={source: "36500.00"})
    plan = plan_ending(cast, body, date(2018, 10, 1))
    indicator = set_outcome(cast, commission)
    model = market.add_market_model(name="Alliance", **other)
    question = market.add_market_question(text="It must serve people.", **other)
    provider = ask(cast, commission, "Copper Beech Advice")
    event = market.add_market_event(name="Day", held_on=date(2018, 6, 1), note="All came.", providers=[], **other)
    numbers = {
        "policy": commitment.policy, "drop_policy": commitment.policy, "add_commitment": commitment.policy,
        "commitment": commitment, "drop_commitment": commitment, "link_findings": commitment, "comparator": comparator,
        "drop_comparator": comparator, "co_designer": co_designer, "drop_co_designer": co_designer,
        "drop_funding_source": source, "funded_body": body, "drop_funded_body": body, "plan_ending": body,
        "drop_ending": body, "draft_letter": body, "draft_letter_pdf": body, "drop_market_model": model,
        "drop_market_question": question, "provider": provider, "drop_provider": provider,
        "record_response": provider, "market_event": event, "drop_market_event": event, "serve_notice": plan,
        "withdraw_notice": plan, "grant_letter": plan, "grant_letter_pdf": plan,
    }  # fmt: skip
    codes = {
        **dict.fromkeys(("outcome", "drop_outcome", "cite_commitments", "add_indicator"), indicator.outcome.pk),
        **dict.fromkeys(("indicator", "drop_indicator"), indicator.pk),
    }
    found: dict[str, object] = {f"{name} number": row.pk for name, row in numbers.items()}
    return found | {f"{name} code": code for name, code in codes.items()}
