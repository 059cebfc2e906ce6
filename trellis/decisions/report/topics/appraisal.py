"""The options: how each fared, what it does with the money, and which is preferred."""

from datetime import date

from django.urls import reverse

from trellis.commissioning.appraisal.money import OptionMoney
from trellis.commissioning.models import Appraisal, Commission, Option
from trellis.commissioning.queries import appraisal as queries
from trellis.core.money import pounds_and_pence, whole_pounds
from trellis.decisions.models import Decision
from trellis.decisions.report.facts import Facts, Source, by_name, lacking, listed, named
from trellis.decisions.report.pieces import Shown
from trellis.web.words import counted


def facts(decision: Decision, commission: Commission, on: date) -> Facts:
    """The long list with its reasons, the weighed values, and the money of each option."""
    appraisal = queries.latest(commission)
    if appraisal is None:
        return lacking("No option has been appraised yet.", "appraisal", "conclusion")
    address = reverse(queries.progress(commission).topic, args=[commission.reference])
    source, weighed = Source("The options appraisal", address), _weighed(appraisal, address)
    options = list(queries.long_list(appraisal))
    figures = named(source.figure("options", "Options looked at", len(options), counted(len(options), "option")))
    shown: list[Shown] = [source.listing("long_list", "The long list", [(one.name, _fate(one)) for one in options])]
    shown += [*_values(weighed, appraisal), *_money(appraisal, address)]
    if not appraisal.preferred:
        return Facts(figures, by_name(*shown), {"conclusion": "The options appraisal is not concluded yet."})
    figures |= named(
        source.figure("preferred_option", "Preferred option", appraisal.preferred.name),
        source.figure("appraisal_conclusion", "Conclusion of the appraisal", appraisal.conclusion),
        source.figure("short_list", "Options weighed", listed([one.name for one in queries.short_list(appraisal)])),
    )
    return Facts(figures, by_name(*shown))


def _weighed(appraisal: Appraisal, address: str) -> Source:
    return Source("The options appraisal", address, appraisal.is_illustrative)


def _fate(option: Option) -> str:
    return ". ".join(part for part in (option.get_fate_display(), option.fate_reason) if part)


def _values(source: Source, appraisal: Appraisal) -> list[Shown]:
    """Overall values from 0 to 100, the highest first."""
    found = queries.analysis(appraisal)
    if found is None:
        return []
    totals = dict(zip(found.problem.options, found.totals, strict=True))
    rows = [(name, f"{float(totals[name]):.1f}") for name in found.ranking]
    caption = "How the options fare, all criteria taken together (0 to 100)"
    return [source.table("option_values", caption, ("Option", "Value"), rows, numeric=(1,))]


def _money(appraisal: Appraisal, address: str) -> list[Shown]:
    models = queries.money_models(appraisal)
    if not models:
        return []
    source = Source("The options appraisal", address, queries.has_illustrative_money(appraisal))
    headings = ("Option", "Management", "Reaches organisations", "Organisations reached", "Cost of each")
    caption = "What each option does with a year’s money"
    rows = [_money_row(one) for one in models]
    return [source.table("option_money", caption, headings, rows, numeric=(1, 2, 3, 4))]


def _money_row(one: OptionMoney) -> tuple[str, ...]:
    each = one.cost_per_organisation
    return (
        one.option,
        whole_pounds(one.management_cost),
        whole_pounds(one.reaches_organisations),
        f"{one.organisations_reached:,}",
        pounds_and_pence(each) if each is not None else "None reached",
    )
