"""The risks of the demo's alliance: raised, looked at, acted on, a few closed."""

from typing import Any

from trellis.contracts.commands import risks as commands
from trellis.contracts.models import Risk
from trellis.demo.alliance.table import AllianceTable, morning
from trellis.demo.names import read
from trellis.demo.simulator import Story

SAID = ("kind", "title", "causes", "effects", "controls", "review_on")
SCORES = ("likelihood_before", "impact_before", "likelihood_after", "impact_after")


def stories(table: AllianceTable) -> list[Story]:
    """One for each entry of the data."""
    return [_story(table, row) for row in read("risks")["risk"]]


def _story(table: AllianceTable, row: dict[str, Any]) -> Story:
    yield morning(row["on"])
    risk = commands.raise_risk(
        contract=table.contract,
        owner=table.member(row["owner"]),
        by=table.lead(row["owner"]),
        **{name: row[name] for name in SAID},
        **dict(zip(SCORES, row["scores"], strict=True)),
    )
    for action in row.get("action", []):
        yield from _acted_on(table, action, risk)
    for review in row.get("review", []):
        yield morning(review["on"])
        commands.review_risk(
            risk=risk,
            likelihood=review["scores"][0],
            impact=review["scores"][1],
            note=review["note"],
            review_on=review["next"],
            by=table.lead(row["owner"]),
        )
    if "closed_on" in row:
        yield morning(row["closed_on"])
        commands.close_risk(risk=risk, lessons=row["lessons"], by=table.lead(row["owner"]))


def _acted_on(table: AllianceTable, row: dict[str, Any], risk: Risk) -> Story:
    yield morning(row["on"])
    lead = table.lead(row["owner"])
    action = commands.add_action(
        risk=risk, what=row["what"], owner=table.member(row["owner"]), due_on=row["due_on"], by=lead
    )
    if "done_on" in row:
        yield morning(row["done_on"])
        commands.finish_action(action=action, how=row["how"], by=lead)
    if "verified_on" in row:
        yield morning(row["verified_on"])
        commands.verify_action(action=action, by=table.lead(row["verified_by"]))
