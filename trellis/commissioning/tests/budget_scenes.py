"""Budget scenarios as far as a test needs them."""

from datetime import date
from decimal import Decimal

from trellis.commissioning.commands import budgets as commands
from trellis.commissioning.models import BudgetScenario, Commission

DECIDED = {
    "baseline": Decimal(615_291),
    "step_down": Decimal(10),
    "years": 3,
    "extensions": 2,
    "start": date(2017, 1, 1),
}


def proposed(cast, commission: Commission) -> BudgetScenario:
    """The budget of decision 16/00051, and a figure that its report quotes."""
    commands.quote_figure(
        commission=commission, source="Report", label="over the life of the contract", amount=Decimal(166_744),
        span="whole", by=cast.carol,
    )  # fmt: skip
    return commands.add_scenario(commission=commission, name="As the report proposes", by=cast.carol, **DECIDED)


def parts_of_addresses(scenario: BudgetScenario) -> dict[str, int]:
    """What stands in the addresses of a budget's pages, for the access matrix."""
    pages = ("scenario", "change_scenario", "propose_scenario", "drop_scenario")
    figure = scenario.commission.quoted_figures.get().pk
    return {**{f"{page} number": scenario.pk for page in pages}, "drop_figure number": figure}
