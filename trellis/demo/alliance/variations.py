"""How the demo's contract changed, and what is drafted."""

from decimal import Decimal
from typing import Any

from trellis.contracts.commands import variations as commands
from trellis.demo.alliance.table import AllianceTable, morning
from trellis.demo.names import read
from trellis.demo.simulator import Story


def stories(table: AllianceTable) -> list[Story]:
    """One for each variation of the data."""
    return [_story(table, row) for row in read("variations")["variation"]]


def _story(table: AllianceTable, row: dict[str, Any]) -> Story:
    yield morning(row["drafted_on"])
    found = commands.draft_variation(
        contract=table.contract,
        title=row["title"],
        reason=row["reason"],
        ground=row["ground"],
        clause=row.get("clause", ""),
        effective_on=row["effective_on"],
        values={int(year): Decimal(value) for year, value in row.get("values", {}).items()},
        scope_before=row.get("scope_before", ""),
        scope_after=row.get("scope_after", ""),
        by=table.lead(row["member"]),
    )
    if "carried_on" in row:
        yield morning(row["carried_on"])
        commands.carry_variation(variation=found, note=row["agreed_at"], by=table.staff.contract_manager)
