"""The indicators again, slowly and obviously: what the expressions must agree with."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from functools import partial
from statistics import median
from typing import NamedTuple


class Fact(NamedTuple):
    id: int
    kind: str
    occurred_on: date
    organisation: int | None
    district: str | None
    quantity: Decimal | None
    corrects: int | None = None
    retracts: bool = False


def standing(facts):
    corrected = {fact.corrects for fact in facts}
    return [fact for fact in facts if fact.id not in corrected and not fact.retracts]


def areas(facts):
    """The whole area under None, and each district under its code."""
    found = defaultdict(list)
    found[None] = []
    for fact in facts:
        found[None].append(fact)
        if fact.district is not None:
            found[fact.district].append(fact)
    return found


def of_kind(facts, kind, starts_on, ends_on):
    return [fact for fact in standing(facts) if fact.kind == kind and starts_on <= fact.occurred_on <= ends_on]


def under_the_limit(kind, facts, starts_on, ends_on, limits, fewest_cases):
    answer = {}
    for area, reached in areas(of_kind(facts, kind, starts_on, ends_on)).items():
        known, everyone, eligible = set(), set(), set()
        for fact in reached:
            if fact.organisation is None:
                continue
            everyone.add(fact.organisation)
            if fact.quantity is not None:
                known.add(fact.organisation)
                if fact.quantity < limits[fact.occurred_on]:
                    eligible.add(fact.organisation)
        answer[area] = (len(eligible), len(everyone), len(everyone - known))
    return answer


def days_to_first_contact(facts, starts_on, ends_on, limits, fewest_cases):
    answer = {}
    for area, contacts in areas(of_kind(facts, "support.first_contact", starts_on, ends_on)).items():
        days = [fact.quantity for fact in contacts if fact.quantity is not None]
        answer[area] = (median(days) if days else None, len(days), len(contacts) - len(days))
    return answer


def contact_consistency(facts, starts_on, ends_on, limits, fewest_cases):
    medians = days_to_first_contact(facts, starts_on, ends_on, limits, fewest_cases)
    middle, counted, unknown = medians.pop(None)
    values = [value for value, cases, _ in medians.values() if cases >= fewest_cases]
    spread = max(values) - min(values) if len(values) >= 2 else None
    apart = {
        area: (value - middle if cases >= fewest_cases else None, cases, more)
        for area, (value, cases, more) in medians.items()
    }
    return apart | {None: (spread, counted, unknown)}


TWINS = {
    "eligible-organisations-reached": partial(under_the_limit, "support.organisation_reached"),
    "days-to-first-contact": days_to_first_contact,
    "contact-consistency": contact_consistency,
    "organisations-helped-with-volunteering": partial(under_the_limit, "support.volunteering_helped"),
    "organisations-helped-to-network": partial(under_the_limit, "support.networking_helped"),
}
