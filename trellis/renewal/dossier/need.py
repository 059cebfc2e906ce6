"""What is asked for and what is not met: requests by district and topic, and how many organisations are reached."""

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

from django.urls import reverse

from trellis.decisions.report.facts import Facts, Source, by_name, lacking, named
from trellis.evidence import queries as evidence
from trellis.organisations import queries as organisations
from trellis.places import queries as places
from trellis.places.models import District
from trellis.renewal.dossier.basis import Basis
from trellis.support.demand_queries import Demand, demands
from trellis.web.words import counted, day

REACHED = "support.organisation_reached"
TENTH = Decimal("0.1")


def facts(basis: Basis) -> Facts:
    """To the end of the last final quarter."""
    if basis.quarter is None:
        return lacking("No quarter’s report is final yet, so nothing is counted of need.", "need")
    found = demands(basis.contract, basis.to)
    if not found.whole.asked:
        return lacking(f"Nobody had asked for support by {day(basis.to)}.", "need")
    source = Source(f"Requests for support to {day(basis.to)}", reverse("cases"))
    figures = named(
        source.figure("asked", "Requests over the term", found.whole.asked, counted(found.whole.asked, "request")),
        source.figure("unmet", "Needs not met, or not yet", found.whole.unmet, f"{found.whole.unmet:,}"),
        source.figure("counted_to", "Requests are counted to", day(basis.to)),
    )
    reach, reach_figures = _reach(basis)
    return Facts(
        figures | reach_figures,
        by_name(
            _legend(source),
            _table(source, "need_topics", "What was asked for", "Topic", (*found.by_topic, found.whole)),
            _table(source, "need_districts", "Where it was asked for", "District", (*found.by_district, found.whole)),
            reach,
        ),
    )


def _legend(source: Source):
    """What the heads of the columns mean."""
    words = [
        ("Moved on", "somebody better placed took it on"),
        ("Ended", "the organisation no longer wanted the help"),
        ("Not met", "the need was not met, or only partly"),
        ("Waits", "not finished by that day"),
    ]
    return source.listing("need_legend", "What the columns mean", words)


def _table(source: Source, name: str, caption: str, head: str, rows: tuple[Demand, ...]):
    headings = (head, "Asked", "Met", "Moved on", "Ended", "Not met", "Waits")
    shown = []
    for one in rows:
        numbers = (one.asked, one.met, one.elsewhere, one.withdrawn, one.partly + one.not_met, one.waiting)
        shown.append((one.name, *(f"{number:,}" for number in numbers)))
    return source.table(name, caption, headings, shown, numeric=range(1, len(headings)), last_is_total=True)


def _reach(basis: Basis):
    """Organisations reached, each counted once, against those on the register by the same day."""
    reached, everywhere = _reached(basis)
    listed = organisations.numbers_by_district(basis.to)
    districts = [one for one in places.districts_served() if one.pk in listed or one.pk in reached]
    rows = [_row(one, len(reached[one.pk]), listed.get(one.pk, 0)) for one in districts]
    total = sum(listed.get(one.pk, 0) for one in districts)
    rows.append(("All districts", f"{len(everywhere):,}", f"{total:,}", per_thousand(len(everywhere), total)))
    source = Source(f"Evidence to {day(basis.to)}, each organisation counted once, and the register")
    headings = ("District", "Organisations reached", "On the register", "Reached for every 1,000")
    table = source.table(
        "need_reach", "How many organisations are reached", headings, rows, numeric=(1, 2, 3), last_is_total=True
    )
    figures = named(
        source.figure("reached", "Organisations reached", len(everywhere), counted(len(everywhere), "organisation")),
        source.figure("reached_rate", "Reached for every 1,000", per_thousand(len(everywhere), total)),
    )
    return table, figures


def _reached(basis: Basis) -> tuple[defaultdict[str | None, set[int]], set[int]]:
    """The organisations that help has reached, by district, and all of them."""
    rows = evidence.facts_behind(
        contract=basis.contract.reference,
        kind=REACHED,
        starts_on=basis.contract.starts_on,
        ends_on=basis.to,
        up_to=basis.evidence_up_to,
    ).values_list("district", "organisation")
    by_district: defaultdict[str | None, set[int]] = defaultdict(set)
    everywhere = set()
    for district, organisation in rows:
        by_district[district].add(organisation)
        everywhere.add(organisation)
    return by_district, everywhere


def _row(district: District, reached: int, listed: int) -> tuple[str, str, str, str]:
    return district.name, f"{reached:,}", f"{listed:,}", per_thousand(reached, listed)


def per_thousand(part: int, whole: int) -> str:
    """3 of 40 is 75.0 for every 1,000; “not known” where the whole is nothing."""
    if not whole:
        return "not known"
    return f"{(Decimal(1000 * part) / whole).quantize(TENTH, rounding=ROUND_HALF_UP):,}"
