"""The dossier as one paper: what the data say, and what is made of it by hand. Every form is made of this."""

from collections.abc import Mapping
from dataclasses import dataclass

from trellis.core.money import pounds_and_pence
from trellis.decisions.report import template
from trellis.decisions.report.facts import Facts, together
from trellis.decisions.report.pieces import Block, Heads, Paper, Paragraph, Section
from trellis.renewal.dossier import dependence, equality, money, need, performance
from trellis.renewal.dossier.basis import Basis
from trellis.web.words import day

TOPICS = (performance, need, money, equality, dependence)


@dataclass(frozen=True)
class Part:
    """A section as it is laid out: sentences that name figures, then tables and charts by name.

    A sentence whose figures there are not is left out; what is missing says why.
    """

    code: str
    title: str
    sentences: tuple[str, ...]
    shows: tuple[str, ...]


PARTS = (
    Part(
        "performance",
        "How the contract has done",
        (
            "The reports of {quarters} are final, the last for {latest_quarter}. Then {on_target} met the target. "
            "Below its floor: {below_floor}.",
        ),
        ("performance_standing", "performance_history"),
    ),
    Part(
        "need",
        "What is needed",
        (
            "To {counted_to} there were {asked}. {unmet} of these needs were not met, or not yet. Help reached "
            "{reached}: {reached_rate} for every 1,000 on the register.",
        ),
        ("need_legend", "need_topics", "need_districts", "need_reach"),
    ),
    Part(
        "money",
        "What it costs and saves",
        (
            "The term as it is has a value of {term_value}, of which {paid} is authorised for payment. The optional "
            "year, {extension_period}, would cost {extension_cost}; with it the value is {value_with}.",
            "Against {baseline} a year of grants before the contract, the annual saving in that year is "
            "{saving_annual}. The cumulative saving by its end is {saving_cumulative}. They are two figures: the first "
            "is one year’s, the second adds all years.",
        ),
        ("money_chart", "money_years"),
    ),
    Part(
        "equality",
        "What it means for equality",
        ("{eqia} promised what is below: {eqia_done} done, {eqia_late}.", "{equality_said}"),
        ("equality_actions",),
    ),
    Part(
        "dependence",
        "How much the sector depends on it",
        (
            "{dependence_said}",
            "{dependence_latest} of the service’s income came from the contract in {dependence_quarter}.",
        ),
        ("dependence_quarters",),
    ),
)
SECTIONS = {part.code: part.title for part in PARTS}
MEANS = "meaning"


@dataclass(frozen=True)
class Words:
    """What was written by hand: the assessments by section, the recommendation in words, and its reasons."""

    assessments: Mapping[str, str]
    recommendation: str = ""
    reasons: str = ""


def assembled(basis: Basis, words: Words) -> Paper:
    """The whole dossier, as the data have it on its basis."""
    found = together(topic.facts(basis) for topic in TOPICS)
    sections = (*(_section(part, found, words) for part in PARTS), _recommendation(words))
    return Paper(_heads(basis), sections, found.figures)


def _heads(basis: Basis) -> Heads:
    contract, ahead = basis.contract, basis.years[-1]
    lines = (
        ("Contract", f"{contract.title}, {contract.reference}"),
        ("Term as it is", f"{day(contract.starts_on)} to {day(contract.ends_on)}"),
        (
            "Optional year",
            f"Year {ahead.number}: {day(ahead.starts_on)} to {day(ahead.ends_on)}, {pounds_and_pence(ahead.value)}",
        ),
        ("Figures to", f"{day(basis.to)}; money and equality as on {day(basis.on)}"),
    )
    return Heads(
        contract.authority.name,
        f"Whether to extend {contract.title}",
        f"{contract.reference}, extension {basis.extension}",
        lines,
    )


def _section(part: Part, found: Facts, words: Words) -> Section:
    blocks: list[Block] = [
        Paragraph(f"{part.code}-{number}", sentence)
        for number, sentence in enumerate(part.sentences, start=1)
        if all(name in found.figures for name in template.names(sentence))
    ]
    blocks += [found.shown[name] for name in part.shows if name in found.shown]
    blocks.append(_meaning(part.code, words.assessments.get(part.code, "")))
    missing = [found.missing[part.code]] if part.code in found.missing else []
    if not words.assessments.get(part.code):
        missing.append(f"{part.title}: say what this means for the decision.")
    return Section(part.code, part.title, tuple(blocks), tuple(missing))


def _meaning(code: str, text: str, lead: str = "What this means") -> Paragraph:
    return Paragraph(f"{code}-{MEANS}", f"{lead}: {text}" if text else "")


def _recommendation(words: Words) -> Section:
    blocks = (
        Paragraph("recommendation-1", f"{words.recommendation}." if words.recommendation else ""),
        _meaning("recommendation", words.reasons, "Why"),
    )
    missing = () if words.recommendation and words.reasons else ("Say what you recommend, and why.",)
    return Section("recommendation", "What we recommend", blocks, missing)
