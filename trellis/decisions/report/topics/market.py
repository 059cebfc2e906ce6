"""What providers said, counted and without their names, as it is published."""

from datetime import date

from django.urls import reverse

from trellis.commissioning.models import Commission
from trellis.commissioning.queries import market as queries
from trellis.decisions.models import Decision
from trellis.decisions.report.facts import Facts, Source, by_name, lacking, listed, named
from trellis.web.words import counted


def facts(decision: Decision, commission: Commission, on: date) -> Facts:
    """How many answered, and which models they prefer."""
    found = queries.as_published(commission, on=on)
    if not found.answered:
        return lacking("No provider has answered yet: ask the market.", "market", "preferences")
    address = reverse(queries.progress(commission).topic, args=[commission.reference])
    source = Source("Market engagement", address, found.is_illustrative)
    providers = source.figure(
        "providers", "Providers who answered", found.answered, counted(found.answered, "provider")
    )
    if not found.preferences:
        return Facts(
            named(providers), {}, {"preferences": "Too few providers have answered for their views to be told."}
        )
    rows = [(listed(one.names, "or"), f"{one.count:,}") for one in found.preferences]
    rows.append(("All who answered", f"{found.answered:,}"))
    table = source.table(
        "preferences", "Which model providers prefer", ("Model", "Providers"), rows, numeric=(1,), last_is_total=True
    )
    return Facts(named(providers), by_name(table, *_said(source, found)))


def _said(source: Source, found: queries.PublishedMarket):
    """What they think of each statement, where enough of them answered."""
    items = [
        (
            one.question.rstrip(" .:"),  # a colon follows it
            "; ".join(f"{listed(count.names, 'or').lower()}: {count.count}" for count in one.counts),
        )
        for one in found.statements
        if one.counts
    ]
    return [source.listing("market_said", "What providers say", items)] if items else []
