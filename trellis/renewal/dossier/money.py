"""What was paid, what the optional year would cost, and what is saved against the year before the contract."""

from decimal import Decimal

from django.db.models import Sum
from django.urls import reverse

from trellis.contracts.queries.contract import YearLine
from trellis.core.money import pounds_and_pence
from trellis.decisions.report.facts import Facts, Source, by_name, named
from trellis.payments.models import Statement
from trellis.renewal.dossier.basis import Basis
from trellis.web.words import day


def facts(basis: Basis) -> Facts:
    """Savings under their own names: annual is one year's alone, cumulative adds the years before it."""
    contract, years = basis.contract, basis.years
    source = Source("The contract and its statements", reverse("contract", args=[contract.reference]))
    *before, ahead = years
    value = sum((one.value for one in before), Decimal(0))
    figures = named(
        source.pence("baseline", "A year of grants before the contract", contract.baseline),
        source.pence("term_value", "Value of the years before it", value),
        source.pence("paid", f"Authorised for payment by {day(basis.on)}", _authorised(basis)),
        source.pence("extension_cost", f"What year {ahead.number} would cost", ahead.value),
        source.pence("value_with", "Value with that year", value + ahead.value),
        source.pence("saving_annual", f"Annual saving in year {ahead.number}", ahead.annual_saving),
        source.pence(
            "saving_cumulative", f"Cumulative saving by the end of year {ahead.number}", ahead.cumulative_saving
        ),
        source.figure("extension_period", "The optional year", f"{day(ahead.starts_on)} to {day(ahead.ends_on)}"),
    )
    return Facts(figures, by_name(_chart(basis, source, years), _years(basis, source, years)))


def _authorised(basis: Basis) -> Decimal:
    """Pounds of statements that were authorised by the day of asking."""
    found = Statement.objects.filter(
        report__contract=basis.contract, status=Statement.Status.AUTHORISED, authorised_at__date__lte=basis.on
    )
    return found.aggregate(total=Sum("amount"))["total"] or Decimal("0.00")


def _name(one: YearLine, basis: Basis) -> str:
    return f"Year {one.number}{' (if extended)' if one.option == basis.extension else ''}"


def _years(basis: Basis, source: Source, years: list[YearLine]):
    rows = [
        (
            _name(one, basis),
            day(one.starts_on),
            day(one.ends_on),
            *(pounds_and_pence(amount) for amount in (one.value, one.annual_saving, one.cumulative_saving)),
        )
        for one in years
    ]
    headings = ("Contract year", "From", "To", "Value", "Annual saving", "Cumulative saving")
    caption = "What each contract year costs, and saves against the grants before it"
    return source.table("money_years", caption, headings, rows, numeric=(3, 4, 5))


def _chart(basis: Basis, source: Source, years: list[YearLine]):
    bars = [("A year of grants before", basis.contract.baseline)]
    bars += [(_name(one, basis), one.value) for one in years]
    return source.chart(
        "money_chart",
        f"Year {years[-1].number} would cost {pounds_and_pence(years[-1].value)}",
        "What each contract year costs beside a year of grants before it.",
        ("Year", "Pounds a year"),
        bars,
    )
