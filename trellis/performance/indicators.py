"""The indicators as pure Ibis expressions over evidence: one function each, named in MEASURES by the indicator's code.

Each takes the facts that stand (see `standing`) for one contract and one period, and gives a table with one row for
the whole area (`district` empty) and one for each district: `district`, `value`, `counted` (what the value rests on)
and `unknown` (what could not be counted). The same expressions run on DuckDB and on Spark.
"""

from collections.abc import Callable
from dataclasses import dataclass

import ibis
from ibis import _
from ibis.expr.types import Table

FACTS = ibis.schema(
    {
        "id": "int64",
        "kind": "string",
        "occurred_on": "date",
        "organisation": "int64",
        "district": "string",
        "quantity": "decimal(14, 2)",
        "corrects": "int64",
        "retracts": "boolean",
    }
)
PERIOD = ibis.schema({"starts_on": "date", "ends_on": "date"})
LIMITS = ibis.schema({"on": "date", "income_limit": "decimal(14, 2)"})


@dataclass(frozen=True)
class Terms:
    """What the rulebook says: the income limit in force on each day, in pounds, and the fewest cases to compare."""

    limits: Table
    fewest_cases: int


def standing(evidence: Table) -> Table:
    """The facts that stand: not corrected by a later one, and not retracted."""
    corrections = evidence.filter(_.corrects.notnull()).select(corrected=_.corrects)
    return evidence.anti_join(corrections, evidence.id == corrections.corrected).filter(~_.retracts)


def within(facts: Table, period: Table) -> Table:
    """The facts that occurred from the first day to the last, both included, of a period that is a table of one row."""
    begun, not_over = facts.occurred_on >= period.starts_on, facts.occurred_on <= period.ends_on
    return facts.semi_join(period, [begun, not_over])


def by_area(facts: Table, **measures) -> Table:
    """The same measures over everything and over each district, as one table."""
    whole = facts.aggregate(**measures).mutate(district=ibis.null("string"))
    districts = facts.filter(_.district.notnull()).group_by("district").aggregate(**measures)
    columns = ["district", *measures]
    return whole.select(columns).union(districts.select(columns))


def eligible_organisations_reached(facts: Table, terms: Terms) -> Table:
    """Organisations reached whose income is under the limit, each counted once however many partners reached it.

    The limit is that of the day on which the organisation was reached. One reached more than once counts as eligible
    if its income was under the limit at any of those times; it is unknown only if it was unknown each time.
    """
    return _organisations_under_the_limit(facts, "support.organisation_reached", terms)


def organisations_helped_with_volunteering(facts: Table, terms: Terms) -> Table:
    """The same of those that were helped to find and keep volunteers or trustees, or to check them."""
    return _organisations_under_the_limit(facts, "support.volunteering_helped", terms)


def organisations_helped_to_network(facts: Table, terms: Terms) -> Table:
    """The same of those that were helped to meet others and to know what goes on."""
    return _organisations_under_the_limit(facts, "support.networking_helped", terms)


def _organisations_under_the_limit(facts: Table, kind: str, terms: Terms) -> Table:
    reached = facts.filter(_.kind == kind)
    dated = reached.left_join(terms.limits, reached.occurred_on == terms.limits.on)
    return by_area(
        dated,
        value=_.organisation.nunique(where=_.quantity < _.income_limit).cast("float64"),
        counted=_.organisation.nunique(),
        unknown=_.organisation.nunique() - _.organisation.nunique(where=_.quantity.notnull()),
    )


def days_to_first_contact(facts: Table, terms: Terms) -> Table:
    """Working days from request to first contact: the median.

    The median and not the mean: one case that was lost for a month must not hide that most were answered in a day,
    nor many quick ones hide it (the consistency between districts and the evidence rows show it).
    """
    return by_area(
        facts.filter(_.kind == "support.first_contact").mutate(days=_.quantity.cast("float64")),
        value=_.days.median(),
        counted=_.days.count(),
        unknown=_.count() - _.days.count(),
    )


def contact_consistency(facts: Table, terms: Terms) -> Table:
    """How far apart the districts are: the longest median wait less the shortest, in working days.

    A district's own row is its median less the whole area's. Districts with fewer cases than the rulebook's fewest have
    no value, because a median of a few cases is chance; with fewer than two left there is nothing to compare.
    """
    medians = days_to_first_contact(facts, terms)
    whole = medians.filter(_.district.isnull()).select(middle=_.value, all_counted=_.counted, all_unknown=_.unknown)
    districts = medians.filter(_.district.notnull())
    enough = districts.counted >= terms.fewest_cases
    compared = districts.mutate(compared=ibis.ifelse(enough, _.value, ibis.null("float64")))
    spread = compared.aggregate(
        value=ibis.ifelse(_.compared.count() >= 2, _.compared.max() - _.compared.min(), ibis.null("float64"))
    ).cross_join(whole)
    apart = compared.cross_join(whole).mutate(value=_.compared - _.middle)
    columns = ["district", "value", "counted", "unknown"]
    return (
        spread.select(district=ibis.null("string"), value=_.value, counted=_.all_counted, unknown=_.all_unknown)
        .union(apart.select(columns))
        .select(columns)
    )


MEASURES: dict[str, Callable[[Table, Terms], Table]] = {
    "eligible-organisations-reached": eligible_organisations_reached,
    "days-to-first-contact": days_to_first_contact,
    "contact-consistency": contact_consistency,
    "organisations-helped-with-volunteering": organisations_helped_with_volunteering,
    "organisations-helped-to-network": organisations_helped_to_network,
}
