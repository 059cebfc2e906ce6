"""Whom the demo's partners brought in."""

from decimal import Decimal
from typing import Any

from trellis.contracts.commands import subcontracts as commands
from trellis.contracts.models import Subcontract
from trellis.contracts.queries import subcontracts as queries
from trellis.demo.alliance.table import AllianceTable, a_small_body, morning
from trellis.demo.names import read
from trellis.demo.simulator import Story
from trellis.organisations.models import Organisation


def stories(table: AllianceTable) -> list[Story]:
    """One for each subcontract of the data."""
    return [_story(table, row) for row in read("subcontracts")["subcontract"]]


def _story(table: AllianceTable, row: dict[str, Any]) -> Story:
    lead = table.lead(row["partner"])
    yield morning(row["proposed_on"])
    body = a_small_body(row["districts"][0], row["service_type"], row["most_income"])
    if body is None:
        return
    found = _propose(table, row, body)
    if "checked_on" not in row:
        return
    yield morning(row["checked_on"])
    answers = {code: (row["answers"].get(code, "yes"), "") for code in queries.due_diligence(found)}
    commands.answer_checks(subcontract=found, answers=answers, by=lead)
    commands.check_subcontract(subcontract=found, by=lead)
    yield from _agree_and_run(table, row, found)


def _propose(table: AllianceTable, row: dict[str, Any], body: Organisation) -> Subcontract:
    return commands.propose_subcontract(
        partner=table.partners[row["partner"]],
        organisation=body,
        services=row["services"],
        districts=[table.districts[code] for code in row["districts"]],
        value=Decimal(row["value"]),
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        days_to_pay=row["days_to_pay"],
        terms_passed_on=True,
        by=table.lead(row["partner"]),
    )


def _agree_and_run(table: AllianceTable, row: dict[str, Any], found: Subcontract) -> Story:
    if "agreed_on" in row:
        yield morning(row["agreed_on"])
        commands.agree_subcontract(subcontract=found, note=row["agreed_at"], by=table.staff.contract_manager)
        yield morning(row["starts_on"])
        commands.start_subcontract(subcontract=found, by=table.lead(row["partner"]))
    if "ended_on" in row:
        yield morning(row["ended_on"])
        commands.end_subcontract(
            subcontract=found, ended_on=row["ended_on"], note=row["came_of_it"], by=table.lead(row["partner"])
        )
