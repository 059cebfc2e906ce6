"""Two or more records side by side, and what speaks for and against their being the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import log2
from typing import Any

from django.utils.dateparse import parse_date

from trellis.core.money import whole_pounds
from trellis.organisations import families, queries
from trellis.organisations.models import Organisation
from trellis.organisations.rules.survivorship import GROUPS, Own
from trellis.places import queries as places
from trellis.web.charts import Bar, WaterfallChart
from trellis.web.words import day

SIDE_BY_SIDE = ("name", "postcode", "phone", "email", "website", "activities", "latest_income", "status")
HEADINGS = {
    "name": "Name", "legal_form": "Legal form", "status": "Status", "postcode": "Where", "website": "Website",
    "email": "Email", "phone": "Telephone", "activities": "What it does", "latest_income": "Latest income",
    "registered_on": "Registered",
}  # fmt: skip
OTHERS = "Their other records, and those of what was merged into them"
HARDLY = 0.2  # a weight below this changes nobody's mind


@dataclass(frozen=True)
class Compared:
    """A line of the comparison: a field, what each says there, and how that compares, as a tag."""

    heading: str
    values: list[str]
    tag: tuple[str, str]


def compared(one: Organisation, other: Organisation) -> list[Compared]:
    """What two organisations that stand say, line by line; those where neither says anything are left out."""
    rows, districts = families.rows([one.pk, other.pk]), places.district_names()
    pair = [rows[one.pk], rows[other.pk]]
    lines = [(HEADINGS[group], [value_of(each, group, districts) for each in pair]) for group in SIDE_BY_SIDE]
    beside = [queries.surroundings(each) for each in (one, other)]
    lines.insert(1, ("Other names", ["; ".join(sorted(name for name, _ in each.names)) for each in beside]))
    lines.insert(2, ("Numbers", ["; ".join(map(str, each.identifiers)) for each in beside]))
    lines.append(("Services", ["; ".join(kind.name for kind in each.service_types) for each in beside]))
    tags = {HEADINGS["postcode"]: _tag_of_places(pair)}
    return [Compared(heading, values, tags.get(heading) or _tag(values)) for heading, values in lines if any(values)]


def value_of(own: Own, group: str, districts: Mapping[str, str]) -> str:
    """What a record says in a field, in words. `districts`: their names, by code."""
    held = own.values
    if group == "postcode":
        place = districts.get(held["district_id"], "") + (" (best guess)" if held["district_is_guess"] else "")
        return ", ".join(part for part in (held["address"], held["postcode"], place) if part)
    if group == "latest_income":
        if held["latest_income"] is None:
            return ""
        ends_on = parse_date(held["latest_year_end"] or "")
        return whole_pounds(Decimal(held["latest_income"]) / 100) + (f", year to {day(ends_on)}" if ends_on else "")
    if group == "status":
        return Organisation.Status(held["status"]).label
    if group == "legal_form":
        return Organisation.LegalForm(held["legal_form"]).label if own.has(group) else ""
    if group == "registered_on":
        since = parse_date(held["registered_on"] or "")
        return day(since) if since else ""
    return str(held[GROUPS[group][0]])


def waterfall(
    evidence: Sequence[Mapping[str, Any]], probability: float, chance: float | None = None
) -> WaterfallChart | None:
    """What each reason adds or takes away, from what is so of any two to what is so of these. None without reasons.

    `chance`, where it is not the probability that these reasons give: with what their other records say.
    """
    if not evidence:
        return None
    chance = probability if chance is None else chance
    start = _log_odds(probability) - sum(each["weight"] for each in evidence)
    bars = [Bar("Any two organisations", start, factor_words(start))]
    bars += [Bar(each["words"], each["weight"], factor_words(each["weight"])) for each in evidence]
    others = _log_odds(chance) - _log_odds(probability)
    if abs(others) >= HARDLY:
        bars.append(Bar(OTHERS, others, factor_words(others)))
    return WaterfallChart(
        title=f"The evidence makes it {chance_words(chance)} that they are the same",
        description="Bars to the right speak for their being the same, bars to the left against it. "
        "Each begins where the one before it ended.",
        bars=bars,
        label_heading="Reason",
        value_heading="What it says",
        total="These two",
        total_words=chance_words(chance),
    )


def chance_words(probability: float) -> str:
    """A probability in words: "93 in 100"; never a certainty."""
    if probability > 0.995:
        return "more than 99 in 100"
    return "less than 1 in 100" if probability < 0.005 else f"{round(100 * probability)} in 100"


def factor_words(weight: float) -> str:
    """A weight (log2 of a Bayes factor) in words."""
    if abs(weight) < HARDLY:
        return "says little"
    towards = "the same" if weight > 0 else "different"
    factor = 2 ** min(abs(weight), 40)
    words = f"{factor:.1f}" if factor < 3 else f"{float(f'{factor:.2g}'):,.0f}"
    return f"{words.removesuffix('.0')} times likelier {towards}"


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, 1e-6), 1 - 1e-6)
    return log2(bounded / (1 - bounded))


def _tag(values: list[str]) -> tuple[str, str]:
    folded = [value.casefold().replace(" ", "") for value in values]
    if folded[0] == folded[1]:
        return "Alike", "green"
    return ("Differ", "orange") if all(folded) else ("Only one has it", "grey")


def _tag_of_places(pair: Sequence[Own]) -> tuple[str, str] | None:
    """How two places compare where one of them is a district and no more; None where that says nothing."""
    exact = [one.values["address"] + one.values["postcode"] for one in pair]
    districts = [one.values["district_id"] for one in pair]
    if all(exact) or not any(exact) or not all(districts):
        return None
    return ("Same district", "green") if districts[0] == districts[1] else ("Differ", "orange")
