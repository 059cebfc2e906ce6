"""How much the partners' service depends on the contract: from their open books."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.urls import reverse

from trellis.core.periods import Quarter
from trellis.decisions.report.facts import Facts, Source, by_name, named
from trellis.payments.queries import books
from trellis.renewal.dossier.basis import Basis

NO_RETURNS = (
    "No open-book returns are in yet, so it is not known what part of the service’s income comes from the contract."
)
TENTH = Decimal("0.1")


def facts(basis: Basis) -> Facts:
    """The contract's part of all income of the service, quarter by quarter, beside the plan; else that no books are in.

    To the last final quarter, as everything that is counted.
    """
    source = Source("Open-book returns", reverse("books", args=[basis.contract.reference]))
    last = str(basis.quarter) if basis.quarter else ""
    found = [one for one in books.dependence(basis.contract) if one.quarter <= last]
    if not found:
        return Facts(named(source.figure("dependence_said", "Dependence on the contract", NO_RETURNS)))
    rows = [(Quarter.parse(one.quarter).words, _percent(one.part), _percent(one.plan)) for one in found]
    headings = ("Quarter", "From the contract", "As planned")
    caption = "What part of the service’s income comes from the contract"
    table = source.table("dependence_quarters", caption, headings, rows, numeric=(1, 2))
    figures = named(
        source.figure("dependence_latest", "Latest part from the contract", _percent(found[-1].part)),
        source.figure("dependence_quarter", "The quarter of that", Quarter.parse(found[-1].quarter).words),
    )
    return Facts(figures, by_name(table))


def _percent(part: Fraction | Decimal | None) -> str:
    if part is None:
        return "not known"
    exact = Fraction(part) * 100
    return f"{(Decimal(exact.numerator) / exact.denominator).quantize(TENTH, rounding=ROUND_HALF_UP)}%"
