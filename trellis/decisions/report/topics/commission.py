"""The commission: what it is for, its timetable, and the sector that it is about."""

from datetime import date

from django.urls import reverse

from trellis.commissioning.models import Commission
from trellis.commissioning.queries import commissions
from trellis.core import rulebook
from trellis.decisions.models import Decision
from trellis.decisions.report.facts import Facts, Source, by_name, named
from trellis.organisations import queries as organisations
from trellis.web.words import day

DATES = {"procurement": "procurement_opens", "award": "award_on", "start": "contract_start"}
LIMIT = "support.income_limit"


def facts(decision: Decision, commission: Commission, on: date) -> Facts:
    """Purpose, sector and timetable."""
    source = Source("The commission", reverse("commission", args=[commission.reference]))
    timetable = list(commissions.milestones(commission))
    dates = [source.on(DATES[row.kind], row.name, row.planned_on) for row in timetable if row.kind in DATES]
    figures = named(
        source.figure("commission", "Commission", commission.title),
        source.figure("purpose", "Purpose", commission.purpose),
        *dates,
        *_sector(on),
    )
    if not dates:
        return Facts(figures, {}, {"timetable": "The commission has no timetable yet."})
    rows = [(row.name, day(row.planned_on)) for row in timetable]
    return Facts(figures, by_name(source.table("timetable", "Timetable", ("What", "Planned for"), rows)))


def _sector(on: date):
    """How many organisations there are, to the nearest hundred, and for which of them support is meant."""
    register = Source("The register of organisations", reverse("directory"))
    number = organisations.number_listed()
    rounded = round(number, -2) if number >= 1000 else number
    yield register.figure("sector_size", "Organisations in the area", rounded, f"{rounded:,}", "organisations")
    limit = rulebook.parameter(LIMIT, on=max(on, rulebook.book()[LIMIT][0].effective_from))
    book = Source(f"The rulebook: {limit.source}", reverse("rulebook"))
    yield book.pounds("income_limit", "Income under which support is meant for an organisation", limit.value)
