"""Current support: who is funded today, by whom, with how much."""

from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal

from django.urls import reverse

from trellis.commissioning.models import Commission, FundedBody
from trellis.commissioning.queries import provision as queries
from trellis.core.money import whole_pounds
from trellis.core.periods import FinancialYear
from trellis.decisions.models import Decision
from trellis.decisions.report.facts import Facts, Source, by_name, lacking, listed, named
from trellis.web.words import counted

MANY = {
    FundedBody.Kind.VOLUNTEER_CENTRE: ("volunteer_centres", "volunteer centre", "volunteer centres"),
    FundedBody.Kind.CVS: ("cvs", "council for voluntary service (CVS)", "councils for voluntary service (CVS)"),
    FundedBody.Kind.INDEPENDENT: ("independents", "independent body", "independent bodies"),
}


def facts(decision: Decision, commission: Commission, on: date) -> Facts:
    """The bodies by kind, and the grants by kind and source."""
    found = queries.provision(commission)
    if not found.bodies:
        return lacking("Nobody is named yet who is funded today.", "provision")
    address = reverse(queries.progress(commission).topic, args=[commission.reference])
    source = Source("Current provision", address)
    numbers = Counter(FundedBody.Kind(one.body.kind) for one in found.bodies if one.total)
    kinds = [
        source.figure(MANY[kind][0], str(kind.label), numbers[kind], counted(numbers[kind], *MANY[kind][1:]), "bodies")
        for kind in FundedBody.Kind
        if numbers[kind]
    ]
    year = FinancialYear.of(min(one.body.award_starts_on for one in found.bodies))
    figures = named(
        *kinds,
        source.figure("funded_bodies", "Bodies funded today", len(found.bodies), listed([one.words for one in kinds])),
        source.pounds("grants_total", "Grants of a year", found.total),
        source.figure("grants_year", "Year of the grants", str(year)),
        source.figure("grant_sources", "Where the grants come from", listed(found.sources)),
        source.figure(
            "overlap_cost",
            "Cost of grants once the contract runs",
            found.overlap_cost,
            whole_pounds(found.overlap_cost),
            "pounds",
        ),
    )
    split = Source(source.words, source.address, found.is_illustrative)
    return Facts(figures, by_name(_by_kind(split, found)))


def _by_kind(source: Source, found: queries.Provision):
    """One row a kind: how many, each source, and all."""
    paid: defaultdict[str, Counter] = defaultdict(Counter)
    for one in found.bodies:
        paid[one.kind].update(one.yearly)
    number = Counter(one.kind for one in found.bodies)
    rows = [_row(kind, number[kind], amounts, found.sources) for kind, amounts in paid.items() if amounts]
    everything = sum(paid.values(), Counter())
    rows.append(_row("All", sum(number[kind] for kind, amounts in paid.items() if amounts), everything, found.sources))
    headings = ("Kind", "Bodies", *found.sources, "A year")
    caption, columns = "Grants of a year, by kind of body and source", range(1, len(headings))
    return source.table("grants", caption, headings, rows, numeric=tuple(columns), last_is_total=True)


def _row(kind: str, number: int, amounts: Counter, sources: tuple[str, ...]) -> tuple[str, ...]:
    whole = sum(map(Decimal, amounts.values()), Decimal(0))
    return (kind, f"{number:,}", *(whole_pounds(Decimal(amounts[name])) for name in sources), whole_pounds(whole))
