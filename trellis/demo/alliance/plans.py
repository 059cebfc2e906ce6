"""How the demo's contract was begun, and how it is to end."""

from typing import Any

from trellis.contracts.commands import plans as commands
from trellis.demo.alliance.table import AllianceTable, morning
from trellis.demo.names import read
from trellis.demo.simulator import Story


def stories(table: AllianceTable) -> list[Story]:
    """One for each plan of the data."""
    return [_story(table, row) for row in read("plans")["plan"]]


def _story(table: AllianceTable, row: dict[str, Any]) -> Story:
    yield morning(row["made_on"])
    plan = commands.make_plan(contract=table.contract, kind=row["kind"], by=table.staff.contract_manager)
    for step in row.get("step", []):
        yield morning(step["on"])
        task = plan.tasks.get(code=step["task"])
        commands.set_task(
            task=task,
            status=step["status"],
            note=step.get("note", ""),
            owner=table.member(step["owner"]) if "owner" in step else task.owner,
            by=table.lead(step.get("owner", "council")),
        )
