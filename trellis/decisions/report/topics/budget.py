"""What the contract costs and saves: the proposed scenario of the commission's budget."""

from datetime import date

from django.urls import reverse

from trellis.commissioning.budget import Budget
from trellis.commissioning.models import Commission
from trellis.commissioning.queries import budgets
from trellis.core.money import pounds_and_pence, whole_pounds
from trellis.decisions.models import Decision
from trellis.decisions.report.facts import Facts, Source, by_name, lacking, named
from trellis.web.words import counted, day

SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def facts(decision: Decision, commission: Commission, on: date) -> Facts:
    """Values year by year, their sums, and the savings under their own names."""
    scenario = budgets.proposed_scenario(commission)
    if scenario is None:
        return lacking("There is no budget yet: say which scenario is proposed.", "budget")
    address = reverse("commission_budget", args=[commission.reference])
    source, budget = Source(f"The budget, scenario “{scenario.name}”", address), scenario.budget
    shown = by_name(_chart(source, budget), _years(source, budget), _financial_years(source, budget))
    return Facts(named(*_figures(source, budget)), shown)


def _figures(source: Source, budget: Budget):
    term, years, last = budget.term, len(budget.years), budget.years[budget.term - 1]
    yield source.figure("term", "How long the contract lasts", term, _years_in_words(term), "years")
    yield source.figure("last_year", "The last year that is certain", term, f"year {term}")
    yield source.figure("step_down", "What comes off each year", budget.step_down, f"{budget.step_down:f}%", "percent")
    yield source.pounds("baseline", "A year before the contract", budget.baseline)
    yield source.pounds("contract_value", f"Value over {counted(term, 'year')}", budget.term_total)
    yield source.pounds("saving_annual", f"Annual saving by year {term}", last.annual_saving)
    yield source.pounds("saving_cumulative", f"Cumulative saving over {counted(term, 'year')}", last.cumulative_saving)
    for year in budget.years:
        yield source.pence(f"value_year_{year.year}", f"Value of year {year.year}", year.value)
    if years > term:
        extended = budget.total_with_extensions
        yield source.figure("extensions", "Extensions", years - term, _extensions(years - term), "years")
        yield source.figure("longest_term", "How long it lasts at most", years, _years_in_words(years), "years")
        yield source.pounds("contract_value_extended", f"Value over {counted(years, 'year')}", extended)


def _years_in_words(number: int) -> str:
    return f"{_number(number)} year{'' if number == 1 else 's'}"


def _extensions(number: int) -> str:
    return f"{_number(number)} optional one-year extension{'' if number == 1 else 's'}"


def _number(number: int) -> str:
    return SMALL[number] if number < len(SMALL) else str(number)


def _chart(source: Source, budget: Budget):
    first, last = whole_pounds(budget.baseline), whole_pounds(budget.years[budget.term - 1].value)
    bars = [("A year before the contract", budget.baseline)]
    bars += [(_name(budget, year.year), year.value) for year in budget.years]
    return source.chart(
        "budget_chart",
        f"A year costs {first} before, and {last} in year {budget.term}",
        f"What each contract year costs. {budget.step_down:f}% comes off each year, the first before year 1.",
        ("Year", "Pounds a year"),
        bars,
    )


def _name(budget: Budget, year: int) -> str:
    return f"Year {year}" if year <= budget.term else f"Year {year} (extension)"


def _years(source: Source, budget: Budget):
    headings = ("Contract year", "From", "To", "Value", "Annual saving", "Cumulative saving")
    rows = [
        (
            _name(budget, year.year),
            day(year.start),
            day(year.end),
            *(pounds_and_pence(amount) for amount in (year.value, year.annual_saving, year.cumulative_saving)),
        )
        for year in budget.years
    ]
    caption = "What each contract year costs, and saves against the grants"
    return source.table("budget_years", caption, headings, rows, numeric=(3, 4, 5))


def _financial_years(source: Source, budget: Budget):
    rows = [(str(row.year), pounds_and_pence(row.value)) for row in budget.financial_years]
    rows.append(("All years, extensions counted", pounds_and_pence(budget.total_with_extensions)))
    caption = "What falls in each financial year of the council, 1 April to 31 March"
    headings = ("Financial year", "Value")
    return source.table("financial_years", caption, headings, rows, numeric=(1,), last_is_total=True)
