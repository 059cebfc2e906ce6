from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from trellis.core import rulebook
from trellis.core.rulebook import RulebookError

FIGURE = """
[[parameter]]
name = "{name}"
means = "How long."
value = {value}
unit = "days"
effective_from = {since}
{until}
source = "The Act"
verified = true
"""


def figure(name="test.days", value="5", since="2017-01-01", until="") -> str:
    return FIGURE.format(name=name, value=value, since=since, until=f"effective_to = {until}" if until else "")


@pytest.fixture
def read(tmp_path):
    """Read a rulebook of one file."""

    def read(text: str):
        file = tmp_path / "test.toml"
        file.write_text(text, encoding="utf-8")
        return rulebook.read([file])

    return read


@pytest.fixture
def of(read, monkeypatch):
    """Make a text the rulebook for this test."""

    def of(text: str) -> None:
        book = read(text)
        monkeypatch.setattr(rulebook, "book", lambda: book)

    return of


def test_a_value_is_that_of_its_day(of):
    of(figure(value="5", until="2018-06-30") + figure(value="7", since="2018-07-01"))
    assert rulebook.value("test.days", on=date(2018, 6, 30)) == 5
    assert rulebook.value("test.days", on=date(2018, 7, 1)) == 7
    assert rulebook.parameter("test.days", on=date(2018, 7, 1)).source == "The Act"


def test_a_day_before_the_first_value_is_an_error_that_says_what_is_known(of):
    of(figure(until="2018-06-30"))
    for outside in (date(2016, 12, 31), date(2018, 7, 1)):
        with pytest.raises(RulebookError) as error:
            rulebook.value("test.days", on=outside)
        assert str(error.value) == f"The rulebook has no test.days for {outside}; it knows 2017-01-01 to 2018-06-30."


def test_a_name_it_does_not_have_is_an_error():
    with pytest.raises(RulebookError, match=r"The rulebook has nothing called support\.incom_limit\."):
        rulebook.value("support.incom_limit", on=date(2018, 7, 2))


def test_numbers_with_a_point_are_exact(read):
    assert read(figure(value="0.1"))["test.days"][0].value == Decimal("0.1")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            figure(until="2018-06-30") + figure(since="2018-06-30"),
            "The rulebook has two values of test.days on 2018-06-30.",
        ),
        (figure() + figure(since="2018-06-30"), "The rulebook has two values of test.days on 2018-06-30."),
        (
            figure(until="2018-06-30") + figure(since="2018-07-02"),
            "The rulebook has no value of test.days between 2018-06-30 and 2018-07-02.",
        ),
        (figure(until="2016-12-31"), "The rulebook ends test.days on 2016-12-31, before it starts."),
        (figure(since='"soon"'), "The rulebook gives test.days an effective_from that is not a date like 2017-01-01."),
        (figure(since="2017-01-01T00:00:00"), "effective_from that is not a date"),
        (figure().replace("effective_from", "from"), "The rulebook leaves out effective_from of test.days."),
        (figure() + 'note = "x"', "The rulebook says note of test.days, which has no meaning."),
        (figure().replace('name = "test.days"', ""), "The rulebook leaves out name of a figure of test.toml."),
        ("[[parameter", "test.toml of the rulebook is not TOML"),
    ],
)
def test_a_rulebook_that_says_two_things_or_nothing_is_refused(read, text, sentence):
    with pytest.raises(RulebookError) as error:
        read(text)
    assert sentence in str(error.value)


def test_trellis_does_not_start_on_a_rulebook_that_is_refused(monkeypatch):
    def broken():
        raise RulebookError("The rulebook has two values of test.days on 2018-06-30.")

    monkeypatch.setattr(rulebook, "book", broken)
    with pytest.raises(ImproperlyConfigured, match="two values"):
        apps.get_app_config("core").ready()


def test_every_figure_of_ours_says_what_it_means_and_where_it_is_from():
    for parameter in rulebook.parameters():
        assert parameter.means.endswith(".")
        assert len(parameter.source) > 5
        assert parameter.unit
        assert parameter.name.count(".") == 1


OF_A_LATER_LAW = {
    "procurement.standstill_days_pa2023",
    "contracts.pa2023_permitted_limit",
    "contracts.pa2023_small_limit",
    "contracts.pa2023_term_limit",
}


def test_every_figure_of_ours_is_known_today_and_while_the_contract_ran():
    for name in rulebook.book().keys() - OF_A_LATER_LAW:
        for year in range(2017, 2027):
            rulebook.value(name, on=date(year, 1, 1) + timedelta(days=100))


def test_the_figures_of_the_decision():
    on = date(2017, 1, 1)
    assert rulebook.value("support.income_limit", on=on) == Decimal("500000.00")
    assert rulebook.value("payments.days_to_pay", on=on) == 30
    assert rulebook.value("appraisal.discount_rate", on=on) == Decimal("3.5")
    assert list(rulebook.value("organisations.size_bands", on=on).values()) == [0, 10**4, 10**5, 10**6, 10**7, 10**8]
