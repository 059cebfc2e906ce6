"""Where the demo's partners are, face to face, and how it went."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from trellis.contracts.commands import presence as commands
from trellis.contracts.rules.presence import months
from trellis.core import working_days
from trellis.core.periods import add_months
from trellis.demo.alliance.table import AllianceTable, morning
from trellis.demo.names import read
from trellis.demo.simulator import Story

RECORDED_AFTER = 3  # working days


def stories(table: AllianceTable) -> list[Story]:
    """The promises and the plan, and one story of months for each partner."""
    data = read("presence")
    return [_agreed(table, data), *(_months(table, row) for row in data["promise"])]


def _agreed(table: AllianceTable, data: dict[str, Any]) -> Story:
    contract, manager = table.contract, table.staff.contract_manager
    yield morning(contract.starts_on)
    for row in data["promise"]:
        for district, hours, days in row["where"]:
            commands.promise_presence(
                partner=table.partners[row["partner"]],
                district=table.districts[district],
                hours=Decimal(hours),
                days=days,
                starts_on=contract.starts_on,
                by=manager,
            )
    fractions = {int(year): Decimal(part) for year, part in data["dependence"].items()}
    commands.plan_dependence(contract=contract, fractions=fractions, by=manager)


def _months(table: AllianceTable, row: dict[str, Any]) -> Story:
    random = Random(row["partner"])  # noqa: S311 # nosec B311 nothing secret is drawn from it
    contract = table.contract
    for month in months(contract.starts_on, contract.ends_on):
        yield morning(working_days.add(add_months(month, 1), RECORDED_AFTER).on)
        presences = dict(_there(table, row, month, random))
        is_short = any(
            hours < Decimal(promised)
            for (hours, _days), (_district, promised, _) in zip(presences.values(), row["where"], strict=True)
        )
        commands.record_presence(
            partner=table.partners[row["partner"]],
            month=month,
            presences=presences,
            note=row["why_short"] if is_short else "",
            by=table.lead(row["partner"]),
        )


def _there(table: AllianceTable, row: dict[str, Any], month: date, random: Random) -> Iterator[tuple]:
    """A little more or less than promised, and less in August."""
    for district, hours, days in row["where"]:
        part = random.uniform(*row["kept"]) * (0.7 if month.month == 8 else 1)
        yield table.districts[district], (round(Decimal(hours) * Decimal(part), 1), max(1, round(days * part)))
