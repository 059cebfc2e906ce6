"""Whom the council of the demo funded, and how it ended that."""

from decimal import Decimal
from typing import Any

from trellis.accounts.models import User
from trellis.commissioning.commands import provision as commands
from trellis.commissioning.models import Commission, FundedBody, FundingSource
from trellis.commissioning.queries import provision as queries
from trellis.contracts import commands as contracts
from trellis.contracts.models import Contract
from trellis.demo.decide import on
from trellis.demo.names import read
from trellis.places.models import District

Story = dict[str, Any]


def map_provision(commission: Commission, officer: User) -> None:
    """Set down who is funded, by whom and where; then plan when that ends."""
    story = read("provision")
    districts = {district.code: district for district in District.objects.all()}
    with on(story["mapped_on"]):
        sources = [
            commands.add_funding_source(commission=commission, name=name, by=officer) for name in story["sources"]
        ]
        bodies = [_fund(commission, row, story, sources, districts, officer) for row in story["body"]]
    with on(story["planned_on"]):
        commands.plan_endings(bodies=bodies, stops_on=story["stops_on"], by=officer)


def end_grants(contract: Contract, commission: Commission, manager: User) -> None:
    """Sign the award, and serve notice on every grant that the contract takes the place of."""
    story = read("provision")
    with on(story["signed_on"]):
        contracts.sign_award(contract=contract, signed_on=story["signed_on"], by=manager)
    with on(story["served_on"]):
        for plan in queries.ending_plans(commission):
            contracts.serve_notice(grant_plan=plan, contract=contract, served_on=story["served_on"], by=manager)


def _fund(
    commission: Commission,
    row: Story,
    story: Story,
    sources: list[FundingSource],
    districts: dict[str, District],
    officer: User,
) -> FundedBody:
    return commands.add_funded_body(
        commission=commission,
        name=row["name"],
        kind=row["kind"],
        yearly={source: Decimal(amount) for source, amount in zip(sources, row["yearly"], strict=True)},
        districts=[districts[code] for code in row["districts"]],
        award_starts_on=story["award_starts_on"],
        award_ends_on=story["award_ends_on"],
        notice_months=row.get("notice_months"),
        terms=row.get("terms", ""),
        is_illustrative=True,
        by=officer,
    )
