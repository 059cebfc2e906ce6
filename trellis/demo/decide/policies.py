"""What the council of the demo had committed itself to, learnt elsewhere, and wanted to be different."""

from decimal import Decimal
from typing import Any

from trellis.accounts.models import User
from trellis.commissioning.commands import outcomes
from trellis.commissioning.commands import policies as commands
from trellis.commissioning.commands.outcomes import MeasureLine
from trellis.commissioning.models import Commission, Commitment, Indicator, Outcome
from trellis.demo.decide import on
from trellis.demo.names import read

Story = dict[str, Any]


def hold_policies(commission: Commission, officer: User) -> None:
    """Name the policies, compare, design the outcomes with the market, and say from where to where; each on its day."""
    story = read("policies")
    with on(story["held_on"]):
        outcomes.adopt_outcomes(commission=commission, outcomes=list(Outcome.objects.all()), by=officer)
        _name_policies(commission, story, officer)
    with on(story["compared_on"]):
        for row in story["comparator"]:
            commands.add_comparator(commission=commission, **row, is_illustrative=True, by=officer)
    with on(story["designed_on"]):
        for row in story["co_designer"]:
            commands.add_co_designer(commission=commission, **row, is_illustrative=True, by=officer)
    with on(story["measured_on"]):
        lines = [_line(row) for row in story["measure"]]
        outcomes.set_measures(commission=commission, lines=lines, by=officer)


def _name_policies(commission: Commission, story: Story, officer: User) -> None:
    """Every policy with its commitments, and which outcomes follow from them."""
    cited: dict[str, list[Commitment]] = {}
    for row in story["policy"]:
        said = {name: row[name] for name in ("title", "adopted_by", "link")}
        policy = commands.add_policy(commission=commission, **said, by=officer)
        for one in row["commitment"]:
            made = commands.add_commitment(policy=policy, number=one["number"], text=one["text"], by=officer)
            for code in one["outcomes"]:
                cited.setdefault(code, []).append(made)
    for code, commitments in cited.items():
        outcome = commission.outcomes.get(code=code)
        commands.cite_commitments(outcome=outcome, commitments=commitments, by=officer)


def _line(row: Story) -> MeasureLine:
    figures = {name: Decimal(row[name]) for name in ("before", "target", "floor")}
    return MeasureLine(
        key=row["indicator"],
        indicator=Indicator.objects.get(code=row["indicator"]),
        measure=None,
        name=row["name"],
        source=row["source"],
        **figures,
    )
