"""The budget of the demo's commission: three scenarios, and what the report quotes."""

from decimal import Decimal

from trellis.accounts.models import User
from trellis.commissioning.commands import budgets as commands
from trellis.commissioning.models import Commission
from trellis.demo.decide import on
from trellis.demo.names import read


def set_budget(commission: Commission, officer: User) -> None:
    """Keep the scenarios, the proposed one first, and write down the figures that the report quotes."""
    story = read("budgets")
    with on(story["set_on"]):
        for row in story["scenario"]:
            amounts = {name: Decimal(row[name]) for name in ("baseline", "step_down")}
            commands.add_scenario(commission=commission, by=officer, **(row | amounts))
        for row in story["quoted"]:
            commands.quote_figure(commission=commission, by=officer, **(row | {"amount": Decimal(row["amount"])}))
