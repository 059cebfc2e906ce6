"""Scenarios of a commission, real terms, and figures that documents quote."""

from csv import reader
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.races import at_once, losers
from trellis.audit.models import AuditEntry
from trellis.commissioning.budget import tapered_budget
from trellis.commissioning.commands import budgets as commands
from trellis.commissioning.commands import commissions
from trellis.commissioning.models import BudgetScenario, Commission
from trellis.commissioning.presenters.budgets import relation_words
from trellis.commissioning.queries import budgets as queries
from trellis.commissioning.rules import budget_prices as prices
from trellis.commissioning.rules.budgets import figures_of, relate
from trellis.commissioning.tests.budget_scenes import DECIDED
from trellis.core import money
from trellis.core.errors import RuleBroken

FLAT = DECIDED | {"step_down": Decimal(0), "extensions": 0}
SENT = {
    "name": "As the report proposes",
    "baseline": "615,291",
    "step_down": "10",
    "years": "3",
    "extensions": "2",
    "start-day": "1",
    "start-month": "1",
    "start-year": "2017",
}


@pytest.fixture
def commission(cast) -> Commission:
    return open_commission(cast)


def open_commission(cast) -> Commission:
    return commissions.open_commission(
        title="Support", purpose="Even support.", authority=cast.council, owner=cast.carol, by=cast.carol
    )


@pytest.fixture
def proposed(commission, cast) -> BudgetScenario:
    return commands.add_scenario(commission=commission, name="As the report proposes", by=cast.carol, **DECIDED)


@pytest.fixture
def flat(proposed, cast) -> BudgetScenario:
    return commands.add_scenario(commission=proposed.commission, name="No step down", by=cast.carol, **FLAT)


def audited(verb: str) -> int:
    return AuditEntry.objects.filter(action=f"commissioning.{verb}").count()


def test_the_saving_quoted_over_the_life_is_the_annual_one_of_year_3():
    relation = relate(Decimal(166_744), "whole", tapered_budget(**DECIDED))
    assert (relation.match.kind, relation.match.years) == ("annual saving", 3)
    assert relation.match.amount == Decimal("166743.86")
    assert (relation.other.kind, relation.other.amount) == ("cumulative saving", Decimal("345178.25"))
    assert not relation.agrees


@pytest.mark.parametrize(
    ("amount", "span", "kind", "years", "agrees"),
    [
        ("345178", "whole", "cumulative saving", 3, True),
        ("1500695", "whole", "total", 3, True),
        ("2267710", "unsaid", "total", 5, True),
        ("615291", "year", "baseline", 0, True),
        ("448547", "whole", "value", 3, False),
        ("166744.86", "year", "annual saving", 3, True),
    ],
)
def test_quoted_figures_are_found_in_the_model(amount, span, kind, years, agrees):
    relation = relate(Decimal(amount), span, tapered_budget(**DECIDED))
    assert (relation.match.kind, relation.match.years, relation.agrees) == (kind, years, agrees)


@pytest.mark.parametrize("amount", ["166742.85", "166744.87", "1000000"])
def test_a_figure_more_than_a_pound_away_is_not_the_models(amount):
    relation = relate(Decimal(amount), "unsaid", tapered_budget(**DECIDED))
    assert relation.match is None and not relation.agrees
    assert relation.nearest in figures_of(tapered_budget(**DECIDED))


budgets = st.builds(
    tapered_budget,
    baseline=st.decimals(min_value=1000, max_value=10**8, places=2),
    step_down=st.decimals(min_value=0, max_value=90, places=1),
    years=st.integers(1, 6),
    extensions=st.integers(0, 4),
    start=st.dates(date(2014, 1, 1), date(2016, 12, 31)),
)
INDEX = {f"{year}-{(year + 1) % 100:02}": Decimal(90 + 2 * (year - 2010)) for year in range(2013, 2040)}


@given(budget=budgets, data=st.data())
def test_every_figure_of_a_budget_is_found_in_it(budget, data):
    figure = data.draw(st.sampled_from(figures_of(budget)))
    relation = relate(figure.amount, figure.span, budget)
    assert relation.match.amount - figure.amount <= 1
    assert relation.agrees


@given(budget=budgets, base=st.sampled_from(sorted(INDEX)))
def test_real_terms_of_the_parts_are_those_of_the_whole_to_a_penny_each(budget, base):
    at = prices.prices_of(base, INDEX, source="test", verified=True)
    whole = prices.real_years(budget.years, at)
    for parts in (prices.real_contract_years(budget, at), prices.real_financial_years(budget, at)):
        assert abs(sum(part.real for part in parts) - whole) <= Decimal("0.005") * (len(parts) + 1)


@given(budget=budgets, base=st.sampled_from(sorted(INDEX)))
def test_real_terms_agree_with_the_obvious_sum(budget, base):
    at = prices.prices_of(base, INDEX, source="test", verified=True)
    for part in prices.real_financial_years(budget, at):
        obvious = Fraction(part.nominal) * Fraction(INDEX[base]) / Fraction(INDEX[str(part.year)])
        assert part.real == money.rounded(obvious)
        assert (part.real == part.nominal) or str(part.year) != base


def test_prices_that_do_not_move_change_nothing():
    at = prices.prices_of("2016-17", dict.fromkeys(INDEX, Decimal(100)), source="test", verified=True)
    budget = tapered_budget(**DECIDED)
    assert [part.real for part in prices.real_contract_years(budget, at)] == [year.value for year in budget.years]


def test_beyond_the_index_real_terms_are_not_known():
    at = prices.prices_of("2016-17", {"2016-17": Decimal(100), "2017-18": Decimal(102)}, source="test", verified=True)
    real = [part.real for part in prices.real_contract_years(tapered_budget(**DECIDED), at)]
    assert real[0] is not None and real[1:] == [None] * 4
    with pytest.raises(RuleBroken, match="no price index for 1999-00: choose from 2016-17 to 2017-18"):
        prices.prices_of("1999-00", at.index, source="test", verified=True)


def test_the_first_scenario_is_proposed_and_exactly_one_is(flat, proposed, cast):
    assert (proposed.is_proposed, flat.is_proposed) == (True, False)
    commands.propose_scenario(scenario=flat, by=cast.carol)
    assert [row.name for row in BudgetScenario.objects.filter(is_proposed=True)] == ["No step down"]
    with pytest.raises(IntegrityError), transaction.atomic():
        BudgetScenario.objects.filter(pk=proposed.pk).update(is_proposed=True)
    assert audited("propose_scenario") == 1
    with pytest.raises(RuleBroken, match="proposed scenario already"):
        commands.propose_scenario(scenario=flat, by=cast.carol)
    assert audited("propose_scenario") == 1


def test_a_name_is_given_once(flat, proposed, cast):
    with pytest.raises(RuleBroken, match="“No step down” already"):
        commands.change_scenario(scenario=proposed, name="No step down", by=cast.carol, **DECIDED)
    with pytest.raises(RuleBroken, match="“No step down” already"):
        commands.add_scenario(commission=proposed.commission, name="No step down", by=cast.carol, **FLAT)
    assert (audited("change_scenario"), audited("add_scenario")) == (0, 2)


def test_a_scenario_of_which_no_contract_can_be_made_is_refused(commission, cast):
    with pytest.raises(RuleBroken, match="from 0 to under 100") as refusal:
        commands.add_scenario(
            commission=commission, name="Nought", by=cast.carol, **(DECIDED | {"step_down": Decimal(100)})
        )
    assert refusal.value.field == "step_down"
    assert (BudgetScenario.objects.count(), audited("add_scenario")) == (0, 0)


def test_the_proposed_scenario_stays_while_there_are_others(flat, proposed, cast):
    with pytest.raises(RuleBroken, match="Propose another one first"):
        commands.drop_scenario(scenario=proposed, by=cast.carol)
    commands.drop_scenario(scenario=flat, by=cast.carol)
    commands.drop_scenario(scenario=proposed, by=cast.carol)
    assert audited("drop_scenario") == 2
    with pytest.raises(RuleBroken, match="just now"):
        commands.drop_scenario(scenario=proposed, by=cast.carol)


def test_quoted_figures_are_written_down_and_taken_out(commission, cast):
    quoted = {"source": "The report, section 3", "label": "savings over the life", "span": "whole"}
    figure = commands.quote_figure(commission=commission, amount=Decimal(166_744), by=cast.carol, **quoted)
    for amount, span in ((Decimal(0), "year"), (Decimal(1), "month")):
        with pytest.raises(RuleBroken):
            commands.quote_figure(commission=commission, by=cast.carol, **(quoted | {"amount": amount, "span": span}))
    commands.drop_figure(figure=figure, by=cast.carol)
    with pytest.raises(RuleBroken, match="just now"):
        commands.drop_figure(figure=figure, by=cast.carol)
    assert (audited("quote_figure"), audited("drop_figure")) == (1, 1)


def test_a_figure_of_another_scenario_is_found_there(flat, proposed, cast):
    commission = proposed.commission
    commands.quote_figure(
        commission=commission, source="Paper", label="three years flat", amount=Decimal(1_845_873), span="whole",
        by=cast.carol,
    )  # fmt: skip
    (related,) = queries.related_figures(commission, queries.scenarios(commission))
    assert related.scenario.name == "No step down"
    assert relation_words(related).startswith("In “No step down” it is the value over 3 years, £1,845,873.00.")


def test_progress_says_what_is_proposed_or_missing(commission, cast):
    assert queries.progress(commission).missing == "No scenario yet: what may it cost?"
    commands.add_scenario(commission=commission, name="As the report proposes", by=cast.carol, **DECIDED)
    progress = queries.progress(commission)
    assert progress.done and progress.stage == "plan"
    assert progress.words == "1 scenario. Proposed: As the report proposes, £1,500,694.75 over 3 years."


def test_two_who_add_the_first_scenario_at_once_propose_one(committed_cast):
    commission = open_commission(committed_cast)
    told = at_once(
        *[
            lambda name=name: commands.add_scenario(
                commission=commission, name=name, by=committed_cast.carol, **DECIDED
            )
            for name in ("One", "Two", "Three")
        ]
    )
    assert losers(told) == []
    assert BudgetScenario.objects.filter(is_proposed=True).count() == 1


def test_a_scenario_goes_from_the_calculator_to_the_commission(page_client, cast, commission):
    calculator = page_client.get("/budget/", SENT, by=cast.carol)
    form = page_client.get(calculator.href("Keep as a scenario of Support"), by=cast.carol)
    assert form.find("#id_baseline").get("value") in ("615291", "615,291")
    home = f"/commissions/{commission.reference}/budget/"
    page_client.post(f"{home}new/", SENT, by=cast.carol, expect=302)
    page = page_client.get(home, by=cast.dee)
    assert "Value over the certain years £1,500,694.75" in page.text
    assert "Annual saving in the last certain year £166,743.86" in page.text
    assert "Cumulative saving over the certain years £345,178.25" in page.text
    assert "Present value of the certain years, at 3.5% a year £1,454,017.54" in page.text
    assert "Nobody has checked these figures at their source yet." in page.text
    assert "Add a scenario" not in page.text
    assert not page_client.get("/budget/", SENT, by=cast.olive).has_link("Keep as a scenario of Support")


def test_the_page_says_how_a_quoted_figure_relates(page_client, cast, proposed):
    home = f"/commissions/{proposed.commission.reference}/budget/"
    sent = {"source": "Report", "label": "over the life of the contract", "amount": "166,744", "span": "whole"}
    page_client.post(f"{home}figures/new/", sent, by=cast.carol, expect=302)
    page = page_client.get(home, by=cast.carol)
    assert "The document says that it is for the whole contract." in page.text
    assert "it is the annual saving in year 3, £166,743.86." in page.text
    assert "Not to be taken for the cumulative saving over 3 years, £345,178.25." in page.text
    assert "Called something else" in page.text
    number = proposed.commission.quoted_figures.get().pk
    page_client.post(f"{home}figures/{number}/drop/", by=cast.carol)
    assert "None yet." in page_client.get(home, by=cast.carol).text


def test_at_most_four_stand_side_by_side_at_prices_that_are_known(page_client, cast, flat, proposed):
    commission = proposed.commission
    for name in ("Three", "Four", "Five"):
        commands.add_scenario(commission=commission, name=name, by=cast.carol, **FLAT)
    home = f"/commissions/{commission.reference}/budget/"
    numbers = [str(row.pk) for row in queries.scenario_rows(commission)]
    page = page_client.get(home, {"scenarios": numbers}, by=cast.carol)
    assert "Choose at most 4 scenarios to compare." in page.text
    page = page_client.get(home, {"scenarios": numbers[1:3], "base": "2018-19"}, by=cast.carol)
    assert "Each contract year at 2018-19 prices" in page.text
    heads = [head.text_content() for head in page.find_all("#budget-years th")]
    assert heads == ["What", "No step down", "Three"]
    assert "Choose from the list" in page_client.get(home, {"base": "1801-02"}, by=cast.carol).text
    page_client.get(f"{home[:-1]}.json?base=1801-02", by=cast.carol, expect=404)


def test_comparison_downloads_as_csv_and_json(page_client, cast, flat, proposed):
    home = f"/commissions/{proposed.commission.reference}/budget/"
    answer = page_client.get(f"{home}?years_format=csv", by=cast.percy).response
    rows = list(reader(b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()))
    assert rows[0] == ["What", "As the report proposes (proposed)", "No step down"]
    assert rows[4] == ["Year 4", "£403,692.43", "–"]
    told = page_client.get(f"{home[:-1]}.json?base=2016-17", by=cast.percy).response.json()
    assert told["prices"]["base"] == "2016-17" and not told["prices"]["verified"]
    assert told["scenarios"][0]["term_total"] == "1500694.75"
    assert told["scenarios"][0]["proposed"]


def test_a_scenario_is_looked_at_changed_proposed_and_dropped(page_client, cast, flat, proposed):
    home = f"/commissions/{proposed.commission.reference}/budget/"
    one = f"{home}{flat.pk}/"
    page = page_client.get(one, by=cast.carol)
    assert "Each contract year, also at" in page.text and "Annual saving by year 3 £0.00" in page.text
    answer = page_client.get(f"{one}?real_years_format=csv", by=cast.carol).response
    assert b"Year 1" in b"".join(answer.streaming_content)
    assert page_client.get(f"{one}change/", by=cast.carol).find("#id_name").get("value") == "No step down"
    page_client.post(f"{one}change/", SENT | {"name": "Less"}, by=cast.carol, expect=302)
    page_client.post(f"{one}propose/", by=cast.carol)
    page_client.post(f"{one}drop/", by=cast.carol)
    assert "Propose another one first." in page_client.get(home, by=cast.carol).text
    flat.refresh_from_db()
    assert (flat.name, flat.is_proposed, flat.step_down) == ("Less", True, Decimal(10))


def test_budgets_are_the_authoritys_own(page_client, cast, proposed):
    home = f"/commissions/{proposed.commission.reference}/budget/"
    page_client.get(home, by=cast.anna, expect=403)
    page_client.get(f"{home}new/", by=cast.dee, expect=403)
    page_client.get("/commissions/COM-XXXX/budget/", by=cast.carol, expect=404)
    page_client.get(f"{home}999999/", by=cast.carol, expect=404)
