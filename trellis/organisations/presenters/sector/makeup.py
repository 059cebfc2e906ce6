"""What the sector is made of: sizes, incomes, causes, ages, and how they change."""

from decimal import Decimal

from trellis.core.money import whole_pounds
from trellis.organisations import forms
from trellis.organisations.presenters.sector.picture import Picture
from trellis.organisations.queries.sector import Sector
from trellis.organisations.rules import sector as sums
from trellis.web.charts import Bar, BarChart, LineChart, Series
from trellis.web.charts.figures import Figure
from trellis.web.words import counted, day, lower_first

MOST_CAUSES = 12
COUNTED = "Counted: active organisations of the register, each once"


def sizes(sector: Sector) -> Picture:
    """How many are of each size."""
    definition = f"{COUNTED}, by the latest yearly income that their register or they themselves gave. {_as_of(sector)}"
    known = sector.number - sector.size_unknown
    if not known:
        return Picture("sizes", "Size", definition, missing="No organisation’s income is known yet.")
    band = max(sector.by_size, key=lambda name: sector.by_size[name][0])
    bars = [_bar(forms.size_words(name, sector.on), number) for name, (number, _) in sector.by_size.items()]
    chart = BarChart(
        f"{sector.by_size[band][0]:,} of {known:,} with a known income are {lower_first(band)}",
        "How many organisations have a yearly income of each size.",
        [*bars, _bar("Income not known", sector.size_unknown)],
        "Organisations",
        "Size",
    )
    return Picture("sizes", "Size", definition, chart)


def incomes(sector: Sector) -> Picture:
    """Who has the income."""
    definition = f"{COUNTED}: their latest yearly incomes, added up by size. {_as_of(sector)}"
    whole = sum((income for _, income in sector.by_size.values()), Decimal(0))
    if not whole:
        return Picture("incomes", "Who has the income", definition, missing="No organisation’s income is known yet.")
    band = max(sector.by_size, key=lambda name: sector.by_size[name][1])
    number, income = sector.by_size[band]
    chart = BarChart(
        f"{counted(number, f'{lower_first(band)} organisation')} {'has' if number == 1 else 'have'} "
        f"{_percent(income, whole)} of all income",
        f"The yearly income of all organisations of each size, {whole_pounds(whole)} in all.",
        [
            Bar(forms.size_words(name, sector.on), amount, f"{whole_pounds(amount)} ({_percent(amount, whole)})")
            for name, (_, amount) in sector.by_size.items()
        ],
        "Income",
        "Size",
    )
    file: list[tuple] = [("Size", "Income (£)", "Percentage of all income")]
    file += [
        (forms.size_words(name, sector.on), amount, round(100 * amount / whole, 1))
        for name, (_, amount) in sector.by_size.items()
    ]
    return Picture("incomes", "Who has the income", definition, chart, file=file)


def causes(sector: Sector) -> Picture:
    """What they are for."""
    definition = f"{COUNTED} under each cause that it names; most name more than one. {_as_of(sector)}"
    if not sector.by_cause:
        return Picture("causes", "Cause", definition, missing="No organisation’s cause is known yet.")
    most, number = next(iter(sector.by_cause.items()))
    shown = list(sector.by_cause.items())[:MOST_CAUSES]
    is_cut = len(sector.by_cause) > MOST_CAUSES
    rest = f" The {MOST_CAUSES} commonest of {len(sector.by_cause)} are shown." if is_cut else ""
    chart = BarChart(
        f"{most} is the commonest cause: {number:,} of {sector.number:,}",
        f"How many organisations have each cause.{rest}",
        [_bar(name, number) for name, number in shown],
        "Organisations",
        "Cause",
    )
    return Picture("causes", "Cause", definition, chart)


def ages(sector: Sector) -> Picture:
    """How long they have been registered."""
    definition = (
        f"{COUNTED}, by the years from the calendar year of registration to {sector.on.year}. "
        f"Groups that are on no register have no such year. {_as_of(sector)}"
    )
    middle = sums.middle_age(sector.registered, sector.on.year)
    if middle is None:
        return Picture("ages", "Age", definition, missing="No organisation’s year of registration is known yet.")
    unknown = sector.number - sum(sector.registered.values())
    bands = sums.ages(sector.registered, sector.on.year)
    chart = BarChart(
        f"Half have been registered for {counted(middle, 'year')} or more",
        "How many organisations have been registered for so long.",
        [*(_bar(name, number) for name, number in bands.items()), _bar("Not known", unknown)],
        "Organisations",
        "Age",
    )
    return Picture("ages", "Age", definition, chart)


def change(sector: Sector) -> Picture:
    """How incomes change from year to year."""
    definition = (
        "Counted: active organisations that gave an income for a financial year, under the calendar year in which it "
        "ended. The middle income is that of which half have less and half have more; with fewer than "
        f"{sums.FEWEST_FOR_A_MIDDLE} organisations it is withheld. {_as_of(sector)}"
    )
    middles = {year: sums.middle(known.values()) for year, known in sector.incomes.items()}
    told = {year: middle for year, middle in middles.items() if middle is not None}
    if len(told) < 2:
        missing = "Incomes of at least two years are needed, of enough organisations."
        return Picture("change", "How incomes change", definition, missing=missing)
    (first, was), *_, (last, now) = told.items()
    verb = "stayed at" if now == was else f"{'rose' if now > was else 'fell'} from {whole_pounds(was)} to"
    chart = LineChart(
        f"The middle income {verb} {whole_pounds(now)} between {first} and {last}",
        _of_those_in_both(sector),
        [str(year) for year in told],
        [Series("Middle income", list(told.values()))],
        value_heading="Middle income",
        label_heading="Year",
        write=_pounds,
    )
    return Picture("change", "How incomes change", definition, chart)


def comings(sector: Sector) -> Picture:
    """How many came and went in each year."""
    definition = (
        "Counted: organisations by the calendar year in which they were registered, and by that in which they were "
        "removed from their register or said to be closed; whole years only. Groups that are on no register come and "
        "go unseen. "
        f"{_as_of(sector)}"
    )
    years = sorted({*sector.new, *sector.lost})
    if not years:
        missing = "No organisation was registered or removed in the last ten years, as far as we know."
        return Picture("comings", "New and lost organisations", definition, missing=missing)
    new, lost = [sector.new.get(year, 0) for year in years], [sector.lost.get(year, 0) for year in years]
    chart = LineChart(
        f"{sum(new):,} came and {sum(lost):,} went between {years[0]} and {years[-1]}",
        "How many organisations were registered, and how many were removed or closed, in each year.",
        [str(year) for year in years],
        [Series("New", new), Series("Lost", lost)],
        value_heading="Organisations",
        label_heading="Year",
    )
    return Picture("comings", "New and lost organisations", definition, chart)


def _of_those_in_both(sector: Sector) -> str:
    """What became of the incomes of those known in the last two years."""
    before, after = list(sector.incomes)[-2:]
    moved = sums.change(sector.incomes[before], sector.incomes[after])
    if moved.known < sums.FEWEST_FOR_A_MIDDLE:
        return "The middle of the yearly incomes of the organisations that gave one."
    return (
        f"The middle of the yearly incomes. Of {moved.known:,} organisations known in both {before} and {after}, "
        f"the income of {moved.rose:,} rose and that of {moved.fell:,} fell."
    )


def _bar(label: str, number: int) -> Bar:
    return Bar(label, number, f"{number:,}")


def _pounds(figure: Figure) -> str:
    return "Not known" if figure is None else whole_pounds(Decimal(str(figure)))


def _percent(part: Decimal, whole: Decimal) -> str:
    share = 100 * part / whole
    return "under 1%" if 0 < share < 1 else f"{share:.0f}%"


def _as_of(sector: Sector) -> str:
    return f"As the register stood on {day(sector.on)}."
