"""What providers told the council of the demo, and what everybody may read of it. All of it is illustrative."""

from trellis.accounts.models import User
from trellis.commissioning.commands import market as commands
from trellis.commissioning.models import Commission
from trellis.demo.decide import on
from trellis.demo.names import read


def engage_market(commission: Commission, officer: User) -> None:
    """Ask, meet, keep what they say, and publish it without names; each on its day."""
    story = read("market")
    with on(story["asked_on"]):
        models = {
            name: commands.add_market_model(commission=commission, name=name, by=officer) for name in story["models"]
        }
        questions = [
            commands.add_market_question(commission=commission, text=text, by=officer) for text in story["statements"]
        ]
        providers = [
            commands.add_provider(
                commission=commission, name=row["name"], kind=row["kind"], is_illustrative=True, by=officer
            )
            for row in story["provider"]
        ]
    for row in story["event"]:
        came = [provider for provider in providers if provider.kind in row["from"]]
        said = {name: row[name] for name in ("name", "held_on", "note")}
        with on(row["held_on"]):
            commands.add_market_event(commission=commission, providers=came, **said, by=officer)
    for provider, row in zip(providers, story["provider"], strict=True):
        with on(row["answered_on"]):
            commands.record_response(
                provider=provider,
                answered_on=row["answered_on"],
                preferred=models.get(row["preferred"]),
                reasons=row["reasons"],
                public_reasons=row["public_reasons"],
                stances=dict(zip(questions, row["stances"], strict=True)),
                by=officer,
            )
    with on(story["published_on"]):
        commands.publish_market(commission=commission, by=officer)
