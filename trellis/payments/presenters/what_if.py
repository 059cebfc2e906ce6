"""A year that might come, written out sum by sum, drawn, and set beside what each charity has."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from django.http import HttpRequest

from trellis.core.money import pounds_and_pence, rounded, whole_pounds
from trellis.payments.presenters.commercial import short
from trellis.payments.queries.what_if import Exposure
from trellis.payments.sharing.sums import Shared, share
from trellis.payments.sharing.terms import Terms
from trellis.web.charts import LineChart, Series
from trellis.web.charts.figures import Figure
from trellis.web.table import Column, Table

STEPS_OF_COST = (-10, -5, -2, 0, 2, 5, 10)  # per cent from the target
STEPS_OF_SCORE = tuple(Decimal(tenth) / 10 for tenth in range(11))


@dataclass(frozen=True)
class Sum:
    """One line of a worked example: what it is, the sum, and what it comes to."""

    what: str
    working: str
    result: str


def sums(terms: Terms, shared: Shared) -> list[Sum]:
    """A sharing written out, sum by sum."""
    cost, target = rounded(terms.actual_cost), rounded(terms.target_cost)
    lines = [
        Sum(
            "Difference",
            f"{pounds_and_pence(target)} target − {pounds_and_pence(cost)} actual",
            pounds_and_pence(shared.difference),
        ),
        Sum("The partners’ pool", _pool_words(terms, shared), pounds_and_pence(shared.pool)),
    ]
    parties = {one.name: one for one in terms.partners}
    for part in shared.parts:
        party = parties[part.name]
        working = f"{short(party.share)} of {pounds_and_pence(shared.pool)}"
        if part.amount != part.fair:
            cap = rounded(party.pain_cap)
            working += f" is {pounds_and_pence(part.fair)}; its loss stops at {pounds_and_pence(cap)}"
        lines.append(Sum(part.name, working, pounds_and_pence(part.amount)))
    paid = shared.difference - shared.commissioner
    rest = f"{pounds_and_pence(shared.difference)} − {pounds_and_pence(paid)} of the partners".replace("− −", "+ ")
    return [*lines, Sum("The council", rest, pounds_and_pence(shared.commissioner))]


def in_short(terms: Terms, shared: Shared, mine: str) -> str:
    """The outcome in a sentence or two; `mine` is the partner whose page it is, or empty."""
    if not shared.difference:
        return "The cost is the target, so there is nothing to share."
    kind = "saves" if shared.difference > 0 else "costs"
    words = (
        f"The year {kind} {pounds_and_pence(abs(shared.difference))} {'' if kind == 'saves' else 'too much'}".strip()
    )
    partners = shared.difference - shared.commissioner
    words += f". Partners {'gain' if kind == 'saves' else 'lose'} {pounds_and_pence(abs(partners))} of it together"
    own = _amount(shared, mine) if mine else None
    return f"{words}; you {pounds_and_pence(abs(own))}." if own is not None else f"{words}."


def _pool_words(terms: Terms, shared: Shared) -> str:
    score = f"{float(shared.quality):.4g}"
    if shared.difference > 0 and shared.quality < terms.gate:
        return f"Nothing: a score of {score} is below the gate of {float(terms.gate):.4g}"
    if shared.difference > 0:
        counted = score if shared.quality <= 1 else f"1 (a score of {score} counts for no more)"
        return f"{short(terms.gain_ratio)} of {pounds_and_pence(shared.difference)} × {counted}"
    return f"{short(terms.pain_ratio)} of {pounds_and_pence(shared.difference)}, whatever the score"


def costs(terms: Terms) -> list[tuple[int, Shared]]:
    """The same terms at each step of cost from the target."""
    return [(step, share(_at_cost(terms, step))) for step in STEPS_OF_COST]


def _at_cost(terms: Terms, step: int) -> Terms:
    return Terms(**{**vars(terms), "actual_cost": terms.target_cost * (100 + step) / 100})


def cost_chart(terms: Terms, mine: str) -> LineChart:
    """What each of a few gets or loses, as the cost moves. `mine` is the partner whose page it is, or empty."""
    tried = costs(terms)
    by_share = sorted(terms.partners, key=lambda one: (one.share, one.name))
    names = list(dict.fromkeys([*([mine] if mine else []), by_share[-1].name, by_share[0].name]))
    lines = [Series(_named(name, mine), [float(_amount(shared, name)) for _, shared in tried]) for name in names]
    worst = min((part.amount for _, shared in tried for part in shared.parts), default=Decimal(0))
    return LineChart(
        title=f"No partner loses more than {whole_pounds(-worst)} when the cost is 10% too high",
        description="Money by cost, from 10% less than the target to 10% more, at the score above: the largest part, "
        "the smallest, and yours. The table has every partner and the council.",
        labels=[_step(step) for step in STEPS_OF_COST], series=lines, label_heading="Cost", write=_pounds,
    )  # fmt: skip


def _named(name: str, mine: str) -> str:
    return "You" if name == mine else name


def _amount(shared: Shared, name: str) -> Decimal:
    return next((part.amount for part in shared.parts if part.name == name), Decimal(0))


def _pounds(value: Figure) -> str:
    return whole_pounds(Decimal(str(value or 0))).replace("−£0", "£0")


def _step(step: int) -> str:
    return "As planned" if step == 0 else f"{step:+}%".replace("-", "−")


def cost_table(request: HttpRequest, terms: Terms) -> Table:
    """Every partner and the council, at each step of cost."""
    tried = costs(terms)
    names = [*(one.name for one in terms.partners), "The council"]
    rows = [[name, *(_cell(shared, name) for _, shared in tried)] for name in names]
    heads = [("who", "Who"), *((f"step{step}", _step(step)) for step in STEPS_OF_COST)]
    columns = [
        Column(key, head, value=partial(_place, place=place), numeric=place > 0)
        for place, (key, head) in enumerate(heads)
    ]
    return Table(
        request, rows, columns=columns, caption="Gain or loss by what the year costs", name="what-if-costs",
        prefix="costs-",
    )  # fmt: skip


def _place(row: list[str], place: int) -> str:
    return row[place]


def _cell(shared: Shared, name: str) -> str:
    amount = shared.commissioner if name == "The council" else _amount(shared, name)
    return pounds_and_pence(amount)


def score_chart(terms: Terms, scored: Sequence[tuple[Decimal, Shared]]) -> LineChart:
    """What of the same saving is the partners', as the score moves."""
    gate = f"{float(terms.gate):.4g}"
    saved = whole_pounds(scored[0][1].difference)
    return LineChart(
        title=f"Of {saved} saved, partners share nothing below a score of {gate}",
        description="The partners’ pool by quality score, from 0 to 1. A loss is shared whatever the score.",
        labels=[f"{score:.1f}" for score, _ in scored],
        series=[Series("Partners’ pool", [float(shared.pool) for _, shared in scored])],
        label_heading="Quality score",
        write=_pounds,
    )


def exposure_table(request: HttpRequest, rows: Sequence[Exposure]) -> Table:
    """Each charity's greatest exposure against its free reserves."""
    return Table(
        request, list(rows), caption="The most that each can lose, against its free reserves", name="exposure",
        prefix="exposure-",
        columns=[
            Column("partner", "Partner", value=lambda row: str(row.partner)),
            Column("cap", "Most it can lose", value=lambda row: pounds_and_pence(row.cap), numeric=True),
            Column("reserves", "Free reserves",
                   value=lambda row: None if row.reserves is None else pounds_and_pence(row.reserves), numeric=True,
                   absent="Not told"),
            Column("part", "Part of them", value=lambda row: None if row.part is None else short(row.part),
                   numeric=True),
            Column("state", "Exposure", tag=_exposure_tag),
        ],
    )  # fmt: skip


def _exposure_tag(row: Exposure) -> tuple[str, str]:
    if row.reserves is None:
        return "Reserves not told yet", "grey"
    return ("High", "red") if row.is_high else ("Within reason", "green")
