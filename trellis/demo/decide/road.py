"""The whole road of the demo's council, from what people say is wrong to a decision that stands."""

from decimal import Decimal
from random import Random
from typing import Any

from trellis.accounts.models import User
from trellis.commissioning.commands import commissions
from trellis.commissioning.models import Commission
from trellis.commissioning.queries import commissions as queries
from trellis.contracts.models import Contract
from trellis.decisions.commands import stages
from trellis.demo.decide import appraisal, budgets, decision, equality, findings, market, on, policies, provision
from trellis.demo.decide.report import write_report
from trellis.demo.names import read
from trellis.organisations.models import Organisation


def decide(council: Organisation, officers: dict[str, User], random: Random) -> Commission:
    """Open the commission, find out, appraise, and take it to its decision; each step on its day.

    `officers` are the council's people by the code of their role; `random` is the demo's own, so that each load is the
    same.
    """
    story, officer = read("commission"), officers["commissioning-officer"]
    commission = _open(council, officer, story)
    consultation = findings.consult(commission, officer, random)
    policies.hold_policies(commission, officer)
    market.engage_market(commission, officer)
    provision.map_provision(commission, officer)
    budgets.set_budget(commission, officer)
    _appraise(commission, officers)
    equality.assess_equality(commission, officer)
    clerk = officers["democratic-services"]
    decision.decide(commission, officers, write_report=lambda one: write_report(one, officer, clerk))
    findings.tell(consultation, officer)
    _move_on(commission, officer, story)
    return commission


def follow_up(commission: Commission, contract: Contract, officers: dict[str, User]) -> None:
    """What came of it: the grants end for the contract, the condition is met, the action plan is followed."""
    provision.end_grants(contract, commission, officers["contract-manager"])
    decision.follow_up(commission.decisions.get(), officers)
    equality.follow_up(commission, officers["commissioning-officer"])


def _appraise(commission: Commission, officers: dict[str, User]) -> None:
    proposed = read("budgets")["scenario"][0]
    baseline, step_down = Decimal(proposed["baseline"]), Decimal(proposed["step_down"])
    appraisal.appraise(commission, officers, baseline=baseline, step_down=step_down)


def _open(council: Organisation, officer: User, story: dict[str, Any]) -> Commission:
    with on(story["opened_on"]):
        commission = commissions.open_commission(
            title=story["title"], purpose=story["purpose"], authority=council, owner=officer, by=officer
        )
        for row in story["milestone"]:
            commissions.plan_milestone(commission=commission, **row, by=officer)
    return commission


def _move_on(commission: Commission, officer: User, story: dict[str, Any]) -> None:
    """The stages that it came to, and the dates of the timetable as they came."""
    for row in story["stage"]:
        with on(row["came_on"]):
            stages.move_to_stage(commission=commission, stage=row["stage"], by=officer)
    for row in story["happened"]:
        with on(row["on"]):
            milestone = queries.milestones(commission).get(kind=row["kind"])
            commissions.reach_milestone(milestone=milestone, happened_on=row["on"], by=officer)
